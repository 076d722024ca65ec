"""Everything in which SQLite and Postgres differ. No other file names a dialect."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, Self

from sqlalchemy import (
    URL,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    event,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement, GenericFunction
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine, UserDefinedType

from app.domain.searches import Phrase, Search, Term, sought

# One order of text on both engines: by code point.
TEXT: TypeEngine[str] = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

# 64 bits on both; SQLite takes only the type INTEGER for the row's own number.
INT64: TypeEngine[int] = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")

LINK_TABLE = {"sqlite_with_rowid": False}
"""Table options of a table that is its own index."""


def partial(condition: str) -> dict[str, Any]:
    """Options of an index that holds only the rows for which the condition, in SQL, is true."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


_FTS_TABLE = (
    # Holds its words, so that a row can be changed without telling what it was. `ascii` leaves other letters alone.
    """CREATE VIRTUAL TABLE {name} USING fts5(words, tokenize = "ascii tokenchars '.|'")""",
    # No foreign key can lead from such a table.
    """CREATE TRIGGER {name}_number AFTER UPDATE OF {number} ON {owner} WHEN old.{number} <> new.{number}
    BEGIN UPDATE {name} SET rowid = new.{number} WHERE rowid = old.{number}; END""",
)
_GIN_TABLE = (
    """CREATE TABLE {name} (rowid BIGINT PRIMARY KEY REFERENCES {owner} ({number}) ON UPDATE CASCADE,
    words TEXT COLLATE "C" NOT NULL)""",
    "CREATE INDEX {name}_words ON {name} USING gin (array_to_tsvector(string_to_array(words, ' ')))",
)


class _SQLiteCompiler(sqlite.dialect.statement_compiler):  # type: ignore[misc, name-defined]
    """Writes hints too, which SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:  # noqa: ARG002 - as it is called
        """The hint as it was given."""
        return text


def looked_up_by(statement: Select[Any], table: FromClause, index: str) -> Select[Any]:
    """The statement with the rows of a table, which something else leads to, looked up by that index.

    SQLite would look them up by their own number, and read a page of records for each.
    """
    return statement.with_hint(table, f"INDEXED BY {index}", "sqlite")


class joined(GenericFunction[str]):  # noqa: N801 - as SQL calls its functions
    """Texts with commas between them, in the order of the rows; on SQLite as bytes, which need not be taken apart."""

    type = Text()
    inherit_cache = True


class as_read(GenericFunction[str]):  # noqa: N801 - as SQL calls its functions
    """A text as the driver gives it fastest: on SQLite as bytes."""

    type = Text()
    inherit_cache = True


@compiles(as_read, "sqlite")
def _as_read_on_sqlite(element: as_read, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(as_read, "postgresql")
def _as_read_on_postgres(element: as_read, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return compiler.process(element.clauses, **options)


@compiles(joined, "sqlite")
def _joined_on_sqlite(element: joined, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"CAST(group_concat({compiler.process(element.clauses, **options)}, ',') AS BLOB)"


@compiles(joined, "postgresql")
def _joined_on_postgres(element: joined, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"string_agg({compiler.process(element.clauses, **options)}, ',')"


WRITER_LOCK = 0x636F756E746572
"""Advisory lock of the one writer: with it the version's order is the order of commits."""

_WRITES = "counterclaim_writes"
_DEADLINE, _INLINE_DEADLINE = "counterclaim_deadline", "counterclaim_inline_deadline"
_CACHE, _CACHE_OF_ONE_OF_MANY, _CACHE_OF_MOST_READS = 65_536, 2_048, 12_288
"""Kibibytes of the file that a connection keeps: to ask the system for a page again takes longer than to read it."""
_STEPS, _INLINE_STEPS = 50_000, 2_000
"""SQLite's steps between two looks at the clock: about a millisecond, and as many as a page of a list takes."""
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
    engine.dialect.statement_compiler = _SQLiteCompiler

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late for a read snapshot
        # A service that only reads has many connections, and the system keeps the file's pages for all of them.
        cache = _CACHE if read_seconds is None else _CACHE_OF_ONE_OF_MANY
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", f"cache_size = -{cache}"):
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
    if read_seconds is None:
        return

    @event.listens_for(engine, "before_cursor_execute")
    def _limit(connection: Connection, *_: object) -> None:
        # For each statement anew, as the server does: what is computed between two of them is not the database's time.
        if not connection.get_execution_options().get(_WRITES, False):
            connection.info[_DEADLINE][0] = monotonic() + read_seconds


def _raw(connection: Connection) -> sqlite3.Connection:
    raw: Any = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def prepare_inline(connection: Connection) -> None:
    """Set what a connection of an embedded database needs that most reads are made on, while others wait."""
    raw = _raw(connection)
    raw.execute(f"PRAGMA cache_size = -{_CACHE_OF_MOST_READS}")
    deadline = connection.info[_INLINE_DEADLINE] = [inf]
    raw.set_progress_handler(lambda: monotonic() > deadline[0], _INLINE_STEPS)


def begin_inline(connection: Connection, seconds: float) -> None:
    """Begin a snapshot of an embedded database, to read from for so long at most.

    To read, that can neither fail nor wait: the driver alone does it.
    """
    connection.info[_INLINE_DEADLINE][0] = monotonic() + seconds
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


def is_full(error: DBAPIError) -> bool:
    """Whether the database has no room left on its disk."""
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(error.orig, "sqlstate", None) == "53100"


def took_too_long(error: DBAPIError) -> bool:
    """Whether the statement was ended because its time was up."""
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
    return getattr(error.orig, "sqlstate", None) == "57014"


class _ByEngine(FunctionElement[bool]):
    """One condition that is written in two ways: the first for SQLite, the second for Postgres."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - it stands in brackets anyway
        """Itself: SQLite finds nothing by `(… MATCH …) = 1`, as conditions without a native type are written."""
        return self


@compiles(_ByEngine, "sqlite")
def _embedded(element: _ByEngine, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy has it
    return f"({compiler.process(element.clauses.clauses[0], **options)})"


@compiles(_ByEngine, "postgresql")
def _served(element: _ByEngine, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"({compiler.process(element.clauses.clauses[1], **options)})"


class _TsQuery(UserDefinedType[str]):
    """The type of a query for a `tsvector`, given as it is written."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Its name in SQL."""
        return "TSQUERY"


def holds(
    rowid: ColumnElement[int], words: ColumnElement[str], search: Search | BindParameter[str]
) -> ColumnElement[bool]:
    """The words of a text table (see `make_text_table`) have what a search that is not empty asks for.

    Or what will be bound, as `bindable` gives it.
    """
    if isinstance(search, BindParameter):
        return _ByEngine(words.op("MATCH")(search), false())
    return _ByEngine(_match(rowid, words, search), _contain(words, search))


def bindable(dialect: Dialect, search: Search) -> str | None:
    """The search as a text that can be bound: the statement is then the same for all. None where it has to be written
    out, as always on Postgres, which plans for the words that it sees.
    """
    return _expression(search) if is_embedded(dialect) and search.wanted else None


def _match(rowid: ColumnElement[int], words: ColumnElement[str], search: Search) -> ColumnElement[bool]:
    if not search.wanted:
        # The index finds what has words, never what has none of them.
        unwanted = bindparam(None, _any(search.unwanted), Text)
        return rowid.not_in(select(rowid).where(words.op("MATCH")(unwanted)).correlate(None))
    return words.op("MATCH")(bindparam(None, _expression(search), Text))


def _expression(search: Search) -> str:
    wanted = " AND ".join(map(_fts, search.wanted))
    return f"({wanted}) NOT ({_any(search.unwanted)})" if search.unwanted else wanted


def _any(terms: Iterable[Term]) -> str:
    return " OR ".join(map(_fts, terms))


def _fts(term: Term) -> str:
    phrases = (f'"{" ".join(phrase.words)}"{" *" if phrase.begins else ""}' for phrase in term)
    return f"({' OR '.join(phrases)})"


def _contain(words: ColumnElement[str], search: Search) -> ColumnElement[bool]:
    return and_(
        *(_has_words(words, search.wanted) for _ in search.wanted[:1]),
        *(_has_phrase(words, term) for term in search.wanted),
        *(not_(and_(_has_words(words, (term,)), _has_phrase(words, term))) for term in search.unwanted),
    )


def _has_words(words: ColumnElement[str], terms: Sequence[Term]) -> ColumnElement[bool]:
    """What the index tells: the words are there, wherever. The expression is that of the index."""
    vector = func.array_to_tsvector(func.string_to_array(words, text("' '")))
    # Written into the statement: of words that it does not know the server would plan for the usual ones, and look
    # through the whole table for a rare one.
    query = cast(bindparam(None, " & ".join(map(_tsquery, terms)), Text, literal_execute=True), _TsQuery())
    return vector.op("@@", is_comparison=True)(query)


def _tsquery(term: Term) -> str:
    return f"({' | '.join('(' + ' & '.join(_lexemes(phrase)) + ')' for phrase in term)})"


def _lexemes(phrase: Phrase) -> Iterator[str]:
    *before, last = phrase.words
    yield from (f"'{word}'" for word in before)
    yield f"'{last}':*" if phrase.begins else f"'{last}'"


def _has_phrase(words: ColumnElement[str], term: Term) -> ColumnElement[bool]:
    """What the index does not tell: the words stand one after another. None has a sign that LIKE reads otherwise."""
    if len(term[0].words) == 1:
        return true()
    framed = literal(" ", Text) + words + literal(" ", Text)
    return or_(*(framed.like(f"%{sought(phrase)}%") for phrase in term))


def make_text_table(connection: Connection, name: str, owner: str, number: str) -> None:
    """Make the table in which a noun's words are searched: one row for each of the noun's, by its number.

    The number follows where the owner's changes. Words are split at spaces alone, on both engines.
    """
    for statement in _FTS_TABLE if is_embedded(connection.dialect) else _GIN_TABLE:
        connection.execute(text(statement.format(name=name, owner=owner, number=number)))


def drop_text_table(connection: Connection, name: str) -> None:
    """Take the table away."""
    if is_embedded(connection.dialect):
        connection.execute(text(f"DROP TRIGGER {name}_number"))
    connection.execute(text(f"DROP TABLE {name}"))
