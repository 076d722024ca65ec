"""Units inside a printed number: "square kilometres", "°C", "US$", "per cent"."""

import re

from app.domain.currencies import PRESUMED
from app.domain.tokens import Cursor, Token, TokenKind, UnreadableNumber
from app.domain.unit_names import SHARED, SIGNS, WORDS
from app.domain.units import Unit, unit_named

_LONGEST = 4
_SHORTENED = ("sq", "cu", "rs")
_HEAD = re.compile(r"[^\W\d_]+(?:\^?[0-9²³])?|[^\s]")
_HEADS = frozenset(
    head.group().lower() for head in (_HEAD.match(name) for name in (*SIGNS, *WORDS, *SHARED)) if head is not None
)
_CASED = {sign.lower(): sign for sign, name in SIGNS.items() if len(sign) > 1 and name != sign}

Printed = tuple[str, tuple[str, ...], int]
"""As printed, the canonical names that it may stand for, and how many tokens long it is."""


def unit_at(cursor: Cursor, ahead: int = 0) -> Printed | None:
    """The longest unit printed so many tokens ahead; None where none is."""
    if cursor.word(ahead) not in _HEADS:
        return None
    best: Printed | None = None
    text = ""
    for length in range(1, _LONGEST + 1):
        token = cursor.peek(ahead + length - 1)
        if token is None:
            break
        # "100 sq. km", "Rs. 100"
        if token.text == "." and text.lower() in _SHORTENED:
            best = best and (text, best[1], length)
            continue
        text += (" " if text and token.glue else "") + token.text
        names = _names(text)
        if names:
            best = (text, names, length)
    return best


def take_unit(cursor: Cursor, measure: Unit | None) -> Unit | None:
    """The unit printed here, stepped over; None where none is. Raises UnreadableNumber where it may be several."""
    printed = unit_at(cursor)
    if printed is None:
        _check_case(cursor.peek())
        return None
    at = cursor.where()
    cursor.at += printed[2]
    return _chosen(printed[0], printed[1], measure, at)


def take_currency(cursor: Cursor, measure: Unit | None) -> Unit | None:
    """The currency printed before its number ("US$", "€", "UAH"), stepped over; None where none is."""
    start, printed = cursor.at, unit_at(cursor)
    if printed is None or printed[0].islower():
        return None
    unit = take_unit(cursor, measure)
    behind = cursor.peek()
    number = behind is not None and (behind.kind is TokenKind.NUMBER or behind.text == "-" or printed[0].isalpha())
    if unit is not None and unit.kind.value == "currency" and number:
        return unit
    cursor.at = start
    return None


def is_unit_word(word: str) -> bool:
    """Whether a word in lower case names a unit on its own."""
    return word in WORDS or word in SHARED


def _names(text: str) -> tuple[str, ...]:
    sign = SIGNS.get(text)
    if sign:
        return (sign,)
    lower = text.lower()
    word = WORDS.get(lower)
    return (word,) if word else SHARED.get(lower, ())


def _chosen(printed: str, names: tuple[str, ...], measure: Unit | None, at: int) -> Unit:
    """What an ambiguous word stands for: the measure's own unit, the only one of its kind, or what news presumes."""
    if len(names) == 1:
        return unit_named(names[0])
    wanted = measure and (measure.numerator or measure)
    if wanted:
        if wanted.name in names:
            return wanted
        alike = [name for name in names if unit_named(name).kind is wanted.kind]
        if len(alike) == 1:
            return unit_named(alike[0])
    presumed = PRESUMED.get(printed.lower())
    if presumed is None:
        raise UnreadableNumber(f"{printed!r} may be {' or '.join(names)}", "name the unit in full, or give `unit`", at)
    return unit_named(presumed)


def _check_case(token: Token | None) -> None:
    if token and token.kind is TokenKind.WORD and token.text.lower() in _CASED and token.text not in SIGNS:
        sign = _CASED[token.text.lower()]
        raise UnreadableNumber(
            f"{token.text!r} is not how a unit is written", f"write {sign} if that is meant", token.at
        )
