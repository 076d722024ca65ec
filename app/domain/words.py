"""The words of a text as searches compare them: folded as names are, and stemmed by their script."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from Stemmer import Stemmer

from app.domain.names import fold

LONGEST = 64
"""Longest word that is kept whole, in characters: of a longer one, that many from its beginning count."""

MOST_KEPT = 40
"""Characters of a text up to which its words are kept: what is longer hardly comes again."""

# What parts words whatever stands around it; `fold` parts the rest.
_RUN = re.compile(r"[^\s!-&(-/:-@\[-_{-~…‒–—―“”„‟«»‹›•·]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ′`´"))
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_LATIN = re.compile("[a-z]+")


def spans(text: str) -> list[tuple[int, int]]:
    """From where to where each of its words stands, in order. "½" comes to two words."""
    return [run.span() for run in _RUN.finditer(text) for _ in _stems(run.group())]


def each_run(texts: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands between two signs that part words, anywhere in those texts, each once, and what its words come to."""
    return ((run, _stems(run)) for run in set(_RUN.findall("\n".join(texts))))


def places_of(text: str, runs: Container[str]) -> list[tuple[int, int]]:
    """From where to where any of those runs stands in the text, in order."""
    return [run.span() for run in _RUN.finditer(text) if run.group() in runs]


def stems(text: str) -> tuple[str, ...]:
    """What the words of a text come to, in order."""
    return _kept_stems(text) if len(text) <= MOST_KEPT else _stems_of(text)


def _stems_of(text: str) -> tuple[str, ...]:
    return tuple([stem for run in _RUN.findall(text) for stem in _stems(run)])


# Names, titles and labels stand in thousands of records each.
_kept_stems = lru_cache(maxsize=1 << 14)(_stems_of)


def folded(text: str) -> list[str]:
    """The words of a text folded and not stemmed, as the beginning of a word is compared."""
    return [word[:LONGEST] for run in _RUN.findall(text) for word in fold(run).split()]


@lru_cache(maxsize=1 << 16)
def _stems(run: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", run).translate(_APOSTROPHES).casefold()
    if _CYRILLIC.fullmatch(plain):
        # Before it is folded: endings are told by letters that fold into others, й into и.
        return tuple(word[:LONGEST] for word in fold(_stem("russian", plain)).split())
    return tuple(_stemmed(word)[:LONGEST] for word in fold(run).split())


def _stemmed(word: str) -> str:
    if _LATIN.fullmatch(word):
        return _stem("english", word)
    return _stem("russian", word) if _CYRILLIC.fullmatch(word) else word


def _stem(language: str, word: str) -> str:
    # A stemmer is not for several threads, and takes no longer to make than to share; what it finds is kept anyway.
    found: str = Stemmer(language, 0).stemWord(word)
    return found or word
