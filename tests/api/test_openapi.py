"""The OpenAPI document and the reference page say all that the service takes and answers, and nothing else."""

import json
import re
from typing import Any

import pytest
from fastapi import FastAPI

from app.api import openapi, reference, schemas, shapes
from app.main import create_app
from app.problems import MEDIA_TYPE, kinds
from app.search.collections import COLLECTIONS
from app.search.filter import Filter
from app.search.filters import FILTERS
from app.settings import Settings
from tests.api import written
from tests.api.client import Client

Json = dict[str, Any]
PAGES = {
    "/claims": "claims",
    "/entities": "entities",
    "/events": "events",
    "/articles": "articles",
    "/sources": "sources",
    "/measures": "measures",
    "/figures": "figures",
    "/conflicts": "conflicts",
    "/events/{id}/figures": "rollup",
    "/events/{id}/timeline": "timeline",
    "/entities/{id}/timeline": "timeline",
    "/claims/{id}/relations": "relations",
    "/figures/{id}/series": "series",
    "/claims/{id}/history": "history",
    "/search": "search",
    "/suggest": "suggest",
}


NEEDED = dict.fromkeys(("as_of", "policy"), "&event=kursk-incursion")
"""What a filter does not go without."""
REQUIRED = {"search": "&q=Kursk", "suggest": "&prefix=lub"}
"""What a list does not go without."""


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(Settings())


@pytest.fixture(scope="module")
def document(app: FastAPI) -> Json:
    return openapi.document(app)


def operations(document: Json) -> dict[str, Json]:
    return {one["operationId"]: one for methods in document["paths"].values() for one in methods.values()}


def query_parameters(operation: Json) -> list[Json]:
    return [one for one in operation["parameters"] if one["in"] == "query"]


def test_every_collection_is_listed_somewhere() -> None:
    assert set(PAGES.values()) == {collection.name for collection in COLLECTIONS}


@pytest.mark.parametrize("path", PAGES)
def test_a_list_takes_the_parameters_that_are_declared(document: Json, path: str) -> None:
    collection = next(one for one in COLLECTIONS if one.name == PAGES[path])
    shown = query_parameters(document["paths"][path]["get"])
    assert [one["name"] for one in shown] == list(collection.parameters)
    for one in shown:
        declared = collection.parameters[one["name"]]
        assert (one["description"], one["schema"]) == (declared.description, declared.type.schema)


def test_every_filter_is_offered_somewhere(document: Json) -> None:
    offered = {
        (one["name"], one["description"]) for each in operations(document).values() for one in query_parameters(each)
    }
    assert {(one.name, one.description) for one in FILTERS} <= offered


def test_every_operation_has_an_example_from_the_seeds(document: Json) -> None:
    assert set(written.REQUESTS) == set(operations(document))
    for operation in operations(document).values():
        assert any("example" in content for content in operation["responses"]["200"]["content"].values())
        assert operation["description"]
        assert operation["tags"]
        for parameter in operation["parameters"]:
            assert "example" in parameter or parameter["name"] == "cursor"
            assert parameter["description"]


def test_every_operation_describes_its_problems(document: Json) -> None:
    for operation in operations(document).values():
        for status, answer in operation["responses"].items():
            if status not in {"200", "304", "308"}:
                assert answer["content"] == {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_every_reference_leads_somewhere(document: Json) -> None:
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert names <= set(document["components"]["schemas"])
    shown = shapes.models(schemas, shapes)
    # The bases of shapes and pages are no answers of their own.
    assert set(shown) - {"Shape", "Page", "FacetedPage", "Explained"} <= names | {"ProblemKind"}


def test_no_trace_of_how_it_is_made_is_left(document: Json) -> None:
    assert '"x-' not in json.dumps(document)


def test_the_examples_are_what_the_seeds_give(seeds: Client) -> None:
    assert openapi.stored_examples() == written.examples(seeds), "write them anew: python -m tests.api.written"


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: f"{one.name} of {next(iter(one.on))}")
def test_every_filters_example_finds_something_in_the_seeds(seeds: Client, one: Filter) -> None:
    for path, name in PAGES.items():
        collection = next(found for found in COLLECTIONS if found.name == name)
        if "{" in path or one not in collection.filters.values():
            continue
        more = (
            NEEDED.get(one.name, "")
            if one.name in collection.required
            else NEEDED.get(one.name, REQUIRED.get(name, ""))
        )
        answer = seeds.get(f"{path}?{one.name}={one.example.replace(' ', '+')}{more}")
        assert answer.json["items"], (path, one.example)


def test_the_reference_page_is_up_to_date(document: Json) -> None:
    page = reference.page(document, openapi.stored_examples())
    assert written.REFERENCE.read_text(encoding="utf-8") == page, "write it anew: python -m tests.api.written"
    for one in FILTERS:
        assert one.description in page
    for kind in kinds():
        assert kind.type() in page


def test_the_documentation_page_is_served(seeds: Client) -> None:
    answer = seeds.get("/docs")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"/openapi.json" in answer.body
