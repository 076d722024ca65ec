"""Merging two entities, and unmerging them again, on both engines."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.ingest.check import problems
from app.ingest.merge import CannotMerge, merge, unmerge
from app.ingest.remarks import UnusableRemark
from app.storage import tables
from app.storage.engine import Database
from tests.factories import NOW, article, bundle, claim, load_bundles, opened


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        data = bundle(
            article(
                "a",
                claim("by-ann", "102", speaker="ann", dimensions={"by": "army"}),
                claim("by-anna", "2,000", speaker="anna", dimensions={"by": "army"}),
                claim("about-anna", "40", dimensions={"side": "anna"}),
            )
        )
        data["entities"].append({"key": "anna", "kind": "person", "name": "Anna Arbour"})
        data["events"][1]["participants"].append({"entity": "anna", "role": "witness"})
        load_bundles(found, data)
        yield found


def claims(database: Database) -> dict[str, dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(select(tables.Claim.key, tables.Claim.record))
        return {key: json.loads(record) for key, record in rows}


def identifier(database: Database, key: str) -> str:
    with database.read() as connection:
        return connection.execute(select(tables.Entity.public_id).where(tables.Entity.key == key)).scalar_one()


def merge_anna(database: Database) -> None:
    old, into = identifier(database, "anna"), identifier(database, "ann")
    merge(database, old, into, by="an editor", why="one person", now=NOW)


def wrong(database: Database) -> list[str]:
    with database.read() as connection:
        return list(problems(connection))


def test_a_merged_entity_is_the_other_one_everywhere(database: Database) -> None:
    assert claims(database)["by-ann"]["conflict"] is True
    merge_anna(database)
    found = claims(database)
    assert found["by-anna"]["speaker"]["name"] == "Ann Arbor"
    assert found["about-anna"]["dimensions"]["side"]["id"] == identifier(database, "ann")
    assert [(e["name"], e["roles"]) for e in found["by-ann"]["entities"]] == [
        ("Ann Arbor", ["speaker", "participant"]),
        ("The Army", ["subject"]),
        ("Bob Baker", ["participant"]),
    ]
    assert found["by-anna"]["origin"]["id"] == found["by-ann"]["origin"]["id"]
    assert found["by-anna"]["revision"] == 1
    assert wrong(database) == []


def test_unmerging_gives_everything_back(database: Database) -> None:
    before = claims(database)
    merge_anna(database)
    unmerge(database, identifier(database, "anna"), now=NOW)
    assert claims(database) == before
    assert wrong(database) == []


def test_a_bundle_that_knows_only_the_old_key_still_loads(database: Database) -> None:
    merge_anna(database)
    other = bundle(article("b", claim("c", speaker="anna")), key="other")
    other["entities"].append({"key": "anna", "kind": "person", "name": "Anna Arbour"})
    load_bundles(database, {**other, "events": []})
    assert claims(database)["c"]["speaker"]["name"] == "Ann Arbor"
    assert wrong(database) == []


def test_what_cannot_be_merged_says_why(database: Database) -> None:
    ann, anna, army = (identifier(database, key) for key in ("ann", "anna", "army"))
    daily, wire = identifier(database, "daily"), identifier(database, "wire")
    reasons = {
        (ann, ann): "itself",
        (ann, army): "is a person",
        (daily, wire): "both publish",
        (ann, "ent_x"): "no entity",
        (ann, "ent_\0"): "no entity",
    }
    for (old, into), reason in reasons.items():
        with pytest.raises(CannotMerge, match=reason):
            merge(database, old, into, by="an editor", why="why", now=NOW)
    for said, says in (({"why": ""}, "`why` is empty"), ({"by": "\0"}, "`by`: the character")):
        with pytest.raises(UnusableRemark, match=says):
            merge(database, anna, ann, **({"by": "an editor", "why": "why"} | said), now=NOW)
    with pytest.raises(CannotMerge, match="not merged"):
        unmerge(database, anna, now=NOW)
    merge_anna(database)
    with pytest.raises(CannotMerge, match="already"):
        merge_anna(database)


def test_a_bundle_may_repeat_the_definition_of_an_event_of_merged_entities(database: Database) -> None:
    def again(key: str) -> None:
        data = bundle(article(key, claim("c", "50")), key=key)
        data["entities"].append({"key": "anna", "kind": "person", "name": "Anna Arbour"})
        data["events"][1]["participants"].append({"entity": "anna", "role": "witness"})
        data["events"][0]["place"] = "capital"
        data["entities"] += [{"key": key, "kind": "place", "name": key.title()} for key in ("capital", "city")]
        load_bundles(database, data)

    again("bundle")
    for old, into in (("anna", "ann"), ("capital", "city")):
        merge(database, identifier(database, old), identifier(database, into), by="Ed", why="one", now=NOW)
    again("merged")
    for old in ("anna", "capital"):
        unmerge(database, identifier(database, old), now=NOW)
    again("parted")
    with database.read() as connection:
        assert list(problems(connection)) == []
