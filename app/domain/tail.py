"""What stands behind a printed amount: more hedges, "per 100,000 people", the noun that is counted."""

from app.domain.numerals import is_number, take_numeral
from app.domain.parts import EXPLICIT, Phrase, take_hedge
from app.domain.tokens import Cursor, Token, TokenKind, UnreadableNumber
from app.domain.unit_text import is_unit_word, take_currency, take_unit, unit_at
from app.domain.units import COUNT, Unit, UnitKind, UnknownUnit, conversion, rate, unit_named
from app.domain.wording import (
    BEFORE,
    BEHIND,
    EVERY,
    FORMATIONS,
    GROUPS,
    LENGTHS,
    LINKING,
    MAGNITUDES,
    MONTHS,
    RECURRING,
    SCALES,
    SPELT,
    TIMES_OF_DAY,
    TURNING,
    UNFINISHED,
)

_PARTITIVES = (("including",), ("incl", "."), ("incl",), ("among", "them"))


def take_tail(cursor: Cursor, phrase: Phrase, measure: Unit | None) -> None:
    """What stands behind the amount: more hedges, "per 100,000 people", the noun."""
    linked, first = False, cursor.at
    _check_behind(cursor, phrase)
    while token := cursor.peek():
        if hedge := take_hedge(cursor, BEHIND):
            phrase.hedges.append(hedge)
        elif unit := _take_per(cursor, phrase, measure, linked=linked):
            phrase.unit, linked = unit, True
        elif end := _end_of_aside(cursor, phrase, measure):
            cursor.at = end
        else:
            _check_plain(token, behind_number=cursor.at == first, linked=linked)
            if not linked:
                _check_noun(cursor, phrase, measure)
            linked = linked or token.lower in LINKING
            phrase.noun = phrase.noun or token
            cursor.at += 1
    if cursor.at > first and (last := cursor.tokens[-1]).lower in UNFINISHED:
        raise UnreadableNumber(f"the text ends in {last.text!r}", "leave it out, or finish the text", last.at)


def _check_behind(cursor: Cursor, phrase: Phrase) -> None:
    """Refuses what makes the number itself another: six figures, 155 Brigade. Raises UnreadableNumber."""
    token = cursor.peek()
    if token is None or phrase.number is None:
        return
    if token.lower in LENGTHS:
        raise UnreadableNumber("a number of digits says how long another number is", EXPLICIT, token.at)
    named = token.text[0].isupper() or phrase.number.number != 1
    if token.lower in FORMATIONS and phrase.number.digits and named:
        raise _formation(token)


def _check_noun(cursor: Cursor, phrase: Phrase, measure: Unit | None) -> None:
    """Refuses nouns with which the number does not say how many. Raises UnreadableNumber."""
    token, behind = cursor.tokens[cursor.at], cursor.peek(1)
    word = token.lower
    if word in GROUPS and (measure is None or measure.name != GROUPS[word]):
        raise UnreadableNumber(
            f"{token.text!r} counts two at a time",
            f"write how many there are, or choose the unit {GROUPS[word]}",
            token.at,
        )
    ends = behind is None or behind.kind is TokenKind.SIGN or behind.lower in LINKING
    one = phrase.number is not None and phrase.upper is None and phrase.number.number == 1
    if word in FORMATIONS and word != "corps" and ends and not one:
        raise _formation(token)


def _formation(token: Token) -> UnreadableNumber:
    return UnreadableNumber(
        f"the number may be the name of a {token.lower}",
        "leave it out, or write the plural if they are counted",
        token.at,
    )


def _check_plain(token: Token, *, behind_number: bool, linked: bool) -> None:
    """Whether a word may belong to a noun that is counted. Raises UnreadableNumber."""
    word, at = token.lower, token.at
    if behind_number and not token.glue and word in ("st", "nd", "rd", "th"):
        raise UnreadableNumber("an ordinal is not an amount", "leave it out, or write how many", at)
    if behind_number and (word in MONTHS or word in TIMES_OF_DAY):
        raise UnreadableNumber(f"{token.text!r} makes it a date or a time", "leave dates to the date fields", at)
    if token.kind is TokenKind.NUMBER or word in SPELT or word in SCALES or word in MAGNITUDES:
        raise UnreadableNumber(
            f"{token.text!r} is a second number",
            'keep one ("40 to 50" for a range; two claims, or `each`, for two)',
            at,
        )
    if token.kind is TokenKind.SIGN or (behind_number and not token.glue) or not token.text.replace("'", "").isalpha():
        raise UnreadableNumber(f"{token.text!r} is not understood here", "keep the number, its unit and its noun", at)
    if word in TURNING:
        raise UnreadableNumber(f"{token.text!r} turns it into another number", f"leave it out, or {EXPLICIT}", at)
    if not linked and is_unit_word(word):
        raise UnreadableNumber(f"the unit {token.text!r} does not follow its number", "put it right behind", at)


def _take_per(cursor: Cursor, phrase: Phrase, measure: Unit | None, *, linked: bool) -> Unit | None:
    word = cursor.word()
    if word in ("per", "/") or (word in ("a", "an", "every", "each") and unit_at(cursor, 1) is not None):
        return _take_rate(cursor, phrase.unit, measure)
    return _take_every(cursor, phrase, measure, linked=linked) if word in RECURRING else None


def _take_rate(cursor: Cursor, numerator: Unit | None, measure: Unit | None) -> Unit:
    at = cursor.where()
    cursor.at += 1
    number = take_numeral(cursor, None)
    per = number.number if number else 1
    unit = take_unit(cursor, measure and measure.denominator)
    nameless = number is None and unit is None and (cursor.peek() is None or cursor.word() in UNFINISHED)
    if not isinstance(per, int) or per < 1 or nameless:
        raise UnreadableNumber("a rate needs what it is per", 'write "per 100,000 people" or "a day"', at)
    return _rate(numerator, per, unit, measure, at)


def _rate(numerator: Unit | None, per: int, denominator: Unit | None, measure: Unit | None, at: int) -> Unit:
    above, below = numerator or COUNT, denominator or COUNT
    if measure and measure.numerator and measure.denominator:
        # Nouns are the measure's own: "deaths per 100,000 people" of death/100000 person.
        above = measure.numerator if above is COUNT and measure.numerator.kind is UnitKind.COUNT else above
        below = measure.denominator if below is COUNT and measure.denominator.kind is UnitKind.COUNT else below
    try:
        return rate(above, per, below)
    except UnknownUnit as unknown:
        raise UnreadableNumber(str(unknown), "write one rate", at) from unknown


def _take_every(cursor: Cursor, phrase: Phrase, measure: Unit | None, *, linked: bool) -> Unit | None:
    """The rate that "daily" makes at the end of a noun; None where it belongs to another noun."""
    word, at = cursor.word(), cursor.where()
    behind = Cursor(cursor.tokens, cursor.at + 1)
    ends = behind.word() in ("", ".", *LINKING) or take_hedge(behind, BEHIND) is not None
    if word in EVERY and ends:
        cursor.at += 1
        return _rate(phrase.unit, 1, unit_named(EVERY[word]), measure, at)
    if linked or (phrase.unit and word not in EVERY):
        return None
    raise UnreadableNumber(f"{word!r} may make a rate of it", 'write "95 a day", or leave it out', at)


def _end_of_aside(cursor: Cursor, phrase: Phrase, measure: Unit | None) -> int:
    """The token behind a last full stop, or behind a bracket that names one part or another unit; else 0.

    "1,000 (including 20 children)", "1,150 sq km (444 sq miles)", "10.6 billion euros ($11.6 billion)".
    """
    inner = Cursor(cursor.tokens, cursor.at + 1)
    if cursor.word() == "." and inner.peek() is None:
        return inner.at
    if cursor.word() != "(":
        return 0
    if not any(inner.skip(*words) for words in _PARTITIVES):
        return _end_of_restatement(inner, phrase.unit or measure)
    while take_hedge(inner, BEFORE):
        pass
    part = take_numeral(inner, None)
    first = inner.at
    while (token := inner.peek()) and token.text.isalpha() and not is_number(token) and token.lower not in SCALES:
        inner.at += 1
    smaller = part is not None and (phrase.number is None or 0 < part.number <= phrase.number.number)
    return inner.at + 1 if smaller and inner.at > first and inner.word() == ")" else 0


def _end_of_restatement(inner: Cursor, unit: Unit | None) -> int:
    """The token behind a bracket that says the same in another unit of its kind; 0 where it says anything else."""
    while take_hedge(inner, BEFORE):
        pass
    currency = take_currency(inner, None)
    numeral = take_numeral(inner, None, currency)
    other = currency or take_unit(inner, None)
    if unit is None or numeral is None or other is None or other == unit or inner.word() != ")":
        return 0
    alike = other.kind is unit.kind is UnitKind.CURRENCY or (
        unit.kind is not UnitKind.COUNT and conversion(other.name, unit.name) is not None
    )
    return inner.at + 1 if alike else 0
