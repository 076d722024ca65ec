"""Every filter: declared whole, and meaning in SQL what it means in plain Python."""

from random import Random

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, literal, select

from app.domain.dates import parse_date
from app.search import facets, find
from app.search.collections import CLAIMS, COLLECTIONS, FIGURES, Collection
from app.search.filter import Filter, Part
from app.search.filters import FILTERS
from app.search.kept import Kept
from app.search.nouns import CLAIM_NOUN
from app.search.query import make_query
from app.storage.dialect import INT64
from tests.search.model import World, read_world
from tests.search.values import random_filters, sample

LISTED = [one for one in COLLECTIONS if one.noun]
each_filter = pytest.mark.parametrize("one", FILTERS, ids=lambda one: f"{one.name} of {next(iter(one.on))}")


@pytest.fixture
def world(connection: Connection) -> World:
    return read_world(connection)


def found(connection: Connection, collection: Collection, filters: dict[str, str]) -> list[str]:
    query = make_query([*filters.items(), ("limit", "1000")], collection)
    return [orjson.loads(item)["id"] for item in find.page(connection, collection, query).items]


def agree(connection: Connection, world: World, collection: Collection, filters: dict[str, str]) -> None:
    ids = found(connection, collection, filters)
    assert len(set(ids)) == len(ids)
    assert set(ids) == world.matching(collection.name, filters), filters


@each_filter
def test_a_filter_is_declared_whole(one: Filter) -> None:
    assert not one.description.endswith(".")
    assert one.description[0].isupper()
    assert one.type.parse(one.example) is not None
    assert one.type.schema["type"] in {"string", "number", "boolean"}


def test_a_name_means_one_thing_on_each_part() -> None:
    for part in Part:
        names = [one.name for one in FILTERS if part in one.on]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("collection", LISTED, ids=lambda collection: collection.name)
def test_each_filter_alone_means_what_it_says(connection: Connection, world: World, collection: Collection) -> None:
    random = Random(1)
    for name in collection.filters:
        for _ in range(6):
            agree(connection, world, collection, {name: sample(random, collection, name)})


def check_together(connection: Connection, world: World, seed: int) -> None:
    random = Random(seed)
    collection = random.choice([*LISTED, LISTED[0], LISTED[0]])
    filters = random_filters(random, collection)
    agree(connection, world, collection, filters)
    if collection.facets and seed % 3 == 0 and "as_of" not in filters:
        count_alike(connection, world, collection, filters, random.choice(collection.facets))


def count_alike(
    connection: Connection, world: World, collection: Collection, filters: dict[str, str], facet: str
) -> None:
    query = make_query([*filters.items(), ("facet", facet), ("limit", "1")], collection)
    counted = find.page(connection, collection, query).facets
    assert counted == {facet: world.facet(collection.name, facet, filters)}, filters


@pytest.mark.parametrize("collection", [CLAIMS, FIGURES], ids=lambda collection: collection.name)
def test_each_facet_counts_what_it_says(connection: Connection, world: World, collection: Collection) -> None:
    for facet in collection.facets:
        for filters in ({}, {"event": "incursion"}, {"kind__not": "flow", "entity__in": "Petrenko,Georgia"}):
            count_alike(connection, world, collection, filters, facet)


def test_a_facet_has_only_so_many_values(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = facets.counted(connection, Part.CLAIMS, CLAIM_NOUN, ("origin",), {})["origin"]
    monkeypatch.setattr(facets, "MOST_VALUES", 3)
    monkeypatch.setattr(facets, "_KEPT", Kept(most=1))
    some = facets.counted(connection, Part.CLAIMS, CLAIM_NOUN, ("origin",), {})["origin"]
    assert some["values"] == whole["values"][:3]
    assert some["other"] == sum(one["count"] for one in whole["values"][3:]) + whole["other"] > 0


@pytest.mark.parametrize("year", [1, 3, 4, 400, 1600, 1900, 1969, 1970, 2000, 2023, 2024, 2100, 9999])
def test_the_year_of_a_date_is_that_of_the_calendar(connection: Connection, year: int) -> None:
    for day in ("01-01", "02-28", "03-01", "12-31"):
        span = parse_date(f"{year:04}-{day}")
        ends = [facets.year_of(literal(end, INT64)) for end in (span.start, span.end)]
        assert tuple(connection.execute(select(*ends)).one()) == (year, year)


def test_filters_together_mean_all_of_them(connection: Connection, world: World) -> None:
    for seed in range(500):
        check_together(connection, world, seed)


@pytest.mark.long
def test_many_filters_together_mean_all_of_them(connection: Connection, world: World) -> None:
    for seed in range(500, 20_500):
        check_together(connection, world, seed)


def test_an_origin_is_named_by_its_id(connection: Connection, world: World) -> None:
    for origin in {claim["origin"]["id"] for claim in world.nouns["claims"]}:
        agree(connection, world, LISTED[0], {"origin": origin})


@settings(max_examples=200)
@given(number=st.floats(-1e30, 1e30) | st.integers(-(10**30), 10**30))
def test_every_number_that_the_schema_takes_is_read(number: float) -> None:
    value = next(one for one in FILTERS if one.name == "admits").type.parse(str(number))
    assert value == float(number)
