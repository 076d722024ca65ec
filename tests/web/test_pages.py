"""The pages: HTML that a strict policy lets through, with a form whose every field the service takes."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from app.search.collections import CLAIMS, COLLECTIONS, Collection
from app.search.filter import Filter
from app.search.filters import FILTERS
from app.search.values import FLAG
from app.web.form import Field, groups
from app.web.pages import LISTS
from tests.api.client import Client, serving
from tests.databases import Databases
from tests.factories import seeded

VOID = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """A page's tags with their attributes; fails on one that is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="module")
def seeds(databases: Databases) -> Iterator[Client]:
    with databases.create("sqlite", seeded) as url, serving(url) as client:
        yield client


@pytest.fixture
def home(seeds: Client) -> Page:
    answer = seeds.get("/")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return Page(answer.body.decode())


def sent(page: Page) -> dict[str, str]:
    """What a browser sends of the page's form when nothing is filled in."""
    return {str(one["name"]): one.get("value") or "" for one in page.all("input", "select")}


def fields(collection: Collection) -> dict[str, Field]:
    return {one.name: one for group in groups(collection) for one in group.fields}


def test_a_strict_policy_lets_everything_through(seeds: Client, home: Page) -> None:
    policy = seeds.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert home.all("script", "style", "iframe") == []
    attributes = {name for _, found in home.tags for name in found}
    assert not any(name == "style" or name.startswith("on") for name in attributes)


def test_every_field_has_a_label_and_a_hint(home: Page) -> None:
    controls = [one for one in home.all("input", "select") if one.get("type") != "hidden"]
    ids = {found["id"] for _, found in home.tags if "id" in found}
    labels = {one["for"] for one in home.all("label")}
    assert controls
    for one in controls:
        assert one["id"] in labels
        assert one["aria-describedby"] in ids


def test_every_filter_of_claims_is_a_field(home: Page) -> None:
    names = {one["name"] for one in home.all("input", "select")}
    assert {*CLAIMS.declared, "sort", "limit"} <= names


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: f"{one.name} of {next(iter(one.on))}")
def test_every_filter_has_a_field(one: Filter) -> None:
    having = [collection for collection in COLLECTIONS if collection.filters.get(one.name) is one]
    assert having
    for collection in having:
        made = fields(collection)[one.name]
        assert (made.hint, made.example) == (one.description, one.example)
        words = ("true", "false") if one.type is FLAG else one.type.words
        assert tuple(value for value, _ in made.options) == words


def test_a_form_with_nothing_filled_in_asks_for_everything(seeds: Client, home: Page) -> None:
    query = urlencode(sent(home))
    answer = seeds.get(f"/claims?{query}")
    assert answer.status == 200
    assert answer.json["items"] == seeds.get("/claims").json["items"]
    assert "_form" not in (answer.json["next_url"] or "")
    assert seeds.get(f"/claims?{query.replace('_form=1', '_x=1')}").status == 422


def test_a_form_that_is_filled_in_asks_for_that(seeds: Client, home: Page) -> None:
    for one in fields(CLAIMS).values():
        filled = seeds.get(f"/claims?{urlencode(sent(home) | {one.name: one.example})}").json
        asked = seeds.get(f"/claims?{urlencode({one.name: one.example})}").json
        assert filled["items"] == asked["items"]


def test_every_link_leads_somewhere(seeds: Client, home: Page) -> None:
    targets = {str(one["href"]) for one in home.all("a", "link")} - {"#main"}
    assert {f"/{name}" for name in LISTS} < targets
    assert {seeds.get(target).status for target in targets} == {200}


def test_what_is_not_there_is_a_problem(seeds: Client) -> None:
    for target in ("/static/nothing.css", "/static/../pages.py", "/static/%2e%2e/pages.py"):
        assert seeds.get(target).status == 404


def test_words_to_search_for_come_first() -> None:
    first = groups(CLAIMS)[0]
    assert (first.title, first.fields[0].name, first.fields[0].label) == ("Who and what", "q", "Words")
