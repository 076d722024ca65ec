"""The check finds whatever is not as it should be."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.ingest.check import problems, size
from app.storage.engine import Database
from tests.factories import article, bundle, claim, load_bundles, opened, statement


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        numbers = [claim("c", "102", speaker="ann"), claim("d", "2,000", speaker="bob")]
        words = [statement("yes", speaker="ann"), statement("no", speaker="bob", disputes=["yes"])]
        load_bundles(found, bundle(article("a", *numbers, *words)))
        yield found


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE claim SET record = '{}' WHERE key = 'c'",
        "UPDATE entity SET record = '{}' WHERE key = 'ann'",
        "UPDATE figure SET record = '{}'",
        "UPDATE claim SET conflict = FALSE WHERE key = 'd'",
        "UPDATE claim SET n_conflicts = 2 WHERE key = 'yes'",
        "UPDATE claim SET high = '103' WHERE key = 'c'",
        "UPDATE claim SET value_to = 7 WHERE key = 'c'",
        "UPDATE figure SET rank = 1",
        "UPDATE figure SET severity = 9",
        "DELETE FROM claim_dispute",
        "DELETE FROM claim_entity WHERE roles = 1",
        "DELETE FROM claim_event",
        "UPDATE event SET title = 'Another' WHERE key = 'day'",
        "UPDATE state SET recomputed_to = 0",
        "UPDATE claim_text SET words = 'else'",
        "DELETE FROM entity_text",
        "UPDATE event_text SET words = words || ' else'",
        "DELETE FROM event_word WHERE word = 'day'",
    ],
)
def test_the_check_finds_tampering(database: Database, tampering: str) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []
    with database.write() as connection:
        assert connection.execute(text(tampering)).rowcount
    with database.read() as connection:
        assert list(problems(connection))


def test_the_check_tells_how_far_it_is(database: Database) -> None:
    counts: list[int] = []
    with database.read() as connection:
        list(problems(connection, done=counts.append))
        assert sum(counts) == size(connection)
