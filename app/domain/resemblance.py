"""How like two names, dates or numbers are, of 100: what ranks the candidates that a name may stand for."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from app.domain.dates import InvalidDate, Span, parse_date
from app.domain.names import fold

SAME = 100.0
_NEARLY = 99.0
"""The most that a name gets which is not the same: its words in another order."""
_WORDS, _WHOLE = 0.6, 0.4
_NEAR_WORD = 60
"""The least of 100 for one word to be another misspelt."""


def name_likeness(folded: str, names: Iterable[str]) -> float:
    """How like a folded text is to the nearest of some folded names; 100 only where they are the same.

    What a name has beyond the text (a first name) counts for less than what the text has beyond the name.
    """
    return max((_likeness(folded, name) for name in names), default=0.0)


def _likeness(asked: str, name: str) -> float:
    if asked == name:
        return SAME if asked else 0.0
    return min(_NEARLY, _WORDS * _covered(asked.split(), name.split()) + _WHOLE * fuzz.token_sort_ratio(asked, name))


def _covered(asked: list[str], words: list[str]) -> float:
    """How much of the words asked for is found among others, each by the nearest to it."""
    nearest = (max((fuzz.ratio(one, word, score_cutoff=_NEAR_WORD) for word in words), default=0.0) for one in asked)
    letters = [len(one) for one in asked]
    return sum(length * near for length, near in zip(letters, nearest, strict=True)) / max(1, sum(letters))


def text_likeness(left: str, right: str) -> float:
    """The same of two texts as they are written."""
    return _likeness(fold(left), fold(right))


def number_likeness(left: str, right: float) -> float | None:
    """100 where a number as written is the other one, else 0; None for what is no number."""
    try:
        return SAME if float(left.replace(",", "")) == right else 0.0
    except ValueError:
        return None


def date_likeness(left: str, right: str) -> float | None:
    """100 where two EDTF dates have a minute in common, else 0; None for what cannot be read."""
    try:
        return SAME if _meet(parse_date(left), parse_date(right)) else 0.0
    except InvalidDate:
        return None


def _meet(left: Span, right: Span) -> bool:
    return _reaches(left.end, right.start) and _reaches(right.end, left.start)


def _reaches(end: int | None, start: int | None) -> bool:
    return end is None or start is None or end >= start
