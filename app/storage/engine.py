"""The connection to the database: where every transaction begins and ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError

from app.storage import dialect

if TYPE_CHECKING:
    from alembic.config import Config

Found = TypeVar("Found")

MOMENT_SECONDS = 0.005
"""How long a read may hold up all others that the same process answers."""

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class LooksLong(Exception):
    """What was to be read in a moment takes longer."""


class Database:
    """One database by URL. `read()` and `write()` are the only ways in; each is one transaction.

    A connection or a lock may take `query_timeout_seconds`, a reading statement `read_seconds`, if given.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 5,
        pool_timeout_seconds: float = 2.0,
        query_timeout_seconds: float = 10.0,
        read_seconds: float | None = None,
    ) -> None:
        parsed = make_url(url)
        dialect.make_room(parsed)
        self.engine: Engine = create_engine(
            parsed,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=pool_timeout_seconds,
            **dialect.engine_options(parsed, timeout_seconds=query_timeout_seconds, read_seconds=read_seconds),
        )
        dialect.prepare(self.engine, read_seconds=read_seconds)
        self.is_embedded = dialect.is_embedded(self.engine.dialect)
        self._inline: Connection | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One read-only snapshot."""
        with self.engine.connect() as raw:
            connection = dialect.for_reading(raw)
            with connection.begin():
                yield connection

    def read_inline(self, function: Callable[[Connection], Found]) -> Found:
        """What the function reads in one snapshot of an embedded database; for one caller at a time.

        Raises LooksLong where that is not there in a moment: what has begun is given up, and others have not waited.

        On a connection that is kept beside the pool: to take one from there and give it back takes longer than many a
        read.
        """
        connection = self._inline = self._inline or self._kept()
        dialect.begin_inline(connection, MOMENT_SECONDS)
        try:
            return function(connection)
        except DBAPIError as error:
            if dialect.took_too_long(error):
                raise LooksLong from error
            raise
        finally:
            dialect.end_inline(connection)

    def _kept(self) -> Connection:
        connection = dialect.for_reading(self.engine.connect())
        connection.detach()
        dialect.prepare_inline(connection)
        return connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One writing transaction, alone among writers: committed at the end, rolled back on any error."""
        with self.engine.connect() as raw:
            connection = dialect.for_writing(raw)
            with connection.begin():
                dialect.lock_writers(connection)
                yield connection

    def close(self) -> None:
        """Close every connection."""
        if self._inline is not None:
            self._inline.close()
            self._inline = None
        self.engine.dispose()


# Alembic is imported late: it takes long, and no request but one needs it.


def _config(url: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision, the newest unless told."""
    from alembic import command  # noqa: PLC0415

    command.upgrade(_config(url), revision)


def revisions(connection: Connection) -> tuple[str | None, str | None]:
    """The database's revision and the newest one."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    head = ScriptDirectory.from_config(_config("")).get_current_head()
    return MigrationContext.configure(connection).get_current_revision(), head
