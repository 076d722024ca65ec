"""Flags, held to their definition by pairs."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.flags import Flags, Status, flag_frame, pair_frame, relation_in
from app.domain.interval import Interval
from app.domain.listing import list_conflicts
from app.domain.policy import Policy
from app.domain.relation import (
    DAY,
    WORDING_DIFFERS,
    Comparand,
    FrameRelation,
    Kind,
    RelationKind,
    drift,
    growth_limit,
    relate,
)
from app.domain.row import Member
from app.domain.scene import scene_of
from app.domain.value import Value
from bench.flags import KINDS, SHAPES, members
from tests.domain.frames import POLICIES, Setting, converted, flags_by_pairs, relations, settings_of_frames
from tests.domain.strategies import values
from tests.domain.work import lines_run


def flags_of(setting: Setting) -> dict[str, Flags]:
    return flag_frame(setting.members, setting.parts, setting.wholes, setting.policy)


@settings(max_examples=1000)
@given(settings_of_frames())
def test_flags_are_what_all_pairs_say(setting: Setting) -> None:
    assert flags_of(setting) == flags_by_pairs(setting)


@settings(max_examples=500)
@given(settings_of_frames(most=16, alone=True))
def test_flags_of_larger_frames(setting: Setting) -> None:
    assert flags_of(setting) == flags_by_pairs(setting)


@settings(max_examples=300)
@given(settings_of_frames(), st.integers(1, 3))
def test_the_lowest_ids_are_listed(setting: Setting, most: int) -> None:
    scene = scene_of(setting.members, setting.parts, setting.wholes, setting.policy)
    conflicts: dict[str, list[str]] = {row.id: [] for row in scene.current}
    for a, b, relation in relations(setting):
        conflicts[a] += [b] if relation.kind is RelationKind.CONFLICT else []
    listed = list_conflicts(scene, {a: len(ids) for a, ids in conflicts.items()}, most)
    assert listed == {a: sorted(ids)[:most] for a, ids in conflicts.items() if ids}


@given(settings_of_frames(), st.data())
def test_order_changes_nothing(setting: Setting, data: st.DataObject) -> None:
    def shuffled(frame: list[Member]) -> list[Member]:
        return data.draw(st.permutations(frame))

    parts, wholes = data.draw(st.permutations(setting.parts)), data.draw(st.permutations(setting.wholes))
    other = Setting(shuffled(setting.members), [*map(shuffled, parts)], [*map(shuffled, wholes)], setting.policy)
    assert flags_of(other) == flags_of(setting)
    assert list(flags_of(other)) == [identifier for identifier, _ in other.members]


@given(settings_of_frames(), st.fractions(Fraction(1, 1000), 1000))
def test_the_unit_changes_nothing(setting: Setting, factor: Fraction) -> None:
    def in_other_unit(frame: list[Member], times: Fraction | int) -> list[Member]:
        return [(identifier, converted(replace(one, discrete=False), times)) for identifier, one in frame]

    def everything(times: Fraction | int) -> dict[str, Flags]:
        parts = [in_other_unit(frame, times) for frame in setting.parts]
        wholes = [in_other_unit(frame, times) for frame in setting.wholes]
        return flag_frame(in_other_unit(setting.members, times), parts, wholes, setting.policy)

    assert everything(factor) == everything(1)


def claim(
    low: int | None,
    high: int | None,
    origin: str = "a",
    day: int = 0,
    kind: Kind = Kind.FLOW,
    number: int | None = None,
) -> Comparand:
    """A claim as of a day; its pragmatic interval closes open ends 10 away."""
    literal = Interval(low, high)
    near = 0 if high is None else high - 10
    pragmatic = Interval(low if low is not None else near, high if high is not None else (low or 0) + 10)
    return Comparand(kind, origin, number, literal, pragmatic, day * DAY, day * DAY + DAY - 1)


def until(one: Comparand, last: int) -> Comparand:
    """The same as of all days to the last one."""
    return replace(one, end=last * DAY + DAY - 1)


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_conflicts_are_listed_in_order_of_id_as_text(kind: Kind) -> None:
    low = [(f"clm_{number}", claim(10, 10, f"o{number}", kind=kind)) for number in range(25)]
    high = [(f"clm_{number}", claim(900, 900, f"o{number}", kind=kind)) for number in range(25, 45)]
    found = flag_frame([*high, *low])
    assert found["clm_30"].n_conflicts == 25
    assert found["clm_30"].conflicts_with == tuple(sorted(identifier for identifier, _ in low)[:20])
    assert found["clm_30"].conflicts_with[:3] == ("clm_0", "clm_1", "clm_10")
    assert found["clm_3"].conflicts_with == tuple(identifier for identifier, _ in high)


def test_what_its_origin_has_replaced_raises_no_flag() -> None:
    found = flag_frame(
        [
            ("old", claim(10, 10, day=0)),
            ("new", claim(50, 50, day=1)),
            ("other", claim(10, 10, "b", day=2)),
        ]
    )
    assert found["old"] == Flags(superseded=True)
    assert found["new"] == Flags(n_conflicts=1, conflicts_with=("other",))
    assert found["other"] == Flags(n_conflicts=1, conflicts_with=("new",))


def test_a_repetition_replaces_nothing() -> None:
    found = flag_frame([("old", claim(10, 10, day=0)), ("new", claim(10, 10, day=5))])
    assert found == {"old": Flags(), "new": Flags()}


def test_levels_far_apart_do_not_replace_each_other() -> None:
    levels = [(f"day {day}", claim(10 * day, 10 * day, day=day, kind=Kind.STOCK)) for day in (1, 4, 8)]
    assert [flag.superseded for flag in flag_frame(levels).values()] == [True, False, False]


def test_a_superseded_claim_keeps_its_notes() -> None:
    found = flag_frame(
        [
            ("wide", claim(5, 15, number=10, day=0)),
            ("exact", claim(10, 10, number=10, day=0)),
            ("new", claim(50, 50, number=50, day=1)),
        ]
    )
    assert [flag.notes for flag in found.values()] == [(WORDING_DIFFERS,), (WORDING_DIFFERS,), ()]
    assert [flag.superseded for flag in found.values()] == [True, True, False]


@pytest.mark.parametrize("kind", KINDS)
def test_one_number_in_two_wordings_of_one_origin_is_no_conflict(kind: Kind) -> None:
    found = flag_frame(
        [
            ("102", claim(102, 102, number=102, kind=kind)),
            ("more than 102", claim(103, None, number=102, kind=kind)),
            ("fewer than 102", claim(None, 101, number=102, kind=kind)),
            ("somebody else's 101", claim(101, 101, "b", number=101, kind=kind)),
        ]
    )
    assert found["102"] == Flags(n_conflicts=1, conflicts_with=("somebody else's 101",), notes=(WORDING_DIFFERS,))
    assert found["more than 102"] == found["102"]
    assert found["fewer than 102"] == Flags(agreed=True, notes=(WORDING_DIFFERS,))
    assert found["somebody else's 101"] == Flags(n_conflicts=2, conflicts_with=("102", "more than 102"), agreed=True)


def test_conflicts_with_parts_and_wholes_count_and_are_told_apart() -> None:
    found = flag_frame(
        [("c", claim(10, 10)), ("b", claim(90, 90, "b"))],
        parts=[[("d", claim(20, 20))], [("a", claim(5, 5))]],
        wholes=[[("e", claim(50, 50)), ("f", claim(95, 95, day=1))]],
    )
    assert found["c"] == Flags(n_conflicts=2, conflicts_with=("b", "d"), n_across=1)
    # The whole's first claim is superseded in its own frame.
    assert found["b"] == Flags(n_conflicts=1, conflicts_with=("c",))


@pytest.mark.parametrize("discrete", [True, False])
@pytest.mark.parametrize("number", [-4, 0, 1, 9, 12])
@pytest.mark.parametrize("days", [1, 2, 3, 4, 40])
@pytest.mark.parametrize("policy", POLICIES)
def test_a_total_may_grow_up_to_its_limit(discrete: bool, number: int, days: int, policy: Policy) -> None:
    before = replace(claim(number, number, kind=Kind.CUMULATIVE), discrete=discrete)
    limit = growth_limit(before, days, policy)
    highest = 10_000 if limit is None else limit
    for low, tension in ((highest, False), (highest + Fraction(1, 7), limit is not None)):
        literal = Interval(low, low)
        after = replace(before, origin="b", literal=literal, pragmatic=literal, number=low)
        after = replace(after, start=days * DAY, end=days * DAY + DAY - 1)
        found = flag_frame([("a", before), ("b", after)], policy=policy)
        assert {flag.tension for flag in found.values()} == {tension}


@pytest.mark.parametrize("ratio_scale", [True, False])
@pytest.mark.parametrize("number", [-4, 0, 1, 12])
@pytest.mark.parametrize("days", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("policy", POLICIES)
def test_a_level_may_drift_up_to_its_limit(ratio_scale: bool, number: int, days: int, policy: Policy) -> None:
    before = replace(claim(number, number, kind=Kind.STOCK), ratio_scale=ratio_scale)
    highest = number * drift(days, policy) if ratio_scale and number > 0 else number
    for high, apart in ((highest, False), (highest + Fraction(1, 7), days <= policy.drift_days)):
        literal = Interval(high, high)
        after = replace(before, origin="b", literal=literal, pragmatic=literal, number=high)
        after = replace(after, start=days * DAY, end=days * DAY + DAY - 1)
        found = flag_frame([("a", before), ("b", after)], policy=policy)
        assert {flag.n_conflicts for flag in found.values()} == {int(apart)}


def test_a_frame_without_claims_has_no_flags() -> None:
    assert flag_frame([], [[("part", claim(1, 1))]]) == {}


@pytest.mark.parametrize(
    ("flags", "status"),
    [
        (Flags(superseded=True), Status.SUPERSEDED),
        (Flags(n_conflicts=1, tension=True, agreed=True), Status.CONFLICT),
        (Flags(tension=True, agreed=True), Status.TENSION),
        (Flags(agreed=True), Status.AGREED),
        (Flags(), Status.UNCONTESTED),
    ],
)
def test_the_status_is_the_strongest_flag(flags: Flags, status: Status) -> None:
    assert flags.status is status


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        pytest.param(claim(1, 1, day=5), claim(1, 1, day=1), True, id="flow in flow"),
        pytest.param(claim(1, 1, day=1), claim(1, 1, day=1, kind=Kind.CUMULATIVE), True, id="flow in total"),
        pytest.param(
            until(claim(1, 1, day=1), 2), until(claim(1, 1, kind=Kind.CUMULATIVE), 1), True, id="flow at the end"
        ),
        pytest.param(claim(1, 1, day=2), claim(1, 1, day=1, kind=Kind.CUMULATIVE), False, id="flow after the total"),
        pytest.param(claim(1, 1, kind=Kind.CUMULATIVE), claim(1, 1), False, id="total in flow"),
        pytest.param(
            claim(1, 1, kind=Kind.CUMULATIVE), claim(1, 1, day=1, kind=Kind.CUMULATIVE), True, id="total in later total"
        ),
        pytest.param(
            claim(1, 1, day=1, kind=Kind.CUMULATIVE),
            claim(1, 1, kind=Kind.CUMULATIVE),
            False,
            id="total in earlier one",
        ),
        pytest.param(claim(1, 1, kind=Kind.STOCK), claim(1, 1, day=9, kind=Kind.STOCK), True, id="stock in stock"),
        pytest.param(claim(1, 1), claim(1, 1, kind=Kind.STOCK), False, id="flow in stock"),
        pytest.param(claim(1, 1, kind=Kind.STATEMENT), claim(1, 1, kind=Kind.STATEMENT), False, id="statements"),
    ],
)
def test_which_parts_are_compared_with_which_wholes(part: Comparand, whole: Comparand, expected: bool) -> None:
    otherwise = FrameRelation.OVERLAPPING
    a_in_b, b_in_a = FrameRelation.A_PART_OF_B, FrameRelation.B_PART_OF_A
    assert pair_frame(part, whole, a_in_b) is (a_in_b if expected else otherwise)
    assert pair_frame(whole, part, b_in_a) is (b_in_a if expected else otherwise)


@pytest.mark.parametrize(
    "frame", [FrameRelation.EQUAL, FrameRelation.DISJOINT, FrameRelation.OVERLAPPING, FrameRelation.UNKNOWN]
)
def test_other_frames_stand_as_they_do(frame: FrameRelation) -> None:
    assert pair_frame(claim(1, 1), claim(1, 1, kind=Kind.STOCK), frame) is frame


def test_the_relations_of_a_claim() -> None:
    others = [claim(10, 10), claim(90, 90, "b")]
    part = FrameRelation.A_PART_OF_B
    found = [relation_in(claim(50, 50, "c"), other, part) for other in others]
    assert found == [relate(claim(50, 50, "c"), other, part) for other in others]
    assert [relation.kind for relation in found] == [RelationKind.CONFLICT, RelationKind.COMPATIBLE]
    apart = relation_in(claim(1, 1), claim(1, 1, kind=Kind.STOCK), part)
    assert apart.kind is RelationKind.NOT_COMPARABLE


def test_the_relations_of_a_claim_follow_the_policy() -> None:
    hedge, other = claim(10, None, "a"), claim(28, 28, "b")
    relation = relation_in(hedge, other, FrameRelation.EQUAL, Policy(tension_ratio=Fraction(7, 5)))
    assert relation.kind is RelationKind.TENSION
    relation = relation_in(hedge, other, FrameRelation.EQUAL)
    assert relation.kind is RelationKind.REFINES


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(replace(claim(10, 20), pragmatic=Interval(11, 20)), id="low end not reached"),
        pytest.param(replace(claim(10, 20), pragmatic=Interval(10, 19)), id="high end not reached"),
        pytest.param(replace(claim(10, 20), pragmatic=Interval(5, 20, low_open=True)), id="open below"),
        pytest.param(replace(claim(10, 20), pragmatic=Interval(10, 25, high_open=True)), id="open above"),
        pytest.param(replace(claim(10, None), pragmatic=Interval(5, 9)), id="outside"),
        pytest.param(replace(claim(10, 20), pragmatic=Interval(None, 20)), id="unbounded below"),
        pytest.param(replace(claim(10, 20), pragmatic=Interval(10, None)), id="unbounded above"),
    ],
)
def test_what_no_reader_can_take_an_interval_for_is_refused(one: Comparand) -> None:
    with pytest.raises(ValueError, match=r"^clm_1: .* cannot be what a reader takes"):
        flag_frame([("clm_1", one)])


@pytest.mark.parametrize(
    "other",
    [
        claim(1, 1, kind=Kind.STOCK),
        replace(claim(1, 1), ratio_scale=False),
        replace(claim(1, 1), discrete=False),
    ],
)
def test_a_frame_is_of_one_kind_and_unit(other: Comparand) -> None:
    with pytest.raises(ValueError, match="a frame is of one kind and one unit, not of 2"):
        flag_frame([("a", claim(1, 1)), ("b", other)])


@settings(max_examples=300)
@given(values())
def test_what_readers_take_any_printed_number_for_is_sound(value: Value) -> None:
    one = Comparand(Kind.FLOW, "a", value.number, value.literal, value.pragmatic(), 0, 0)
    assert flag_frame([("a", one)]) == {"a": Flags()}


DEAREST = {
    (Kind.FLOW, "camps_apart"),
    (Kind.FLOW, "one_origin"),
    (Kind.CUMULATIVE, "totals"),
    (Kind.CUMULATIVE, "hedged_totals"),
    (Kind.STOCK, "totals"),
    (Kind.STOCK, "wide"),
}


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        pytest.param(kind, shape, marks=[] if (kind, shape) in DEAREST else [pytest.mark.long])
        for kind in KINDS
        for shape in SHAPES
    ],
)
def test_work_grows_little_faster_than_the_frame(kind: Kind, shape: str) -> None:
    def work(n: int) -> int:
        claims = list(members(kind, shape, n))
        return lines_run(lambda: flag_frame(claims))

    assert work(2_000) < 2.4 * work(1_000)
