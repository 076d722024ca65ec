"""Each filter is declared once, and everything about it derives from there: SQL, OpenAPI, form and documentation."""

from typing import Any

import pytest
from sqlalchemy import ColumnElement

from app.api import openapi
from app.main import create_app
from app.search.clauses import Linked
from app.search.collections import COLLECTIONS, Collection
from app.search.compile import conditions_of
from app.search.facets import FACETS, facets_on
from app.search.filter import Filter
from app.search.variants import ALL, base_of, family
from app.settings import Settings
from app.web.form import groups
from tests.api import written

PATHS = {
    "rollup": ("/events/{id}/figures",),
    "timeline": ("/events/{id}/timeline", "/entities/{id}/timeline"),
}
LISTED = [one for one in COLLECTIONS if one.filters]
each_filter = pytest.mark.parametrize(
    ("collection", "one"),
    [pytest.param(each, one, id=f"{each.name} {one.name}") for each in LISTED for one in each.filters.values()],
)


@pytest.fixture(scope="module")
def paths() -> dict[str, Any]:
    found: dict[str, Any] = openapi.document(create_app(Settings()))["paths"]
    return found


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    """The table of parameters of each address in the documentation, by path."""
    sections = written.REFERENCE.read_text(encoding="utf-8").split("\n## ")
    return {section.partition("\n")[0].removeprefix("GET "): section for section in sections}


def values(one: Filter) -> dict[str, Any]:
    """The example of a filter as it is read; references as the numbers that they stand for."""
    return {one.name: (1,) if one.refers else one.type.parse(one.example)}


@each_filter
def test_a_filter_is_sql_on_every_part_that_its_list_is_made_of(collection: Collection, one: Filter) -> None:
    for part in collection.parts:
        if part in one.on or collection.name != "timeline":
            given = [*conditions_of(part, values(one))]
            assert given
            assert all(isinstance(condition, ColumnElement | Linked) for condition in given)
            assert part in one.on


@each_filter
def test_a_filter_is_a_parameter_of_openapi(paths: dict[str, Any], collection: Collection, one: Filter) -> None:
    for path in PATHS.get(collection.name, (f"/{collection.name}",)):
        (shown,) = [each for each in paths[path]["get"]["parameters"] if each["name"] == one.name]
        assert (shown["description"], shown["schema"]) == (one.description, one.type.schema)


@each_filter
def test_a_filter_is_documented(reference: dict[str, str], collection: Collection, one: Filter) -> None:
    base = base_of(one.name) if base_of(one.name) in collection.filters else one.name
    _, *variants = (name for name in family(base) if name == base or name in collection.filters)
    cell = " ".join([f"| `{base}`", *(f"`{name.removeprefix(base)}`" for name in variants), "|"])
    for path in PATHS.get(collection.name, (f"/{collection.name}",)):
        assert cell in reference[path]
        assert collection.filters[base].description in reference[path]


@each_filter
def test_a_filter_is_a_field_of_the_form(collection: Collection, one: Filter) -> None:
    names = [field.name for group in groups(collection) for field in group.fields]
    assert len(names) == len(set(names))
    assert (one.name if one.name in collection.declared else base_of(one.name)) in names


def test_every_variant_is_on_some_list() -> None:
    listed = {id(one) for collection in LISTED for one in collection.filters.values()}
    assert [one.name for one in ALL if id(one) not in listed] == []


@pytest.mark.parametrize("collection", [one for one in COLLECTIONS if one.facets], ids=lambda one: one.name)
def test_a_facet_is_on_the_list_that_offers_it(collection: Collection) -> None:
    (part,) = collection.parts
    assert collection.facets == facets_on(part)
    assert list(collection.parameters["facet"].type.words) == list(collection.facets)


def test_every_facet_is_offered() -> None:
    assert {name for one in COLLECTIONS for name in one.facets} == {one.name for one in FACETS}
