"""Everything in which SQLite and Postgres differ. No other file names a dialect."""

import sqlite3
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, cast

from sqlalchemy import URL, BigInteger, Connection, Dialect, Engine, Text, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine

# One order of text on both engines: by code point.
TEXT: TypeEngine[str] = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

# 64 bits on both; SQLite takes only the type INTEGER for the row's own number.
INT64: TypeEngine[int] = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")

LINK_TABLE = {"sqlite_with_rowid": False}
"""Table options of a table that is its own index."""


def partial(condition: str) -> dict[str, Any]:
    """Options of an index that holds only the rows for which the condition, in SQL, is true."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class joined(GenericFunction[str]):  # noqa: N801 - as SQL calls its functions
    """Texts with commas between them, in the order of the rows; on SQLite as bytes, which need not be taken apart."""

    type = Text()
    inherit_cache = True


@compiles(joined, "sqlite")
def _joined_on_sqlite(element: joined, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"CAST(group_concat({compiler.process(element.clauses, **options)}, ',') AS BLOB)"


@compiles(joined, "postgresql")
def _joined_on_postgres(element: joined, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"string_agg({compiler.process(element.clauses, **options)}, ',')"


WRITER_LOCK = 0x636F756E746572
"""Advisory lock of the one writer: with it the version's order is the order of commits."""

_WRITES = "counterclaim_writes"
_DEADLINE = "counterclaim_deadline"
_STEPS = 50_000
"""SQLite's steps, about a millisecond of them, between two looks at the clock."""
_SQLITE_UNAVAILABLE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}


def is_embedded(dialect: Dialect) -> bool:
    """Whether the database runs within this process, so that a short read costs less than handing it to a thread."""
    return dialect.name == "sqlite"


def engine_options(url: URL, *, timeout_seconds: float, read_seconds: float | None = None) -> dict[str, Any]:
    """Options of `create_engine`: how long a connection or a lock may take, and how long a statement that reads."""
    embedded = url.get_backend_name() == "sqlite"
    return {
        # A server may have gone away since the last use of a connection; a file has not.
        "pool_pre_ping": not embedded,
        "connect_args": _connect_args(embedded=embedded, timeout_seconds=timeout_seconds, read_seconds=read_seconds),
    }


def make_room(url: URL) -> None:
    """Make the folder that an embedded database's file lies in."""
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _connect_args(*, embedded: bool, timeout_seconds: float, read_seconds: float | None) -> dict[str, Any]:
    if embedded:
        return {"timeout": timeout_seconds, "check_same_thread": False}
    limit = "" if read_seconds is None else f" -c statement_timeout={max(1, round(read_seconds * 1000))}"
    return {"connect_timeout": max(2, round(timeout_seconds)), "options": f"-c timezone=UTC{limit}"}


def prepare(engine: Engine, *, read_seconds: float | None = None) -> None:
    """Set what every new connection needs, and who begins a transaction how."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late for a read snapshot
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
            connection.execute(f"PRAGMA {pragma}")
        # In a list, which a connection that leaves the pool takes with it.
        deadline = record.info[_DEADLINE] = [inf]
        if read_seconds is not None:
            connection.set_progress_handler(lambda: monotonic() > deadline[0], _STEPS)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.info[_DEADLINE][0] = inf
        if not _raw(connection).in_transaction:  # as where the driver alone has begun it
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    _limit_reads(engine, read_seconds)


def _limit_reads(engine: Engine, read_seconds: float | None) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def _limit(connection: Connection, *_: object) -> None:
        # For each statement anew, as the server does: what is computed between two of them is not the database's time.
        if read_seconds is not None and not connection.get_execution_options().get(_WRITES, False):
            connection.info[_DEADLINE][0] = monotonic() + read_seconds


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def begin_inline(connection: Connection) -> None:
    """Begin a snapshot of an embedded database. To read, that can neither fail nor wait: the driver alone does it."""
    _raw(connection).execute("BEGIN")


def end_inline(connection: Connection) -> None:
    """End the snapshot, whoever read from it."""
    if connection.in_transaction():
        connection.rollback()
    else:
        _raw(connection).rollback()


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
        connection.execute(text("SET LOCAL statement_timeout = 0"))  # the limit is for reads
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})


def limit_locks(connection: Connection, milliseconds: int) -> None:
    """Let this transaction wait for a lock no longer than that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {milliseconds}"))


def alters_by_copying(dialect: Dialect) -> bool:
    """Whether a table is altered by making a new one and copying the rows."""
    return dialect.name == "sqlite"


def is_unavailable(error: DBAPIError) -> bool:
    """Whether the database cannot be reached or is overloaded, rather than the statement being wrong."""
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        # 08 connection, 57P admin shutdown and cannot-connect-now, 53 out of resources
        return str(state).startswith(("08", "57P", "53"))
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _SQLITE_UNAVAILABLE
    # Without a state the server was not reached: no other error of this type comes without one.
    return type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout")


def took_too_long(error: DBAPIError) -> bool:
    """Whether the statement was ended because its time was up."""
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
    return getattr(error.orig, "sqlstate", None) == "57014"
