"""Databases that searches only read: shared by the session, one for each engine."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from sqlalchemy import Connection

from app.storage.engine import Database
from tests.databases import Databases, Engine
from tests.factories import opened
from tests.generated import generated


@pytest.fixture(scope="session")
def generated_database(databases: Databases) -> Iterator[Callable[[Engine], Database]]:
    """Gives the generated database of an engine."""
    with ExitStack() as stack:

        @cache
        def database(engine: Engine) -> Database:
            return stack.enter_context(opened(stack.enter_context(databases.create(engine, generated))))

        yield database


@pytest.fixture
def connection(generated_database: Callable[[Engine], Database], engine_name: Engine) -> Iterator[Connection]:
    """A read-only snapshot of the generated database, once on each engine."""
    with generated_database(engine_name).read() as connection:
        yield connection
