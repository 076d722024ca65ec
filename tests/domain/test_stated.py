"""Values from explicit fields, with and without a printed text."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.interval import Interval, Number, exact
from app.domain.reading import UnreadableNumber, read, value_from_parts
from app.domain.value import Qualifier
from tests.domain.strategies import decimals
from tests.domain.test_reading import measures, texts

CASES: list[tuple[dict[str, Any], Qualifier, Number | None, Interval, str]] = [
    # the text alone, and fields that override it
    ({"text": "about 2,000"}, Qualifier.ABOUT, 2000, Interval(1500, 2500), "about 2,000"),
    ({"text": "about 2,000", "low": 1800, "high": 2200}, Qualifier.ABOUT, 2000, Interval(1800, 2200), "about 2,000"),
    ({"text": "about 2,000", "number": 1900}, Qualifier.ABOUT, 1900, Interval(1710, 2090), "about 2,000"),
    ({"text": "102", "qualifier": Qualifier.AT_LEAST}, Qualifier.AT_LEAST, 102, Interval(102, None), "102"),
    ({"text": "hundreds", "qualifier": Qualifier.AT_LEAST}, Qualifier.AT_LEAST, None, Interval(100, None), "hundreds"),
    ({"text": "40 to 50", "qualifier": Qualifier.AT_MOST}, Qualifier.AT_MOST, None, Interval(0, 50), "40 to 50"),
    ({"text": "more than 100", "high": 150}, Qualifier.MORE_THAN, 100, Interval(101, 150), "more than 100"),
    # a text that cannot be read
    ({"text": "many", "low": 20, "high": 99}, Qualifier.BETWEEN, None, Interval(20, 99), "many"),
    ({"text": "many", "qualifier": Qualifier.ABOUT, "number": 60}, Qualifier.ABOUT, 60, Interval(54, 66), "many"),
    # no text
    ({"number": 102}, Qualifier.EXACT, 102, Interval(102, 102), "102"),
    ({"number": 2000, "qualifier": Qualifier.ABOUT}, Qualifier.ABOUT, 2000, Interval(1500, 2500), "about 2,000"),
    ({"low": 5, "high": 5}, Qualifier.EXACT, 5, Interval(5, 5), "5"),
    ({"low": 1200}, Qualifier.AT_LEAST, 1200, Interval(1200, None), "at least 1,200"),
    ({"low": 100, "low_open": True}, Qualifier.MORE_THAN, None, Interval(101, None), "at least 101"),
    ({"number": 100, "qualifier": Qualifier.MORE_THAN}, Qualifier.MORE_THAN, 100, Interval(101, None), "more than 100"),
    (
        {"number": 100, "low": 101, "qualifier": Qualifier.MORE_THAN},
        Qualifier.MORE_THAN,
        100,
        Interval(101, None),
        "more than 100",
    ),
    ({"high": 30}, Qualifier.AT_MOST, 30, Interval(0, 30), "up to 30"),
    ({"high": 30, "signed": True}, Qualifier.AT_MOST, 30, Interval(None, 30), "up to 30"),
    ({"high": 30, "high_open": True}, Qualifier.LESS_THAN, None, Interval(0, 29), "up to 29"),
    ({"number": 30, "qualifier": Qualifier.LESS_THAN}, Qualifier.LESS_THAN, 30, Interval(0, 29), "less than 30"),
    (
        {"number": 300_000, "low": 275_000, "high": 325_000},
        Qualifier.BETWEEN,
        300_000,
        Interval(275_000, 325_000),
        "275,000 to 325,000",
    ),
    (
        {"low": "4", "low_open": True, "measure_unit": "month"},
        Qualifier.MORE_THAN,
        None,
        Interval(4, None, low_open=True),
        "more than 4",
    ),
]


@pytest.mark.parametrize(("fields", "qualifier", "number", "literal", "text"), CASES)
def test_fields(
    fields: dict[str, Any], qualifier: Qualifier, number: Number | None, literal: Interval, text: str
) -> None:
    value = value_from_parts(**fields)
    assert (value.qualifier, value.number, value.literal, value.text) == (qualifier, number, literal, text)


@pytest.mark.parametrize(
    ("fields", "unit", "number"),
    [
        ({"number": 12}, None, 12),
        ({"number": 12, "measure_unit": "hectare"}, "hectare", 12),
        ({"number": 12, "unit": "km²", "measure_unit": "hectare"}, "square_kilometre", 12),
        ({"text": "12 km²", "measure_unit": "hectare"}, "square_kilometre", 12),
        ({"text": "12", "unit": "km²", "measure_unit": "hectare"}, "square_kilometre", 12),
        ({"text": "12 km²", "number": 13, "measure_unit": "hectare"}, "square_kilometre", 13),
        ({"text": "12 km²", "number": 1200, "unit": "hectare"}, "hectare", 1200),
        ({"text": "5 tons", "unit": "short_ton", "measure_unit": "tonne"}, "short_ton", 5),
    ],
)
def test_units(fields: dict[str, Any], unit: str | None, number: int) -> None:
    value = value_from_parts(**fields)
    assert (value.unit, value.number) == (unit, number)


@pytest.mark.parametrize("number", [5, "5", "+5", "5.0", Decimal("5.00"), Decimal("0.5E+1"), Fraction(10, 2)])
def test_exact_numbers_of_every_type(number: Any) -> None:
    assert value_from_parts(number=number, measure_unit="kilometre").number == 5


@pytest.mark.parametrize(("number", "grain"), [("50", 1), ("50.0", "0.1"), (Decimal("50.00"), "0.01")])
def test_printed_digits_of_a_percentage_count(number: Any, grain: str | int) -> None:
    assert value_from_parts(number=number, measure_unit="percent").low_grain == exact(grain)


def test_grains_of_two_ends() -> None:
    value = value_from_parts(low=275_000, high=330_000)
    assert (value.low_grain, value.high_grain) == (1000, 10_000)


def test_an_unfinished_count_ends_beyond_its_magnitude() -> None:
    """The reader of "hundreds so far" does not take them to end at 150."""
    stated = value_from_parts(text="hundreds", qualifier=Qualifier.AT_LEAST)
    assert stated.pragmatic() == read("hundreds so far").pragmatic() == Interval(95, 1000)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "there is no number"),
        ({"text": "many"}, "says no size"),
        ({"text": "many", "number": 60}, "give `qualifier` too"),
        ({"text": "", "number": 5}, "blank"),
        ({"text": "5\x00", "number": 5}, "cannot be printed"),
        ({"text": "x" * 301, "number": 5}, "too long"),
        ({"number": "1e5"}, "`number` is not an exact decimal"),
        ({"number": "5 men"}, "`number` is not an exact decimal"),
        ({"low": "NaN"}, "`low` is not an exact decimal"),
        ({"high": Decimal("Infinity")}, "`high` is not an exact decimal"),
        ({"number": Decimal("1E+400")}, "not an exact decimal"),
        ({"number": 10**30}, "not an exact decimal"),
        ({"number": 10**5000}, "not an exact decimal"),
        ({"number": Fraction(1, 3)}, "not an exact decimal"),
        ({"number": 1.5}, "not an exact decimal"),
        ({"number": True}, "not an exact decimal"),
        ({"number": "2.5"}, "no whole number"),
        ({"low": "2.5", "high": 3}, "a count is whole"),
        ({"low": 5, "high": 4}, "no number lies between"),
        ({"low": 4, "high": 5, "low_open": True, "high_open": True}, "no whole number lies between"),
        ({"low": 5, "high_open": True}, "marked open that is not there"),
        ({"number": 5, "low": 7, "high": 9}, "not between low and high"),
        ({"text": "more than 100", "low": 500}, "not between low and high"),
        ({"text": "under a year", "high": "0.9", "measure_unit": "year"}, "not between low and high"),
        ({"text": "102", "qualifier": Qualifier.BETWEEN, "low": 40, "high": 50}, "not between low and high"),
        ({"qualifier": Qualifier.BETWEEN, "number": 5}, "give `low` and `high`"),
        ({"qualifier": Qualifier.ABOUT, "text": "40 to 50"}, "lacks an end"),
        ({"qualifier": Qualifier.AT_LEAST, "high": 5}, "lacks an end"),
        ({"qualifier": Qualifier.EXACT, "low": 5, "high": 9}, "an exact number has no range"),
        ({"qualifier": Qualifier.LESS_THAN, "number": 0}, "no whole number is less_than 0"),
        ({"text": "12 km²", "unit": "hectare"}, "prints square_kilometre"),
        ({"number": 5, "unit": "person", "measure_unit": "hectare"}, "does not convert to hectare"),
        ({"text": "€5m", "number": 5, "measure_unit": "USD"}, "EUR does not convert to USD"),
        ({"number": 5, "unit": "No such"}, "lower case"),
    ],
)
def test_what_makes_no_value(fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(UnreadableNumber, match=wrong):
        value_from_parts(**fields)


@given(texts, measures)
def test_a_text_alone_says_what_it_says(text: str, measure: str | None) -> None:
    try:
        value = read(text, unit=measure)
    except UnreadableNumber:
        with pytest.raises(UnreadableNumber):
            value_from_parts(text=text, measure_unit=measure)
    else:
        assert value_from_parts(text=text, measure_unit=measure) == value


numbers = st.none() | decimals | st.sampled_from(["5", "-2.50", "1e9", ""])


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "text": texts,
            "qualifier": st.sampled_from(Qualifier),
            "number": numbers,
            "low": numbers,
            "high": numbers,
            "low_open": st.booleans(),
            "high_open": st.booleans(),
            "unit": measures,
            "measure_unit": measures,
            "signed": st.booleans(),
        },
    )
)
def test_any_fields_make_a_sound_value_or_are_refused(fields: dict[str, Any]) -> None:
    try:
        value = value_from_parts(**fields)
    except UnreadableNumber:
        return
    pragmatic = value.pragmatic()
    assert value.literal.meets(pragmatic)
    assert value.literal.low is None or (pragmatic.low is not None and pragmatic.low <= value.literal.low)
    assert value.literal.high is None or (pragmatic.high is not None and pragmatic.high >= value.literal.high)
    assert value.text
