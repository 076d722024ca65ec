"""Numbers whose qualifier, number or bounds are stated field by field, beside the printed text or without one."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, TypedDict, Unpack

from app.domain.interval import Interval, Number, decimal_text, exact
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.printed import Setting, measure_named, value_of_text
from app.domain.tokens import ForeignUnit, UnreadableNumber, tokens_of
from app.domain.units import COUNT, Unit, conversion, unit_named
from app.domain.value import Qualifier, Scale, Value, grain_of, literal_interval

Stated = int | str | Decimal | Fraction
"""A number as a field gives it: exact, never a binary float. Text is plain decimal: "-2.50"."""

_DECIMAL = re.compile(r"[+-]?[0-9]{1,30}(?:\.([0-9]{1,30}))?")
_RANGES = frozenset({Qualifier.BETWEEN, Qualifier.MAGNITUDE})
_FROM = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
_UP_TO = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN})
_OPEN = frozenset({Qualifier.MORE_THAN, Qualifier.LESS_THAN})


class Given(TypedDict, total=False):
    """What may be given of a value; None is the same as absent."""

    text: str | None
    qualifier: Qualifier | None
    number: Stated | None
    low: Stated | None
    high: Stated | None
    low_open: bool | None
    high_open: bool | None
    unit: str | None


class _Amount(NamedTuple):
    number: Number
    place: Number

    def grain(self, scale: Scale) -> Number:
        return self.place if scale.percent or self.place != 1 else grain_of(self.number)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is known: the stated amounts, and what the text says where it can be read in `unit`."""

    qualifier: Qualifier
    number: _Amount | None
    low: _Amount | None
    high: _Amount | None
    printed: Value | None
    scale: Scale
    policy: Policy


def value_from_parts(
    *, measure_unit: str | None = None, signed: bool = False, policy: Policy = DEFAULT_POLICY, **given: Unpack[Given]
) -> Value:
    """The value of a text, of explicit fields, or of both: then the fields override what the text says.

    `number`, `low` and `high` are in `unit`, else in the unit that the text prints, else in `measure_unit`, into which
    they must convert. Without a qualifier, two ends are `between` (a confidence interval too), a low end is `at_least`,
    a high end `at_most`, a number alone `exact`. Text that cannot be read needs the fields that make up for it. Raises
    UnreadableNumber.
    """
    text = given.get("text")
    setting = Setting(measure_named(given.get("unit") or measure_unit), signed, policy)
    _check_unit(setting.measure, measure_unit, policy)
    number, low, high = _amount("number", given), _amount("low", given), _amount("high", given)
    stated = bool(number or low or high)
    printed = _printed(text, setting, stated=stated)
    qualifier = given.get("qualifier") or (printed.qualifier if printed else None)
    if text is not None and not (qualifier or low or high):
        raise UnreadableNumber("the text does not say how exact the number is", "give `qualifier` too")
    unit, printed = _unit(printed, setting, chosen=bool(given.get("unit")), stated=stated)
    qualifier = qualifier or _implied(number, low, high, given)
    parts = _Parts(qualifier, number, low, high, printed, unit.scale(signed=signed), policy)
    literal = _checked(_overridden(_literal(parts), parts, given), parts)
    return _assembled(text, parts, literal, None if unit is COUNT and setting.measure is None else unit.name)


def _amount(name: Literal["number", "low", "high"], given: Given) -> _Amount | None:
    stated = given.get(name)
    match stated:
        case None:
            return None
        case str():
            text = stated
        case int() if not isinstance(stated, bool) and stated.bit_length() <= 100:
            text = str(stated)
        case Fraction() if stated.denominator.bit_length() <= 100:
            text = decimal_text(stated) if _is_decimal(stated) else ""
        case Decimal() if stated.is_finite() and -30 <= stated.adjusted() <= 30:
            text = f"{stated:f}"
        case _:
            text = ""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        right = "write it in plain digits, such as 1200 or -2.5, at most 30 on either side of the point"
        raise UnreadableNumber(f"`{name}` is not an exact decimal number", right)
    return _Amount(exact(Fraction(text)), exact(Fraction(1, 10 ** len(match.group(1) or ""))))


def _is_decimal(number: Fraction) -> bool:
    return 10**100 % number.denominator == 0


def _check_unit(unit: Unit | None, measure_unit: str | None, policy: Policy) -> None:
    if unit and measure_unit and conversion(unit.name, measure_unit, policy) is None:
        raise ForeignUnit(f"{unit.name} does not convert to {measure_unit}", "give a unit that does")


def _unit(printed: Value | None, setting: Setting, *, chosen: bool, stated: bool) -> tuple[Unit, Value | None]:
    """The unit that holds, and what the text says where it is in that unit; `chosen`: a field names the unit."""
    unit = setting.measure or COUNT
    if printed is None or printed.unit is None or printed.unit == unit.name:
        return unit, printed
    if not chosen:
        return unit_named(printed.unit), printed
    if not stated:
        raise ForeignUnit(f"the text prints {printed.unit}, the unit given is {unit.name}", "give one of the two")
    return unit, None


def _printed(text: str | None, setting: Setting, *, stated: bool) -> Value | None:
    """What the text says; None where it cannot be read but other fields are stated."""
    if text is None:
        return None
    try:
        return value_of_text(text, setting)
    except ForeignUnit:
        raise
    except UnreadableNumber:
        tokens_of(text)  # Raises for what is no text at all, whatever is stated beside it.
        if not stated:
            raise
        return None


def _implied(number: _Amount | None, low: _Amount | None, high: _Amount | None, given: Given) -> Qualifier:
    if low and high:
        return Qualifier.EXACT if low.number == high.number else Qualifier.BETWEEN
    if low:
        return Qualifier.MORE_THAN if given.get("low_open") else Qualifier.AT_LEAST
    if high:
        return Qualifier.LESS_THAN if given.get("high_open") else Qualifier.AT_MOST
    if number is None:
        raise UnreadableNumber("there is no number", "give the printed text, or number, low or high")
    return Qualifier.EXACT


def _number(parts: _Parts) -> Number | None:
    """The one number: stated, else printed, else the end that the qualifier speaks of."""
    if parts.number:
        return parts.number.number
    if parts.printed:
        return parts.printed.number
    end = {Qualifier.AT_LEAST: parts.low, Qualifier.AT_MOST: parts.high, Qualifier.EXACT: parts.low}
    amount = end.get(parts.qualifier)
    return amount and amount.number


def _literal(parts: _Parts) -> Interval:
    """What qualifier and number admit before `low` and `high` have their say."""
    printed, qualifier, number = parts.printed, parts.qualifier, _number(parts)
    if printed and not parts.number and (qualifier is printed.qualifier or qualifier in _RANGES):
        return printed.literal
    if number is not None and qualifier not in _RANGES:
        grain = _grain(parts, parts.number)
        try:
            return literal_interval(qualifier, number, grain, parts.scale, parts.policy)
        except ValueError:
            wrong = f"no whole number is {qualifier} {_commas(number)}" if parts.scale.discrete else "no number is left"
            raise UnreadableNumber(wrong, "mend the number or its qualifier, or choose a measured unit") from None
    if printed and qualifier in _FROM:
        return Interval(printed.literal.low, None, low_open=qualifier in _OPEN)
    if printed and qualifier in _UP_TO:
        floor = None if parts.scale.signed else 0
        return Interval(floor, printed.literal.high, high_open=qualifier in _OPEN)
    return Interval(None if parts.scale.signed or qualifier not in _UP_TO else 0, None)


def _overridden(literal: Interval, parts: _Parts, given: Given) -> Interval:
    low = parts.low.number if parts.low else literal.low
    high = parts.high.number if parts.high else literal.high
    # A count's stated ends are the numbers that it admits: more than 100 has the low end 101.
    measured = not parts.scale.discrete
    opens = [
        literal.low_open if parts.low is None else measured and parts.qualifier is Qualifier.MORE_THAN,
        literal.high_open if parts.high is None else measured and parts.qualifier is Qualifier.LESS_THAN,
    ]
    for side, name in enumerate(("low_open", "high_open")):
        stated = given.get(name)
        if isinstance(stated, bool):
            opens[side] = stated
    if (given.get("low_open") and low is None) or (given.get("high_open") and high is None):
        raise UnreadableNumber("an end is marked open that is not there", "give `low` or `high` with it")
    if low is not None and high is not None and (low > high or (low == high and any(opens))):
        raise UnreadableNumber(f"no number lies between low {low} and high {high}", "give the lower one as `low`")
    return Interval(low, high, *opens)


def _checked(literal: Interval, parts: _Parts) -> Interval:
    """The interval, if it and the number fit the qualifier. Raises UnreadableNumber."""
    qualifier, number = parts.qualifier, _number(parts)
    if (literal.low is None and qualifier not in _UP_TO) or (literal.high is None and qualifier not in _FROM):
        right = "give `low` and `high`" if qualifier in _RANGES else "give `number`, or `low` and `high`"
        raise UnreadableNumber(f"{qualifier} lacks an end", right)
    if parts.scale.discrete:
        ends = [end for end in (literal.low, literal.high, number) if end is not None]
        if not all(isinstance(end, int) for end in ends):
            raise UnreadableNumber("a count is whole", "give whole numbers, or choose a measured unit")
        try:
            literal = literal.whole()
        except ValueError:
            raise UnreadableNumber("no whole number lies between low and high", "give the ends it admits") from None
    if qualifier is Qualifier.EXACT and literal.low != literal.high:
        raise UnreadableNumber("an exact number has no range", "choose `between` or `about`")
    # The 100 of "more than 100" lies just outside.
    margin = 1 if parts.scale.discrete and qualifier in _OPEN else 0
    if number is not None and not _closed(literal, margin).admits(number):
        raise UnreadableNumber(f"the number {_commas(number)} is not between low and high", "mend one of the three")
    return literal


def _closed(interval: Interval, margin: int) -> Interval:
    low, high = interval.low, interval.high
    return Interval(None if low is None else low - margin, None if high is None else high + margin)


def _grain(parts: _Parts, amount: _Amount | None, side: int = 0) -> Number:
    """The place value of a stated amount, else of the printed number; of an end of a range, how wide the range is."""
    if amount:
        return amount.grain(parts.scale)
    printed = parts.printed
    if printed is None:
        return 1
    low, high = printed.literal.low, printed.literal.high
    if (
        printed.number is None
        and parts.qualifier is not printed.qualifier
        and parts.qualifier not in _RANGES
        and low is not None
        and high is not None
    ):
        return high - low + (1 if parts.scale.discrete else 0)
    return (printed.low_grain, printed.high_grain)[side]


def _assembled(text: str | None, parts: _Parts, literal: Interval, unit: str | None) -> Value:
    number, qualifier = _number(parts), parts.qualifier
    ends = (parts.low, parts.high)
    if number is not None and qualifier not in _RANGES:
        ends = (parts.number or (None if parts.printed else parts.low or parts.high),) * 2
    low_grain, high_grain = (_grain(parts, end, side) for side, end in enumerate(ends))
    shown = text.strip() if text is not None else _wording(qualifier, number, literal)
    return Value(shown, qualifier, number, literal, unit, parts.scale, low_grain, high_grain)


def _wording(qualifier: Qualifier, number: Number | None, literal: Interval) -> str:
    """A text for a value that came without one."""
    printed = [None if end is None else _commas(end) for end in (number, literal.low, literal.high)]
    one, low, high = printed
    match qualifier:
        case Qualifier.EXACT:
            return f"{one}"
        case Qualifier.ABOUT:
            return f"about {one}"
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return f"{'more than' if (one and qualifier in _OPEN) or literal.low_open else 'at least'} {one or low}"
        case Qualifier.AT_MOST | Qualifier.LESS_THAN:
            return f"{'less than' if (one and qualifier in _OPEN) or literal.high_open else 'up to'} {one or high}"
    return f"{low} to {high}"


def _commas(number: Number) -> str:
    whole, point, decimals = decimal_text(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{point}{decimals}"
