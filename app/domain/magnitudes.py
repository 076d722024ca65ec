"""Orders of size in print: "several hundred", "tens of thousands"."""

from typing import NamedTuple

from app.domain.tokens import Cursor
from app.domain.wording import MAGNITUDES, MULTIPLIERS, SEVERAL

_IN_DIGITS = {"10": "tens", "100": "hundreds", "1000": "thousands", "1,000": "thousands"}


class Magnitude(NamedTuple):
    """An order of size: the least number that its words admit, and the first above them that they do not."""

    low: int
    above: int


def take_magnitude(cursor: Cursor) -> Magnitude | None:
    """The magnitude printed here ("tens of thousands"), stepped over; None where none is."""
    start = cursor.at
    if cursor.word() == "a" and cursor.word(1) == "few":
        cursor.at += 1
    several = cursor.word() in ("several", "few")
    if several:
        cursor.at += 1
    word, length = _size(cursor)
    bounds = (SEVERAL if several else MAGNITUDES).get(word)
    if bounds is None:
        cursor.at = start
        return None
    cursor.at += length
    if cursor.word() in ("and", "upon") and cursor.word(1) == word:
        # Dozens and dozens are no more than many dozens.
        cursor.at += 2
    linked = cursor.word() == "of"
    word = cursor.word(1) if linked else cursor.word()
    factor = MULTIPLIERS.get(word.removesuffix("s") if linked else word, 1)
    if factor > 1:
        cursor.at += 2 if linked else 1
    return Magnitude(bounds[0] * factor, bounds[1] * factor)


def _size(cursor: Cursor) -> tuple[str, int]:
    """The word of size printed here, and how many tokens long it is: hundreds, 100s of."""
    ending = cursor.peek(1)
    plural = ending is not None and ending.lower == "s" and not ending.glue
    # Without "of", 10s may be seconds and 1000s years.
    if plural and cursor.word() in _IN_DIGITS and cursor.word(2) == "of":
        return _IN_DIGITS[cursor.word()], 2
    return cursor.word(), 1
