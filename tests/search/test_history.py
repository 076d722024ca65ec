"""What is closed into history: every record, from the version that published it until before the next."""

from collections.abc import Iterator
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, select, update

from app.domain.dates import parse_date
from app.search import find, then
from app.search.collections import CLAIMS
from app.search.nouns import CLAIM, CLAIM_HISTORY, CLAIM_HISTORY_ENTITY, CLAIM_NOUN, FIGURE, FIGURE_HISTORY
from app.search.query import make_query
from app.storage import claims
from app.storage.engine import Database, migrate
from app.storage.roles import ROLES
from app.storage.versions import current, newest_by
from tests.databases import Databases, Engine
from tests.edits import begun
from tests.factories import article, bundle, claim, load_bundles, opened
from tests.search.test_plans import counted


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


def sixty_edits(url: str) -> None:
    """Prepare a database with a past."""
    migrate(url)
    with opened(url) as database:
        begun(database, Random(7)).run(60)


@pytest.fixture
def edited(databases: Databases, engine_name: Engine) -> Iterator[Database]:
    with databases.create(engine_name, sixty_edits) as url, opened(url) as found:
        yield found


def closed(connection: Connection, table: Any, key: Any) -> dict[str, list[tuple[int, int]]]:
    """The versions between which records stood, in order, by id."""
    found: dict[str, list[tuple[int, int]]] = {}
    rows = select(key, table.c.from_version, table.c.to_version).order_by(key, table.c.from_version)
    for public, since, until in connection.execute(rows):
        found.setdefault(public, []).append((since, until))
    return found


def test_a_claims_records_follow_each_other_without_gap(edited: Database) -> None:
    with edited.read() as connection:
        standing = dict(map(tuple, connection.execute(select(CLAIM.c.public_id, CLAIM.c.version))))
        history = closed(connection, CLAIM_HISTORY, CLAIM_HISTORY.c.claim)
    assert sum(map(len, history.values())) > 50
    for public, spans in history.items():
        ends = [*(since for since, _ in spans[1:]), standing[public]]
        assert [until for _, until in spans] == ends
        assert all(since < until for since, until in spans)


def test_a_figures_records_never_overlap_and_may_have_gaps(edited: Database) -> None:
    with edited.read() as connection:
        standing = dict(map(tuple, connection.execute(select(FIGURE.c.public_id, FIGURE.c.version))))
        history = closed(connection, FIGURE_HISTORY, FIGURE_HISTORY.c.figure)
        newest = current(connection)
    assert set(history) - set(standing), "some figure was emptied"
    for public, spans in history.items():
        starts = [*(since for since, _ in spans[1:]), standing.get(public, newest + 1)]
        assert all(until <= start for (_, until), start in zip(spans, starts, strict=True))
        assert all(since < until for since, until in spans)


def test_a_closed_row_says_what_its_record_says(edited: Database) -> None:
    with edited.read() as connection:
        links: dict[tuple[str, int], dict[str, int]] = {}
        for row in connection.execute(select(CLAIM_HISTORY_ENTITY)):
            links.setdefault((row.claim, row.from_version), {})[row.entity] = row.roles
        rows = connection.execute(select(CLAIM_HISTORY)).all()
        now = {row.public_id: row for row in connection.execute(select(CLAIM))}
    for row in rows:
        record = orjson.loads(row.record)
        concerned = {one["id"]: sum(ROLES[role] for role in one["roles"]) for one in record["entities"]}
        assert links.get((row.claim, row.from_version), {}) == concerned
        assert (row.kind, row.status, row.conflict) == (record["kind"], record["status"], record["conflict"])
        same_day = record["as_of"]["edtf"] == now[row.claim].as_of_edtf
        assert (row.number == now[row.claim].number) is same_day


def test_what_one_transaction_writes_twice_was_never_seen(database: Database) -> None:
    load_bundles(database, bundle(article("a", claim("c"))))
    with database.write() as connection:
        number = connection.execute(select(CLAIM.c.number)).scalar_one()
        before = claims.render(connection, [number])[number]
        for statement in ("First.", "Second."):
            connection.execute(update(CLAIM).values(statement=statement))
            claims.publish(connection, claims.render(connection, [number]), 2)
    with database.read() as connection:
        row = connection.execute(select(CLAIM_HISTORY)).one()
        assert (row.from_version, row.to_version, row.record) == (1, 2, before)
        assert connection.execute(select(CLAIM.c.version, CLAIM.c.statement)).one() == (2, "Second.")


def test_a_time_is_looked_up_along_its_index(database: Database) -> None:
    load_bundles(database, bundle(article("a", claim("c"))))
    with database.read() as connection:
        assert newest_by(connection, parse_date("2030-01-01")) == 1
        with counted(connection.engine) as statements:
            newest_by(connection, parse_date("2024-08-16"))
        if connection.dialect.name == "sqlite":
            explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[0]}", ("2024", 1, 0))
            assert [row[3] for row in explained] == ["SEARCH version USING COVERING INDEX ix_version_at (at<?)"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"known_at": "30"}, 3),
        ({"known_at": "30", "count": "true"}, 5),
        ({"known_at": "30", "event": "incursion", "conflict": "true"}, 4),
        ({"known_at": "30", "entity": "ann"}, 8),
        ({"changed_since": "30"}, 6),
        ({"changed_since": "30", "event": "incursion"}, 7),
    ],
    ids=str,
)
def test_the_past_takes_as_many_statements_whatever_it_holds(
    edited: Database, filters: dict[str, str], count: int
) -> None:
    with edited.read() as connection:
        for limit in ("1", "1000"):
            with counted(connection.engine) as statements:
                assert find.page(connection, CLAIMS, make_query({**filters, "limit": limit}.items(), CLAIMS)).items
            assert len(statements) <= count


def test_one_record_of_the_past_takes_two_statements(edited: Database) -> None:
    with edited.read() as connection:
        public = connection.execute(select(CLAIM.c.public_id).order_by(CLAIM.c.version)).scalars().first()
        assert public is not None
        newest = current(connection)
        with counted(connection.engine) as statements:
            assert then.one(connection, CLAIM_NOUN, public, newest)
        assert len(statements) == 2
