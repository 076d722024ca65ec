"""Conflicts as another policy would have them: what a database recomputed by that policy answers."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.policy import DEFAULT_POLICY
from app.ingest.recompute import recompute
from app.search import supposed
from tests.api.client import Client, serving
from tests.api.conftest import Serve
from tests.api.test_bad_input import refused
from tests.api.test_lists import walk
from tests.databases import Databases, Engine
from tests.factories import NOW, article, bundle, claim, load_bundles, opened, statement
from tests.generated import generated

NOOP = "about_width:0.1"
SCOPES = (
    "event=war",
    "event=incursion",
    "event=day",
    "entity=Petrenko",
    "entity=kursk&kind=stock",
    "event=war&status=tension",
)
OTHER = (
    {
        "about_width": "0.5",
        "about_grain_cap": "0.5",
        "open_end_share": "10",
        "open_end_count": "1000",
        "drift_per_day": "10",
        "drift_days": "30",
        "tension_ratio": "100",
        "rounding_width": "0.25",
    },
    {
        "about_width": "0",
        "about_grain_cap": "0",
        "rounding_width": "0",
        "magnitude_slack": "0",
        "tension_ratio": "1",
        "growth_per_day": "1",
        "growth_cap": "1",
        "growth_floor": "0",
        "drift_days": "0",
    },
)


def text_of(changes: dict[str, str]) -> str:
    return ",".join(f"{name}:{number}" for name, number in changes.items())


@pytest.mark.parametrize("scope", SCOPES)
def test_the_same_widths_give_the_same_but_for_the_label(client: Client, scope: str) -> None:
    for limit in (3, 100):  # each page compares the whole scope anew
        plain = walk(client, f"/conflicts?{scope}&limit={limit}")
        for item in plain:
            for pair in item["relations"]:
                pair["policy"] = "custom-1"
        assert walk(client, f"/conflicts?{scope}&limit={limit}&policy={NOOP}") == plain


@pytest.mark.parametrize("changes", OTHER, ids=["wide", "narrow"])
def test_it_is_what_recomputing_would_give(
    serve: Serve, databases: Databases, engine_name: Engine, changes: dict[str, str]
) -> None:
    client = serve(engine_name, generated)
    with databases.create(engine_name, generated) as url:
        with opened(url) as database:
            recompute(database, DEFAULT_POLICY.custom(changes), now=lambda: NOW)
        with serving(url) as recomputed:
            expected = {scope: recomputed.get(f"/conflicts?{scope}&limit=100").body for scope in SCOPES}
    for scope in SCOPES:
        found = client.get(f"/conflicts?{scope}&limit=100&policy={text_of(changes)}")
        assert items(found.body) == items(expected[scope])
    stored = client.get(f"/conflicts?{SCOPES[0]}&limit=100")
    assert items(expected[SCOPES[0]]) != items(stored.body) != b'{"items":['


def items(body: bytes) -> bytes:
    """The bytes of the items: numbers with all their digits."""
    return body.partition(b'],"next":')[0]


@pytest.fixture
def story(database_url: str) -> Iterator[Client]:
    """About 121 against 180; 300 against 330, elsewhere; and a declared dispute."""
    claims = [
        claim("about", "about 121", speaker="ann"),
        claim("high", "180", speaker="bob"),
        claim("low", "about 300", event="incursion", window="2024-08-07", speaker="ann"),
        claim("top", "330", event="incursion", window="2024-08-07", speaker="bob"),
        statement("open"),
        statement("shut", speaker="ann", disputes=["open"]),
    ]
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", *claims)))
    with serving(database_url) as client:
        yield client


def numbers(client: Client, policy: str) -> list[dict[str, Any]]:
    return walk(client, f"/conflicts?event=incursion&kind=number&policy={policy}")


def test_a_wider_about_makes_a_conflict_vanish(story: Client) -> None:
    assert len(numbers(story, NOOP)) == 1
    assert numbers(story, "about_width:0.5") == []
    assert story.get("/conflicts?kind=number").json["items"] != []


def test_a_narrower_about_makes_one_appear(story: Client) -> None:
    found = numbers(story, "about_width:0.01,about_grain_cap:0.01,rounding_width:0")
    assert [item["ratio"] for item in found] == [1.475, 1.089]
    assert found[1]["figure"]["status"] == "conflict"
    about = next(one for one in found[1]["claims"] if one["value"]["text"] == "about 300")
    assert (about["value"]["low"], about["value"]["high"], about["status"]) == (297, 303, "conflict")
    assert (about["conflict"], about["n_conflicts"], len(about["conflicts_with"])) == (True, 1, 1)
    (pair,) = found[1]["relations"]
    assert (pair["relation"], pair["policy"]) == ("conflict", "custom-1")
    assert "“about 300” (297–303)" in pair["sentence"]
    assert len(walk(story, "/conflicts?event=incursion&kind=number")) == 1


def test_declared_disputes_stay(story: Client) -> None:
    kinds = [item["kind"] for item in walk(story, f"/conflicts?event=incursion&limit=1&policy={NOOP}")]
    assert kinds == ["number", "statement"]


def test_a_part_above_its_whole_outside_is_read_anew_too(database_url: str) -> None:
    whole = claim("whole", "about 100", event="incursion", kind="cumulative", window="2024-08-06/..")
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", whole, claim("part", "140", speaker="ann"))))
    with serving(database_url) as client:
        (item,) = walk(client, "/conflicts?event=day&policy=about_grain_cap:0.3")
        assert {one["value"]["text"]: one["value"]["high"] for one in item["claims"]} == {"140": 140, "about 100": 130}
        assert {one["n_conflicts"] for one in item["claims"]} == {1}
        assert walk(client, "/conflicts?event=day&policy=about_grain_cap:0.5") == []


def test_a_policy_needs_an_event_or_an_entity(client: Client) -> None:
    problem = refused(client.get(f"/conflicts?policy={NOOP}"), 422, "invalid-parameter")
    assert problem["parameter"] == "policy"
    assert "give `event` or `entity` too" in problem["detail"]


def test_too_many_claims_are_refused_with_the_cap(story: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supposed, "MOST_COMPARED", 3)
    problem = refused(story.get(f"/conflicts?event=incursion&policy={NOOP}"), 422, "invalid-parameter")
    assert problem["parameter"] == "policy"
    assert "4 claims or more would have to be compared" in problem["detail"]
    assert "at most 3 are" in problem["detail"]
    assert story.get(f"/conflicts?event=day&policy={NOOP}").status == 200


def test_parts_and_wholes_count_too(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = claim("whole", "100", event="incursion", kind="cumulative", window="2024-08-06/..")
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", whole, claim("part", "140", speaker="ann"))))
    monkeypatch.setattr(supposed, "MOST_COMPARED", 1)
    with serving(database_url) as client:
        problem = refused(client.get(f"/conflicts?event=day&policy={NOOP}"), 422, "invalid-parameter")
    assert "2 claims or more" in problem["detail"]


@pytest.mark.parametrize(
    ("policy", "says", "nearest"),
    [
        ("about_widht:0.2", "a policy has no 'about_widht'; it has: about_width, about_grain_cap, ", "about_width"),
        ("about_width:0.9", "about_width lies from 0 to 0.5, not at 0.9", None),
        ("drift_days:1.5", "drift_days is a whole number, not '1.5'", None),
        ("about_width:wide", "about_width is a decimal number, not 'wide'", None),
        ("about_width:", "about_width is a decimal number", None),
        ("about_width=0.2", "names and numbers, such as about_width:0.2,tension_ratio:2", None),
        ("about_width:0.2,", "names and numbers", None),
        ("about_width:0.2,about_width:0.3", "must name a width or limit once", None),
        ("version:2", "a policy has no 'version'", "tension_ratio"),
        ("name:mine", "a policy has no 'name'", None),
        ("x" * 601, "at most 600 characters", None),
    ],
)
def test_a_bad_policy_says_what_would_be_right(client: Client, policy: str, says: str, nearest: str | None) -> None:
    problem = refused(client.get(f"/conflicts?event=war&policy={policy}"), 422, "invalid-parameter")
    assert problem["parameter"] == "policy"
    assert says in problem["detail"]
    assert nearest is None or problem["nearest"] == nearest


def test_a_cursor_is_of_one_policy(client: Client) -> None:
    cursor = client.get(f"/conflicts?event=war&limit=1&policy={NOOP}").json["next"]
    other = client.get(f"/conflicts?event=war&limit=1&policy=about_width:0.2&cursor={cursor}")
    refused(other, 422, "invalid-cursor")


def test_an_unknown_name_is_an_empty_page(client: Client) -> None:
    page = client.get(f"/conflicts?entity=Petrenska&policy={NOOP}").json
    assert (page["items"], page["suggestions"] != []) == ([], True)
