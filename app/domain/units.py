"""Units: what a number counts or measures, and what converts to what, exactly.

A name is, in this order: a measured unit, a percentage or a currency if `unit_names` lists it; a rate if it has a `/`
("death/100000 person", "kilometre/hour", "USD/barrel"); otherwise, in lower-case words, a noun that is counted
("person", "prisoner exchange"). The list is closed, so no noun is measured by accident; what looks like a slip for a
listed name ("kilometrs", "usd") is refused rather than counted.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from app.domain import currencies
from app.domain.interval import Interval, Number, exact
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.unit_names import NAMES, SHARED, SIGNS, WORDS
from app.domain.value import Scale

if TYPE_CHECKING:
    import pint

MAX_NAME = 80
MAX_PER = 10**12


class UnknownUnit(ValueError):
    """A name that is no unit, with what it might be meant for; `nearest` is the unit most like it."""

    def __init__(self, wrong: str, nearest: str | None = None) -> None:
        super().__init__(wrong)
        self.nearest = nearest


class UnitKind(StrEnum):
    """What a unit is made of, and so how its numbers round and convert."""

    COUNT = "count"
    PHYSICAL = "physical"
    CALENDAR = "calendar"
    PERCENT = "percent"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its canonical name: `person`, `square_kilometre`, `month`, `percent`, `USD`, `death/100000 person`.

    A rate carries its two units and `per`, how many of the lower one. Rates of counts are of the kind `percent`: like
    percentages they are rounded to the last printed digit. Prices are of the kind `currency`, speeds `physical`.
    """

    name: str
    kind: UnitKind
    numerator: "Unit | None" = None
    denominator: "Unit | None" = None
    per: int = 1

    @property
    def discrete(self) -> bool:
        """Whether its numbers are whole."""
        return self.kind is UnitKind.COUNT

    @property
    def percent(self) -> bool:
        """Whether its numbers are rounded to the last printed digit alone."""
        return self.kind is UnitKind.PERCENT

    @property
    def has_offset(self) -> bool:
        """Whether ratios of its numbers mean nothing, as for degrees.

        Kelvin counts too: it converts to degrees, and what two claims are to each other may not depend on the unit.
        """
        return self.name in _TEMPERATURES

    @property
    def below_zero(self) -> bool:
        """Whether its numbers go below zero whatever is measured."""
        return self.has_offset and self.name != "kelvin"

    def scale(self, *, signed: bool = False) -> Scale:
        """The numbers that it takes; `signed`: the measure may be negative."""
        return Scale(self.discrete, self.percent, signed or self.below_zero)


@dataclass(frozen=True, slots=True)
class Conversion:
    """Exact: a number in one unit times `factor` (positive) plus `offset` is that in the other."""

    factor: Number = 1
    offset: Number = 0

    def number(self, number: Number) -> Number:
        """The number in the other unit."""
        return exact(Fraction(number) * self.factor + self.offset)

    def interval(self, interval: Interval) -> Interval:
        """The interval in the other unit."""
        return interval.converted(self.factor, self.offset)


COUNT = Unit("count", UnitKind.COUNT)
"""Things counted without saying which."""
SAME = Conversion()

_TEMPERATURES = frozenset({"degree_celsius", "degree_fahrenheit", "kelvin"})
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_SHARES: dict[str, tuple[str, Number]] = {
    "percent": ("share", 1),
    "permille": ("share", Fraction(1, 10)),
    "percentage_point": ("points", 1),
    "basis_point": ("points", Fraction(1, 100)),
}
# To `pint` these are plain numbers, and would convert among themselves.
_ALONE = frozenset({"number", "arc_degree"})
_NOUNS_LIKE_CODES = frozenset({"cop", "cup", "mop", "pen", "top", "try"})
_NO_NOUN = frozenset({"square", "squared", "cubic", "cubed", "per"})
_PINT = {
    "barrel": "oil_barrel",
    "short_ton": "ton",
    "pound_mass": "pound",
    "degree_celsius": "degree_Celsius",
    "degree_fahrenheit": "degree_Fahrenheit",
}
_NOUN = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,5}")
_DENOMINATOR = re.compile(r"([1-9][0-9]{0,11})?(?: |^|$)([^0-9].*)?")


@lru_cache(maxsize=4096)
def unit_named(name: str) -> Unit:
    """The unit of a canonical name, a printed word or a sign ("km²", "sq km", "degC"). Raises UnknownUnit."""
    if len(name) > MAX_NAME:
        raise UnknownUnit(f"a unit of {len(name)} characters is too long: at most {MAX_NAME}")
    plain = " ".join(name.replace("_", " ").split())
    listed = _listed(plain)
    if listed is not None:
        return listed
    if "/" in plain:
        return _rate_named(plain)
    if plain.lower() in SHARED:
        raise UnknownUnit(f"{plain!r} may be {' or '.join(SHARED[plain.lower()])}: name one of them")
    if plain != plain.lower() or not _NOUN.fullmatch(plain) or _is_slip(plain):
        near = _suggestions(plain)
        advice = f": {' or '.join(near)}?" if near else ""
        what = f"{name!r} is not a unit{advice}; what is counted is a noun in lower case (person)"
        raise UnknownUnit(what, near[0] if near else None)
    return Unit(plain, UnitKind.COUNT)


def rate(numerator: Unit, per: int, denominator: Unit) -> Unit:
    """So many of one unit for every `per` of another. Raises UnknownUnit where either is itself a rate."""
    if numerator.numerator or denominator.numerator:
        raise UnknownUnit(f"{numerator.name} per {denominator.name}: a rate has one upper and one lower unit")
    number = "" if per == 1 else f"{per} "
    below = f"{number}{denominator.name}" if denominator is not COUNT or per == 1 else f"{per}"
    name = f"{numerator.name}/{below}"
    if per >= MAX_PER or len(name) > MAX_NAME:
        raise UnknownUnit(f"{name!r} is too long for a rate: per less than {MAX_PER:,}, at most {MAX_NAME} characters")
    kinds = {numerator.kind, denominator.kind}
    if kinds & {UnitKind.COUNT, UnitKind.PERCENT}:
        return Unit(name, UnitKind.PERCENT, numerator, denominator, per)
    kind = UnitKind.CURRENCY if UnitKind.CURRENCY in kinds else UnitKind.PHYSICAL
    return Unit(name, kind, numerator, denominator, per)


def conversion(from_: str, to: str, policy: Policy = DEFAULT_POLICY) -> Conversion | None:
    """How numbers in one unit become numbers in the other; None where they do not. Raises UnknownUnit."""
    return _conversion(unit_named(from_), unit_named(to), policy.days_per_month)


@lru_cache(maxsize=4096)
def _conversion(a: Unit, b: Unit, days: Fraction | None) -> Conversion | None:
    if a == b:
        return SAME
    if UnitKind.CALENDAR in (a.kind, b.kind):
        return _between_calendars(a, b, days)
    if a.numerator and b.numerator:
        return _between_rates(a, b, days)
    if a.kind is UnitKind.PHYSICAL and b.kind is UnitKind.PHYSICAL:
        return _by_pint(a, b)
    family, share = _SHARES.get(a.name, ("", 0))
    other, base = _SHARES.get(b.name, ("none", 1))
    return Conversion(exact(Fraction(share) / base)) if family == other else None


def _between_calendars(a: Unit, b: Unit, days: Fraction | None) -> Conversion | None:
    if a.kind is not UnitKind.CALENDAR:
        back = _between_calendars(b, a, days)
        return back and Conversion(exact(1 / Fraction(back.factor)))
    if b.kind is UnitKind.CALENDAR:
        return Conversion(exact(Fraction(_MONTHS[a.name], _MONTHS[b.name])))
    by_day = _conversion(unit_named("day"), b, None) if days and b.kind is UnitKind.PHYSICAL else None
    if by_day is None or days is None:
        return None
    return Conversion(exact(_MONTHS[a.name] * days * by_day.factor))


def _between_rates(a: Unit, b: Unit, days: Fraction | None) -> Conversion | None:
    assert a.numerator
    assert a.denominator
    assert b.numerator
    assert b.denominator
    above = _conversion(a.numerator, b.numerator, days)
    below = _conversion(a.denominator, b.denominator, days)
    if above is None or below is None or above.offset or below.offset:
        # Speeds and the like may have parts that convert only together; those of money and counts never do.
        return _by_pint(a, b) if a.kind is b.kind is UnitKind.PHYSICAL else None
    return Conversion(exact(Fraction(above.factor) * b.per / (Fraction(below.factor) * a.per)))


def _by_pint(a: Unit, b: Unit) -> Conversion | None:
    parts = (a, a.numerator, a.denominator, b, b.numerator, b.denominator)
    if any(part and (part.kind is not UnitKind.PHYSICAL or part.name in _ALONE) for part in parts):
        return None
    registry = _registry()
    here, there = registry.parse_units(_expression(a)), registry.parse_units(_expression(b))
    if here.dimensionality != there.dimensionality:
        return None
    offset = registry.Quantity(Fraction(0), here).to(there).magnitude
    factor = registry.Quantity(Fraction(1), here).to(there).magnitude - offset
    return Conversion(exact(factor * b.per / a.per), exact(offset))


def _expression(unit: Unit) -> str:
    if unit.numerator and unit.denominator:
        return f"{_expression(unit.numerator)} / ({_expression(unit.denominator)})"
    power, _, base = unit.name.partition("_")
    if power in ("square", "cubic"):
        return f"{base} ** {2 if power == 'square' else 3}"
    return _PINT.get(unit.name, unit.name)


@cache
def _registry() -> "pint.UnitRegistry[Any]":
    # Late, because importing and filling it takes half a second that counts never need.
    import pint  # noqa: PLC0415

    return pint.UnitRegistry(non_int_type=Fraction)


def _listed(plain: str) -> Unit | None:
    name = plain.replace(" ", "_")
    if name == COUNT.name:
        return COUNT
    if name not in NAMES:
        name = SIGNS.get(plain) or WORDS.get(plain.lower(), "")
    if "/" in name:
        return _rate_named(name.replace("_", " "))
    if not name:
        return None
    return Unit(name, _kind(name))


def _kind(name: str) -> UnitKind:
    if name in currencies.CODES:
        return UnitKind.CURRENCY
    if name in _MONTHS:
        return UnitKind.CALENDAR
    return UnitKind.PERCENT if name in _SHARES else UnitKind.PHYSICAL


def _rate_named(plain: str) -> Unit:
    above, _, below = (part.strip() for part in plain.partition("/"))
    number = _DENOMINATOR.fullmatch(below)
    if not above or not below or number is None or "/" in below:
        raise UnknownUnit(f"{plain!r} is not a rate: write one such as person/day or death/100000 person")
    per, noun = number.groups()
    return rate(unit_named(above), int(per or 1), unit_named(noun) if noun else COUNT)


def _is_slip(plain: str) -> bool:
    """Whether a noun ends in a unit, or reads like a code or, at some length, like a unit with a letter wrong."""
    words = plain.split()
    if len(words) > 1:
        return words[-1] in WORDS or not _NO_NOUN.isdisjoint(words)
    if plain.upper() in currencies.CODES:
        return plain not in _NOUNS_LIKE_CODES
    return len(plain) >= 8 and bool(_near(plain, 0.93))


def _near(plain: str, cutoff: float) -> list[str]:
    import difflib  # noqa: PLC0415  (only a mistake needs it)

    return difflib.get_close_matches(plain.lower(), WORDS, n=3, cutoff=cutoff)


def _suggestions(plain: str) -> list[str]:
    near = [*dict.fromkeys(WORDS[word] for word in _near(plain, 0.7))]
    if plain.upper() in currencies.CODES:
        near.insert(0, plain.upper())
    return near
