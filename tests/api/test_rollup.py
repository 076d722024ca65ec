"""An event's figures with those of its parts beneath it."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.api import shapes
from app.search import rollup
from tests.api.client import Client, serving
from tests.api.test_lists import walk
from tests.factories import article, bundle, claim, load_bundles, opened
from tests.search.test_plans import counted

Json = dict[str, Any]
WORST = ("conflict", "tension", "agreed", "single_origin")


def tree(client: Client, event: str, more: str = "") -> Json:
    answer = client.get(f"/events/{event}/figures{more}")
    assert answer.status == 200
    page = answer.json
    TypeAdapter(shapes.Rollup).validate_json(answer.body)
    (root,) = page["items"]
    assert page["next"] is None
    found: Json = root
    return found


def nodes(node: Json) -> Iterator[Json]:
    yield node
    for part in node["parts"]:
        yield from nodes(part)


def test_every_figure_of_the_event_and_its_parts_stands_at_its_event(client: Client) -> None:
    for event in ("war", "incursion", "night", "talks", "long-ago"):
        root = tree(client, event)
        assert root["event"]["id"] == client.get(f"/events/{event}").json["id"]
        listed = walk(client, f"/figures?event={event}&limit=1000")
        for node in nodes(root):
            own = [one for one in listed if one["event"]["id"] == node["event"]["id"]]
            assert node["figures"] == own
        assert sum(len(node["figures"]) for node in nodes(root)) == len(listed) == root["n_figures"]


def test_parts_are_in_their_wholes_earliest_first(client: Client) -> None:
    for node in nodes(tree(client, "war")):
        parts = [client.get(f"/events/{part['event']['id']}").json for part in node["parts"]]
        assert all(part["part_of"]["id"] == node["event"]["id"] for part in parts)
        assert [part["date"]["start"] for part in parts] == sorted(part["date"]["start"] for part in parts)
        assert all(part["n_figures"] for part in node["parts"])


def test_a_node_counts_what_is_in_it_and_beneath_it(client: Client) -> None:
    claims = [one for one in walk(client, "/claims?kind=number&limit=1000") if one["status"] != "superseded"]
    for node in nodes(tree(client, "war")):
        figures = [figure for each in nodes(node) for figure in each["figures"]]
        counted_here = [one for one in claims if one["figure"] in {figure["id"] for figure in figures}]
        assert node["n_claims"] == sum(figure["n_claims"] for figure in figures) == len(counted_here)
        assert node["n_origins"] == len({one["origin"]["id"] for one in counted_here})
        assert node["status"] == min((figure["status"] for figure in figures), key=WORST.index)


def test_it_is_narrowed_by_filters(client: Client) -> None:
    root = tree(client, "war", "?measure=captured&kind=flow&status=conflict")
    figures = [figure for node in nodes(root) for figure in node["figures"]]
    listed = walk(client, "/figures?event=war&measure=captured&kind=flow&status=conflict")
    assert {one["id"] for one in figures} == {one["id"] for one in listed} != set()
    unknown = client.get("/events/war/figures?measure=captred").json
    assert (unknown["items"], unknown["suggestions"][0]["name"]) == ([], "prisoners captured")


def test_an_event_without_figures_is_an_empty_tree(client: Client) -> None:
    root = tree(client, "long-ago")
    assert (root["n_figures"], root["n_claims"], root["n_origins"], root["status"]) == (0, 0, 0, None)
    assert (root["figures"], root["parts"]) == ([], [])
    answer = client.get("/events/nothing/figures")
    assert (answer.status, answer.json["type"]) == (404, "/problems/not-found")


def test_a_tree_is_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    n_figures = tree(client, "war")["n_figures"]
    monkeypatch.setattr(rollup, "MOST_FIGURES", n_figures)
    assert tree(client, "war")["n_figures"] == n_figures
    monkeypatch.setattr(rollup, "MOST_FIGURES", n_figures - 1)
    answer = client.get("/events/war/figures")
    assert answer.status == 422
    assert f"more than {n_figures - 1} figures" in answer.json["detail"]
    assert "measure, kind, status" in answer.json["detail"]


@pytest.fixture
def chain(database_url: str) -> Iterator[Client]:
    """Over three hundred events, each part of the one before, with a figure in the last."""
    events: list[Json] = [{"key": "e0", "title": "The whole", "date": "2024-08"}]
    events += [
        {"key": f"e{n}", "title": f"Part {n}", "date": "2024-08-14", "part_of": f"e{n - 1}"} for n in range(1, 300)
    ]
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", claim("c", "102", event="e299")), events=events))
    with serving(database_url) as client:
        yield client


def test_parts_of_parts_may_go_deep(chain: Client) -> None:
    answer = chain.get("/events/e0/figures")
    assert answer.status == 200
    assert answer.body.count(b'"parts":[') == 300
    assert chain.get("/events/e200/figures").body.count(b'"n_claims":1,') == 100 + 1


def test_a_tree_takes_as_many_statements_however_large_it_is(client: Client) -> None:
    def taken(event: str) -> int:
        with counted(client.app.state.database.engine) as statements:
            assert tree(client, event)["n_figures"]
        return len(statements)

    assert taken("night") == taken("war") <= 5


def test_the_day_and_the_one_action_stand_beneath_the_incursion(seeds: Client) -> None:
    root = tree(seeds, "kursk-incursion", "?measure=prisoners-captured")
    assert root["status"] == "conflict"
    (total,) = root["figures"]
    assert (total["kind"], total["n_claims"], total["n_origins"]) == ("cumulative", 3, 2)
    day = next(part for part in root["parts"] if part["event"]["date"] == "2024-08-14")
    assert [figure["status"] for figure in day["figures"]] == ["single_origin"]
    (action,) = day["parts"]
    (figure,) = action["figures"]
    assert (figure["envelope"]["low"], figure["envelope"]["high"], figure["status"]) == (102, 102, "agreed")
    assert (day["n_claims"], day["n_origins"], day["status"]) == (5, 3, "agreed")
    assert root["n_claims"] == sum(figure["n_claims"] for node in nodes(root) for figure in node["figures"])
