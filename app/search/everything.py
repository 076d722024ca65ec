"""One list of all that a search finds: entities, events, articles and claims, best first.

The newest that match of each type are ranked; `/claims?q=` and its like list all.
"""

from typing import NamedTuple

import orjson
from sqlalchemy import Connection

from app.domain.passages import highlights
from app.domain.searches import Search
from app.search.compile import walk
from app.search.filter import Part
from app.search.nouns import ARTICLE_NOUN, CLAIM_NOUN, ENTITY_NOUN, EVENT_NOUN, Noun
from app.search.page import Page
from app.search.query import SOUGHT, Query
from app.search.ranking import candidates, oldest_of, records_of
from app.storage.records import Json, dump

TYPES: tuple[tuple[Noun, Part], ...] = (
    (ENTITY_NOUN, Part.FOUND_ENTITIES),
    (EVENT_NOUN, Part.FOUND_EVENTS),
    (ARTICLE_NOUN, Part.FOUND_ARTICLES),
    (CLAIM_NOUN, Part.FOUND_CLAIMS),
)


class _Place(NamedTuple):
    """Where something stands: by score, then by type, then the newest first."""

    score: int
    type: int
    number: int

    @property
    def order(self) -> tuple[int, int, int]:
        return -self.score, self.type, -self.number


def page(connection: Connection, query: Query) -> Page:
    """The page of what the query's search finds."""
    assert query.search is not None
    after, oldest = (_Place(*query.after[:3]), query.after[3:]) if query.after else (None, (None,) * len(TYPES))
    ranked = [_ranked(connection, type_, query, oldest[type_]) for type_ in range(len(TYPES))]
    oldest = tuple(oldest_of(ones) if was is None else was for ones, was in zip(ranked, oldest, strict=True))
    places = [_Place(score, type_, number) for type_, ones in enumerate(ranked) for score, number in ones]
    places = sorted((one for one in places if after is None or one.order > after.order), key=lambda one: one.order)
    shown = places[: query.limit]
    cursor = query.cursor((*shown[-1], *oldest)) if len(places) > query.limit else None
    return Page(_items(connection, shown, query.search), cursor)


def _ranked(connection: Connection, type_: int, query: Query, oldest: int | None) -> list[tuple[int, int]]:
    noun, part = TYPES[type_]
    assert query.search is not None
    if query.values.get("type", noun.name) != noun.name:
        return []
    walked = walk(part, noun.table, noun.number, {SOUGHT: query.search})
    return candidates(connection, walked, noun, query.search, oldest)


def _items(connection: Connection, shown: list[_Place], search: Search) -> list[str]:
    found: dict[tuple[int, int], str] = {}
    for type_, (noun, _) in enumerate(TYPES):
        records = records_of(connection, noun, [one.number for one in shown if one.type == type_])
        found |= {(type_, number): record for number, record in records.items()}
    return [_item(TYPES[one.type][0].name, found[one.type, one.number], search) for one in shown]


def _item(type_: str, record: str, search: Search) -> str:
    (found,) = highlights(type_, [orjson.loads(record)], search)
    marked = [one._asdict() for one in found]
    item: Json = {"type": type_, "highlights": marked, **{noun.name: None for noun, _ in TYPES}}
    item[type_] = orjson.Fragment(record)
    return dump(item)
