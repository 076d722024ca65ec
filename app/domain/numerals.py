"""Numbers inside a printed text: digits, number words, and scales ("2.5 million")."""

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from app.domain.interval import Number, exact
from app.domain.tokens import THIN_SPACES, Cursor, Token, TokenKind, UnreadableNumber
from app.domain.unit_text import unit_at
from app.domain.units import Unit, UnitKind, conversion
from app.domain.value import grain_of
from app.domain.wording import (
    ABBREVIATIONS,
    ALSO_UNITS,
    DIGITS,
    FRACTIONS,
    SCALES,
    SHARES,
    SMALL,
    SPELT,
    SPELT_SCALES,
)

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 10**30
"""No number in print is as large."""

# Thousands as India groups them too: 2,00,000.
_GROUPS = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
_DIGITS = re.compile(rf"(?:{_GROUPS}|0|[1-9][0-9]*)(?:\.([0-9]+))?")
_EITHER_WAY = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_THIN = str.maketrans(dict.fromkeys(THIN_SPACES, ","))


class Numeral(NamedTuple):
    """A number with its scale included: `place` is that of its last printed digit, `scale` its last scale word.

    `digits` is what was printed before the scale, empty for words; `at` is the characters before it; `compound` are
    several scale words in one number: five hundred thousand.
    """

    number: Number
    place: Number
    scale: int
    digits: str
    at: int
    compound: bool = False

    @property
    def has_point(self) -> bool:
        """Whether digits behind a decimal point are printed."""
        return "." in self.digits

    @property
    def reads_either_way(self) -> bool:
        """Whether its point may separate decimals or thousands: "1.000"."""
        return self.scale == 1 and _EITHER_WAY.fullmatch(self.digits) is not None

    def grain(self, *, last_digit: bool) -> Number:
        """The place value to which it is printed; `last_digit`: zeros count, as in percentages."""
        return self.place if last_digit or self.has_point else grain_of(self.number)

    def scaled(self, factor: int) -> "Numeral":
        """The same digits with a scale behind them."""
        number, place = exact(Fraction(self.number) * factor), exact(Fraction(self.place) * factor)
        return self._replace(number=number, place=place, scale=factor, compound=self.compound or self.scale > 1)

    def negated(self) -> "Numeral":
        """The same below zero."""
        return self._replace(number=-self.number)


def take_numeral(cursor: Cursor, measure: Unit | None, currency: Unit | None = None) -> Numeral | None:
    """The number printed here, stepped over with its scale; None where none is. Raises UnreadableNumber."""
    start = cursor.at
    if cursor.word() in ("a", "an") and (
        cursor.word(1) in SCALES or cursor.word(1) in SHARES or is_number(cursor.peek(1))
    ):
        cursor.at += 1
    found = _found(cursor, measure, currency, begins=cursor.at == start)
    if found is None:
        cursor.at = start
    elif not -LIMIT < found.number < LIMIT or found.place < Fraction(1, LIMIT):
        raise UnreadableNumber("the number is too long", "at most 30 digits before and behind the point", found.at)
    return found


def _found(cursor: Cursor, measure: Unit | None, currency: Unit | None, *, begins: bool) -> Numeral | None:
    token = cursor.peek()
    # Bare, a score is what was scored; "a score" is twenty.
    if token is None or (begins and token.lower == "score"):
        return None
    if token.kind is TokenKind.NUMBER or token.text in FRACTIONS:
        return _with_scales(cursor, _digits(cursor, token), measure, currency)
    if token.lower in SHARES:
        return _share(cursor)
    if token.lower in SPELT or token.lower in SCALES:
        return _with_scales(cursor, _spelt(cursor, token), measure, currency)
    return None


def is_number(token: Token | None) -> bool:
    """Whether a token is digits or a number word."""
    return token is not None and (token.kind is TokenKind.NUMBER or token.lower in SPELT)


def _digits(cursor: Cursor, token: Token) -> Numeral:
    cursor.at += 1
    if token.text in FRACTIONS:
        return Numeral(Fraction(FRACTIONS[token.text]), grain_of(Fraction(FRACTIONS[token.text])), 1, "0.", token.at)
    if token.text.isdigit() and (token.text[0] != "0" or token.text == "0"):
        found = Numeral(int(token.text), 1, 1, token.text, token.at)
        behind = cursor.peek()
        if behind and behind.text in FRACTIONS:
            part = _digits(cursor, behind)
            return Numeral(found.number + part.number, part.place, 1, f"{token.text}.", token.at)
        return found
    plain = token.text.translate(_THIN)
    match = _DIGITS.fullmatch(plain)
    if match is None and plain.startswith("0") and plain.isdigit():
        raise UnreadableNumber(
            f"{token.text!r} is part of a date or a code", "leave dates to the date fields", token.at
        )
    if match is None or (plain != token.text and "," in token.text):
        raise UnreadableNumber(
            f"{token.text!r} is not a number in English print",
            "write thousands as 1,234,567, decimals as 1.5",
            token.at,
        )
    return Numeral(
        exact(plain.replace(",", "")), exact(Fraction(1, 10 ** len(match.group(1) or ""))), 1, plain, token.at
    )


def _share(cursor: Cursor) -> Numeral | None:
    """Half a million, a half million, a quarter of a million."""
    at, parts, behind = cursor.where(), SHARES[cursor.word()], 1
    if cursor.word(behind) == "of":
        behind += 1
    if cursor.word(behind) in ("a", "an"):
        behind += 1
    scale = SCALES.get(cursor.word(behind))
    if scale is None:
        return None
    cursor.at += behind + 1
    share = exact(Fraction(scale, parts))
    return Numeral(share, grain_of(share), scale, "", at)


def _spelt(cursor: Cursor, token: Token) -> Numeral:
    words: list[str] = []
    while True:
        word = cursor.word()
        if word not in SPELT and not (
            word == "and" and words and words[-1] in SPELT_SCALES and cursor.word(1) in SMALL
        ):
            break
        words.append(word)
        cursor.at += 1
    if not words:
        return Numeral(1, 1, 1, "", token.at)
    run = " ".join(words)
    try:
        number = _reader()(run, "en")
    except ValueError:
        number = -1
    # The library reads "zero five" as 5.
    if number < 0 or ("zero" in words and len(words) > 1):
        raise UnreadableNumber(f"{run!r} is not one number", "write one number; two of them need `each`", token.at)
    scale = SCALES.get(words[-1], 1)
    # The last scale is not that of the whole number: "fifteen thousand five hundred".
    if any(SCALES.get(word, 1) > scale for word in words):
        scale = 1
    compound = sum(word in SPELT_SCALES for word in words) > 1
    numeral = Numeral(number, scale if scale >= 1000 else 1, scale, "", token.at, compound)
    return _with_point(cursor, numeral) if scale == 1 else numeral


def _with_point(cursor: Cursor, whole: Numeral) -> Numeral:
    """One point two five: every word behind the point is one digit."""
    if cursor.word() != "point" or cursor.word(1) not in DIGITS:
        return whole
    number, place = Fraction(whole.number), Fraction(1)
    cursor.at += 1
    while cursor.word() in DIGITS:
        place /= 10
        number += DIGITS[cursor.word()] * place
        cursor.at += 1
    return whole._replace(number=exact(number), place=exact(place), digits=f"{whole.number}.")


@cache
def _reader() -> "Callable[[str, str], int]":
    # Late, because digits do not need it.
    from text_to_num import text2num  # noqa: PLC0415

    reader: Callable[[str, str], int] = text2num
    return reader


def _with_scales(cursor: Cursor, numeral: Numeral, measure: Unit | None, currency: Unit | None) -> Numeral:
    numeral = and_a_half(cursor, numeral)
    scale = numeral.scale
    while (factor := _scale_at(cursor, measure, currency)) > scale:
        cursor.at += 1
        numeral, scale = numeral.scaled(factor), factor
    if scale == 1:
        return numeral
    return _with_rest(cursor, numeral) or and_a_half(cursor, numeral)


def _with_rest(cursor: Cursor, numeral: Numeral) -> Numeral | None:
    """3 million 200 thousand; None where nothing smaller follows."""
    number, least, start = numeral.number, numeral.scale, cursor.at
    while not numeral.has_point and (token := cursor.peek()) and token.text.isdigit() and token.text[0] != "0":
        scale = SCALES.get(cursor.word(1), 0)
        if not 100 <= scale < least or int(token.text) * scale >= least:
            break
        number, least = number + int(token.text) * scale, scale
        cursor.at += 2
    return (
        None if cursor.at == start else numeral._replace(number=number, place=least, scale=1, digits="", compound=True)
    )


def and_a_half(cursor: Cursor, numeral: Numeral) -> Numeral:
    """Two and a half million; a million and a half."""
    if numeral.has_point or 1 < numeral.scale < 1000 or not cursor.skip("and", "a", "half"):
        return numeral
    half = Fraction(numeral.scale, 2)
    place = exact(Fraction(numeral.scale, 10))
    return numeral._replace(number=exact(numeral.number + half), place=place, digits=f"{numeral.digits}.")


def _scale_at(cursor: Cursor, measure: Unit | None, currency: Unit | None) -> int:
    word = cursor.word()
    if word in SCALES:
        return SCALES[word]
    factor = ABBREVIATIONS.get(word, 0)
    if not factor or (word in ALSO_UNITS and not _is_scale(cursor, measure, currency)):
        return 0
    return factor


def _is_scale(cursor: Cursor, measure: Unit | None, currency: Unit | None) -> bool:
    """Whether "m" or "t" is million or trillion here, rather than metres or tonnes."""
    token = cursor.peek()
    assert token is not None
    if currency or unit_at(cursor, 1):
        return True
    if cursor.word(1) in ("/", "per"):
        return False
    if token.lower == "t" or token.text == "M":
        return token.text == "M"
    if measure is None:
        raise UnreadableNumber("'m' may be million or metres", "write one of the two in full", token.at)
    return measure.kind is not UnitKind.PHYSICAL or conversion(ALSO_UNITS["m"], measure.name) is None
