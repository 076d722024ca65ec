from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.agreement import Agreement, agreements
from app.domain.interval import Interval

Admitted = list[tuple[str, Interval]]
ends = st.integers(-3, 6)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted(draw(st.tuples(ends, ends)))
    unbounded_low, unbounded_high, low_open, high_open = draw(st.tuples(*[st.sampled_from([False, False, True])] * 4))
    return Interval(
        None if unbounded_low else low,
        None if unbounded_high else high,
        low_open=low_open and not unbounded_low,
        high_open=high_open and not unbounded_high,
    )


admitted = st.lists(st.tuples(st.sampled_from("abcd"), intervals()), max_size=7)
# Every end, and what lies between and beyond.
HALVES = [Fraction(half, 2) for half in range(-10, 17)]


def who_admits(claims: Admitted, number: Fraction | int) -> frozenset[str]:
    return frozenset(origin for origin, interval in claims if interval.admits(number))


@pytest.mark.parametrize("discrete", [True, False])
@settings(max_examples=300)
@given(claims=admitted)
def test_the_stretches_hold_what_most_origins_admit(discrete: bool, claims: Admitted) -> None:
    found = agreements(claims, discrete=discrete)
    probes: list[Fraction] = [probe for probe in HALVES if not discrete or probe.denominator == 1]
    most = max(len(who_admits(claims, probe)) for probe in probes)
    for probe in probes:
        holding = [stretch for stretch in found if stretch.interval.admits(probe)]
        admits_most = most > 0 and len(who_admits(claims, probe)) == most
        assert [stretch.n_origins for stretch in holding] == ([most] if admits_most else [])


@pytest.mark.parametrize("discrete", [True, False])
@settings(max_examples=300)
@given(claims=admitted)
def test_stretches_are_in_order_and_as_long_as_the_same_origins_admit_them(discrete: bool, claims: Admitted) -> None:
    found = [stretch.interval for stretch in agreements(claims, discrete=discrete)]
    probes = [probe for probe in HALVES if not discrete or probe.denominator == 1]
    whose = [{who_admits(claims, probe) for probe in probes if interval.admits(probe)} for interval in found]
    assert all(len(origins) == 1 for origins in whose)
    assert all(one.is_below(other) for one, other in pairwise(found))
    for (one, [mine]), (other, [theirs]) in pairwise(zip(found, whose, strict=True)):
        step = 1 if discrete else 0
        assert one.high is not None
        assert other.low is not None
        touches = one.high + step == other.low and (discrete or not (one.high_open and other.low_open))
        assert not (touches and mine == theirs)
    if discrete:
        bounds = [bound for interval in found for bound in (interval.low, interval.high) if bound is not None]
        assert all(isinstance(bound, int) for bound in bounds)
        assert not any(interval.low_open or interval.high_open for interval in found)


@given(admitted, st.randoms(use_true_random=False), st.booleans())
def test_order_does_not_matter(claims: Admitted, random: object, discrete: bool) -> None:
    shuffled = sorted(claims, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert agreements(shuffled, discrete=discrete) == agreements(claims, discrete=discrete)


def stretch(
    low: int | None, high: int | None, n_origins: int, *, low_open: bool = False, high_open: bool = False
) -> Agreement:
    return Agreement(Interval(low, high, low_open, high_open), n_origins)


@pytest.mark.parametrize(
    ("claims", "discrete", "expected"),
    [
        pytest.param([], True, [], id="nothing"),
        pytest.param([("a", Interval(1, 3)), ("b", Interval(2, 5))], True, [stretch(2, 3, 2)], id="an overlap"),
        pytest.param(
            [("a", Interval(1, 2)), ("b", Interval(3, 4))], True, [stretch(1, 2, 1), stretch(3, 4, 1)], id="a tie"
        ),
        pytest.param(
            [("a", Interval(1, 2)), ("a", Interval(3, 4)), ("b", Interval(1, 4))],
            True,
            [stretch(1, 4, 2)],
            id="counts of one origin follow each other without a gap",
        ),
        pytest.param(
            [("a", Interval(1, 2)), ("a", Interval(3, 4)), ("b", Interval(1, 4))],
            False,
            [stretch(1, 2, 2), stretch(3, 4, 2)],
            id="measured quantities do not",
        ),
        pytest.param([("a", Interval(1, 2)), ("b", Interval(2, 3))], False, [stretch(2, 2, 2)], id="a single point"),
        pytest.param(
            [("a", Interval(1, 2, high_open=True)), ("b", Interval(2, 3))],
            False,
            [stretch(1, 2, 1, high_open=True), stretch(2, 3, 1)],
            id="no point",
        ),
        pytest.param(
            [("a", Interval(1, None)), ("b", Interval(None, 5)), ("c", Interval(None, None))],
            False,
            [stretch(1, 5, 3)],
            id="unbounded",
        ),
        pytest.param([("a", Interval(None, None))], True, [stretch(None, None, 1)], id="everything"),
        pytest.param([("a", Interval(2, 2, low_open=True))], False, [], id="an interval without a number"),
        pytest.param(
            [("a", Interval(1, 5, low_open=True, high_open=True))], True, [stretch(2, 4, 1)], id="open ends of counts"
        ),
        pytest.param(
            [("a", Interval(Fraction(1, 2), Fraction(7, 2)))], True, [stretch(1, 3, 1)], id="broken ends of counts"
        ),
        pytest.param([("a", Interval(1, 3))] * 3, True, [stretch(1, 3, 1)], id="one origin counts once"),
    ],
)
def test_cases(claims: Admitted, discrete: bool, expected: list[Agreement]) -> None:
    assert list(agreements(claims, discrete=discrete)) == expected
