"""How tests get a database.

Every test that touches storage runs on SQLite and on a real Postgres, and gets a database of its own that is migrated
and empty, so no test sees another's rows and none has to clean up. The price is kept low by templates: per session (per
xdist worker) and engine the migrations run once, and each test gets a copy (SQLite: the file's bytes; Postgres: `CREATE
DATABASE … TEMPLATE`), dropped after it. A test asks for

- `database_url` to run once on each engine;
- `sqlite_url` and `postgres_url`, one or both, to run on that engine or to compare the two;
- `blank_database_url` for a database without tables, once on each engine (migrations);
- `databases`, whose `create(engine, prepare)` makes more of them, also in fixtures of wider scope. `prepare` is a
  function that takes a URL and fills the database; it runs once and is copied from then on: right for loaded seeds.

The server is the wheel's, the system's, or the one that `TEST_POSTGRES_URL` names: see `tests/postgres.py`. It starts
with the first test that needs it. Nothing is mocked below HTTP; what decides is pure and tested without any of this.
Warnings are errors, a connection left open included: a test disposes of the engines it makes.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL

from tests.databases import ENGINES, Databases, Engine, nothing
from tests.postgres import running_server

# What the developer has set for a server of their own is not for the tests.
for name in [name for name in os.environ if name.startswith("COUNTERCLAIM_")]:
    del os.environ[name]

# Wall-clock limits fail on a busy machine without saying anything about the code, and a commit is not to fail by the
# luck of the draw: it always draws the same examples. The runs marked `long` are what looks for new ones.
settings.register_profile(
    "commit", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("commit")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Callable[[], URL]]:
    """Starts the server when called first, ends it with the session."""
    with ExitStack() as stack:
        yield cache(lambda: stack.enter_context(running_server()))


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, postgres_server: Callable[[], URL]) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("databases"), postgres_server)
    yield made
    made.close()


@pytest.fixture(params=[pytest.param(engine, marks=getattr(pytest.mark, engine)) for engine in ENGINES])
def engine_name(request: pytest.FixtureRequest) -> Engine:
    return cast("Engine", request.param)


@pytest.fixture
def database_url(databases: Databases, engine_name: Engine) -> Iterator[str]:
    with databases.create(engine_name) as url:
        yield url


@pytest.fixture
def blank_database_url(databases: Databases, engine_name: Engine) -> Iterator[str]:
    with databases.create(engine_name, nothing) as url:
        yield url


@pytest.fixture
def sqlite_url(databases: Databases) -> Iterator[str]:
    with databases.create("sqlite") as url:
        yield url


@pytest.fixture
def postgres_url(databases: Databases) -> Iterator[str]:
    with databases.create("postgres") as url:
        yield url
