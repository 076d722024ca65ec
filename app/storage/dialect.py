"""Everything in which SQLite and Postgres differ. No other file names a dialect."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Dialect, Engine, Insert, Table, Text, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

# One order of text on both engines: by code point.
TEXT: TypeEngine[str] = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

# 64 bits on both; SQLite takes only the type INTEGER for the row's own number.
INT64: TypeEngine[int] = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")

LINK_TABLE = {"sqlite_with_rowid": False}
"""Table options of a table that is its own index."""

WRITER_LOCK = 0x636F756E746572
"""Advisory lock of the one writer: with it the version's order is the order of commits."""

_WRITES = "counterclaim_writes"


def connect_args(dialect: str, *, timeout_seconds: float) -> dict[str, Any]:
    """Driver options: how long a connection or a lock may take."""
    if dialect == "sqlite":
        return {"timeout": timeout_seconds, "check_same_thread": False}
    return {"connect_timeout": max(2, round(timeout_seconds)), "options": "-c timezone=UTC"}


def prepare(engine: Engine) -> None:
    """Set what every new connection needs, and who begins a transaction how."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late for a read snapshot
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def for_reading(connection: Connection) -> Connection:
    """The connection set to one snapshot without writes."""
    if connection.dialect.name == "sqlite":
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def for_writing(connection: Connection) -> Connection:
    """The connection set to write: waits for its turn when it begins."""
    return connection.execution_options(**{_WRITES: True})


def lock_writers(connection: Connection) -> None:
    """Wait until no other transaction writes. SQLite has waited already, at BEGIN IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})


def upsert(
    table: Table, dialect: Dialect, *, keys: Sequence[str], update: Iterable[str], only_if: str | None = None
) -> Insert:
    """INSERT … ON CONFLICT (keys) DO UPDATE of the named columns; without any, DO NOTHING."""
    make = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    statement = make(table)
    changed: Mapping[str, Any] = {name: statement.excluded[name] for name in update}
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=list(keys))
    where = None if only_if is None else table.c[only_if].is_distinct_from(statement.excluded[only_if])
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed, where=where)


def is_unavailable(error: DBAPIError) -> bool:
    """Whether the database cannot be reached or is overloaded, rather than the statement being wrong."""
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        # 08 connection, 57P admin shutdown and cannot-connect-now, 53 out of resources
        return str(state).startswith(("08", "57P", "53"))
    if isinstance(error.orig, sqlite3.OperationalError):
        busy = ("locked", "unable to open", "disk I/O", "busy")
        return any(word in str(error.orig) for word in busy)
    return type(error.orig).__name__ == "OperationalError"
