"""How lists are found: by walking one index, with a number of statements that does not grow with the page."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Select, event

from app.search import conflicts, facets, find, suggest, timelines
from app.search.collections import CLAIMS, COLLECTIONS, CONFLICTS, SUGGEST, TIMELINE, Collection
from app.search.compile import walk
from app.search.filter import Part
from app.search.nouns import CLAIM, CLAIM_NOUN
from app.search.query import Query, make_query
from app.search.references import resolve
from app.storage.engine import Database
from tests.databases import Engine as EngineName


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement not in {"BEGIN", "COMMIT", "ROLLBACK"}:
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan(connection: Connection, filters: dict[str, str]) -> list[str]:
    """How SQLite finds a page of claims."""
    query = make_query(filters.items(), CLAIMS)
    values = resolve(connection, query.values, CLAIMS.filters).values
    statement = walk(Part.CLAIMS, CLAIM, CLAIM_NOUN.number, values).rows(CLAIM.c.record, query)
    return explained(connection, statement)


def explained(connection: Connection, statement: Select[Any]) -> list[str]:
    """How SQLite goes about a statement."""
    compiled = statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")]


@pytest.fixture
def sqlite_connection(generated_database: Callable[[EngineName], Database]) -> Iterator[Connection]:
    with generated_database("sqlite").read() as connection:
        yield connection


@pytest.mark.parametrize("more", [{}, {"sort": "date"}, {"kind": "number"}, {"cursor": "after"}], ids=str)
@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ({"entity": "rene-oneil"}, "claim_entity USING PRIMARY KEY (entity_id=?"),
        ({"entity": "rene-oneil", "role": "speaker"}, "claim_entity USING PRIMARY KEY (entity_id=?"),
        ({"event": "incursion"}, "claim_event USING PRIMARY KEY (event_id=?"),
    ],
)
def test_claims_of_an_entity_or_event_are_one_walk(
    sqlite_connection: Connection, filters: dict[str, str], index: str, more: dict[str, str]
) -> None:
    if "cursor" in more:
        found = find.page(sqlite_connection, CLAIMS, make_query([*filters.items(), ("limit", "1")], CLAIMS))
        more = {"cursor": found.next or ""}
    steps = plan(sqlite_connection, filters | more)
    assert len(steps) == 2
    assert index in steps[0]
    assert "claim USING INTEGER PRIMARY KEY (rowid=?)" in steps[1]


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"source": "daily"},
        {"article": "a1"},
        {"speaker": "rene-oneil"},
        {"measure": "captured"},
        {"conflict": "true"},
        {"possible_copy": "true"},
        {"status": "conflict"},
        {"sort": "-published"},
        {"sort": "published", "published__gte": "2024-08-15"},
        {"sort": "-recorded"},
    ],
    ids=str,
)
def test_claims_are_found_in_order(sqlite_connection: Connection, filters: dict[str, str]) -> None:
    steps = plan(sqlite_connection, filters)
    assert not any("TEMP B-TREE" in step for step in steps)
    assert len(steps) == 1


@pytest.mark.parametrize("limit", ["1", "100"])
@pytest.mark.parametrize("collection", [one for one in COLLECTIONS if one.noun], ids=lambda collection: collection.name)
def test_a_list_takes_one_statement(connection: Connection, collection: Collection, limit: str) -> None:
    with counted(connection.engine) as statements:
        find.page(connection, collection, make_query([("limit", limit)], collection))
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"entity": "rene-oneil"}, 2),
        ({"entity": "Petrenko"}, 3),
        ({"entity": "Petrenko", "source": "daily", "event": "incursion", "count": "true"}, 6),
        # By name, by words, by sound, and what was found; where nothing was, what is spelled like it, twice.
        ({"entity": "Petrenco"}, 5),
        ({"entity": "nobody knows whom"}, 5),
    ],
    ids=str,
)
def test_every_reference_takes_a_few_statements(connection: Connection, filters: dict[str, str], count: int) -> None:
    with counted(connection.engine) as statements:
        find.page(connection, CLAIMS, make_query(filters.items(), CLAIMS))
    assert len(statements) == count


def test_one_record_takes_one_statement(connection: Connection) -> None:
    with counted(connection.engine) as statements:
        find.one(connection, CLAIM_NOUN, "clm_aaaaaaaaaaaaaaaa")
        find.one(connection, CLAIM_NOUN, "nothing")
    assert len(statements) == 1


@pytest.mark.parametrize("limit", ["1", "100"])
def test_a_timeline_takes_two_statements(connection: Connection, limit: str) -> None:
    with counted(connection.engine) as statements:
        timelines.page(connection, timelines.OF_EVENT, "war", make_query([("limit", limit)], TIMELINE))
    assert len(statements) == 2


def test_conflicts_take_as_many_statements_however_many_they_are(connection: Connection) -> None:
    def taken(query: Query) -> int:
        with counted(connection.engine) as statements:
            assert conflicts.page(connection, query).items
        return len(statements)

    few, many = (taken(make_query([("limit", limit)], CONFLICTS)) for limit in ("5", "100"))
    assert few <= many <= 20


def steps_of(connection: Connection, read: Callable[[], object]) -> int:
    """How many steps SQLite takes meanwhile: its work, whatever else the machine does."""
    raw: Any = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    taken: list[None] = []
    raw.set_progress_handler(lambda: taken.append(None), 1)
    try:
        read()
    finally:
        raw.set_progress_handler(None, 1)
    return len(taken)


@pytest.mark.parametrize("filters", [{}, {"entity": "rene-oneil"}, {"event": "incursion"}, {"q": "prisoners"}], ids=str)
def test_the_work_for_a_page_is_its_length(sqlite_connection: Connection, filters: dict[str, str]) -> None:
    def taken(limit: int) -> int:
        query = make_query([*filters.items(), ("highlight", "false"), ("limit", str(limit))], CLAIMS)
        return steps_of(sqlite_connection, lambda: find.page(sqlite_connection, CLAIMS, query, joined=True))

    short, long = taken(5), taken(25)
    assert 20 <= long - short <= 20 * 40  # steps for each of twenty claims more
    assert short <= 600  # whatever a page takes besides


def test_names_that_begin_so_are_found_from_their_words(sqlite_connection: Connection) -> None:
    query = make_query([("prefix", "pet"), ("type", "entity")], SUGGEST)
    with counted(sqlite_connection.engine) as statements:
        suggest.page(sqlite_connection, query)
    (statement,) = statements
    bound = [None] * statement.count("?")
    steps = [row[3] for row in sqlite_connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(bound))]
    searches = [step for step in steps if step.startswith(("SEARCH", "SCAN entity"))]
    assert [step.split(" (")[0] for step in searches] == [
        "SEARCH entity_word USING PRIMARY KEY",
        "SEARCH entity USING INTEGER PRIMARY KEY",
    ]


@pytest.mark.parametrize("filters", [{}, {"entity": "rene-oneil"}, {"event": "incursion"}, {"kind": "flow"}], ids=str)
@pytest.mark.parametrize("facet", CLAIMS.facets)
def test_to_count_claims_no_record_is_read(sqlite_connection: Connection, filters: dict[str, str], facet: str) -> None:
    query = make_query(filters.items(), CLAIMS)
    values = resolve(sqlite_connection, query.values, CLAIMS.filters).values
    walked = walk(Part.CLAIMS, CLAIM, CLAIM_NOUN.number, values)
    for statement in (walked.count(), facets.statement(facet, Part.CLAIMS, CLAIM_NOUN, values)):
        steps = [step for step in explained(sqlite_connection, statement) if " claim " in step]
        assert steps
        assert all("COVERING INDEX ix_claim_counted" in step for step in steps)


@pytest.mark.parametrize(
    "filters", [{"kind": "statement"}, {"qualifier__not": "exact"}, {"as_of__gte": "2030"}], ids=str
)
@pytest.mark.parametrize("sort", ["-date", "date"])
def test_what_no_index_leads_to_is_found_before_it_is_read(
    sqlite_connection: Connection, filters: dict[str, str], sort: str
) -> None:
    steps = plan(sqlite_connection, {**filters, "sort": sort})
    assert [step for step in steps if " claim " in step] == [
        "SEARCH claim USING INTEGER PRIMARY KEY (rowid=?)",
        "SCAN claim USING COVERING INDEX ix_claim_counted",
    ]


def test_withdrawn_claims_are_found_by_themselves(sqlite_connection: Connection) -> None:
    assert plan(sqlite_connection, {"status": "withdrawn"}) == ["SCAN claim USING INDEX ix_claim_withdrawn"]


@pytest.mark.parametrize(
    "filters", [{"entity": "rene-oneil"}, {"q": "prisoners"}, {"status": "conflict"}, {"kind": "flow"}], ids=str
)
@pytest.mark.parametrize("sort", ["-published", "published", "value", "-value"])
def test_claims_are_sorted_before_they_are_read(
    sqlite_connection: Connection, filters: dict[str, str], sort: str
) -> None:
    steps = [step for step in plan(sqlite_connection, {**filters, "sort": sort}) if " claim " in step]
    assert steps[0] == "SEARCH claim USING INTEGER PRIMARY KEY (rowid=?)"
    assert "COVERING INDEX ix_claim_counted" in steps[1]
    assert len(steps) == 2
