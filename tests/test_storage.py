"""How the database is read and what it keeps, beneath all that is asked of it."""

from collections.abc import Iterator

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, make_url, select, text

from app.storage import engine
from app.storage.engine import Database, LooksLong, migrate
from app.storage.packed import Packed
from app.storage.tables import ClaimHistory
from tests.api.client import serving
from tests.databases import Databases
from tests.factories import article, bundle, claim, load_bundles, opened
from tests.generated import generated

PACKED = Packed()
SQLITE, POSTGRES = (make_url(f"{name}://").get_dialect()() for name in ("sqlite", "postgresql+psycopg"))
COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT max(i) FROM n"


def counted(connection: Connection, most: int) -> int:
    found: int = connection.execute(text(COUNTING.format(most=most))).scalar_one()
    return found


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    with databases.create("sqlite", generated) as created:
        yield created


def test_what_takes_long_is_given_up_while_others_wait(url: str) -> None:
    database = Database(url)
    with pytest.raises(LooksLong):
        database.read_inline(lambda connection: counted(connection, 10**9))
    assert database.read_inline(lambda connection: counted(connection, 10)) == 10
    database.close()


def test_what_was_given_up_is_answered_all_the_same(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    targets = ["/claims?limit=1000", "/claims?q=prisoners&limit=100", "/events?limit=1000"]
    with serving(url) as client:
        at_once = [client.get(target).body for target in targets]
        given_up = []
        read_inline = Database.read_inline

        def noted(self: Database, function: object) -> object:
            try:
                return read_inline(self, function)  # type: ignore[arg-type]
            except LooksLong:
                given_up.append(function)
                raise

        monkeypatch.setattr(engine, "MOMENT_SECONDS", -1)
        monkeypatch.setattr(Database, "read_inline", noted)
        assert [client.get(target).body for target in targets] == at_once
        assert given_up


@given(st.text() | st.text('{"id":"clm_","kind":null,') | st.none())
def test_what_is_packed_is_read_as_it_was(content: str | None) -> None:
    kept = PACKED.process_bind_param(content, SQLITE)
    assert PACKED.process_result_value(kept, SQLITE) == content
    assert PACKED.process_result_value(content, SQLITE) == content
    assert PACKED.process_bind_param(content, POSTGRES) == content


def test_what_a_record_was_is_stored_packed(databases: Databases) -> None:
    with databases.create("sqlite", lambda _: None) as created:
        migrate(created)
        with opened(created) as database:
            for number in ("100", "200"):
                load_bundles(database, bundle(article("a", claim("c", number))))
            with database.read() as connection:
                types = connection.execute(text("SELECT typeof(record), record FROM claim_history")).all()
                records = connection.execute(select(ClaimHistory.record)).scalars().all()
    assert [type_ for type_, _ in types] == ["blob"] * len(records) != []
    assert [orjson.loads(record)["value"]["number"] for record in records] == [100]
    assert all(len(packed) < len(record) / 2 for (_, packed), record in zip(types, records, strict=True))


def test_what_a_later_version_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="later version"):
        PACKED.process_result_value(b"\x02{}", SQLITE)
