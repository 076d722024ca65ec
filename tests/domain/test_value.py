"""What a number and its hedge admit, and what a reader takes them for."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.interval import Interval, Number, decimal_text, exact
from app.domain.policy import Policy
from app.domain.reading import read
from app.domain.value import COUNT, Qualifier, Scale, Value, about, grain_of, literal_interval
from tests.domain.strategies import decimals, shares, values, wholes

MEASURED = Scale(discrete=False)


@pytest.mark.parametrize(
    ("number", "grain"),
    [(1150, 10), (2000, 1000), (102, 1), (2_500_000, 100_000), (0, 1), (-40, 10), (Fraction(5, 2), Fraction(1, 10))],
)
def test_grain(number: Number, grain: Number) -> None:
    assert grain_of(number) == grain


def test_thirds_have_no_grain() -> None:
    with pytest.raises(ValueError, match="finite decimal"):
        grain_of(Fraction(1, 3))


@given(decimals.filter(bool))
def test_grain_divides_and_ten_of_it_do_not(number: Number) -> None:
    grain = grain_of(number)
    assert Fraction(number) % grain == 0
    assert Fraction(number) % (grain * 10) != 0
    assert decimal_text(grain).strip("0.") == "1"


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        (2000, 1500, 2500),
        (100, 75, 125),
        (95, "85.5", "104.5"),
        (60, 54, 66),
        (55, "49.5", "60.5"),
        (-2, "-2.5", "-1.5"),
    ],
)
def test_about(number: int, low: int | str, high: int | str) -> None:
    assert about(number, grain_of(number)) == Interval(exact(low), exact(high))


@pytest.mark.parametrize(
    ("qualifier", "number", "scale", "expected"),
    [
        (Qualifier.EXACT, 102, COUNT, Interval(102, 102)),
        (Qualifier.ABOUT, 95, COUNT, Interval(86, 104)),
        (Qualifier.AT_LEAST, 1200, COUNT, Interval(1200, None)),
        (Qualifier.MORE_THAN, 100, COUNT, Interval(101, None)),
        (Qualifier.MORE_THAN, 4, MEASURED, Interval(4, None, low_open=True)),
        (Qualifier.AT_MOST, 30, COUNT, Interval(0, 30)),
        (Qualifier.AT_MOST, 30, Scale(signed=True), Interval(None, 30)),
        (Qualifier.AT_MOST, -3, COUNT, Interval(None, -3)),
        (Qualifier.LESS_THAN, 30, COUNT, Interval(0, 29)),
        (Qualifier.LESS_THAN, 30, MEASURED, Interval(0, 30, high_open=True)),
    ],
)
def test_literal(qualifier: Qualifier, number: int, scale: Scale, expected: Interval) -> None:
    assert literal_interval(qualifier, number, grain_of(number), scale) == expected


def test_nothing_is_fewer_than_none() -> None:
    with pytest.raises(ValueError, match="above"):
        literal_interval(Qualifier.LESS_THAN, 0, 1, COUNT)


@pytest.mark.parametrize("qualifier", [Qualifier.BETWEEN, Qualifier.MAGNITUDE])
def test_a_range_has_two_ends(qualifier: Qualifier) -> None:
    with pytest.raises(ValueError, match="low and a high"):
        literal_interval(qualifier, 5, 1, COUNT)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("100", 95, 105),
        ("1,150", 1145, 1160),
        ("102", 102, 102),
        ("more than 100", 101, 200),
        ("at least 12", 12, 18),
        ("at least 1", 1, 6),
        ("hundreds", 100, 1098),
        ("50%", "49.5", "50.5"),
        ("50.4%", "50.35", "50.45"),
        ("9.4 million votes", 9_350_000, 9_500_000),
        ("8 km", "7.6", "8.4"),
        ("more than 4 months", 4, 6),
        ("up to 30", 0, 31),
        ("40 to 50", 38, 52),
        ("fewer than 30", 0, 29),
        ("about 2,000", 1500, 2500),
        ("up to -3 °C", "-4.5", "-2.85"),
    ],
)
def test_what_a_reader_takes_it_for(text: str, low: int | str, high: int | str) -> None:
    assert read(text).pragmatic() == Interval(exact(low), exact(high))


@given(values())
def test_the_reader_never_takes_less_than_the_finite_ends(value: Value) -> None:
    literal, pragmatic = value.literal, value.pragmatic()
    assert literal.meets(pragmatic)
    if literal.low is not None:
        assert pragmatic.low is not None
        assert pragmatic.low <= literal.low
    if literal.high is not None:
        assert pragmatic.high is not None
        assert pragmatic.high >= literal.high


@given(values())
def test_the_reader_closes_every_open_end(value: Value) -> None:
    pragmatic = value.pragmatic()
    assert pragmatic.low is not None
    assert pragmatic.high is not None
    assert not pragmatic.low_open
    assert not pragmatic.high_open


@given(values(), shares, shares, shares, st.integers(0, 50))
def test_widths_grow_with_the_policy(
    value: Value, rounding: Fraction, ends: Fraction, slack: Fraction, count: int
) -> None:
    narrow = Policy()
    wide = replace(
        narrow,
        rounding_width=narrow.rounding_width + rounding,
        open_end_share=narrow.open_end_share + ends,
        magnitude_slack=narrow.magnitude_slack + slack,
        open_end_count=narrow.open_end_count + count,
    )
    assert value.pragmatic(wide).contains(value.pragmatic(narrow))


@given(wholes, shares, shares)
def test_about_grows_with_the_policy(number: int, width: Fraction, cap: Fraction) -> None:
    narrow = Policy(about_width=width, about_grain_cap=cap)
    grain = grain_of(number)
    assert about(number, grain, narrow).admits(number)
    for wide in (replace(narrow, about_width=width * 2), replace(narrow, about_grain_cap=cap * 2)):
        assert about(number, grain, wide).contains(about(number, grain, narrow))


@given(wholes, st.sampled_from(Qualifier))
def test_counts_have_whole_closed_ends(number: int, qualifier: Qualifier) -> None:
    assume(qualifier not in (Qualifier.BETWEEN, Qualifier.MAGNITUDE))
    literal = literal_interval(qualifier, number, grain_of(number), Scale(signed=True))
    assert literal == literal.whole()
