"""Which entities share words with texts: for what no name has all the words of, in two statements for a batch."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select

from app.domain.names import fold
from app.search.nouns import ENTITY_WORD

MOST_WORDS = 10
_MOST_HAVING = 100
"""How many entities a word may be of to tell anything: `of` and `the` are of most."""
_MOST_FOUND = 30
_LEAST = 0.6
"""How much of a text's letters the shared words make at least."""


def sharing(connection: Connection, texts: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the entities that have telling words of each text, those that have most first."""
    words = {text: list(dict.fromkeys(fold(text).split()))[:MOST_WORDS] for text in texts}
    having = _having(connection, sorted({word for found in words.values() for word in found}))
    return {text: _most(found, having) for text, found in words.items()}


def _having(connection: Connection, words: list[str]) -> Mapping[str, list[int]]:
    if not words:
        return {}
    counted = select(ENTITY_WORD.c.word).where(ENTITY_WORD.c.word.in_(words)).group_by(ENTITY_WORD.c.word)
    telling = list(connection.execute(counted.having(func.count() <= _MOST_HAVING)).scalars())
    found: dict[str, list[int]] = {word: [] for word in telling}
    rows = select(ENTITY_WORD.c.word, ENTITY_WORD.c.entity_id).where(ENTITY_WORD.c.word.in_(sorted(telling)))
    for word, number in connection.execute(rows):
        found[word].append(number)
    return found


def _most(words: list[str], having: Mapping[str, list[int]]) -> list[int]:
    shared = Counter[int]()
    for word in words:
        shared.update(dict.fromkeys(having.get(word, ()), len(word)))
    least = _LEAST * sum(map(len, words))
    ranked = sorted((-letters, number) for number, letters in shared.items() if letters >= least)
    return [number for _, number in ranked[:_MOST_FOUND]]
