"""One more claim: what follows from what was known is what follows from all claims."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreement import agreements, joined, shared
from app.domain.agreement import with_one_more as agreements_with
from app.domain.figure import figure
from app.domain.flags import Status, flag_frame
from app.domain.history import with_one_more as history_with
from app.domain.relation import FrameRelation, Kind, RelationKind, relate
from tests.domain.frames import Setting, Unit, claims, kinds, settings_of_frames, shapes, units


@given(units, kinds, st.data())
def test_agreement_of_one_more_origin(unit: Unit, kind: Kind, data: st.DataObject) -> None:
    pool = data.draw(st.lists(shapes(unit), min_size=1, max_size=5))
    drawn = data.draw(st.lists(claims(unit, kind, pool), min_size=1, max_size=8))
    others = [(claim.origin, claim.literal) for claim in drawn[:-1]]
    before = agreements(others, discrete=unit.discrete)
    last = drawn[-1].literal
    after = agreements([*others, ("another", last)], discrete=unit.discrete)
    assert agreements_with(before, last, joined(others, discrete=unit.discrete), discrete=unit.discrete) == after
    assert shared(before, last, discrete=unit.discrete) in ((), after)


@given(settings_of_frames(alone=True))
def test_history_with_one_more(setting: Setting) -> None:
    *before, (identifier, last) = setting.members
    flags = flag_frame(setting.members, policy=setting.policy)
    if flags[identifier].status is Status.SUPERSEDED or _replaces(setting):
        return
    known = figure(before, flag_frame(before, policy=setting.policy), policy=setting.policy)
    after = figure(setting.members, flags, policy=setting.policy)
    assert history_with(known.history, last.literal, last.end) == after.history


def _replaces(setting: Setting) -> bool:
    """Whether the last claim replaces another."""
    *before, (_, last) = setting.members
    own = [claim for _, claim in before if claim.origin == last.origin]
    relations = (relate(last, claim, FrameRelation.EQUAL, policy=setting.policy) for claim in own)
    return any(relation.kind is RelationKind.UPDATE for relation in relations)
