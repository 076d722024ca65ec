"""Databases for the tests, cheaply: each one is a copy of a template that was prepared once per session and engine."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Literal
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from tests.postgres import libpq_url

Engine = Literal["sqlite", "postgres"]
Prepare = Callable[[str], None]
ENGINES: tuple[Engine, ...] = ("sqlite", "postgres")


def nothing(_url: str) -> None:
    """Leaves the database without tables."""


def migrated(url: str) -> None:
    from app.storage.engine import migrate

    migrate(url)


class Databases:
    """Makes databases on either engine; the Postgres server starts with its first use."""

    def __init__(self, folder: Path, server: Callable[[], URL]) -> None:
        self._folder = folder
        self._server = server
        self._serial = count(1)
        self._run = uuid4().hex[:12]
        self._files: dict[Prepare, bytes] = {}
        self._templates: dict[Prepare, str] = {}

    def create(self, engine: Engine, prepare: Prepare = migrated) -> AbstractContextManager[str]:
        """The URL of a database as `prepare` leaves it. That runs once per engine: a module's function, no lambda."""
        return self._create_sqlite(prepare) if engine == "sqlite" else self._create_postgres(prepare)

    def close(self) -> None:
        for name in self._templates.values():
            self._run_on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    @contextmanager
    def _create_sqlite(self, prepare: Prepare) -> Iterator[str]:
        if prepare not in self._files:
            self._files[prepare] = self._sqlite_template(prepare)
        path = self._folder / f"{next(self._serial)}.db"
        path.write_bytes(self._files[prepare])
        try:
            yield f"sqlite:///{path}"
        finally:
            for left in self._folder.glob(f"{path.name}*"):
                left.unlink()

    def _sqlite_template(self, prepare: Prepare) -> bytes:
        path = self._folder / f"template-{next(self._serial)}.db"
        prepare(f"sqlite:///{path}")
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path.read_bytes()

    @contextmanager
    def _create_postgres(self, prepare: Prepare) -> Iterator[str]:
        if prepare not in self._templates:
            self._templates[prepare] = self._postgres_template(prepare)
        name = f"test_{self._run}_{next(self._serial)}"
        self._run_on_server("CREATE DATABASE {} TEMPLATE {}", name, self._templates[prepare])
        try:
            yield self._postgres_url(name)
        finally:
            self._run_on_server("DROP DATABASE {} WITH (FORCE)", name)

    def _postgres_template(self, prepare: Prepare) -> str:
        name = f"template_{self._run}_{next(self._serial)}"
        self._run_on_server("CREATE DATABASE {} TEMPLATE template0", name)
        prepare(self._postgres_url(name))
        return name

    def _postgres_url(self, name: str) -> str:
        return self._server().set(database=name).render_as_string(hide_password=False)

    def _run_on_server(self, statement: str, *names: str) -> None:
        with psycopg.connect(libpq_url(self._server()), autocommit=True) as connection:
            connection.execute(SQL(statement).format(*map(Identifier, names)))
