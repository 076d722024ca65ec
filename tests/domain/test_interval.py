"""Exact numbers and the intervals they bound."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.interval import Interval, Number, decimal_text, exact
from tests.domain.strategies import decimals, intervals, wholes


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2_500_000, "2500000"),
        (Fraction(252, 5), "50.4"),
        (Fraction(-1, 10), "-0.1"),
        (Fraction(1, 8), "0.125"),
        (0, "0"),
        (Fraction(10**30 + 1, 10), "1" + "0" * 29 + ".1"),
    ],
)
def test_decimal_literals(number: Number, text: str) -> None:
    assert decimal_text(number) == text
    assert exact(text) == number


def test_thirds_have_no_decimal_literal() -> None:
    with pytest.raises(ValueError, match="no finite decimal form"):
        decimal_text(Fraction(1, 3))


@given(decimals)
def test_decimal_text_is_exact(number: Number) -> None:
    again = exact(decimal_text(number))
    assert again == number
    assert type(again) is type(number)


def test_whole_numbers_are_ints() -> None:
    assert type(exact(Fraction(4, 2))) is int
    assert type(exact("4.0")) is int


def test_ends_in_order() -> None:
    with pytest.raises(ValueError, match="above"):
        Interval(2, 1)


@pytest.mark.parametrize(
    ("a", "b", "below"),
    [
        (Interval(1, 2), Interval(3, 4), True),
        (Interval(1, 2), Interval(2, 3), False),
        (Interval(1, 2, high_open=True), Interval(2, 3), True),
        (Interval(1, 2), Interval(2, 3, low_open=True), True),
        (Interval(1, None), Interval(5, 6), False),
        (Interval(None, 4), Interval(5, None), True),
    ],
)
def test_below(a: Interval, b: Interval, below: bool) -> None:
    assert a.is_below(b) is below


@given(intervals(), intervals())
def test_below_above_or_meeting(a: Interval, b: Interval) -> None:
    assert [a.is_below(b), b.is_below(a), a.meets(b)].count(True) == 1
    assert a.meets(b) == b.meets(a)


@given(intervals(), intervals(), decimals)
def test_what_is_contained_is_admitted(a: Interval, b: Interval, number: Number) -> None:
    if a.contains(b):
        assert a.meets(b)
        assert a.admits(number) or not b.admits(number)


@given(intervals(), intervals())
def test_containing_each_other_is_being_equal(a: Interval, b: Interval) -> None:
    assert a.contains(a)
    assert (a.contains(b) and b.contains(a)) == (a == b)


@given(intervals(), intervals(), decimals.filter(lambda factor: factor > 0), decimals)
def test_a_unit_changes_nothing(a: Interval, b: Interval, factor: Number, offset: Number) -> None:
    here, there = a.converted(factor, offset), b.converted(factor, offset)
    assert (a.is_below(b), a.contains(b)) == (here.is_below(there), here.contains(there))
    assert here.converted(1 / Fraction(factor), -Fraction(offset) / factor) == a


@given(intervals(), wholes, st.sampled_from(["low", "high", "anywhere"]))
def test_whole_keeps_every_whole_number(interval: Interval, anywhere: int, place: str) -> None:
    end = getattr(interval, place, None)
    number = anywhere if end is None else round(end)
    try:
        whole = interval.whole()
    except ValueError:
        assert not interval.admits(number)
    else:
        assert whole.admits(number) == interval.admits(number)
        assert not whole.low_open
        assert not whole.high_open
