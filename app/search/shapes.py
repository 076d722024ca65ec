"""Pages of a shape that was asked before: the statement is built once, and only its values change.

Two queries are of one shape where they have the same filters, order and words; ids, the limit and the place where the
page begins may differ. What has no shape is found all the same, by a statement of its own.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, Text, bindparam, func, select

from app.domain.searches import Search
from app.search.collections import COLLECTIONS, Collection
from app.search.compile import is_wide, walk
from app.search.nouns import Noun
from app.search.query import SOUGHT, Query
from app.storage import dialect, prepared

MOST = 500
"""How many statements are kept; the least asked for make room."""

_COLLECTIONS = {one.name: one for one in COLLECTIONS}


class Shape(NamedTuple):
    """What decides a statement: filters with their words (None stands for what is bound), the order, and its NULLs."""

    collection: str
    filters: tuple[tuple[str, str | bool | None], ...]
    sort: str
    after: tuple[bool, ...]


def rows(
    connection: Connection, collection: Collection, query: Query, values: Mapping[str, Any]
) -> prepared.AnyRows | None:
    """The records of a query's page and of one row more, each with its keys; None where the query has no shape."""
    shape, bound = _shape(connection, collection, query, values)
    if shape is None:
        return None
    return prepared.rows(connection, _rows(shape), {**bound, "row_limit": query.limit + 1})


def joined(
    connection: Connection, collection: Collection, query: Query, values: Mapping[str, Any]
) -> tuple[bytes | None, tuple[Any, ...] | None]:
    """The records of a query's page with commas between, and the keys of the last where others come after it.

    None where the query has no shape, is ordered by several keys, or may have to look through everything. One long row
    is read faster than fifty.
    """
    shape, bound = _shape(connection, collection, query, values)
    if shape is None or len(collection.sort(shape.sort).keys) > 1 or (values and is_wide(values)):
        return None, None
    text, last, more = prepared.rows(connection, _joined(shape), {**bound, "row_limit": query.limit})[0]
    content = text.encode() if isinstance(text, str) else text or b""
    return content, (last,) if more else None


def _shape(
    connection: Connection, collection: Collection, query: Query, values: Mapping[str, Any]
) -> tuple[Shape | None, dict[str, Any]]:
    """The query's shape, if it has one, and the values that are bound."""
    filters: list[tuple[str, str | bool | None]] = []
    bound: dict[str, Any] = {}
    for name, value in values.items():
        if (to_bind := _to_bind(connection, value, refers=bool(collection.filters[name].refers))) is not None:
            filters.append((name, None))
            bound[f"{name}_value"] = to_bind
        elif type(value) is bool or value in collection.filters[name].type.words:
            filters.append((name, value))
        else:
            return None, {}
    assert query.sort is not None
    after = query.after or ()
    bound |= {f"after_{place}": key for place, key in enumerate(after) if key is not None}
    return Shape(collection.name, tuple(filters), query.sort.name, tuple(key is None for key in after)), bound


def _to_bind(connection: Connection, value: Any, *, refers: bool) -> int | str | None:  # noqa: ANN401 - of any filter
    """What the statement leaves open: the number of the one thing that is referred to, or the words that are sought."""
    if type(value) is tuple:
        return value[0] if refers and len(value) == 1 and type(value[0]) is int else None
    return dialect.bindable(connection.dialect, value) if type(value) is Search else None


@lru_cache(MOST)
def _rows(shape: Shape) -> Select[Any]:
    noun = _COLLECTIONS[shape.collection].noun
    assert noun is not None
    return _walked(shape, noun.table.c.record)


@lru_cache(MOST)
def _joined(shape: Shape) -> Select[Any]:
    """The joined records, the key of the last one, and whether others come after it."""
    collection, inner = _COLLECTIONS[shape.collection], _rows(shape).subquery()
    record, key = inner.c
    last = (func.min if collection.sort(shape.sort).descending else func.max)(key)
    page = select(dialect.joined(record).label("content"), last.label("last")).select_from(inner).subquery()
    beyond = _walked(shape, behind=page.c.last).limit(1).correlate(page).scalar_subquery()
    return select(page.c.content, page.c.last, beyond)


def _left_open(name: str, noun: Noun) -> Any:  # noqa: ANN401 - as the filter takes it
    kind = Text() if name == SOUGHT else noun.number.type
    value = bindparam(f"{name}_value", type_=kind)
    return value if name == SOUGHT else (value,)


def _walked(shape: Shape, *record: ColumnElement[str], behind: ColumnElement[Any] | None = None) -> Select[Any]:
    """The records with their keys, those behind a key where one is given."""
    collection = _COLLECTIONS[shape.collection]
    noun, (part,) = collection.noun, collection.parts
    assert noun is not None
    values = {name: _left_open(name, noun) if word is None else word for name, word in shape.filters}
    walked = walk(part, noun.table, noun.number, values)
    sort = collection.sort(shape.sort)
    keys = sort.columns(walked.moved)
    if behind is not None:
        statement = select(*keys).select_from(walked.origin).where(*walked.conditions, sort.after(keys, (behind,)))
        return statement.order_by(*sort.order(keys))
    last = tuple(
        None if is_null else bindparam(f"after_{place}", type_=key.type)
        for place, (is_null, key) in enumerate(zip(shape.after, keys, strict=bool(shape.after)))
    )
    return walked.ordered(record, sort, last or None, bindparam("row_limit", type_=Integer))
