"""SQLite and Postgres answer every request with the same bytes."""

import json
from itertools import pairwise
from random import Random
from urllib.parse import quote, urlencode

import pytest

from app.search.collections import CLAIMS, COLLECTIONS, CONFLICTS, FIGURES, Collection
from tests.api.client import Answer, Client
from tests.api.conftest import Pair
from tests.search.values import SEARCHES, random_pairs, sorted_by

REQUESTS = [
    "/claims?entity=Petrenko",
    "/claims?entity=Petrenko&sort=-value&limit=10&count=true",
    "/claims?entity=Иван%20Петренко",
    "/claims?entity=Ivann%20Petrenkoo",
    "/claims?entity=Georgia&role=speaker",
    "/claims?role=via",
    "/claims?entity__in=Petrenko,Georgia,Nemo&role=speaker",
    "/claims?entity__not=Petrenko&speaker__isnull=true",
    "/claims?facet=source,speaker,measure,event,origin,kind,status,year",
    "/figures?facet=measure,event,kind,status&kind__not=flow",
    "/conflicts?status__not=tension&event__isnull=false",
    "/claims?source=wire&event=incursion",
    "/claims?source=Wire",
    "/claims?source=Wier",
    "/claims?event=incurson",
    "/claims?measure=nothing&count=true",
    "/claims?status=withdrawn",
    "/claims?nonsense=1",
    "/claims?cursor=abc",
    "/claims/nothing",
    "/entities?name=Petrenko",
    "/entities/georgia/timeline?limit=1000",
    "/entities/kursk/timeline?sort=-date&limit=7",
    "/events/war/timeline?limit=1000&count=true",
    "/events/nothing/timeline",
    "/conflicts?limit=100",
    "/conflicts?kind=statement",
    "/conflicts?event=day&status=tension",
    *(f"/search?q={quote(text)}" for text in SEARCHES),
    "/search?q=story&limit=3&type=claim",
    "/suggest?prefix=pet",
    "/suggest?prefix=the%20",
    "/policy",
    "/livez",
    "/readyz",
    "/openapi.json",
    "/problems/unknown-parameter",
    "/nowhere",
]
TIMES = {"claims": 300, "figures": 140, "conflicts": 60}
"""How many random requests are tried: 500 in all."""
LISTED = [one for one in COLLECTIONS if one.noun or one is CONFLICTS]


def same(both: Pair, target: str) -> Answer:
    """The answer that both give."""
    first, second = (client.get(target) for client in both)
    assert (first.status, first.headers, first.body) == (second.status, second.headers, second.body)
    return first


@pytest.mark.parametrize("target", REQUESTS)
def test_both_engines_give_the_same_bytes(both: Pair, target: str) -> None:
    same(both, target)


@pytest.mark.parametrize("collection", LISTED, ids=lambda collection: collection.name)
def test_both_engines_list_the_same_pages(both: Pair, collection: Collection) -> None:
    for sort in [f"&{urlencode(sorted_by(sort.name))}" for sort in collection.sorts if len(collection.sorts) > 1] or [
        ""
    ]:
        cursor: str | None = ""
        while cursor is not None:
            answer = same(both, f"/{collection.name}?limit=29{sort}{cursor}").json
            cursor = None if answer["next"] is None else f"&cursor={answer['next']}"


@pytest.mark.parametrize("collection", [CLAIMS, FIGURES, CONFLICTS], ids=lambda collection: collection.name)
def test_both_engines_give_the_same_answers_to_random_requests(both: Pair, collection: Collection) -> None:
    random = Random(collection.name)
    statuses = {
        same(both, f"/{collection.name}?{random_pairs(random, collection)}").status
        for _ in range(TIMES[collection.name])
    }
    assert statuses == {200}


def test_both_engines_relate_every_claim_alike(both: Pair) -> None:
    first: Client = both[0]
    for claim in first.get("/claims?limit=40").json["items"]:
        same(both, f"/claims/{claim['id']}/relations?limit=50")


def test_both_engines_compare_stored_claims_alike(both: Pair) -> None:
    claims = both[0].get("/claims?kind=number&limit=20").json["items"]
    for a, b in pairwise(claims):
        body = {"a": {"claim": a["id"]}, "b": {"claim": b["id"]}}
        first, second = (client.post("/compare", body) for client in both)
        assert (first.status, first.body) == (second.status, second.body)
        assert first.status == 200, json.dumps(first.json)
