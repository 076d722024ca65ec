"""What API, pages and command line call to read: one page of a list, or one thing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select

from app.domain.text import UnusableText, clean
from app.problems import Invalid, InvalidParameter
from app.search import changes, ranking, shapes, then
from app.search.collections import COLLECTIONS, MAX_LIMIT, RELEVANCE, Collection
from app.search.compile import Walk, walk
from app.search.facets import counted
from app.search.nouns import ENTITY, ENTITY_NOUN, Noun
from app.search.page import Page
from app.search.query import Query, make_query
from app.search.ranking import highlighted
from app.search.references import Resolution, resolve
from app.search.values import MAX_TEXT
from app.storage import prepared


def page(connection: Connection, collection: Collection, query: Query, *, joined: bool = False) -> Page:
    """The page of a noun's records that the query asks for; they may come joined. Raises a kind of Invalid."""
    if query.past:
        return changes.page(connection, query) if query.known_at is None else then.page(connection, query)
    resolution = resolve(connection, query.values, collection.filters)
    noun, (part,) = collection.noun, collection.parts
    assert noun is not None
    facets = counted(connection, part, noun, query.facets, resolution.values) if query.facets else None
    if resolution.missing:
        return nothing(query, resolution)._replace(facets=facets)
    reads = _joined if joined and query.marked is None else _items
    read = reads(connection, collection, query, resolution.values)
    found = Page(read.items, read.next, joined=read.joined, facets=facets, **resolution.told)
    if query.count:
        found = found._replace(total=connection.execute(_walked(collection, resolution.values).count()).scalar_one())
    if query.marked is None:
        return found
    return found._replace(highlights=highlighted(noun.name, found.items, query.marked))


def records(connection: Connection, noun: str, filters: Mapping[str, str]) -> Iterator[str]:
    """Every record of a noun ("claims") that the filters leave, fetched a page at a time. Raises a kind of Invalid.

    A filter by a name that nothing has is an error here: nobody sees suggestions beside an empty list.
    """
    listed = {one.name: one for one in COLLECTIONS if one.noun}
    if noun not in listed:
        raise Invalid(f"There is nothing called {noun!r} to list; there are {', '.join(listed)}.")
    collection = listed[noun]
    for name in filters:
        if name in collection.paging and name != "sort":
            raise InvalidParameter(f"{name}: there are no pages here; leave it out, and all comes.", parameter=name)
    first = replace(make_query(filters.items(), collection), limit=MAX_LIMIT, count=False)
    return _all_pages(connection, collection, first)


def _all_pages(connection: Connection, collection: Collection, first: Query) -> Iterator[str]:
    after: Query | None = first
    while after is not None:
        found = page(connection, collection, after)
        if found.suggestions is not None:
            raise _unknown(found.suggestions)
        yield from found.items
        after = None if found.next is None else after.continued(found.next)


def _unknown(suggestions: Iterable[Mapping[str, str | None]]) -> Invalid:
    near = ", ".join(f"{one['parameter']}={one['name']}" for one in suggestions)
    return Invalid(f"A filter names what there is not; {f'near it: {near}' if near else 'nothing is called alike'}.")


def nothing(query: Query, resolution: Resolution) -> Page:
    """The page of a query about something unknown."""
    return Page([], None, 0 if query.count else None, **resolution.told)


def _joined(connection: Connection, collection: Collection, query: Query, values: Mapping[str, Any]) -> Page:
    """The page with its items joined, where its query has a shape."""
    text, last = shapes.joined(connection, collection, query, values)
    if text is None:
        return _items(connection, collection, query, values)
    return Page([], None if last is None else query.cursor(last), joined=text)


def _items(connection: Connection, collection: Collection, query: Query, values: Mapping[str, Any]) -> Page:
    noun = collection.noun
    assert noun is not None
    if query.sort is RELEVANCE:
        return Page(*ranking.rows(connection, _walked(collection, values), noun, query))
    rows = shapes.rows(connection, collection, query, values)
    if rows is None:
        rows = connection.execute(_walked(collection, values).rows(noun.table.c.record, query)).all()
    cursor = query.cursor(rows[query.limit - 1][1:]) if len(rows) > query.limit else None
    return Page([row[0] for row in rows[: query.limit]], cursor)


def _walked(collection: Collection, values: Mapping[str, Any]) -> Walk:
    noun, (part,) = collection.noun, collection.parts
    assert noun is not None
    return walk(part, noun.table, noun.number, values)


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
    found = () if statement is None else prepared.rows(connection, statement, {"text": text})
    return found[0][0] if found else None


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
