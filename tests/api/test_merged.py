"""Merged entities: the old id leads on, nothing lists them, and unmerging restores all."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.ingest.merge import merge, unmerge
from app.storage.engine import Database
from tests.api.client import Client, serving
from tests.api.test_bad_input import refused
from tests.factories import NOW, article, bundle, claim, load_bundles, opened


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        claims = [claim("by-ann", "102", speaker="ann"), claim("by-anna", "2,000", speaker="anna")]
        data = bundle(article("a", *claims))
        data["entities"].append({"key": "anna", "kind": "person", "name": "Anna Arbour"})
        data["events"][1]["participants"].append({"entity": "anna", "role": "witness"})
        load_bundles(found, data)
        yield found


@pytest.fixture
def client(database: Database, database_url: str) -> Iterator[Client]:
    with serving(database_url) as found:
        yield found


def ids(client: Client) -> tuple[str, str]:
    """Of Anna, who is merged, and of Ann."""
    found = {entity["name"]: entity["id"] for entity in client.get("/entities").json["items"]}
    return found["Anna Arbour"], found["Ann Arbor"]


ASKED = [
    "/entities",
    "/entities?kind=person&count=true",
    "/entities?name=Anna",
    "/entities/anna",
    "/entities/ann/timeline",
    "/claims?entity=anna",
    "/claims?entity=Arbour",
    "/claims?speaker=Ann Arbor",
    "/claims?entity=Anna Arbur",
]


def answers(client: Client) -> list[Any]:
    old, new = ids(client)
    asked = [*ASKED, *(f"{path}{one}" for path in ("/entities/", "/claims?entity=") for one in (old, new))]
    return [client.get(target.replace(" ", "%20")).json for target in asked]


def test_the_old_address_leads_to_the_new_one(client: Client, database: Database) -> None:
    old, new = ids(client)
    merge(database, old, new, by="an editor", why="one person", now=NOW)
    answer = client.get(f"/entities/{old}")
    assert (answer.status, answer.headers["location"], answer.body) == (308, f"http://test/entities/{new}", b"")
    answer = client.get(f"/entities/{old}/timeline?sort=-date&limit=1&_=%C3%A9")
    where = f"http://test/entities/{new}/timeline?sort=-date&limit=1&_=%C3%A9"
    assert (answer.status, answer.headers["location"]) == (308, where)
    assert client.ask("HEAD", f"/entities/{old}").status == 308
    assert client.get(f"/entities/{new}").status == 200
    assert client.get("/entities/anna").json["id"] == new


def test_nothing_lists_a_merged_entity(client: Client, database: Database) -> None:
    old, new = ids(client)
    merge(database, old, new, by="an editor", why="one person", now=NOW)
    listed = client.get("/entities?count=true").json
    assert old not in [entity["id"] for entity in listed["items"]]
    assert listed["total"] == len(listed["items"]) == 5
    suggested = client.get("/claims?entity=Anna%20Arbo").json
    assert suggested["items"] == []
    assert [one["id"] for one in suggested["suggestions"]] == [new]


@pytest.mark.parametrize("text", ["{old}", "anna", "Anna Arbour", "arbour", "{new}", "ann", "Ann Arbor"])
def test_what_was_merged_is_found_by_all_that_it_was_called(client: Client, database: Database, text: str) -> None:
    old, new = ids(client)
    merge(database, old, new, by="an editor", why="one person", now=NOW)
    wanted = text.format(old=old, new=new).replace(" ", "%20")
    for parameter, count in (("entity", 2), ("speaker", 2)):
        page = client.get(f"/claims?{parameter}={wanted}").json
        assert [one["id"] for one in page["resolved"]] == [new]
        assert len(page["items"]) == count
    assert client.get(f"/entities?name={wanted}").json["items"] == [client.get(f"/entities/{new}").json]
    assert len(client.get(f"/events?entity={wanted}").json["items"]) == 1


def test_unmerging_restores_all(client: Client, database: Database) -> None:
    old, new = ids(client)
    before = answers(client)
    merge(database, old, new, by="an editor", why="one person", now=NOW)
    unmerge(database, old, now=NOW)
    assert answers(client) == before
    merge(database, new, old, by="an editor", why="the other way", now=NOW)
    assert client.get(f"/entities/{new}").headers["location"] == f"http://test/entities/{old}"
    unmerge(database, new, now=NOW)
    assert answers(client) == before


def test_what_never_was_is_not_found(client: Client) -> None:
    refused(client.get("/entities/ent_aaaaaaaaaaaaaaaa"), 404, "not-found")
    refused(client.get("/entities/ent_aaaaaaaaaaaaaaaa/timeline"), 404, "not-found")


def test_an_origin_is_called_by_who_it_was_then(client: Client, database: Database) -> None:
    asked = [f"/claims?origin={name}&known_at=1" for name in ("anna", "ann", "Anna%20Arbour")]
    before = [client.get(target).json["items"] for target in asked]
    assert [[claim["speaker"]["name"] for claim in items] for items in before] == [
        ["Anna Arbour"],
        ["Ann Arbor"],
        ["Anna Arbour"],
    ]
    old, new = ids(client)
    merge(database, old, new, by="an editor", why="one person", now=NOW)
    assert [client.get(target).json["items"] for target in asked] == before
