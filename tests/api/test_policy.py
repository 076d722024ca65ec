"""The policy in force: shown, and gone by wherever numbers are compared or explained."""

from collections.abc import Iterator

import pytest

from app.api import shapes
from app.domain.policy import DEFAULT_POLICY
from app.ingest.recompute import recompute
from app.storage import policies
from tests.api.client import Client, serving
from tests.factories import NOW, article, bundle, claim, load_bundles, opened

WIDE = DEFAULT_POLICY.with_changes({"name": "wide", "version": 2, "about_width": "0.5", "tension_ratio": "1.25"})


@pytest.fixture
def client(database_url: str) -> Iterator[Client]:
    """Two that contradict each other by the built-in policy, but not by the one in force."""
    with opened(database_url) as database:
        hedged = claim("more", "more than 100", event="incursion", window="2024-08-07", speaker="ann")
        hedges = [hedged, claim("exact", "290", event="incursion", window="2024-08-07", speaker="bob")]
        load_bundles(
            database,
            bundle(
                article("a", claim("about", "about 121", speaker="ann"), claim("high", "180", speaker="bob"), *hedges)
            ),
        )
        recompute(database, WIDE, now=lambda: NOW)
    with serving(database_url) as found:
        yield found


def ids(client: Client) -> dict[str, str]:
    return {one["value"]["text"]: one["id"] for one in client.get("/claims?kind=number").json["items"]}


def test_the_policy_in_force_is_shown(client: Client) -> None:
    answer = client.get("/policy")
    found = shapes.Policy.model_validate_json(answer.body)
    assert (found.label, found.about_width, found.tension_ratio, found.growth_cap) == ("wide-2", 0.5, 1.25, 10)
    assert b'"about_width":0.5,' in answer.body
    assert found.recomputing is False


def test_a_recomputation_under_way_is_told(client: Client, database_url: str) -> None:
    with opened(database_url) as database, database.write() as connection:
        policies.put_in_force(connection, DEFAULT_POLICY)
    found = client.get("/policy").json
    assert (found["label"], found["recomputing"]) == ("default-1", True)


def test_relations_go_by_it(client: Client) -> None:
    (relation,) = client.get(f"/claims/{ids(client)['about 121']}/relations").json["items"]
    assert (relation["relation"], relation["policy"]) == ("refines", "wide-2")
    assert "“about 121” (61–181)" in relation["sentence"]
    (relation,) = client.get(f"/claims/{ids(client)['290']}/relations").json["items"]
    assert (relation["relation"], relation["policy"]) == ("tension", "wide-2")
    assert "from 1.25 times on" in relation["sentence"]


def test_comparisons_go_by_it(client: Client) -> None:
    found = client.post("/compare", {"a": {"text": "about 121"}, "b": {"text": "180"}}).json
    assert (found["relation"], found["policy"], found["a"]["high"]) == ("refines", "wide-2", 181)
    between = {side: {"claim": ids(client)[text]} for side, text in {"a": "about 121", "b": "180"}.items()}
    found = client.post("/compare", between).json
    assert (found["policy"], found["a"]["high"]) == ("wide-2", 181)


def test_conflicts_go_by_it(client: Client) -> None:
    (item,) = client.get("/conflicts").json["items"]
    assert item["status"] == "tension"
    (pair,) = item["relations"]
    assert (pair["policy"], pair["ratio"]) == ("wide-2", 1.425)
