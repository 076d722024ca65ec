"""Which events a text may stand for: titles are prose, so they are found by their rarest words, misspelt ones too."""

from collections import defaultdict
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, Engine, or_, select

from app.domain.names import fold
from app.domain.resemblance import name_likeness
from app.search.nouns import EVENT
from app.search.reconcile.subjects import folded_form
from app.storage.versions import current

MOST_EVENTS = 20_000
"""Of the latest dates: those beyond are found by id or key only."""
MOST_WORDS = 10
MOST_NEAR = 500
"""How many titles with the rarest words are looked at, ..."""
MOST_FOUND = 50
"""... and how many of those more closely."""
MOST_BEGINNING = 1000
_NEAR_WORD = 80


class Titles:
    """The titles of events, and the numbers of the events that have them."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        self.folded = {number: folded_form(title) for number, title in rows}
        self._having = defaultdict[str, list[int]](list)
        for number, title in self.folded.items():
            for word in dict.fromkeys(title.split()):
                self._having[word].append(number)
        self._words = list(self._having)

    def like(self, text: str, least: float) -> list[int]:
        """The events with a title like the text, of 100 at least so much, most like it first."""
        folded = fold(text)
        near = {number: self.folded[number] for number in self._near(folded)}
        most = process.extract(folded, near, scorer=fuzz.token_set_ratio, limit=MOST_FOUND)
        ranked = sorted((-name_likeness(folded, [title]), number) for title, _, number in most)
        return [number for score, number in ranked if -score >= least]

    def beginning(self, text: str) -> list[int]:
        """The events whose titles have, for each word of the text, one that begins so; whole beginnings first."""
        folded = fold(text)
        words = folded.split()[:MOST_WORDS]
        found = [(title, number) for number, title in self.folded.items() if words and _begins(words, title.split())]
        found.sort(key=lambda one: (not one[0].startswith(folded), one))
        return [number for _, number in found[:MOST_BEGINNING]]

    def _near(self, folded: str) -> list[int]:
        near: dict[int, None] = {}
        found = {word: None for asked in folded.split()[:MOST_WORDS] for word in self._spelled(asked)}
        for word in sorted(found, key=lambda word: (len(self._having[word]), word)):
            near.update(dict.fromkeys(self._having[word]))
            if len(near) >= MOST_NEAR:
                break
        return list(near)[:MOST_NEAR]

    def _spelled(self, word: str) -> list[str]:
        if word in self._having:
            return [word]
        return [like for like, _, _ in process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_NEAR_WORD)]


def _begins(asked: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in asked)


_KEPT = WeakKeyDictionary[Engine, tuple[int, Titles]]()
"""Those of the last version that was asked about: reading and folding them takes a tenth of a second."""


def titles(connection: Connection) -> Titles:
    """Those of the latest events, as this transaction sees them."""
    version = current(connection)
    kept = _KEPT.get(connection.engine)
    if kept is not None and kept[0] == version:
        return kept[1]
    listed = select(EVENT.c.id, EVENT.c.title).order_by(EVENT.c.number.desc()).limit(MOST_EVENTS)
    found = Titles((number, title) for number, title in connection.execute(listed))
    _KEPT[connection.engine] = (version, found)
    return found


def named(connection: Connection, texts: list[str]) -> dict[str, int]:
    """The numbers of the events whose ids or keys are among the texts."""
    if not texts:
        return {}
    columns = (EVENT.c.id, EVENT.c.public_id, EVENT.c.key)
    rows = connection.execute(select(*columns).where(or_(EVENT.c.public_id.in_(texts), EVENT.c.key.in_(texts)))).all()
    return {called: number for number, public, key in rows for called in (public, key)}
