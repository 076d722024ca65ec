"""Applications to ask, over the seeds or over generated data: one for each engine, shared by all that only read."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests.api.client import Client, serving
from tests.databases import ENGINES, Databases, Engine, Prepare
from tests.factories import seeded
from tests.generated import generated

Serve = Callable[[Engine, Prepare], Client]
Pair = tuple[Client, Client]


@pytest.fixture(scope="session")
def serve(databases: Databases) -> Iterator[Serve]:
    """Gives the client of an engine and a preparation; it lasts as long as the session."""
    with ExitStack() as stack:

        @cache
        def client(engine: Engine, prepare: Prepare) -> Client:
            url = stack.enter_context(databases.create(engine, prepare))
            return stack.enter_context(serving(url))

        yield client


@pytest.fixture
def seeds(serve: Serve, engine_name: Engine) -> Client:
    """Over the seeds, once on each engine."""
    return serve(engine_name, seeded)


@pytest.fixture
def client(serve: Serve, engine_name: Engine) -> Client:
    """Over the generated database, once on each engine."""
    return serve(engine_name, generated)


@pytest.fixture
def both(serve: Serve) -> Pair:
    """Over the generated database, SQLite and Postgres."""
    first, second = (serve(engine, generated) for engine in ENGINES)
    return first, second


@pytest.fixture
def both_seeds(serve: Serve) -> Pair:
    """Over the seeds, SQLite and Postgres."""
    first, second = (serve(engine, seeded) for engine in ENGINES)
    return first, second
