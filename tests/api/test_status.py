"""Whether the service lives and is ready, and how it answers without its database."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request

from app.api.errors import problem_of
from app.problems import DatabaseUnavailable, InternalError, Problem, kinds
from app.storage import dialect
from app.storage.engine import Database
from tests.api.client import Client, serving
from tests.api.test_bad_input import refused

AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
DATA = ["/claims", "/claims?entity=x&count=true", "/entities/kursk", "/events/day/timeline", "/conflicts", "/readyz"]


@pytest.fixture
def away() -> Iterator[Client]:
    """Over a database that nobody serves."""
    with serving(AWAY) as client:
        yield client


def test_a_service_with_its_tables_is_ready(client: Client) -> None:
    assert (client.get("/readyz").status, client.get("/readyz").json) == (200, {"status": "ok"})
    assert client.get("/livez").json == {"status": "ok"}


def test_a_service_without_its_tables_is_not_ready(blank_database_url: str) -> None:
    with serving(blank_database_url) as client:
        answer = client.get("/readyz")
        assert "run `counterclaim migrate`" in refused(answer, 503, "not-ready")["detail"]
        assert int(answer.headers["retry-after"]) > 0
        assert client.get("/livez").status == 200


@pytest.mark.parametrize("target", DATA)
def test_a_database_that_is_away_is_503_with_retry_after(away: Client, target: str) -> None:
    answer = away.get(target)
    refused(answer, 503, "database-unavailable")
    assert int(answer.headers["retry-after"]) > 0


def test_what_needs_no_database_is_answered_without_it(away: Client) -> None:
    for target in ("/livez", "/openapi.json", "/docs", "/problems/not-found"):
        assert away.get(target).status == 200
    refused(away.get("/claims?limit=0"), 422, "invalid-parameter")
    refused(away.get("/nowhere"), 404, "not-found")


def test_a_folder_that_is_gone_is_503(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(f"sqlite:///{folder}/counterclaim.db") as client:
        folder.rmdir()
        refused(client.get("/claims"), 503, "database-unavailable")


def test_a_slow_query_is_ended(database_url: str) -> None:
    with serving(database_url, query_timeout_seconds=0.2) as client:
        with client.app.state.database.read() as connection, pytest.raises(DBAPIError) as raised:
            connection.execute(text(SLOW)).all()
        problem = problem_of(raised.value, _request())
        assert (problem.status, problem.slug()) == (503, "too-slow")
        assert client.get("/readyz").status == 200


SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT count(*) FROM n"


def test_what_is_computed_between_statements_is_not_the_databases_time(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(dialect, "monotonic", lambda: clock[0])
    database = Database(sqlite_url, read_seconds=0.2)
    with database.read() as connection:
        for _ in range(2):
            assert connection.execute(text(SLOW.replace("100000000", "100000"))).scalar() == 100_000
            clock[0] += 1000
    database.close()


def test_a_write_may_take_longer(database_url: str) -> None:
    database = Database(database_url, read_seconds=0.2)
    with database.write() as connection:
        assert connection.execute(text(SLOW.replace("100000000", "1000000"))).scalar() == 1_000_000
    database.close()


def test_a_full_pool_is_503(database_url: str) -> None:
    with serving(database_url, pool_size=1, pool_timeout_seconds=0.05) as client:
        database: Database = client.app.state.database
        with database.read():
            refused(client.get("/claims"), 503, "database-unavailable")
        assert client.get("/claims").status == 200


def test_a_database_error_that_is_our_fault_is_not_503(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    engine = client.app.state.database.engine

    def break_it(*_args: object) -> tuple[str, tuple[()]]:
        return "SELECT nothing FROM nowhere", ()

    event.listen(engine, "before_cursor_execute", break_it, retval=True)
    try:
        refused(client.get("/sources"), 500, "internal-error")
    finally:
        event.remove(engine, "before_cursor_execute", break_it)
    assert "GET /sources failed" in caplog.text
    assert client.get("/sources").status == 200


def test_an_error_is_answered_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("app.search.find.page", fail)
    answer = client.get("/sources")
    problem = refused(answer, 500, "internal-error")
    assert "fault" not in problem["detail"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "a fault" in caplog.text


@pytest.mark.parametrize(
    ("message", "code", "kind"),
    [
        ("database is locked", sqlite3.SQLITE_BUSY, DatabaseUnavailable),
        ("disk I/O error", sqlite3.SQLITE_IOERR, DatabaseUnavailable),
        ("unable to open database file", sqlite3.SQLITE_CANTOPEN, DatabaseUnavailable),
        ("no such column: busy", sqlite3.SQLITE_ERROR, InternalError),
    ],
)
def test_only_what_passes_is_unavailable(message: str, code: int, kind: type[Problem]) -> None:
    raised = sqlite3.OperationalError(message)
    raised.sqlite_errorcode = code
    assert isinstance(problem_of(OperationalError("SELECT 1", (), raised), _request()), kind)
    assert isinstance(problem_of(PoolTimeout(), _request()), DatabaseUnavailable)


def _request() -> Request:
    return Request({"type": "http", "method": "GET", "path": "/claims", "headers": []})


@pytest.mark.parametrize("kind", [*kinds()], ids=lambda kind: kind.__name__)
def test_every_kind_of_problem_is_described_where_its_type_leads(client: Client, kind: type[Problem]) -> None:
    described = client.get(kind.type()).json
    assert (described["title"], described["status"]) == (kind.title, kind.status)
    assert described["description"] == kind.__doc__
