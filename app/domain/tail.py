"""What stands behind a printed amount: more hedges, "per 100,000 people", the noun that is counted."""

from app.domain.numerals import take_numeral
from app.domain.parts import EXPLICIT, Phrase, take_hedge
from app.domain.tokens import Cursor, Token, TokenKind, UnreadableNumber
from app.domain.unit_text import is_unit_word, take_unit, unit_at
from app.domain.units import COUNT, Unit, UnitKind, UnknownUnit, rate
from app.domain.wording import (
    BEHIND,
    LINKING,
    MAGNITUDES,
    MONTHS,
    SCALES,
    SPELT,
    TIMES_OF_DAY,
    TURNING,
    UNFINISHED,
)


def take_tail(cursor: Cursor, phrase: Phrase, measure: Unit | None) -> None:
    """What stands behind the amount: more hedges, "per 100,000 people", the noun."""
    linked, first = False, cursor.at
    while token := cursor.peek():
        if hedge := take_hedge(cursor, BEHIND):
            phrase.hedges.append(hedge)
        elif _is_per(cursor):
            phrase.unit = _take_rate(cursor, phrase.unit, measure)
            linked = True
        elif token.text == "." and cursor.peek(1) is None:
            cursor.at += 1
        else:
            _check_plain(token, behind_number=cursor.at == first, linked=linked)
            linked = linked or token.lower in LINKING
            phrase.noun = phrase.noun or token
            cursor.at += 1
    if cursor.at > first and (last := cursor.tokens[-1]).lower in UNFINISHED:
        raise UnreadableNumber(f"the text ends in {last.text!r}", "leave it out, or finish the text", last.at)


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


def _is_per(cursor: Cursor) -> bool:
    word = cursor.word()
    return word in ("per", "/") or (word in ("a", "an", "every", "each") and unit_at(cursor, 1) is not None)


def _take_rate(cursor: Cursor, numerator: Unit | None, measure: Unit | None) -> Unit:
    at = cursor.where()
    cursor.at += 1
    number = take_numeral(cursor, None)
    per = number.number if number else 1
    unit = take_unit(cursor, measure and measure.denominator)
    nameless = number is None and unit is None and (cursor.peek() is None or cursor.word() in UNFINISHED)
    if not isinstance(per, int) or per < 1 or nameless:
        raise UnreadableNumber("a rate needs what it is per", 'write "per 100,000 people" or "a day"', at)
    above, below = numerator or COUNT, unit or COUNT
    if measure and measure.numerator and measure.denominator:
        # Nouns are the measure's own: "deaths per 100,000 people" of death/100000 person.
        above = measure.numerator if above is COUNT and measure.numerator.kind is UnitKind.COUNT else above
        below = measure.denominator if below is COUNT and measure.denominator.kind is UnitKind.COUNT else below
    try:
        return rate(above, per, below)
    except UnknownUnit as unknown:
        raise UnreadableNumber(str(unknown), "write one rate", at) from unknown
