"""What the parts of a printed number are called, and the hedges that stand beside it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.currencies import SIGNS
from app.domain.magnitudes import Magnitude
from app.domain.numerals import Numeral
from app.domain.tokens import Cursor, Token
from app.domain.units import Unit
from app.domain.wording import Hedge, Trie

EXPLICIT = "give qualifier, number, low and high explicitly"


class Amount(NamedTuple):
    """One number and the unit printed at it."""

    numeral: Numeral
    unit: Unit | None


@dataclass(slots=True)
class Phrase:
    """What a text says: `number` or `magnitude`; `upper` is the end of a range, `exchanged` the 500 of "1,000 for 500".

    `noun` is the first word of what is counted.
    """

    hedges: list[Hedge] = field(default_factory=list)
    number: Numeral | None = None
    upper: Numeral | None = None
    exchanged: Numeral | None = None
    magnitude: Magnitude | None = None
    unit: Unit | None = None
    noun: Token | None = None


def take_hedge(cursor: Cursor, trie: Trie) -> Hedge | None:
    """The longest phrase of the table that stands here, stepped over."""
    if _is_dollar(cursor):
        return None
    node, ahead, found, length = trie, 0, None, 0
    while isinstance(below := node.get(cursor.word(ahead) or "."), dict):
        node, ahead = below, ahead + 1
        # "approx. 100", "c. 100"
        if cursor.word(ahead) == ".":
            ahead += 1
        if isinstance(end := node.get(""), Hedge):
            found, length = end, ahead
    cursor.at += length
    return found


def _is_dollar(cursor: Cursor) -> bool:
    """Whether a word and the sign behind it are a currency: the C of C$100 and of C $100 is no "circa"."""
    word, sign = cursor.peek(), cursor.peek(1)
    if word is None or sign is None or sign.text != "$":
        return False
    return f"{word.text.upper()}$" in SIGNS and (word.text.isupper() or not sign.glue)
