"""What a person types to search, read into words to find. Whatever is typed means something, if only nothing.

    prisoners exchanged      both words, in any order
    "prisoners of war"       these words, one after another
    -exchange                without the word; -"of war" without the phrase
    captur*                  words that begin so

Words meet in any form: `captured` finds "capturing", `РЕНЕ` "Рене".
"""

import re
from typing import NamedTuple

from app.domain.words import folded, stems

LONGEST_TEXT = 10_000
MOST_WORDS = 32
"""Words beyond these are passed over."""
SHORTEST_BEGINNING = 3
"""Letters that a beginning needs; what is shorter is a whole word."""

_PART = re.compile(r'(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


class Phrase(NamedTuple):
    """Words that stand one after another; of the last, if `begins`, only the beginning is given."""

    words: tuple[str, ...]
    begins: bool = False


Term = tuple[Phrase, ...]
"""What a text has to have: any of these phrases."""


class Search(NamedTuple):
    """The terms that a text must have, all of them, and those of which it must have none.

    Without any term nothing is found.
    """

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def is_word(self) -> bool:
        """Whether there is a single word to find, and nothing else."""
        return not self.unwanted and [len(phrase.words) for term in self.wanted for phrase in term] == [1]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to find."""
        return not self.wanted and not self.unwanted


def parse_search(text: str) -> Search:
    """What was typed, as terms; never an error. A word with signs inside, such as 2,000, is a phrase."""
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    left = MOST_WORDS
    for part in _PART.finditer(text.translate(_QUOTES)):
        term = _term(part["word"] or part["phrase"] or "", left, whole=part["word"] is None)
        if term:
            left -= len(term[0].words)
            (unwanted if part["without"] else wanted).setdefault(term)
        if not left:
            break
    return Search(tuple(wanted), tuple(unwanted))


def _term(text: str, most: int, *, whole: bool) -> Term:
    found = tuple(stems(text)[:most])
    if not found:
        return ()
    said = folded(text)[:most] if text.endswith("*") and not whole else []
    if not said or len(said[-1]) < SHORTEST_BEGINNING:
        return (Phrase(found),)
    # Texts are kept stemmed: "captured" begins with `captured`, and all that is left of it is "captur".
    return (Phrase((*found[:-1], said[-1]), begins=True), Phrase(found))


def sought(phrase: Phrase) -> str:
    """The phrase as it stands in words with a space before, between and behind them."""
    return f" {' '.join(phrase.words)}" + ("" if phrase.begins else " ")
