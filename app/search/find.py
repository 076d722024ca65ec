"""What API, pages and command line call to read: one page of a list, or one thing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select

from app.domain.text import UnusableText, clean
from app.problems import Invalid
from app.search import changes, ranking, then
from app.search.collections import COLLECTIONS, MAX_LIMIT, RELEVANCE, Collection
from app.search.compile import Walk, walk
from app.search.facets import counted
from app.search.nouns import ENTITY, ENTITY_NOUN, Noun
from app.search.page import Page
from app.search.query import Query, make_query
from app.search.ranking import highlighted
from app.search.references import Resolution, resolve
from app.search.values import MAX_TEXT


def page(connection: Connection, collection: Collection, query: Query) -> Page:
    """The page of a noun's records that the query asks for. Raises a kind of Invalid."""
    if query.past:
        return changes.page(connection, query) if query.known_at is None else then.page(connection, query)
    resolution = resolve(connection, query.values, collection.filters)
    noun, (part,) = collection.noun, collection.parts
    assert noun is not None
    facets = counted(connection, part, noun, query.facets, resolution.values) if query.facets else None
    if resolution.missing:
        return replace(nothing(query, resolution), facets=facets)
    walked = walk(part, noun.table, noun.number, resolution.values)
    ranked = query.sort is RELEVANCE
    items, cursor = (ranking.rows if ranked else _rows)(connection, walked, noun, query)
    total = connection.execute(walked.count()).scalar_one() if query.count else None
    shown = None if query.search is None else highlighted(noun.name, items, query.search)
    return Page(items, cursor, total, **resolution.told, facets=facets, highlights=shown)


def records(connection: Connection, noun: str, filters: Mapping[str, str]) -> Iterator[str]:
    """Every record of a noun ("claims") that the filters leave, fetched a page at a time. Raises a kind of Invalid."""
    listed = {one.name: one for one in COLLECTIONS if one.noun}
    if noun not in listed:
        raise Invalid(f"There is nothing called {noun!r} to list; there are {', '.join(listed)}.")
    collection = listed[noun]
    after: Query | None = replace(make_query(filters.items(), collection), limit=MAX_LIMIT, count=False)
    while after is not None:
        found = page(connection, collection, after)
        yield from found.items
        after = None if found.next is None else after.continued(found.next)


def nothing(query: Query, resolution: Resolution) -> Page:
    """The page of a query about something unknown."""
    return Page([], None, 0 if query.count else None, **resolution.told)


def _rows(connection: Connection, walked: Walk, noun: Noun, query: Query) -> tuple[list[str], str | None]:
    rows = connection.execute(walked.rows(noun.table.c.record, query)).all()
    cursor = query.cursor(rows[query.limit - 1][1:]) if len(rows) > query.limit else None
    return [row[0] for row in rows[: query.limit]], cursor


def one(connection: Connection, noun: Noun, text: str) -> str | None:
    """The record of what a public id or a key names; None where there is none."""
    record: str | None = _looked_up(connection, noun, "record", text)
    return record


def number_of(connection: Connection, noun: Noun, text: str) -> int | None:
    """The number of what a public id or a key names; None where there is none."""
    number: int | None = _looked_up(connection, noun, "number", text)
    return number


def merged_into(connection: Connection, text: str) -> str | None:
    """The id of the entity that the one with this id was merged into; None where it was not."""
    if not ENTITY_NOUN.is_id(text):
        return None
    other = ENTITY.alias()
    statement = select(other.c.public_id).join(ENTITY, ENTITY.c.merged_into == other.c.id)
    return connection.execute(statement.where(ENTITY.c.public_id == text)).scalar()


def _looked_up(connection: Connection, noun: Noun, what: str, text: str) -> Any:  # noqa: ANN401 - a cell
    if not is_usable(text):
        return None
    statement = _look_up(noun, what, is_id=noun.is_id(text))
    return None if statement is None else connection.execute(statement, {"text": text}).scalar()


@cache
def _look_up(noun: Noun, what: str, *, is_id: bool) -> Select[Any] | None:
    condition = noun.by_id if is_id else noun.by_key
    column = noun.number if what == "number" else noun.table.c[what]
    return None if condition is None else select(column).where(condition)


def is_usable(text: str) -> bool:
    """Whether the text of an address can name anything."""
    try:
        return clean(text) == text and 0 < len(text) <= MAX_TEXT
    except UnusableText:
        return False
