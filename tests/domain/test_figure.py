"""Figures, held to their definition by pairs."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import worst
from app.domain.agreement import Agreement, agreements
from app.domain.figure import Figure, FigureStatus, figure
from app.domain.flags import flag_frame, relation_in
from app.domain.history import Day
from app.domain.interval import Interval
from app.domain.policy import Policy
from app.domain.relation import DAY, Comparand, FrameRelation, Kind, Reason, RelationKind
from app.domain.row import Member
from app.domain.value import COUNT, Qualifier, Value, grain_of, literal_interval
from bench.flags import KINDS, SHAPES, members
from tests.domain.frames import (
    Setting,
    flags_by_pairs,
    history_by_days,
    relations,
    settings_of_frames,
    superseded,
    worst_by_pairs,
)
from tests.domain.work import lines_run


def figure_of(setting: Setting) -> Figure:
    flags = flag_frame(setting.members, setting.parts, setting.wholes, setting.policy)
    return figure(setting.members, flags, setting.parts, setting.wholes, setting.policy)


@settings(max_examples=1000)
@given(settings_of_frames(most=16, alone=True))
def test_history_is_the_figure_of_each_day(setting: Setting) -> None:
    assert figure_of(setting).history == history_by_days(setting)


@settings(max_examples=1000)
@given(settings_of_frames())
def test_a_figure_is_what_all_pairs_and_all_current_claims_say(setting: Setting) -> None:
    found = figure_of(setting)
    assert found.worst == worst_by_pairs(setting)
    gone = superseded(setting.members, setting.policy)
    current = {identifier: one for identifier, one in setting.members if identifier not in gone}
    own = {identifier for identifier, _ in setting.members}
    pairs = [(a, b) for a, b, relation in relations(setting) if relation.kind is RelationKind.CONFLICT]
    assert found.n_claims == len(current)
    assert found.n_superseded == len(gone)
    assert found.n_origins == len({one.origin for one in current.values()})
    assert found.latest == min(current, key=lambda name: (-current[name].end, -current[name].start, name))
    assert found.n_conflicting_pairs == sum(a < b for a, b in pairs if b in own)
    assert found.n_pairs_across == sum(b not in own for _, b in pairs)
    discrete = setting.members[0][1].discrete
    alone = found.n_origins == 1
    admitted = [(one.origin, one.literal if alone else one.stance) for one in current.values()]
    assert found.agreement == agreements(admitted, discrete=discrete)
    assert all(found.envelope.contains(one.literal) for one in current.values())
    flags = flags_by_pairs(setting)
    statuses = Counter(flags[name].status.value for name in current)
    expected = next((status for status in ("conflict", "tension", "agreed") if statuses[status]), "single_origin")
    assert found.status == expected


@given(settings_of_frames(), st.data())
def test_order_changes_nothing(setting: Setting, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(setting.members))
    parts, wholes = data.draw(st.permutations(setting.parts)), data.draw(st.permutations(setting.wholes))
    assert figure_of(Setting(shuffled, parts, wholes, setting.policy)) == figure_of(setting)


def printed(qualifier: Qualifier, number: int, origin: str, day: int = 0, kind: Kind = Kind.CUMULATIVE) -> Comparand:
    """A count as printed, as of a day."""
    grain = grain_of(number)
    value = Value("", qualifier, number, literal_interval(qualifier, number, grain, COUNT), None, COUNT, grain, grain)
    return ranged(value.literal, value.pragmatic(), origin, day, kind, number)


def ranged(
    literal: Interval,
    pragmatic: Interval,
    origin: str,
    day: int = 0,
    kind: Kind = Kind.CUMULATIVE,
    number: int | None = None,
) -> Comparand:
    return Comparand(kind, origin, number, literal, pragmatic, day * DAY, day * DAY + DAY - 1)


def alone(*claims: Member) -> Figure:
    return figure_of(Setting(list(claims), [], [], Policy()))


def test_hundreds_several_hundred_and_about_two_thousand() -> None:
    found = alone(
        ("clm_000", ranged(Interval(100, 999), Interval(100, 1098), "officials")),
        ("clm_003", ranged(Interval(200, 999), Interval(200, 1098), "officials")),
        ("clm_004", printed(Qualifier.ABOUT, 2_000, "newspaper")),
    )
    assert found.status is FigureStatus.CONFLICT
    assert (found.n_claims, found.n_origins, found.n_superseded) == (3, 2, 0)
    assert (found.n_conflicting_pairs, found.n_pairs_across) == (2, 0)
    assert found.envelope == Interval(100, 2500)
    assert found.agreement == (Agreement(Interval(100, 999), 1), Agreement(Interval(1500, 2500), 1))
    assert found.latest == "clm_000"
    assert found.worst is not None
    assert found.worst.ids == ("clm_000", "clm_004")
    assert found.worst.relation.ratio == Fraction(1500, 999)
    assert found.history == (Day(0, 100, 2500, 3),)


def test_one_origin_never_makes_agreement() -> None:
    found = alone(
        ("a", printed(Qualifier.EXACT, 102, "sbu")),
        ("b", printed(Qualifier.MORE_THAN, 100, "sbu")),
    )
    assert found.status is FigureStatus.SINGLE_ORIGIN
    assert found.agreement == (Agreement(Interval(101, None), 1),)


def test_totals_that_merely_grow_confirm_nothing() -> None:
    found = alone(("a", printed(Qualifier.EXACT, 100, "x", day=0)), ("b", printed(Qualifier.EXACT, 200, "y", day=1)))
    assert found.status is FigureStatus.SINGLE_ORIGIN
    assert found.n_origins == 2
    assert found.worst is None


def test_two_origins_agree() -> None:
    found = alone(("a", printed(Qualifier.EXACT, 102, "x")), ("b", printed(Qualifier.MORE_THAN, 100, "y")))
    assert found.status is FigureStatus.AGREED
    assert found.agreement == (Agreement(Interval(102, 102), 2),)
    assert found.envelope == Interval(101, None)


def test_a_stretched_hedge_is_a_tension_and_the_worst() -> None:
    found = alone(("a", printed(Qualifier.MORE_THAN, 100, "x")), ("b", printed(Qualifier.EXACT, 2_000, "y")))
    assert found.status is FigureStatus.TENSION
    assert found.worst is not None
    assert found.worst.relation.reason is Reason.STRETCHED
    assert found.n_conflicting_pairs == 0


def test_a_conflict_with_a_whole_may_be_the_worst() -> None:
    own: list[Member] = [("b", printed(Qualifier.EXACT, 300, "x")), ("c", printed(Qualifier.EXACT, 400, "y"))]
    whole: list[Member] = [("a", printed(Qualifier.EXACT, 20, "z"))]
    found = figure_of(Setting(own, [], [whole], Policy()))
    assert (found.n_conflicting_pairs, found.n_pairs_across) == (1, 2)
    assert found.worst is not None
    assert found.worst.ids == ("a", "c")
    assert found.worst.relation.reason is Reason.PART_EXCEEDS_WHOLE
    assert found.worst.relation.direction == "has_part"


def test_a_pair_without_a_ratio_comes_last() -> None:
    zero, few, many = (printed(Qualifier.EXACT, number, f"o{number}", kind=Kind.FLOW) for number in (0, 11, 22))
    found = alone(("a", zero), ("b", few), ("c", many))
    assert found.worst is not None
    assert found.worst.ids == ("b", "c")
    found = alone(("a", zero), ("b", few))
    assert found.worst is not None
    assert found.worst.ids == ("a", "b")
    assert found.worst.relation.ratio is None


def test_of_pairs_without_a_ratio_the_lowest_ids_come_first() -> None:
    few = [("a", Interval(11, 12)), ("b", Interval(12, 13)), ("c", Interval(0, 0))]
    found = alone(*((name, ranged(literal, literal, name, kind=Kind.FLOW)) for name, literal in few))
    assert found.worst is not None
    assert found.worst.ids == ("a", "c")


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([Interval(1, 5), Interval(2, 9)], Interval(1, 9)),
        ([Interval(1, 5, low_open=True), Interval(1, 5, high_open=True)], Interval(1, 5)),
        (
            [Interval(1, 5, low_open=True, high_open=True), Interval(2, 4)],
            Interval(1, 5, low_open=True, high_open=True),
        ),
        ([Interval(1, None), Interval(None, 5)], Interval(None, None)),
        ([Interval(None, 5), Interval(2, 6)], Interval(None, 6)),
        ([Interval(1, 2), Interval(0, None)], Interval(0, None)),
    ],
)
def test_the_envelope_reaches_from_the_lowest_low_to_the_highest_high(
    intervals: list[Interval], expected: Interval
) -> None:
    claims: list[Member] = []
    for number, literal in enumerate(intervals):
        low = literal.low if literal.low is not None else 0
        high = literal.high if literal.high is not None else 10
        claims.append((str(number), ranged(literal, Interval(low, high), str(number), kind=Kind.FLOW)))
    assert alone(*claims).envelope == expected


def test_a_replaced_number_counts_until_the_day_it_is_replaced() -> None:
    found = alone(
        ("a", printed(Qualifier.EXACT, 10, "x", day=1)),
        ("b", printed(Qualifier.EXACT, 12, "y", day=2)),
        ("c", printed(Qualifier.EXACT, 14, "x", day=4)),
    )
    assert found.history == (Day(DAY, 10, 10, 1), Day(2 * DAY, 10, 12, 2), Day(4 * DAY, 12, 14, 2))
    assert found.envelope == Interval(12, 14)


def test_a_figure_has_claims() -> None:
    with pytest.raises(ValueError, match="not of 0"):
        figure([], {})


DEAREST = {(Kind.FLOW, "camps_apart"), (Kind.CUMULATIVE, "hedged_totals"), (Kind.STOCK, "wide")}


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        pytest.param(kind, shape, marks=[] if (kind, shape) in DEAREST else [pytest.mark.long])
        for kind in KINDS
        for shape in SHAPES
    ],
)
def test_work_grows_little_faster_than_the_frame(kind: Kind, shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = Counter[int]()

    def counting(a: Comparand, b: Comparand, frame: FrameRelation, policy: Policy) -> object:
        compared[n] += 1
        return relation_in(a, b, frame, policy)

    monkeypatch.setattr(worst, "relation_in", counting)
    work = {}
    for n in (1_000, 2_000):
        claims = list(members(kind, shape, n))
        flags = flag_frame(claims)
        work[n] = lines_run(lambda: figure(claims, flags))  # noqa: B023 - called at once
        assert compared[n] <= 4 * n
    assert work[2_000] < 2.4 * work[1_000]


def test_a_hedge_without_upper_bound_does_not_speak_for_a_million() -> None:
    at_least = [(f"hedge {n}", printed(Qualifier.AT_LEAST, 100_000, f"outlet {n}", kind=Kind.FLOW)) for n in range(5)]
    told = [("counted", printed(Qualifier.EXACT, 107_000, "police", kind=Kind.FLOW))]
    wild = [("wild", printed(Qualifier.EXACT, 800_000, "students", kind=Kind.FLOW))]
    members = [*at_least, *told, *wild]
    found = figure(members, flag_frame(members))
    assert found.agreement == (Agreement(Interval(107_000, 107_000), 6),)
    assert found.envelope == Interval(100_000, None)
