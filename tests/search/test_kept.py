"""What is kept of one state of a database is given until that state is over, and never more than may be kept."""

from collections.abc import Iterator, Sequence

import pytest

from app.search import conflicts
from app.search.collections import CONFLICTS
from app.search.kept import Kept
from app.search.query import make_query
from app.storage.engine import Database
from tests.factories import article, bundle, claim, load_bundles, opened
from tests.search.test_plans import counted


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        load_bundles(found, quarrel(0))
        yield found


def quarrel(number: int) -> dict[str, object]:
    """Two numbers of one event that cannot both be true."""
    claims = [claim(f"c{place}", text, event="day", speaker=None) for place, text in enumerate(("100", "2,000"))]
    return bundle(article(f"a{number}", *claims[:1]), article(f"b{number}", *claims[1:]), key=f"quarrel-{number}")


def test_what_was_made_is_made_again_only_after_a_write(database: Database) -> None:
    asked: list[int] = []

    def make(keys: Sequence[int]) -> dict[int, int]:
        asked.extend(keys)
        return {key: key * key for key in keys}

    kept = Kept[int, int](most=3)
    with database.read() as connection:
        assert kept.made(connection, [1, 2], make) == {1: 1, 2: 4}
        assert kept.made(connection, [2, 3], make) == {2: 4, 3: 9}
        assert asked == [1, 2, 3]
        assert kept.made(connection, [4], make) == {4: 16}
        assert kept.made(connection, [1], make) == {1: 1}
        assert asked == [1, 2, 3, 4, 1]
    load_bundles(database, quarrel(1))
    with database.read() as connection:
        assert kept.made(connection, [4], make) == {4: 16}
    assert asked == [1, 2, 3, 4, 1, 4]


def test_conflicts_asked_for_again_are_the_same_and_take_less(database: Database) -> None:
    query = make_query([], CONFLICTS)
    with database.read() as connection:
        with counted(connection.engine) as first:
            found = conflicts.page(connection, query)
        with counted(connection.engine) as second:
            assert conflicts.page(connection, query) == found
    assert len(found.items) == 1
    assert len(second) < len(first)
    load_bundles(database, quarrel(1))
    with database.read() as connection:
        assert '"n_claims":4' in conflicts.page(connection, query).items[0]
