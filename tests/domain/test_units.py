"""Units: which names are units, of which kind, and what converts to what."""

import subprocess
import sys
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.interval import Interval, Number
from app.domain.policy import Policy
from app.domain.unit_names import NAMES, SHARED, SIGNS, WORDS
from app.domain.units import SAME, Conversion, Unit, UnitKind, UnknownUnit, conversion, unit_named
from app.domain.value import Scale
from tests.domain.strategies import decimals, intervals

MONTHLY = Policy(days_per_month=Fraction(30))


@pytest.mark.parametrize(
    ("name", "canonical", "kind"),
    [
        ("person", "person", UnitKind.COUNT),
        ("prisoner exchange", "prisoner exchange", UnitKind.COUNT),
        ("prisoner_exchange", "prisoner exchange", UnitKind.COUNT),
        ("count", "count", UnitKind.COUNT),
        ("hand", "hand", UnitKind.COUNT),
        ("shot", "shot", UnitKind.COUNT),
        ("café", "café", UnitKind.COUNT),
        ("cup", "cup", UnitKind.COUNT),
        ("square_kilometre", "square_kilometre", UnitKind.PHYSICAL),
        ("square kilometers", "square_kilometre", UnitKind.PHYSICAL),
        ("Square Kilometres", "square_kilometre", UnitKind.PHYSICAL),
        ("km²", "square_kilometre", UnitKind.PHYSICAL),
        ("sq km", "square_kilometre", UnitKind.PHYSICAL),
        ("foot", "foot", UnitKind.PHYSICAL),
        ("acres", "acre", UnitKind.PHYSICAL),
        ("MW", "megawatt", UnitKind.PHYSICAL),
        ("degC", "degree_celsius", UnitKind.PHYSICAL),
        ("°C", "degree_celsius", UnitKind.PHYSICAL),
        ("km/h", "kilometre/hour", UnitKind.PHYSICAL),
        ("mph", "mile/hour", UnitKind.PHYSICAL),
        ("number", "number", UnitKind.PHYSICAL),
        ("months", "month", UnitKind.CALENDAR),
        ("century", "century", UnitKind.CALENDAR),
        ("%", "percent", UnitKind.PERCENT),
        ("per cent", "percent", UnitKind.PERCENT),
        ("percentage points", "percentage_point", UnitKind.PERCENT),
        ("death/100000 person", "death/100000 person", UnitKind.PERCENT),
        ("death/100000", "death/100000", UnitKind.PERCENT),
        ("ppm", "count/1000000", UnitKind.PERCENT),
        ("person/day", "person/day", UnitKind.PERCENT),
        ("USD", "USD", UnitKind.CURRENCY),
        ("US$", "USD", UnitKind.CURRENCY),
        ("usd", "USD", UnitKind.CURRENCY),
        ("euros", "EUR", UnitKind.CURRENCY),
        ("USD/barrel", "USD/barrel", UnitKind.CURRENCY),
    ],
)
def test_names(name: str, canonical: str, kind: UnitKind) -> None:
    unit = unit_named(name)
    assert (unit.name, unit.kind) == (canonical, kind)
    assert unit_named(unit.name) == unit


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("kilometrs", "kilometre"),
        ("sek", "SEK"),
        ("Person", "lower case"),
        ("kilometre squared", "kilometre"),
        ("lunar mile", "not a unit"),
        ("tons", "tonne or short_ton or long_ton"),
        ("pound", "pound_mass or GBP"),
        ("$", "USD or AUD"),
        ("", "not a unit"),
        ("2", "not a unit"),
        ("a\x00", "not a unit"),
        ("person/", "not a rate"),
        ("/day", "not a rate"),
        ("person/0 day", "not a rate"),
        ("person/day/week", "not a rate"),
        ("ppm/day", "one upper and one lower"),
        ("mph/ppm", "one upper and one lower"),
        ("x" * 81, "too long"),
    ],
)
def test_what_is_no_unit(name: str, hint: str) -> None:
    with pytest.raises(UnknownUnit, match=hint.replace("$", r"\$")):
        unit_named(name)


@given(st.text(max_size=40) | st.text("kmt/ 12%°person", max_size=12))
def test_nothing_but_unknown_unit_is_raised(name: str) -> None:
    try:
        unit = unit_named(name)
    except UnknownUnit:
        return
    assert unit_named(unit.name) == unit


def test_printed_names_do_not_collide() -> None:
    assert WORDS.keys().isdisjoint(SHARED)
    assert {sign.lower() for sign in SIGNS if sign.islower()}.isdisjoint(WORDS)
    assert all(word == word.lower() for word in WORDS)
    for name in {*NAMES, *WORDS.values(), *SIGNS.values()}:
        assert unit_named(name).name == name
    for names in SHARED.values():
        assert [unit_named(name).name for name in names] == [*names]


def test_pint_knows_every_physical_unit() -> None:
    """Against one of each dimension: what converts to nothing would be a name that `pint` reads otherwise."""
    simple = "metre square_metre cubic_metre gram second watt joule pascal volt ampere hertz byte sievert kelvin"
    bases = [*simple.split(), "metre/second", "arc_degree", "number"]
    physical = [name for name in NAMES if unit_named(name).kind is UnitKind.PHYSICAL]
    for name in physical:
        assert any(conversion(name, base) for base in bases), name
    assert {unit_named(base).kind for base in bases} == {UnitKind.PHYSICAL}


@pytest.mark.parametrize(
    ("name", "scale", "has_offset"),
    [
        ("person", Scale(discrete=True), False),
        ("kilometre", Scale(discrete=False), False),
        ("percent", Scale(discrete=False, percent=True), False),
        ("death/100000 person", Scale(discrete=False, percent=True), False),
        ("USD", Scale(discrete=False), False),
        ("month", Scale(discrete=False), False),
        ("degree_celsius", Scale(discrete=False, signed=True), True),
        ("kelvin", Scale(discrete=False), True),
    ],
)
def test_scales(name: str, scale: Scale, has_offset: bool) -> None:
    unit = unit_named(name)
    assert unit.scale() == scale
    assert unit.has_offset is has_offset
    assert unit.scale(signed=True).signed


@pytest.mark.parametrize(
    ("here", "there", "factor", "offset"),
    [
        ("person", "person", 1, 0),
        ("square_kilometre", "hectare", 100, 0),
        ("mile", "kilometre", Fraction("1.609344"), 0),
        ("pound_mass", "kilogram", Fraction("0.45359237"), 0),
        ("tonne", "kilogram", 1000, 0),
        ("short_ton", "pound_mass", 2000, 0),
        ("barrel", "gallon", 42, 0),
        ("week", "day", 7, 0),
        ("degree_celsius", "kelvin", 1, Fraction("273.15")),
        ("degree_fahrenheit", "degree_celsius", Fraction(5, 9), Fraction(-160, 9)),
        ("year", "month", 12, 0),
        ("month", "century", Fraction(1, 1200), 0),
        ("kilometre/hour", "metre/second", Fraction(5, 18), 0),
        ("knot", "kilometre/hour", Fraction("1.852"), 0),
        ("watt_hour/10 kilometre", "joule/metre", Fraction(9, 25), 0),
        ("joule/10 second", "watt", Fraction(1, 10), 0),
        ("gigajoule/hour", "kilowatt", Fraction(2500, 9), 0),
        ("permille", "percent", Fraction(1, 10), 0),
        ("percentage_point", "basis_point", 100, 0),
        ("death/1000 person", "death/100000 person", 100, 0),
        ("person/day", "person/week", 7, 0),
        ("USD/barrel", "USD/gallon", Fraction(1, 42), 0),
        ("tonne/year", "tonne/month", Fraction(1, 12), 0),
        ("gigabyte", "megabyte", 1000, 0),
        ("degree_celsius/hour", "kelvin/hour", 1, 0),
    ],
)
def test_conversions(here: str, there: str, factor: Number, offset: Number) -> None:
    assert conversion(here, there) == Conversion(factor, offset)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("person", "drone"),
        ("person", "square_kilometre"),
        ("USD", "EUR"),
        ("USD/barrel", "EUR/barrel"),
        ("percent", "percentage_point"),
        ("percent", "number"),
        ("kilometre", "hectare"),
        ("number", "arc_degree"),
        ("byte", "number"),
        ("month", "day"),
        ("month", "kilometre"),
        ("tonne/year", "tonne/day"),
        ("death/1000 person", "birth/1000 person"),
        ("person/day", "person"),
    ],
)
def test_what_does_not_convert(here: str, there: str) -> None:
    assert conversion(here, there) is None
    assert conversion(there, here) is None


def test_months_and_days_convert_as_the_policy_says() -> None:
    assert conversion("month", "day", MONTHLY) == Conversion(30)
    assert conversion("day", "year", MONTHLY) == Conversion(Fraction(1, 360))
    assert conversion("year", "hour", MONTHLY) == Conversion(8640)
    assert conversion("tonne/month", "tonne/day", MONTHLY) == Conversion(Fraction(1, 30))
    assert conversion("month", "kilometre", MONTHLY) is None


CONVERTIBLE = [
    pair
    for names in (
        ("square_metre", "hectare", "acre", "square_mile", "square_foot"),
        ("degree_celsius", "degree_fahrenheit", "kelvin"),
        ("second", "week", "month", "century"),
        ("metre/second", "knot", "mile/hour", "foot/100 week", "kilometre/hour"),
        ("percent", "permille"),
        ("person/day", "person/1000 week", "person/month"),
    )
    for pair in product(names, names)
]


@given(units=st.sampled_from(CONVERTIBLE), number=decimals, interval=intervals())
def test_there_and_back_is_the_identity(units: tuple[str, str], number: Number, interval: Interval) -> None:
    here, there = units
    forth, back = conversion(here, there, MONTHLY), conversion(there, here, MONTHLY)
    assert forth is not None
    assert back is not None
    assert forth.factor > 0
    assert back.number(forth.number(number)) == number
    assert back.interval(forth.interval(interval)) == interval
    assert forth.interval(interval).admits(forth.number(number)) == interval.admits(number)
    for exactly in (forth.factor, forth.offset, forth.number(number)):
        assert isinstance(exactly, int | Fraction)


def test_equal_units_are_the_same() -> None:
    assert conversion("sq km", "km²") is SAME
    assert Unit("person", UnitKind.COUNT) == unit_named("person")


def test_counts_never_load_pint() -> None:
    """It takes half a second, which a command line that compares two counts should not wait for."""
    script = """
import sys
from app.domain.reading import read
from app.domain.units import conversion
read("more than 100 soldiers", unit="person")
read("1,150 square kilometres", unit="square_kilometre")
conversion("person", "drone"), conversion("month", "year")
print("pint" in sys.modules, "text_to_num" in sys.modules, "edtf" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False False\n"
