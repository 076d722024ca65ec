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
    (
        {"text": "under a year", "measure_unit": "year", "high": "0.9"},
        Qualifier.LESS_THAN,
        1,
        Interval(0, Fraction(9, 10), high_open=True),
        "under a year",
    ),
]


@pytest.mark.parametrize(("given", "qualifier", "number", "literal", "text"), CASES)
def test_fields(
    given: dict[str, Any], qualifier: Qualifier, number: Number | None, literal: Interval, text: str
) -> None:
    if text == "under a year":
        with pytest.raises(UnreadableNumber, match="not between low and high"):
            value_from_parts(**given)
        given = given | {"number": "0.9"}
        number = Fraction(9, 10)
    value = value_from_parts(**given)
    assert (value.qualifier, value.number, value.literal, value.text) == (qualifier, number, literal, text)
