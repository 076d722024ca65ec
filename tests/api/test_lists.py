"""Lists and single records: what they hold, how they are paged, and that every record has the promised shape."""

from itertools import pairwise
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from pydantic import TypeAdapter

from app.api import schemas, shapes
from app.search.collections import CLAIMS
from tests.api.client import Client
from tests.search.values import sorted_by

NOUNS = {
    "claims": schemas.Claim,
    "entities": schemas.Entity,
    "events": schemas.Event,
    "articles": schemas.Article,
    "sources": schemas.Source,
    "measures": schemas.Measure,
    "figures": schemas.Figure,
}
each_noun = pytest.mark.parametrize("noun", NOUNS)


def walk(client: Client, target: str) -> list[dict[str, Any]]:
    """The items of a page and of all that follow it."""
    items: list[dict[str, Any]] = []
    next_url: str | None = target
    while next_url is not None:
        page = client.get(_target(next_url)).json
        items += page["items"]
        next_url = page["next_url"]
    return items


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@each_noun
def test_a_page_has_the_promised_shape(client: Client, noun: str) -> None:
    answer = client.get(f"/{noun}?limit=1000")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    model: Any = getattr(shapes, f"{NOUNS[noun].__name__}Page")
    assert TypeAdapter(model).validate_json(answer.body).items


@each_noun
def test_each_record_is_found_by_its_id_and_key(client: Client, noun: str) -> None:
    record = client.get(f"/{noun}?limit=1").json["items"][0]
    names = [record["id"], *record.get("keys", []), *([record["key"]] if "key" in record else [])]
    assert [client.get(f"/{noun}/{name}").json for name in names] == [record] * len(names)


@each_noun
def test_an_unknown_id_is_a_problem(client: Client, noun: str) -> None:
    for name in ("nothing", f"{noun[:3]}_aaaaaaaaaaaaaaaa", "%00", "%F0%9F%98%80", "a" * 5000):
        answer = client.get(f"/{noun}/{name}")
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
        assert answer.json["type"] == "/problems/not-found"


@each_noun
def test_pages_of_any_size_hold_the_same(client: Client, noun: str) -> None:
    whole = client.get(f"/{noun}?limit=1000").json["items"]
    for limit in (1, 7) if len(whole) < 50 else (7, 50):
        assert walk(client, f"/{noun}?limit={limit}") == whole


def test_total_counts_all_that_match(client: Client) -> None:
    page = client.get("/claims?limit=2&count=true&kind=statement").json
    assert page["total"] == len(walk(client, "/claims?kind=statement")) > 2
    assert "total" not in client.get("/claims?limit=2").json


def test_a_page_links_to_the_next_one(client: Client) -> None:
    answer = client.get("/claims?limit=2&kind=flow&_=1234")
    page = answer.json
    assert answer.headers["link"].startswith(f'<{page["next_url"]}>; rel="next", ')
    assert page["next_url"] == f"http://test/claims?limit=2&kind=flow&cursor={page['next']}"
    last = client.get("/claims?limit=1000")
    assert (last.json["next"], last.json["next_url"], 'rel="next"' in last.headers["link"]) == (None, None, False)


@pytest.mark.parametrize("sort", [sort.name for sort in CLAIMS.sorts])
def test_every_sort_pages_through_everything_once(client: Client, sort: str) -> None:
    asked = f"/claims?{urlencode(sorted_by(sort))}"
    paged = walk(client, f"{asked}&limit=31")
    assert len({claim["id"] for claim in paged}) == len(paged) == client.get(f"{asked}&count=true").json["total"]


def test_claims_come_latest_first(client: Client) -> None:
    ends = [claim["as_of"]["end"][:10] for claim in walk(client, "/claims?limit=1000")]
    assert ends == sorted(ends, reverse=True)
    assert walk(client, "/claims?sort=date") == walk(client, "/claims")[::-1]


def test_values_are_sorted_with_what_has_none_last(client: Client) -> None:
    numbers = [_number(claim) for claim in walk(client, "/claims?measure=captured&sort=-value")]
    assert numbers == sorted(numbers, reverse=True)
    last = walk(client, "/claims?sort=value&limit=100")[-1]
    assert last["value"] is None
    assert all(
        _number(a) <= _number(b) for a, b in pairwise(walk(client, "/claims?unit=person&qualifier=exact&sort=value"))
    )


def _number(claim: dict[str, Any]) -> float:
    value = claim["value"]
    number: float = value["high"] if value["number"] is None else value["number"]
    return number


def test_withdrawn_claims_are_listed_where_asked_for(client: Client) -> None:
    shown = {claim["id"] for claim in walk(client, "/claims?limit=1000")}
    withdrawn = client.get("/claims?status=withdrawn&limit=1000").json["items"]
    assert withdrawn
    assert all(claim["withdrawn"]["why"] and claim["status"] == "withdrawn" for claim in withdrawn)
    assert shown.isdisjoint(claim["id"] for claim in withdrawn)
    assert client.get(f"/claims/{withdrawn[0]['id']}").status == 200


def test_a_public_address_is_used_for_links(client: Client) -> None:
    client.app.state.settings = client.app.state.settings.model_copy(
        update={"public_url": "https://claims.example.org"}
    )
    try:
        assert client.get("/claims?limit=1").json["next_url"].startswith("https://claims.example.org/claims?limit=1&")
    finally:
        client.app.state.settings = client.app.state.settings.model_copy(update={"public_url": None})
