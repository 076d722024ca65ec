"""Zero in words: "none", "no soldiers". Not "no reports", which says that nothing is known."""

from app.domain.numerals import Numeral
from app.domain.parts import take_hedge
from app.domain.tokens import Cursor, TokenKind
from app.domain.unit_text import is_unit_word
from app.domain.units import Unit
from app.domain.wording import BEHIND, LINKING, MAGNITUDES, NO_THINGS, PEOPLE, TURNING, UNSURE, Hedge


def take_none(cursor: Cursor, hedges: list[Hedge], measure: Unit | None) -> Numeral | None:
    """The zero printed here, stepped over; None where none is, or where the measure is no count."""
    if not UNSURE.isdisjoint(cursor.words[cursor.at :]):
        return None
    # "Almost none" says no size.
    if (measure and not measure.discrete) or any(hedge is not Hedge.PARTIAL for hedge in hedges):
        return None
    zero = Numeral(0, 1, 1, "", cursor.where()) if cursor.peek() else None
    if (cursor.word() == "none" and _ends(cursor)) or (cursor.word() == "no" and _is_plural(cursor)):
        cursor.at += 1
        return zero
    return None


def _ends(cursor: Cursor) -> bool:
    """Whether "none" stands alone, or before "of them": "none reported" says that nothing is known."""
    behind = Cursor(cursor.tokens, cursor.at + 1)
    return (
        behind.word() in ("", "of")
        or (behind.word() == "." and behind.peek(1) is None)
        or bool(take_hedge(behind, BEHIND))
    )


def _is_plural(cursor: Cursor) -> bool:
    """Whether the word behind "no" is a plain plural that is counted; an adjective may turn it: no known deaths."""
    token = cursor.peek(1)
    if token is None or token.kind is not TokenKind.WORD:
        return False
    word = token.lower
    excluded = word in NO_THINGS | TURNING | LINKING or word in MAGNITUDES or word in BEHIND or is_unit_word(word)
    return word in PEOPLE or (word.endswith("s") and not word.endswith("ss") and len(word) > 3 and not excluded)
