"""How well a record answers a search: a whole number that depends on the two alone, and on no other record."""

from collections.abc import Iterable

from app.domain.passages import BEHIND, BETWEEN
from app.domain.searches import Search, Term, sought

UNIT = 1000
"""What it is worth that a text is exactly what was typed, as a name may be."""
MAIN = 3 * UNIT
"""What a term is worth in a text that says what the record is; that is parted among the text's words."""
OTHER = 20
"""What it is worth each time elsewhere, as often as `MOST_COUNTED`."""
MOST_COUNTED = 3
_LENGTH = 4
"""Added to a text's length in words, so that a single word is not all that counts."""


def relevance(search: Search, words: str) -> int:
    """How well the words of a record (see `passages.indexed`) answer the search; 0 or more."""
    main, _, other = words.partition(BEHIND)
    texts = [f" {text.strip()} " for text in main.split(BETWEEN)]
    worth = sum(_in_main(term, texts) + OTHER * _count(term, f" {other} ") for term in search.wanted)
    return worth + (UNIT if f" {_typed(search)} " in texts else 0)


def _in_main(term: Term, texts: Iterable[str]) -> int:
    """By the shortest text that has the term: a name says more of it than a sentence."""
    return max((MAIN // (_LENGTH + text.count(" ")) for text in texts if _count(term, text)), default=0)


def _count(term: Term, text: str) -> int:
    return min(MOST_COUNTED, max(text.count(sought(phrase)) for phrase in term))


def _typed(search: Search) -> str:
    return " ".join(word for term in search.wanted for word in term[-1].words)
