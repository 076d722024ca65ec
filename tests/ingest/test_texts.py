"""What searches look into stays in step with the records, whatever is done to them."""

from collections.abc import Iterator
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import text

from app.ingest.check import problems
from app.ingest.edit import correct, withdraw
from app.ingest.merge import merge, unmerge
from app.search import find, suggest
from app.search.collections import ARTICLES, CLAIMS, ENTITIES, EVENTS, SUGGEST, Collection
from app.search.query import make_query
from app.storage.engine import Database
from tests.edits import begun
from tests.factories import NOW, article, bundle, claim, load_bundles, opened
from tests.search.test_plans import counted


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found
        assert_in_step(found)


def assert_in_step(database: Database) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []
        for noun, number in (("claim", "number"), ("article", "id"), ("event", "number"), ("entity", "id")):
            rows = connection.execute(text(f"SELECT rowid FROM {noun}_text ORDER BY rowid")).scalars().all()
            assert rows == connection.execute(text(f"SELECT {number} FROM {noun} ORDER BY {number}")).scalars().all()


def data(*claims: dict[str, Any], source: str = "The Daily", date: str = "2024-08-14") -> dict[str, Any]:
    given = bundle(article("a", *claims))
    given["sources"][0]["name"] = source
    given["events"][1]["date"] = date
    return given


def found(database: Database, collection: Collection, search: str, **asked: str) -> list[str]:
    """What the items found are called."""
    query = make_query({"q": search, **asked}.items(), collection)
    with database.read() as connection:
        items = map(orjson.loads, find.page(connection, collection, query).items)
        return [item.get("statement") or item.get("title") or item["name"] for item in items]


def claim_id(database: Database) -> str:
    with database.read() as connection:
        record = orjson.loads(find.page(connection, CLAIMS, make_query([], CLAIMS)).items[0])
    return str(record["id"])


def test_a_correction_is_found_and_what_it_replaces_is_not(database: Database) -> None:
    load_bundles(database, data(claim("c", statement="First words.")))
    assert found(database, CLAIMS, "first") == ["First words."]
    correct(database, claim_id(database), {"statement": "Others."}, now=NOW)
    assert found(database, CLAIMS, "first") == []
    assert found(database, CLAIMS, "others") == ["Others."]


def test_what_moves_to_another_date_is_found_there(database: Database) -> None:
    claims = [claim("c", statement="Moved."), claim("d", event="incursion", window="2024-08-20", statement="Stays.")]
    load_bundles(database, data(*claims))
    assert found(database, CLAIMS, "captured", sort="date") == ["Moved.", "Stays."]
    later = data(*claims, date="2024-08-25")
    later["articles"][0]["published"] = "2024-08-26"
    load_bundles(database, later)
    assert found(database, CLAIMS, "captured", sort="date") == ["Stays.", "Moved."]
    assert found(database, EVENTS, "day") == ["The day"]
    assert found(database, ARTICLES, "title", sort="-published") == ["Title of a"]


def test_a_withdrawn_claim_is_found_only_where_it_is_asked_for(database: Database) -> None:
    load_bundles(database, data(claim("c", statement="Gone.")))
    withdraw(database, claim_id(database), "taken back", now=NOW)
    assert found(database, CLAIMS, "gone") == []
    assert found(database, CLAIMS, "gone", sort="relevance") == []
    assert found(database, CLAIMS, "gone", status="withdrawn") == ["Gone."]


def test_a_renamed_source_is_found_by_its_new_name(database: Database) -> None:
    load_bundles(database, data(claim("c")))
    assert found(database, ARTICLES, "daily") == ["Title of a"]
    load_bundles(database, data(claim("c"), source="The Weekly"))
    assert found(database, ARTICLES, "daily") == found(database, CLAIMS, "daily") == []
    assert found(database, ARTICLES, "weekly") == ["Title of a"]
    assert found(database, CLAIMS, "weekly") == ["Ukraine captured soldiers."]


def test_names_follow_a_merging_and_come_back(database: Database) -> None:
    load_bundles(database, data(claim("c", speaker="bob")))
    with database.read() as connection:
        people = map(orjson.loads, find.page(connection, ENTITIES, make_query([], ENTITIES)).items)
        ids = {one["name"]: one["id"] for one in people}
    merge(database, ids["Bob Baker"], ids["Ann Arbor"], by="an editor", why="one person", now=NOW)
    assert found(database, ENTITIES, "baker") == ["Ann Arbor"]
    assert found(database, CLAIMS, "baker") == []
    assert found(database, CLAIMS, "arbor") == ["Ukraine captured soldiers."]
    unmerge(database, ids["Bob Baker"], now=NOW)
    assert found(database, ENTITIES, "baker") == ["Bob Baker"]
    assert found(database, CLAIMS, "baker") == ["Ukraine captured soldiers."]


def test_a_new_title_is_what_is_suggested(database: Database) -> None:
    def suggested(prefix: str) -> list[str]:
        with database.read() as connection:
            items = suggest.page(connection, make_query([("prefix", prefix)], SUGGEST)).items
            return [orjson.loads(item)["name"] for item in items]

    load_bundles(database, data(claim("c")))
    assert suggested("day") == ["The day"]
    again = data(claim("c"))
    again["events"][1]["title"] = "The morning"
    load_bundles(database, again)
    assert suggested("day") == []
    assert suggested("morn") == ["The morning"]


def test_a_load_takes_as_many_statements_however_many_its_claims(database: Database) -> None:
    def taken(number: int, many: int) -> int:
        claims = [claim(f"c{position}", statement=f"Claim {position}.") for position in range(many)]
        with counted(database.engine) as statements:
            load_bundles(database, bundle(article(f"a{number}", *claims), key=f"b{number}"))
        return sum("_text" in statement for statement in statements)

    taken(0, 1)
    assert taken(1, 3) == taken(2, 90)


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_leave_all_in_step(database_url: str, seed: int) -> None:
    with opened(database_url) as database:
        edits = begun(database, Random(seed))
        edits.run(14)
        assert_in_step(database)
