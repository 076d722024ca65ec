"""Statements that are built once and asked often: compiled once for each engine, and run by the driver itself.

Building a statement and reading its rows through all layers takes several times as long as the database takes to
answer a short one. What listens to statements hears of these too, and an error is the same as any other's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Connection, Dialect, Float, Integer, Select, String
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]
Statement = Select[Any] | CompoundSelect[Any]
AnyRows = Sequence[Sequence[Any]]
_AS_READ = (Integer, String, Float)
"""What the drivers give as it is."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as the driver takes it: its text, the values that stand in it, and the order of all, if any."""

    sql: str
    given: Values
    order: Sequence[str] | None

    def bound(self, values: Values) -> Any:  # noqa: ANN401 - what the driver takes
        """The values of one run."""
        together = {**self.given, **values} if self.given else values
        return together if self.order is None else [together[name] for name in self.order]


_COMPILED: WeakKeyDictionary[Statement, dict[str, _Compiled | None]] = WeakKeyDictionary()


def rows(connection: Connection, statement: Statement, values: Values) -> AnyRows:
    """All rows of a statement that is kept by whoever built it, with values for its parameters by name."""
    compiled = _compiled(connection.dialect, statement)
    if compiled is None:
        return connection.execute(statement, values).all()
    return _run(connection, compiled.sql, compiled.bound(values))


def _compiled(dialect: Dialect, statement: Statement) -> _Compiled | None:
    """The statement for the driver; None where something stands between the two, in its values or in its rows."""
    known = _COMPILED.setdefault(statement, {})
    if dialect.name not in known:
        known[dialect.name] = _compile(dialect, statement)
    return known[dialect.name]


def _compile(dialect: Dialect, statement: Statement) -> _Compiled | None:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    converted = any(one.type.dialect_impl(dialect).bind_processor(dialect) for one in compiled.binds.values())
    read = all(isinstance(column.type, _AS_READ) for column in statement.selected_columns)
    if compiled.post_compile_params or converted or not read:
        return None
    given = {name: value for name, value in compiled.params.items() if value is not None}
    return _Compiled(compiled.string, given, compiled.positiontup)


def _run(connection: Connection, sql: str, bound: Any) -> AnyRows:  # noqa: ANN401 - what the driver takes
    raw = connection.connection
    cursor = raw.cursor()
    try:
        for listener in connection.engine.dispatch.before_cursor_execute:
            sql, bound = listener(connection, cursor, sql, bound, None, False)  # noqa: FBT003 - as its signature has it
        cursor.execute(sql, bound)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, sql, error) from error
    finally:
        cursor.close()


def _told(connection: Connection, sql: str, error: Exception) -> BaseException:
    """The driver's error as one of those that the service knows; a connection that is lost is given up."""
    dialect, raw = connection.dialect, connection.connection.dbapi_connection
    lost = dialect.is_disconnect(error, raw, None)  # type: ignore[arg-type]
    if lost:
        connection.invalidate(error)
    kind = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, kind, connection_invalidated=lost, dialect=dialect)
