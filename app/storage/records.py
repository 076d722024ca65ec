"""Published records: how rows become the public JSON that is stored beside them, and how changes are kept.

Each noun's module has `render(connection, ids)`: the records of those rows as they should read now, in a constant
number of statements. `publish` stores those that differ; `counterclaim check` compares the same rendering with what
is stored.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Table, bindparam, select, update

from app.domain.dates import minute_text
from app.domain.interval import Interval, decimal_text
from app.storage.tables import Base

Json = dict[str, Any]
AnyRow = Row[*tuple[Any, ...]]
Render = Callable[[Connection, Iterable[int]], dict[int, str]]

CHUNK = 500
"""How many ids one statement names; the engines' own limits on parameters lie higher."""


def table_of(model: type[Base]) -> Table:
    """The table that a model stands for."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def dump(record: Json) -> str:
    """The stored text of a record. Exact numbers come in as `literal`."""
    return orjson.dumps(record).decode()


def literal(number: str | None) -> orjson.Fragment | None:
    """A decimal text as the JSON number with those very digits."""
    return None if number is None else orjson.Fragment(number)


def ends(interval: Interval) -> Json:
    """An interval with its exact ends; null is unbounded."""
    low, high = (None if end is None else decimal_text(end) for end in (interval.low, interval.high))
    opens = {"low_open": interval.low_open, "high_open": interval.high_open}
    return {"low": literal(low), "high": literal(high), **opens}


def span(edtf: str | None, start: int | None, end: int | None) -> Json | None:
    """A stretch of time, open ends null; None where there is none."""
    if edtf is None:
        return None
    return {
        "edtf": edtf,
        "start": None if start is None else minute_text(start, end=False),
        "end": None if end is None else minute_text(end, end=True),
    }


def dated(edtf: str, start: int | None, end: int | None, basis: str, why: str | None) -> Json:
    """A date with how it is known."""
    return {**(span(edtf, start, end) or {}), "basis": basis, "why": why}


def chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """The distinct ids in order, `CHUNK` at a time."""
    remaining = iter(sorted(set(ids)))
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def stored(connection: Connection, table: Table, key: str, ids: Iterable[Any]) -> dict[Any, str]:
    """The records now stored for those ids."""
    column = table.c[key]
    found: dict[Any, str] = {}
    for chunk in chunks(ids):
        rows = connection.execute(select(column, table.c.record).where(column.in_(chunk)))
        found.update((row[0], row[1]) for row in rows)
    return found


def publish(connection: Connection, table: Table, rendered: Mapping[int, str], version: int) -> dict[int, str]:
    """Store the records that differ from what is stored, marked with the version; return the old text of those."""
    old = stored(connection, table, "id", rendered)
    changed = [number for number, record in rendered.items() if old.get(number) != record]
    if changed:
        statement = (
            update(table).where(table.c.id == bindparam("row")).values(record=bindparam("text"), version=version)
        )
        connection.execute(statement, [{"row": number, "text": rendered[number]} for number in changed])
    return {number: old.get(number, "") for number in changed}


def grouped(rows: Iterable[AnyRow]) -> dict[Any, list[AnyRow]]:
    """Rows by their first column, in the order given."""
    groups: dict[Any, list[AnyRow]] = {}
    for row in rows:
        groups.setdefault(row[0], []).append(row)
    return groups
