"""Laws of the relation of two claims."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.interval import Interval, Number
from app.domain.policy import Policy
from app.domain.relation import DAY, Comparand, FrameRelation, Kind, Reason, RelationKind, relate
from tests.domain.frames import claims, converted, kinds, policies, units

MIRRORED = {
    FrameRelation.A_PART_OF_B: FrameRelation.B_PART_OF_A,
    FrameRelation.B_PART_OF_A: FrameRelation.A_PART_OF_B,
}
frames = st.sampled_from(FrameRelation)
comparable_frames = st.sampled_from([FrameRelation.EQUAL, FrameRelation.EQUAL, FrameRelation.A_PART_OF_B])


@st.composite
def pairs(draw: st.DrawFn, *, discrete: bool | None = None) -> tuple[Comparand, Comparand]:
    """Two claims of one kind and unit."""
    unit, kind = draw(units), draw(kinds)
    if discrete is not None:
        unit = replace(unit, discrete=discrete)
    one, other = draw(st.tuples(claims(unit, kind), claims(unit, kind)))
    return one, other


@settings(max_examples=1000)
@given(pairs(), frames, st.booleans(), policies)
def test_a_relation_is_the_same_from_both_sides(
    pair: tuple[Comparand, Comparand], frame: FrameRelation, convertible: bool, policy: Policy
) -> None:
    a, b = pair
    there = relate(a, b, frame, convertible=convertible, policy=policy)
    back = relate(b, a, MIRRORED.get(frame, frame), convertible=convertible, policy=policy)
    assert back == there.reverse
    assert there.reverse.reverse == there


def narrowed(interval: Interval, low_share: Fraction, high_share: Fraction) -> Interval:
    """Both ends moved inwards by shares of the width; an end that is unbounded counts as 20 away."""
    low, high = interval.low, interval.high
    near: Number = low if low is not None else -20 if high is None else high - 20
    far: Number = high if high is not None else near + 20
    width = far - near
    return Interval(
        low if low_share == 0 else near + width * low_share,
        high if high_share == 0 else far - width * high_share,
        low_open=interval.low_open and low_share == 0,
        high_open=interval.high_open and high_share == 0,
    )


shares = st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2)])


@settings(max_examples=1000)
@given(pairs(), comparable_frames, st.lists(shares, min_size=8, max_size=8), policies)
def test_shrinking_both_intervals_never_removes_a_conflict(
    pair: tuple[Comparand, Comparand], frame: FrameRelation, by: list[Fraction], policy: Policy
) -> None:
    a, b = pair
    smaller_a = replace(a, literal=narrowed(a.literal, *by[:2]), pragmatic=narrowed(a.pragmatic, *by[2:4]))
    smaller_b = replace(b, literal=narrowed(b.literal, *by[4:6]), pragmatic=narrowed(b.pragmatic, *by[6:]))
    if relate(a, b, frame, policy=policy).kind is RelationKind.CONFLICT:
        assert relate(smaller_a, smaller_b, frame, policy=policy).kind is RelationKind.CONFLICT


@settings(max_examples=1000)
@given(pairs(discrete=False), comparable_frames, st.fractions(Fraction(1, 1000), 1000), policies)
def test_the_unit_changes_nothing(
    pair: tuple[Comparand, Comparand], frame: FrameRelation, factor: Fraction, policy: Policy
) -> None:
    a, b = pair
    assert relate(converted(a, factor), converted(b, factor), frame, policy=policy) == relate(
        a, b, frame, policy=policy
    )


def test_the_pairs_that_laws_are_tried_on_stand_in_every_relation() -> None:
    met = Counter[Reason]()

    @settings(max_examples=1000)
    @given(pairs(), frames, policies)
    def meet(pair: tuple[Comparand, Comparand], frame: FrameRelation, policy: Policy) -> None:
        met[relate(*pair, frame, policy=policy).reason] += 1

    @settings(max_examples=1000)
    @given(pairs(), comparable_frames, policies)
    def meet_comparable(pair: tuple[Comparand, Comparand], frame: FrameRelation, policy: Policy) -> None:
        met[relate(*pair, frame, policy=policy).reason] += 1

    meet()
    meet_comparable()
    assert set(Reason) - met.keys() == {Reason.UNITS_DIFFER, Reason.DECLARED}  # neither is for two numbers to say
    assert min(met[Reason.DISJOINT], met[Reason.PART_EXCEEDS_WHOLE]) >= 20


def total(number: int, origin: str, start: int, end: int) -> Comparand:
    """An exact running total."""
    exactly = Interval(number, number)
    return Comparand(Kind.CUMULATIVE, origin, number, exactly, exactly, start, end)


def test_totals_that_one_origin_gives_of_one_day_may_come_in_either_order() -> None:
    one, other = total(72, "a", 0, DAY - 1), total(158, "a", 0, 2 * DAY - 1)
    assert relate(one, other, FrameRelation.EQUAL).reason is Reason.ORDER_UNKNOWN
    elsewhere = replace(other, origin="b")
    assert relate(one, elsewhere, FrameRelation.EQUAL).reason is Reason.DISJOINT
    afterwards = replace(other, start=DAY, end=2 * DAY - 1)
    assert relate(one, afterwards, FrameRelation.EQUAL).reason is Reason.REVISED


def test_levels_of_one_origin_and_date_contradict_unless_they_are_volatile() -> None:
    one, other = (replace(total(number, "a", 0, DAY - 1), kind=Kind.STOCK) for number in (72, 158))
    assert relate(one, other, FrameRelation.EQUAL).kind is RelationKind.CONFLICT
    one, other = replace(one, volatile=True), replace(other, volatile=True)
    assert relate(one, other, FrameRelation.EQUAL).reason is Reason.ORDER_UNKNOWN


def test_from_a_total_without_upper_bound_any_other_may_have_grown() -> None:
    known, later = total(50, "a", 0, DAY - 1), total(261, "b", DAY, 2 * DAY - 1)
    assert relate(later, known, FrameRelation.EQUAL).reason is Reason.IMPLAUSIBLE_GROWTH
    hedged = replace(known, literal=Interval(50, None), pragmatic=Interval(50, 75))
    assert relate(later, hedged, FrameRelation.EQUAL).reason is Reason.LATER_TOTAL


def test_in_a_stretch_of_hours_a_total_may_have_moved() -> None:
    one, other = total(72, "a", 5 * 60, 11 * 60), total(158, "b", 0, DAY - 1)
    assert relate(one, other, FrameRelation.EQUAL).reason is Reason.ORDER_UNKNOWN
    by_days = replace(one, start=0, end=2 * DAY - 1)
    assert relate(by_days, other, FrameRelation.EQUAL).reason is Reason.DISJOINT
    moments = replace(one, start=60, end=60), replace(other, start=60, end=60)
    assert relate(*moments, FrameRelation.EQUAL).reason is Reason.DISJOINT
    amounts = replace(one, kind=Kind.FLOW), replace(other, kind=Kind.FLOW)
    assert relate(*amounts, FrameRelation.EQUAL).reason is Reason.DISJOINT


def test_a_part_may_be_later_than_its_whole_within_hours() -> None:
    part, whole = total(205, "a", 5 * 60, 20 * 60), total(158, "b", 0, DAY - 1)
    assert relate(part, whole, FrameRelation.A_PART_OF_B).reason is Reason.ORDER_UNKNOWN
    fixed = replace(whole, kind=Kind.FLOW)
    assert relate(part, fixed, FrameRelation.A_PART_OF_B).reason is Reason.PART_EXCEEDS_WHOLE
