"""Conflicts: worst first, each complete with its claims and why they contradict each other."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from app.api import shapes
from app.ingest.edit import correct
from app.ingest.explain import explain
from tests.api.client import Client, serving
from tests.api.test_lists import walk
from tests.factories import NOW, article, bundle, claim, load_bundles, opened, statement


def everything(client: Client, filters: str = "") -> list[dict[str, Any]]:
    return walk(client, f"/conflicts?limit=100{filters}")


def test_a_page_has_the_promised_shape(client: Client) -> None:
    answer = client.get("/conflicts?limit=100")
    assert len(TypeAdapter(shapes.ConflictPage).validate_json(answer.body).items) > 20


def test_all_figures_that_disagree_and_all_disputes_are_listed(client: Client) -> None:
    items = everything(client)
    figures = {item["figure"]["id"] for item in items if item["figure"]}
    flagged = walk(client, "/figures?status=conflict") + walk(client, "/figures?status=tension")
    assert figures == {figure["id"] for figure in flagged}
    disputes = {tuple(claim["id"] for claim in item["claims"]) for item in items if item["kind"] == "statement"}
    statements = walk(client, "/claims?kind=statement&conflict=true&limit=1000")
    assert {claim for pair in disputes for claim in pair} == {claim["id"] for claim in statements}


def test_the_worst_come_first(client: Client) -> None:
    items = everything(client)
    order = [(item["status"] != "conflict", item["kind"] == "statement", -(item["ratio"] or 1)) for item in items]
    assert order == sorted(order)


def test_every_relation_is_between_claims_that_are_shown(client: Client) -> None:
    for item in everything(client):
        shown = [claim["id"] for claim in item["claims"]]
        assert len(set(shown)) == len(shown) <= 20
        assert item["relations"]
        for pair in item["relations"]:
            assert {pair["a"], pair["b"]} <= set(shown)
            assert pair["relation"] in {"conflict", "tension"}
            assert pair["sentence"].endswith(".")
        assert not any(claim["withdrawn"] for claim in item["claims"])


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_of_any_size_hold_the_same(client: Client, limit: int) -> None:
    whole = [_identity(item) for item in everything(client)]
    assert [_identity(item) for item in walk(client, f"/conflicts?limit={limit}")] == whole
    assert len(set(whole)) == len(whole)


def _identity(item: dict[str, Any]) -> str:
    return item["figure"]["id"] if item["figure"] else "/".join(claim["id"] for claim in item["claims"])


def test_filters_narrow(client: Client) -> None:
    whole = everything(client)
    assert everything(client, "&kind=statement") == [item for item in whole if item["kind"] == "statement"] != []
    assert everything(client, "&kind=number") == [item for item in whole if item["kind"] == "number"] != []
    stocks = [item for item in whole if item["figure"] and item["figure"]["kind"] == "stock"]
    assert everything(client, "&kind=stock") == stocks != []
    assert everything(client, "&status=tension") == [item for item in whole if item["status"] == "tension"]
    captured = [item for item in whole if item["figure"] and item["figure"]["measure"]["label"] == "prisoners captured"]
    assert everything(client, "&measure=captured") == captured != []
    assert everything(client, "&event=talks&kind=statement") == everything(client, "&kind=statement")
    assert everything(client, "&event=night&kind=statement") == []
    for item in everything(client, "&entity=rene-oneil"):
        of_figure = walk(client, "/claims?entity=rene-oneil&limit=1000") if item["figure"] else item["claims"]
        assert any(claim["figure"] == _id(item["figure"]) for claim in of_figure)


def _id(figure: dict[str, Any] | None) -> str | None:
    return None if figure is None else str(figure["id"])


def test_an_unknown_name_is_an_empty_page_with_suggestions(client: Client) -> None:
    page = client.get("/conflicts?entity=Petrenska").json
    assert (page["items"], page["resolved"]) == ([], [])
    assert "Ivan Petrenko" in [one["name"] for one in page["suggestions"]]


def test_the_seeds_have_the_conflict_of_their_story(seeds: Client) -> None:
    numbers = everything(seeds, "&kind=number&status=conflict")
    assert len(numbers) == 1
    conflict = numbers[0]
    assert (conflict["n_claims"], conflict["n_origins"], conflict["ratio"]) == (3, 2, 1.502)
    assert sorted(claim["value"]["text"] for claim in conflict["claims"]) == [
        "about 2,000",
        "hundreds",
        "several hundred",
    ]
    assert [pair["relation"] for pair in conflict["relations"]] == ["conflict", "conflict"]


def test_two_camps_are_shown_by_their_extremes(database_url: str) -> None:
    said = ["about 100"] * 40 + ["9,000"] * 2
    claims = [claim(f"c{n}", text, origin={"key": f"o{n}", "label": f"O{n}"}) for n, text in enumerate(said)]
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", *claims)))
    with serving(database_url) as client:
        (item,) = everything(client)
    texts = [one["value"]["text"] for one in item["claims"]]
    assert (item["n_claims"], len(texts)) == (42, 12)
    assert {"about 100", "9,000"} == set(texts)
    assert len(item["relations"]) == 20


def test_a_part_above_its_whole_is_shown_beside_it(database_url: str) -> None:
    whole = claim("whole", "100", event="incursion", kind="cumulative", window="2024-08-06/..")
    part = claim("part", "900", speaker="ann")
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", whole, part)))
    with serving(database_url) as client:
        items = everything(client)
    assert len(items) == 2
    for item in items:
        assert {one["value"]["text"] for one in item["claims"]} == {"100", "900"}
        assert [pair["reason"] for pair in item["relations"]] == ["part_exceeds_whole"]


def test_what_is_explained_says_so_and_can_be_left_out(database_url: str) -> None:
    numbers = [claim("low", "102", speaker="ann"), claim("high", "2,000", speaker="bob")]
    words = [statement("open"), statement("shut", speaker="ann", disputes=["open"])]
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", *numbers, *words)))
        with serving(database_url) as client:
            figure, dispute = everything(client)
            assert [figure["explanation"], dispute["explanation"]] == [None, None]
            assert everything(client, "&explained=false") == [figure, dispute]
            assert everything(client, "&explained=true") == []

            told = {"why": "One counts the dead too.", "by": "Jo Doe", "url": "https://example.org/why"}
            explain(database, [figure["figure"]["id"]], **told, now=NOW)
            shown = told | {"at": NOW, "reopened_by": []}
            item = figure | {"explanation": shown, "figure": figure["figure"] | {"explanation": shown}}
            assert everything(client) == [item, dispute]
            assert everything(client, "&explained=true") == [item]
            assert everything(client, "&explained=false") == [dispute]
            assert walk(client, "/figures?explained=true") == [item["figure"]]
            assert walk(client, "/figures?explained=false") == []

            one, other = (claim["id"] for claim in dispute["claims"])
            explain(database, [one, other], **told, now=NOW)
            assert everything(client, "&explained=true") == [item, dispute | {"explanation": shown}]
            assert everything(client, "&explained=false") == []
            correct(database, other, {"statement": "It was open."}, now=NOW)
            (reopened,) = everything(client, "&explained=false")
            assert reopened["explanation"] == shown | {"reopened_by": [other]}
            TypeAdapter(shapes.ConflictPage).validate_json(client.get("/conflicts").body)
