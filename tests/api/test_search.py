"""Search and suggestions over HTTP: what is typed is answered, and what was found is shown."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.api import shapes
from app.domain.searches import LONGEST_TEXT
from app.domain.text import UnusableText, clean
from app.search.query import MAX_QUERY_BYTES
from tests.api.client import Client
from tests.api.test_bad_input import refused
from tests.search.values import SEARCHES

LISTS = ["/claims", "/entities", "/events", "/articles", "/search"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("search", SEARCHES)
def test_a_search_is_answered(client: Client, path: str, search: str) -> None:
    answer = client.get(f"{path}?q={quote(search)}")
    assert answer.status == 200
    if path == "/search":
        shapes.FoundPage.model_validate_json(answer.body)
    else:
        assert list(answer.json["highlights"]) == [item["id"] for item in answer.json["items"]]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.text("the claim\"'*-()^:{}|.%_\\", max_size=40), path=st.sampled_from(LISTS))
def test_no_text_is_an_error(client: Client, text: str, path: str) -> None:
    try:
        clean(text)
    except UnusableText:
        return
    for more in ({}, {"sort": "relevance"}):
        assert client.get(f"{path}?{urlencode({'q': text, **more})}").status == 200 or (path == "/search" and more)


@pytest.mark.parametrize("letter", ["x", "ж", " ", '"', "-a "])
def test_as_much_is_taken_as_it_says(client: Client, letter: str) -> None:
    typed = (letter * LONGEST_TEXT)[:LONGEST_TEXT]
    query = f"q={quote(typed)}&limit=1"
    assert len(query) < MAX_QUERY_BYTES
    assert client.get(f"/claims?{query}").status == 200
    problem = refused(client.get(f"/claims?q={'x' * (LONGEST_TEXT + 1)}"), 422, "invalid-parameter")
    assert "at most 10000 characters" in problem["detail"]


def test_a_long_search_is_followed_without_a_header(client: Client) -> None:
    answer = client.get(f"/claims?limit=1&q={quote('claim ' + '?' * 9000)}")
    assert "link" not in answer.headers
    following = client.get(answer.json["next_url"].removeprefix("http://test"))
    assert following.status == 200
    assert following.json["items"]


@pytest.mark.parametrize(
    ("target", "parameter", "nearest"),
    [
        ("/claims?sort=relevance", "sort", "-date"),
        ("/entities?sort=relevance", "sort", "name"),
        ("/articles?sort=relevance", "sort", "-published"),
        ("/search", "q", None),
        ("/search?type=claim", "q", None),
        ("/suggest", "prefix", None),
        ("/search?q=x&type=claims", "type", "claim"),
        ("/claims?q=x&known_at=1", "q", None),
        ("/claims?q=x&changed_since=0", "q", None),
    ],
)
def test_what_does_not_go_is_refused(client: Client, target: str, parameter: str, nearest: str | None) -> None:
    problem = refused(client.get(target), 422, "invalid-parameter")
    assert (problem["parameter"], problem.get("nearest")) == (parameter, nearest)


def test_what_was_found_is_marked_where_it_stands(seeds: Client) -> None:
    answer = seeds.get("/claims?q=%22prisoners%20captured%22%20kursk&limit=5").json
    for item in answer["items"]:
        shown = answer["highlights"][item["id"]]
        assert {"field": "measure.label", "text": "<mark>prisoners</mark> <mark>captured</mark>"} in shown
        assert any("<mark>Kursk</mark>" in one["text"] for one in shown)
    assert answer["items"]
    assert "highlights" not in seeds.get("/claims?limit=1").json


@pytest.mark.parametrize("path", ["/claims", "/entities", "/events", "/articles"])
@pytest.mark.parametrize(
    "search", ["kursk prisoners", "kursk", "-kursk", '"prisoners of war" -exchange', "captur*", "no"]
)
@pytest.mark.parametrize("more", ["", "&sort=relevance"])
def test_what_was_found_is_the_same_without_marks(seeds: Client, path: str, search: str, more: str) -> None:
    target = f"{path}?q={quote(search)}{more}&limit=3"
    while target:
        marked, plain = seeds.get(target).json, seeds.get(f"{target}&highlight=false").json
        assert list(marked.pop("highlights")) == [item["id"] for item in marked["items"]]
        assert (plain["items"], plain["next"]) == (marked["items"], marked["next"])
        assert plain.keys() == marked.keys()
        target = marked["next"] and f"{path}?q={quote(search)}{more}&limit=3&cursor={marked['next']}"


def test_the_person_comes_first_in_any_script(seeds: Client) -> None:
    for typed in ("lubinets", "Лубінець", "ЛУБІНЕЦЬ", "Dmytro Lubinets", "лубінец*"):
        (first, *_) = seeds.get(f"/search?q={quote(typed)}").json["items"]
        assert (first["type"], first["entity"]["name"]) == ("entity", "Dmytro Lubinets")


@pytest.mark.parametrize("prefix", ["lub", "Лубі", "dmytro l", "DMYTRO LUB"])
def test_a_person_is_suggested(seeds: Client, prefix: str) -> None:
    page = shapes.NamedSoPage.model_validate_json(seeds.get(f"/suggest?type=entity&prefix={quote(prefix)}").body)
    assert [(one.name, one.kind) for one in page.items] == [("Dmytro Lubinets", "person")]


def test_nothing_is_suggested_for_nothing(client: Client) -> None:
    assert client.get("/suggest?prefix=").json == {"items": [], "next": None, "next_url": None}


def test_suggestions_are_few(client: Client) -> None:
    items = client.get("/suggest?prefix=t").json["items"]
    assert 0 < len(items) <= 20
    assert len({item["id"] for item in items}) == len(items)
