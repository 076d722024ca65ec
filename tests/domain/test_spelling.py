"""Numbers, intervals, ratios and dates as a newspaper prints them."""

from fractions import Fraction

import pytest

from app.domain.dates import parse_date
from app.domain.interval import Interval, Number
from app.domain.spelling import as_of, counted, during, holding, interval_text, number_text, rounded_down, times_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (-1234, "-1,234"),
        (Fraction(5, 2), "2.5"),
        (Fraction(-2469, 2), "-1,234.5"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(10, 3), "3.333"),
        (Fraction(2, 3), "0.667"),
    ],
)
def test_numbers(number: Number, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(None, None), "any number"),
        (Interval(101, None), "101 or more"),
        (Interval(4, None, low_open=True), "over 4"),
        (Interval(None, 30), "30 or less"),
        (Interval(None, 30, high_open=True), "under 30"),
        (Interval(102, 102), "102"),
        (Interval(1500, 2500), "1,500–2,500"),
        (Interval(0, 5), "0–5"),
        (Interval(-4, -2), "-4 to -2"),
    ],
)
def test_intervals(interval: Interval, text: str) -> None:
    assert interval_text(interval) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 days"), (1, "one day"), (2, "two days"), (9, "nine days"), (10, "10 days"), (1000, "1,000 days")],
)
def test_counts(number: int, text: str) -> None:
    assert counted(number, "day") == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Fraction(1), "one time"),
        (Fraction(2), "twice"),
        (Fraction(3), "three times"),
        (Fraction(9), "nine times"),
        (Fraction(10), "10 times"),
        (Fraction(5, 4), "1.25 times"),
        (Fraction(0), "0 times"),
    ],
)
def test_ratios(ratio: Fraction, text: str) -> None:
    assert times_text(ratio) == text


@pytest.mark.parametrize(
    ("ratio", "short"),
    [
        *(("1.502", "1.5"), ("1.486", "1.48"), ("1.999", "1.99")),
        *(("2", "2"), ("2.09", "2"), ("9.99", "9.9")),
        *(("10", "10"), ("10.9", "10"), ("14.7", "14")),
    ],
)
def test_ratios_are_cut_short_never_rounded_up(ratio: str, short: str) -> None:
    assert rounded_down(Fraction(ratio)) == Fraction(short)


@pytest.mark.parametrize(
    ("edtf", "texts"),
    [
        ("2024-08-14", ("on 14 August 2024", "for 14 August 2024", "as of 14 August 2024")),
        ("2024-08", ("in August 2024", "for August 2024", "as of August 2024")),
        ("2024-08-06/2024-08-15", ("over 6–15 August 2024", "for 6–15 August 2024", "as of 6–15 August 2024")),
        ("2024-08-06/..", ("since 6 August 2024",) * 3),
        ("../2024-08-06", ("until 6 August 2024",) * 3),
        ("1970-01-01", ("on 1 January 1970", "for 1 January 1970", "as of 1 January 1970")),
    ],
)
def test_dates_behind_a_noun_and_behind_a_number(edtf: str, texts: tuple[str, str, str]) -> None:
    span = parse_date(edtf)
    assert (during(span), holding(span), as_of(span)) == texts
