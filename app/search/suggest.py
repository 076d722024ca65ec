"""Names that begin as a person types: found by walks of indexes of words, never by looking through all names."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    bindparam,
    literal,
    select,
    union_all,
)

from app.domain.names import fold
from app.search.nouns import ENTITY, ENTITY_WORD, EVENT, EVENT_WORD, MEASURE, MEASURE_WORD, SOURCE
from app.search.page import Page
from app.search.query import Query
from app.search.references import LAST_CHARACTER
from app.storage import prepared
from app.storage.records import dump

MOST_SHOWN = 20
MOST_WORDS = 5
"""Words of what is typed that are looked at, the last one among them."""
MOST_LOOKED_AT = 100
"""How many names of a type are fetched, by the words that begin so in their order."""


class _Named(NamedTuple):
    """What has names: its table, what to show of it, and where its words are."""

    type: str
    table: Table
    name: ColumnElement[str]
    kind: ColumnElement[str]
    words: Table
    owner: ColumnElement[int]
    number: ColumnElement[int]


_NO_KIND: ColumnElement[str] = literal("")
_NAMED = (
    _Named("entity", ENTITY, ENTITY.c.name, ENTITY.c.kind, ENTITY_WORD, ENTITY_WORD.c.entity_id, ENTITY.c.id),
    _Named("source", SOURCE, SOURCE.c.name, SOURCE.c.kind, ENTITY_WORD, ENTITY_WORD.c.entity_id, SOURCE.c.entity_id),
    _Named("event", EVENT, EVENT.c.title, _NO_KIND, EVENT_WORD, EVENT_WORD.c.event_id, EVENT.c.id),
    _Named("measure", MEASURE, MEASURE.c.label, _NO_KIND, MEASURE_WORD, MEASURE_WORD.c.measure_id, MEASURE.c.id),
)


class _Found(NamedTuple):
    """A name, and the word of it that begins so."""

    type: str
    id: str
    name: str
    kind: str
    word: str

    def order(self, typed: str) -> tuple[bool, int, str, str, str]:
        """Names that themselves begin so first; then by how long the word is that does, and by name."""
        folded = fold(self.name)
        return not folded.startswith(typed), len(self.word), folded, self.type, self.id


def page(connection: Connection, query: Query) -> Page:
    """The names that begin as the query says, the likeliest first."""
    words = fold(query.values["prefix"]).split()[-MOST_WORDS:]
    types = tuple(named for named in _NAMED if query.values.get("type", named.type) == named.type)
    if not words:
        return Page([])
    *whole, last = words
    bound = {"first": last, "last": last + LAST_CHARACTER, **{f"whole_{at}": word for at, word in enumerate(whole)}}
    found = [_Found(*row) for row in prepared.rows(connection, _statement(types, len(whole)), bound)]
    best: dict[str, _Found] = {}
    for one in sorted(found, key=lambda one: one.order(" ".join(words))):
        best.setdefault(one.id, one)
    return Page([*map(_item, list(best.values())[:MOST_SHOWN])])


@lru_cache
def _statement(types: tuple[_Named, ...], whole: int) -> CompoundSelect[Any]:
    """The first names of each of the types: built once for so many words."""
    return union_all(*(select(_beginning(named, whole).subquery()) for named in types))


def _beginning(named: _Named, whole: int) -> Select[tuple[str, str, str, str, str]]:
    """The first names in which the last word is the beginning of one, and so many others are there whole."""
    word = named.words.c.word
    statement = (
        select(literal(named.type), named.table.c.public_id, named.name, named.kind, word)
        .select_from(named.words.join(named.table, named.owner == named.number))
        .where(word >= bindparam("first"), word <= bindparam("last"), *_has(named, whole))
    )
    if named.table is ENTITY:
        # Not as an index has it: hardly any is merged, and SQLite would begin with all those that are not.
        statement = statement.where((ENTITY.c.merged_into + 0).is_(None))
    return statement.order_by(word, named.owner).limit(MOST_LOOKED_AT)


def _has(named: _Named, whole: int) -> Iterator[ColumnElement[bool]]:
    for at in range(whole):
        other = named.words.alias()
        yield named.owner.in_(select(other.c[named.owner.name]).where(other.c.word == bindparam(f"whole_{at}")))


def _item(found: _Found) -> str:
    return dump({"type": found.type, "id": found.id, "name": found.name, "kind": found.kind or None})
