"""Possible copies and common origins, through the real loader: proposed, kept up to date, never merged."""

from collections.abc import Iterator
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import select, text

from app.ingest.check import problems
from app.ingest.edit import correct, withdraw
from app.storage.engine import Database
from app.storage.tables import Claim, Figure
from tests.factories import article, bundle, claim, load_bundles, opened

LATER = "2024-08-17T12:00:00Z"
Json = dict[str, Any]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


def story(key: str, source: str, day: int, *claims: Json) -> Json:
    """A bundle of one article."""
    return bundle(
        article(key, *claims, source=source, published=f"2024-08-{day}"),
        key=key,
        sources=[{"key": name, "name": f"The {name}"} for name in ("daily", "wire", "sun", "post")],
    )


FIRST = story("first", "wire", 15, claim("c", "102 soldiers", speaker={"unnamed": "officials"}))
COPY = story("copy", "daily", 16, claim("c", "102 soldiers"))
LATE = story("late", "sun", 17, claim("c", "102 soldiers"))
ROUND = story("round", "post", 18, claim("c", "100 soldiers"))
CREDITED = story("credited", "post", 19, claim("c", "102 soldiers", speaker="ann"))
STORIES = [FIRST, COPY, LATE, ROUND, CREDITED]


def records(database: Database) -> dict[str, Json]:
    """Claims as published, by article."""
    with database.read() as connection:
        found = [orjson.loads(record) for record in connection.execute(select(Claim.record)).scalars()]
    return {one["article"]["title"].removeprefix("Title of "): one for one in found}


def copied(database: Database) -> dict[str, str]:
    """Which article may have copied which."""
    found = records(database)
    titles = {one["id"]: title for title, one in found.items()}
    return {title: titles[one["possible_copy_of"]] for title, one in found.items() if one["possible_copy_of"]}


def figures(database: Database) -> list[Json]:
    with database.read() as connection:
        return [orjson.loads(record) for record in connection.execute(select(Figure.record)).scalars()]


def assert_sound(database: Database) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []


def test_copies_are_proposed_and_never_merged(database: Database) -> None:
    load_bundles(database, *STORIES)
    assert copied(database) == {"copy": "first", "late": "first"}
    (figure,) = figures(database)
    assert (figure["n_claims"], figure["n_origins"]) == (5, 5)
    assert records(database)["copy"]["origin"]["label"] == "The daily"
    assert_sound(database)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_loading_makes_no_difference(database: Database, seed: int) -> None:
    shuffled = Random(seed).sample(STORIES, len(STORIES))
    for one in shuffled:
        load_bundles(database, one)
    assert copied(database) == {"copy": "first", "late": "first"}
    assert_sound(database)


def test_what_is_withdrawn_was_not_copied(database: Database) -> None:
    load_bundles(database, *STORIES)
    withdraw(database, records(database)["first"]["id"], "an error", now=LATER)
    assert copied(database) == {"late": "copy"}
    withdraw(database, records(database)["copy"]["id"], "an error", now=LATER)
    assert copied(database) == {}
    assert records(database)["copy"]["possible_copy_of"] is None
    assert_sound(database)


def test_a_correction_makes_and_unmakes_copies(database: Database) -> None:
    load_bundles(database, *STORIES)
    correct(database, records(database)["first"]["id"], {"text": "103 soldiers"}, now=LATER)
    assert copied(database) == {"late": "copy"}
    correct(database, records(database)["late"]["id"], {"text": "103 soldiers"}, now=LATER)
    assert copied(database) == {"late": "first"}
    correct(database, records(database)["late"]["id"], {"speaker": "bob"}, now=LATER)
    assert copied(database) == {}
    assert_sound(database)


def test_a_changed_bundle_makes_and_unmakes_copies(database: Database) -> None:
    load_bundles(database, *STORIES)
    load_bundles(database, story("first", "wire", 20, *FIRST["articles"][0]["claims"]), now=LATER)
    assert copied(database) == {"late": "copy"}
    load_bundles(database, FIRST, now=LATER)
    assert copied(database) == {"copy": "first", "late": "first"}
    assert_sound(database)


def test_other_frames_are_no_concern(database: Database) -> None:
    other = story("copy", "daily", 16, claim("c", "102 soldiers", event="incursion", window="2024-08-14"))
    load_bundles(database, FIRST, other)
    assert copied(database) == {}


def test_the_check_finds_a_wrong_copy(database: Database) -> None:
    load_bundles(database, *STORIES)
    with database.write() as connection:
        connection.execute(text("UPDATE claim SET possible_copy_of = NULL WHERE possible_copy_of IS NOT NULL"))
    with database.read() as connection:
        assert any("possible_copy_of" in problem for problem in problems(connection))


RELAYED: dict[str, Json] = {
    "an agency": {"via": [{"source": "wire"}]},
    "a post on Telegram": {
        "speaker": {"unnamed": "an SBU official"},
        "via": [{"source": "wire", "medium": "Telegram"}],
    },
    "a speaker": {"speaker": "ann", "via": [{"source": "wire"}]},
}


@pytest.mark.parametrize("relayed", RELAYED.values(), ids=[*RELAYED])
def test_ten_articles_that_relay_one_are_one_origin(database: Database, relayed: Json) -> None:
    outlets = [{"key": "wire", "name": "The Wire", "kind": "agency"}]
    outlets += [{"key": f"outlet-{number}", "name": f"Outlet {number}"} for number in range(10)]
    articles = [article(f"a{number}", claim("c", "102", **relayed), source=f"outlet-{number}") for number in range(10)]
    load_bundles(database, bundle(*articles, sources=outlets))
    (figure,) = figures(database)
    assert (figure["n_claims"], figure["n_origins"], figure["status"]) == (10, 1, "single_origin")
    assert [band["n_origins"] for band in figure["agreement"]] == [1]
    assert len({one["origin"]["id"] for one in records(database).values()}) == 1
    assert copied(database) == {}
    eleventh = article("eleven", claim("c", "102", speaker="bob"), source="outlet-9")
    load_bundles(database, bundle(eleventh, key="more", sources=outlets))
    (figure,) = figures(database)
    assert (figure["n_claims"], figure["n_origins"], figure["status"]) == (11, 2, "agreed")
    assert_sound(database)
