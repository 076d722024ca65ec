"""The rows that a batch of bundles adds, alters and replaces, gathered before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, Table, bindparam, delete, insert, update

from app.storage import tables
from app.storage.records import chunks, table_of
from app.storage.tables import Base

Row = dict[str, Any]

# Parents before children, so that every reference is met.
ORDER: tuple[type[Base], ...] = (
    tables.StoredBundle,
    tables.Entity,
    tables.EntityKey,
    tables.EntityName,
    tables.EntityWord,
    tables.EntitySound,
    tables.Source,
    tables.Event,
    tables.EventAncestor,
    tables.EventParticipant,
    tables.Measure,
    tables.Article,
    tables.Origin,
    tables.Figure,
    tables.Claim,
    tables.ClaimEntity,
    tables.ClaimEvent,
    tables.ClaimDispute,
    tables.EntityMerge,
    tables.Explanation,
)


def canonical(value: object) -> str:
    """Canonical JSON: what definitions are compared by."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


@dataclass(slots=True)
class Changes:
    """Rows by table. `cleared` empties a child table for some parents before its new rows come in."""

    added: dict[type[Base], list[Row]] = field(default_factory=dict)
    altered: dict[type[Base], dict[Any, Row]] = field(default_factory=dict)
    cleared: dict[tuple[type[Base], str], set[Any]] = field(default_factory=dict)

    def add(self, table: type[Base], /, **row: object) -> None:
        """A new row."""
        self.added.setdefault(table, []).append(row)

    def define(self, table: type[Base], id_: int, public: str, key: str, owner: str, /, **row: object) -> None:
        """A new row of a noun that a bundle defines; its record is rendered later."""
        self.add(table, id=id_, public_id=public, key=key, owner=owner, record="", version=0, **row)

    def alter(self, table: type[Base], which: object, /, **row: object) -> None:
        """New values for the row with that primary key."""
        self.altered.setdefault(table, {}).setdefault(which, {}).update(row)

    def clear(self, table: type[Base], column: str, value: object) -> None:
        """Take away the rows whose column has the value, before new ones are added."""
        self.cleared.setdefault((table, column), set()).add(value)

    def ids(self, table: type[Base], column: str = "id") -> set[Any]:
        """The rows of a table that are new or altered, by their primary key."""
        return {row[column] for row in self.added.get(table, [])} | set(self.altered.get(table, {}))

    def write(self, connection: Connection) -> None:
        """Write everything: a statement a table and kind of change, each with all its rows."""
        for (model, column), values in self.cleared.items():
            _clear(connection, table_of(model), column, values)
        for model in ORDER:
            rows = self.added.get(model)
            if rows:
                connection.execute(insert(table_of(model)), rows)
            if altered := self.altered.get(model):
                _alter(connection, table_of(model), altered)


def _clear(connection: Connection, table: Table, column: str, values: Iterable[Any]) -> None:
    for chunk in chunks(values):
        connection.execute(delete(table).where(table.c[column].in_(chunk)))


def _alter(connection: Connection, table: Table, altered: dict[Any, Row]) -> None:
    (key,) = table.primary_key.columns
    by_columns: dict[tuple[str, ...], list[Row]] = {}
    for value, row in altered.items():
        by_columns.setdefault(tuple(sorted(row)), []).append(
            {"row_key": value, **{f"new_{c}": v for c, v in row.items()}}
        )
    for columns, rows in by_columns.items():
        values: Row = {column: bindparam(f"new_{column}") for column in columns}
        connection.execute(update(table).where(key == bindparam("row_key")).values(values), rows)
