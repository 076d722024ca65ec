"""Orders of size in print: "several hundred", "tens of thousands"."""

from typing import NamedTuple

from app.domain.tokens import Cursor
from app.domain.wording import MAGNITUDES, MULTIPLIERS, SEVERAL


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
    bounds = (SEVERAL if several else MAGNITUDES).get(cursor.word())
    if bounds is None:
        cursor.at = start
        return None
    cursor.at += 1
    linked = cursor.word() == "of"
    word = cursor.word(1) if linked else cursor.word()
    factor = MULTIPLIERS.get(word.removesuffix("s") if linked else word, 1)
    if factor > 1:
        cursor.at += 2 if linked else 1
    return Magnitude(bounds[0] * factor, bounds[1] * factor)
