"""Pages of a shape that was asked before: the statement is built once, and only its values change.

Two queries are of one shape where they have the same filters, order and words; ids, the limit and the place where the
page begins may differ. What has no shape is found all the same, by a statement of its own.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Select, bindparam, select

from app.search.collections import COLLECTIONS, Collection
from app.search.compile import walk
from app.search.query import Query
from app.storage import prepared

MOST = 500
"""How many statements are kept; the least asked for make room."""

_COLLECTIONS = {one.name: one for one in COLLECTIONS}


class Shape(NamedTuple):
    """What decides a statement: filters with their words (None stands for an id), the order, and its NULLs."""

    collection: str
    filters: tuple[tuple[str, str | bool | None], ...]
    sort: str
    after: tuple[bool, ...]


def rows(
    connection: Connection, collection: Collection, query: Query, values: Mapping[str, Any]
) -> prepared.AnyRows | None:
    """The records of a query's page and of one row more, each with its keys; None where the query has no shape."""
    shape = _shape(collection, query, values)
    if shape is None:
        return None
    bound = {f"{name}_id": value[0] for name, value in values.items() if type(value) is tuple}
    bound |= {f"after_{place}": key for place, key in enumerate(query.after or ()) if key is not None}
    return prepared.rows(connection, _statement(shape), {**bound, "row_limit": query.limit + 1})


def _shape(collection: Collection, query: Query, values: Mapping[str, Any]) -> Shape | None:
    filters: list[tuple[str, str | bool | None]] = []
    for name, value in values.items():
        one = collection.filters[name]
        if one.refers and type(value) is tuple and len(value) == 1 and type(value[0]) is int:
            filters.append((name, None))
        elif type(value) is bool or value in one.type.words:
            filters.append((name, value))
        else:
            return None
    assert query.sort is not None
    return Shape(collection.name, tuple(filters), query.sort.name, tuple(key is None for key in query.after or ()))


@lru_cache(MOST)
def _statement(shape: Shape) -> Select[Any]:
    collection = _COLLECTIONS[shape.collection]
    noun, (part,) = collection.noun, collection.parts
    assert noun is not None
    values = {
        name: (bindparam(f"{name}_id", type_=noun.number.type),) if word is None else word
        for name, word in shape.filters
    }
    walked = walk(part, noun.table, noun.number, values)
    sort = collection.sort(shape.sort)
    keys = sort.columns(walked.moved)
    statement = select(noun.table.c.record, *keys).select_from(walked.origin).where(*walked.conditions)
    if shape.after:
        last = [
            None if is_null else bindparam(f"after_{place}", type_=key.type)
            for place, (is_null, key) in enumerate(zip(shape.after, keys, strict=True))
        ]
        statement = statement.where(sort.after(keys, tuple(last)))
    return statement.order_by(*sort.order(keys)).limit(bindparam("row_limit", type_=Integer))
