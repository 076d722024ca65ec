"""From the parts of a printed number to its value: the unit that holds, the hedge that wins, the interval it admits."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.domain.interval import Interval, Number
from app.domain.magnitudes import Magnitude
from app.domain.numerals import Numeral
from app.domain.parts import EXPLICIT, Phrase
from app.domain.phrase import phrase_of
from app.domain.policy import Policy
from app.domain.tokens import ForeignUnit, UnreadableNumber, tokens_of
from app.domain.units import COUNT, Unit, UnknownUnit, conversion, unit_named
from app.domain.value import KEPT, Qualifier, Scale, Value, literal_interval
from app.domain.wording import BOUNDS, Hedge

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LOWER_BOUNDS = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is read for: the measure's unit (None: not known), whether it may be negative, the widths."""

    measure: Unit | None
    signed: bool
    policy: Policy


def measure_named(name: str | None) -> Unit | None:
    """The unit of a measure. Raises UnreadableNumber where it is none."""
    try:
        return None if name is None else unit_named(name)
    except UnknownUnit as unknown:
        raise UnreadableNumber(str(unknown), "give a known unit") from unknown


@lru_cache(maxsize=KEPT)
def value_of_text(text: str, setting: Setting) -> Value:
    """The value of a printed number. Raises UnreadableNumber."""
    return value_of(text.strip(), phrase_of(tokens_of(text), setting.measure), setting)


def value_of(text: str, phrase: Phrase, setting: Setting) -> Value:
    """The value that the parts of a text make. Raises UnreadableNumber."""
    unit = _unit(phrase, setting)
    number, exchanged = phrase.number, phrase.exchanged
    if number and exchanged and number.number != exchanged.number:
        raise UnreadableNumber("two different numbers", "give two values with `each`", exchanged.at)
    name = None if unit is COUNT and setting.measure is None else unit.name
    scale = unit.scale(signed=setting.signed)
    hedged, bound = _settled(phrase.hedges)
    if phrase.magnitude:
        return _magnitude(text, phrase.magnitude, bound, (name, scale))
    assert phrase.number is not None
    for numeral in (phrase.number, phrase.upper):
        if numeral:
            _check(numeral, phrase, unit, bounded=bound is not None)
    if phrase.upper:
        return _range(text, (phrase.number, phrase.upper), (hedged, bound), (name, scale), setting.policy)
    return _single(text, phrase.number, (hedged, bound), (name, scale), setting.policy)


def _unit(phrase: Phrase, setting: Setting) -> Unit:
    printed, measure = phrase.unit, setting.measure
    if measure is None:
        return printed or COUNT
    if printed is None:
        if phrase.noun and not measure.discrete and measure.name != "number":
            raise ForeignUnit(
                f"{phrase.noun.text!r} does not begin a unit that converts to {measure.name}",
                "print the unit right behind the number, or nothing",
                phrase.noun.at,
            )
        return measure
    if printed != measure and conversion(printed.name, measure.name, setting.policy) is None:
        below = printed.denominator
        rated = below is not None and measure.numerator is None
        raise ForeignUnit(
            f"{printed.name} does not convert to {measure.name}",
            f"choose a measure in {f'a rate such as {measure.name}/{below.name}' if rated and below else 'that unit'},"
            " or mend the text",
            phrase.number.at if phrase.number else None,
        )
    return printed


def _settled(hedges: list[Hedge]) -> tuple[bool, Qualifier | None]:
    """Whether the number is hedged with "about", and the one bound that the words put on it."""
    if not hedges:
        return False, None
    bounds = {BOUNDS[hedge] for hedge in hedges if hedge in BOUNDS}
    if Hedge.PARTIAL in hedges and bounds.isdisjoint(_LOWER_BOUNDS):
        bounds.add(Qualifier.AT_LEAST)
    if bounds == _LOWER_BOUNDS:
        bounds = {Qualifier.MORE_THAN}
    if len(bounds) > 1:
        raise UnreadableNumber(f"{' and '.join(sorted(bounds))} contradict each other", f"keep one, or {EXPLICIT}")
    return Hedge.ABOUT in hedges, next(iter(bounds), None)


def _check(numeral: Numeral, phrase: Phrase, unit: Unit, *, bounded: bool) -> None:
    """Refuses what print leaves open. Raises UnreadableNumber."""
    if numeral.reads_either_way and not unit.percent:
        raise UnreadableNumber(
            f"{numeral.digits!r} may be {numeral.digits.replace('.', '')} or a decimal",
            f"write {numeral.digits.replace('.', ',')} for thousands, or {EXPLICIT}",
            numeral.at,
        )
    bare = phrase.noun is None and phrase.unit is None and not bounded and numeral.scale == 1
    if bare and _YEAR.fullmatch(numeral.digits):
        raise UnreadableNumber(
            f"{numeral.digits} may be a year", f"write {int(numeral.digits):,} if it is an amount", numeral.at
        )
    if unit.discrete and (not isinstance(numeral.number, int) or (numeral.has_point and numeral.scale == 1)):
        raise UnreadableNumber("a count is whole", f"choose a measured unit, or {EXPLICIT}", numeral.at)


def _single(
    text: str,
    numeral: Numeral,
    hedges: tuple[bool, Qualifier | None],
    measured: tuple[str | None, Scale],
    policy: Policy,
) -> Value:
    (hedged, bound), (unit, scale) = hedges, measured
    number, grain = numeral.number, numeral.grain(last_digit=scale.percent)
    qualifier = bound or (Qualifier.ABOUT if hedged else Qualifier.EXACT)
    end: Number | None = number
    if bound and hedged:
        # "At least about 100" bounds from the end of what "about 100" admits.
        wide = literal_interval(Qualifier.ABOUT, number, grain, scale, policy)
        end = wide.low if bound in _LOWER_BOUNDS else wide.high
    assert end is not None
    try:
        literal = literal_interval(qualifier, end, grain, scale, policy)
    except ValueError:
        raise UnreadableNumber("no number is left that it admits", "mend the number or its hedge", numeral.at) from None
    return Value(text, qualifier, number, literal, unit, scale, grain, grain)


def _range(
    text: str,
    ends: tuple[Numeral, Numeral],
    hedges: tuple[bool, Qualifier | None],
    measured: tuple[str | None, Scale],
    policy: Policy,
) -> Value:
    (low, high), (hedged, bound), (unit, scale) = ends, hedges, measured
    if bound:
        raise UnreadableNumber(f"a range with {bound} beside it", f"keep one of the two, or {EXPLICIT}", low.at)
    grains = [end.grain(last_digit=scale.percent) for end in ends]
    literal = Interval(low.number, high.number)
    if hedged:
        # "Some 40 to 50" reaches from where "about 40" begins to where "about 50" ends.
        wide = [
            literal_interval(Qualifier.ABOUT, end.number, grain, scale, policy)
            for end, grain in zip(ends, grains, strict=True)
        ]
        literal = Interval(wide[0].low, wide[1].high)
    return Value(text, Qualifier.BETWEEN, None, literal, unit, scale, *grains)


def _magnitude(text: str, magnitude: Magnitude, bound: Qualifier | None, measured: tuple[str | None, Scale]) -> Value:
    unit, scale = measured
    low, above = magnitude
    high = above - 1 if scale.discrete else above
    match bound:
        case None:
            literal = Interval(low, high, high_open=not scale.discrete)
            return Value(text, Qualifier.MAGNITUDE, None, literal, unit, scale)
        case Qualifier.AT_LEAST:
            # As wide as the word: "at least several hundred" is not taken to end below a thousand.
            return Value(text, bound, None, Interval(low, None), unit, scale, above - low, above - low)
        case Qualifier.MORE_THAN:
            # More than the least that the word admits: two hundred, of "more than several hundred".
            literal = Interval(low, None, low_open=True)
            if scale.discrete:
                literal = literal.whole()
            return Value(text, bound, None, literal, unit, scale, above - low, above - low)
        case Qualifier.AT_MOST:
            literal = Interval(None if scale.signed else 0, high, high_open=not scale.discrete)
            return Value(text, bound, None, literal, unit, scale)
    raise UnreadableNumber(f"{bound} beside a magnitude says no size", EXPLICIT)
