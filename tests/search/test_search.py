"""Searches: the same on both engines as in plain Python, in any order, while others load."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection

from app.search import everything, find, ranking, suggest
from app.search.collections import ARTICLES, CLAIMS, ENTITIES, EVENTS, SEARCH, SUGGEST, Collection
from app.search.query import make_query
from app.storage.engine import Database
from tests.databases import Engine
from tests.factories import article, bundle, claim, load_bundles, opened
from tests.search.model import World, is_found, read_world, texts_of
from tests.search.test_plans import counted, plan

SEARCHED = (CLAIMS, ENTITIES, EVENTS, ARTICLES)
TYPES = {"entity": "entities", "event": "events", "article": "articles", "claim": "claims"}


@pytest.fixture
def world(connection: Connection) -> World:
    return read_world(connection)


def ids(items: list[str]) -> list[str]:
    return [orjson.loads(item)["id"] for item in items]


def found(connection: Connection, collection: Collection, **asked: str) -> list[str]:
    """The ids of a page as long as can be."""
    return ids(find.page(connection, collection, make_query({"limit": "1000", **asked}.items(), collection)).items)


def random_search(random: Random, texts: list[str]) -> str:
    """Words, phrases and beginnings from some texts, some in another case, some not wanted."""
    parts = []
    for _ in range(random.choice([1, 1, 2, 2, 3])):
        words = random.choice(texts).replace('"', "").split()
        at = random.randrange(len(words))
        part = random.choice([words[at], words[at].upper(), words[at].lower(), "elsewhere"])
        if random.random() < 0.35:
            part = f'"{" ".join(words[at : at + random.randint(1, 3)])}"'
        elif part.isalpha() and len(part) > 3 and random.random() < 0.3:
            part = f"{part[: random.randint(3, len(part))]}*"
        parts.append("-" * (random.random() < 0.25) + part.lstrip("-"))
    return " ".join(parts)


def test_a_search_finds_what_plain_python_finds(connection: Connection, world: World) -> None:
    random, hits = Random(7), 0
    for number in range(200):
        collection = SEARCHED[number % len(SEARCHED)]
        records = world.nouns[collection.name]
        search = random_search(random, texts_of(collection.name, random.choice(records)))
        shown = [one for one in records if collection is not CLAIMS or one["withdrawn"] is None]
        wanted = {record["id"] for record in shown if is_found(collection.name, record, search)}
        assert set(found(connection, collection, q=search)) == wanted, search
        if number % 5 == 0:
            assert set(found(connection, collection, q=search, sort="relevance")) == wanted, search
        hits += bool(wanted)
    assert hits > 100


@pytest.mark.parametrize("collection", SEARCHED, ids=lambda collection: collection.name)
def test_a_search_keeps_the_order_of_the_list(connection: Connection, collection: Collection) -> None:
    for sort in [one.name for one in collection.sorts if one.name != "relevance"]:
        asked = {"sort": sort} if len(collection.sorts) > 1 else {}
        whole = found(connection, collection, **asked)
        narrowed = found(connection, collection, q="the", **asked)
        assert narrowed == [one for one in whole if one in set(narrowed)]
        assert narrowed


def pages(connection: Connection, collection: Collection, limit: int, **asked: str) -> list[str]:
    """The ids of all pages."""
    pairs, seen = {"limit": str(limit), **asked}, []
    while True:
        page = find.page(connection, collection, make_query(pairs.items(), collection))
        seen += ids(page.items)
        if page.next is None:
            return seen
        pairs["cursor"] = page.next


@pytest.mark.parametrize("ranked", [7, 40, 1000])
@pytest.mark.parametrize("limit", [3, 11])
def test_pages_by_relevance_are_one_list(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, ranked: int, limit: int
) -> None:
    monkeypatch.setattr(ranking, "RANKED", ranked)
    assert pages(connection, CLAIMS, limit, q="petrenko", sort="relevance", entity="georgia") == found(
        connection, CLAIMS, q="petrenko", sort="relevance", entity="georgia"
    )
    whole = found(connection, CLAIMS, q="petrenko", sort="relevance")
    assert len(whole) > 40
    assert pages(connection, CLAIMS, limit, q="petrenko", sort="relevance") == whole
    latest = found(connection, CLAIMS, q="petrenko")
    assert set(whole[:ranked]) == set(latest[:ranked])
    assert whole[ranked:] == latest[ranked:]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


def some(random: Random, number: int) -> dict[str, Any]:
    """A bundle of claims that say "captured" once or more often, on days before and after those already there."""
    claims = [
        claim(f"c{position}", event=None, statement=" ".join(["captured"] * random.randint(1, 4)))
        | {"window": f"2024-08-{random.randint(1, 28):02}"}
        for position in range(random.randint(1, 6))
    ]
    return bundle(article(f"a{number}", *claims), key=f"b{number}")


@pytest.mark.parametrize("path", ["/claims", "/search"])
def test_a_walk_by_relevance_misses_nothing_while_others_load(
    database: Database, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(ranking, "RANKED", 25 if path == "/claims" else 1000)
    random, number = Random(3), 0
    for _ in range(3):
        for _ in range(4):
            load_bundles(database, some(random, number))
            number += 1
        with database.read() as connection:
            before = set(pages(connection, CLAIMS, 1000, q="captured"))
        collection = CLAIMS if path == "/claims" else SEARCH
        asked = {"q": "captured", "limit": "5"} | ({"sort": "relevance"} if path == "/claims" else {})
        seen: list[str] = []
        while True:
            with database.read() as connection:
                query = make_query(asked.items(), collection)
                page = find.page(connection, CLAIMS, query) if path == "/claims" else everything.page(connection, query)
            read = [orjson.loads(item) for item in page.items]
            seen += [one["id"] if path == "/claims" else one[one["type"]]["id"] for one in read]
            if page.next is None:
                break
            asked["cursor"] = page.next
            if random.random() < 0.3:
                load_bundles(database, some(random, number))
                number += 1
        assert len(seen) == len(set(seen)), "something twice"
        assert before <= set(seen), "something missed"


def everywhere(connection: Connection, **asked: str) -> list[dict[str, Any]]:
    page = everything.page(connection, make_query({"limit": "100", **asked}.items(), SEARCH))
    return [orjson.loads(item) for item in page.items]


@pytest.mark.parametrize("search", ["petrenko", "kursk", '"the day"', "story 3", "nothing at all", "georgia -claim"])
def test_a_search_over_everything_is_that_over_each(connection: Connection, world: World, search: str) -> None:
    items = everywhere(connection, q=search)
    for type_, noun in TYPES.items():
        shown = [one for one in world.nouns[noun] if noun != "claims" or one["withdrawn"] is None]
        wanted = {one["id"] for one in shown if is_found(noun, one, search)}
        of_type = {item[type_]["id"] for item in everywhere(connection, q=search, type=type_)}
        assert of_type == wanted if len(wanted) <= 100 else of_type <= wanted
        assert {item[type_]["id"] for item in items if item["type"] == type_} <= wanted
    for item in items:
        assert [type_ for type_ in TYPES if item[type_] is not None] == [item["type"]]
        assert all("<mark>" in one["text"] for one in item["highlights"])
        assert item["highlights"]


def test_a_name_comes_before_what_mentions_it(connection: Connection) -> None:
    first = everywhere(connection, q="ivan petrenko")[0]
    assert (first["type"], first["entity"]["name"]) == ("entity", "Ivan Petrenko")
    assert everywhere(connection, q="Олена Петренко") == everywhere(connection, q="ОЛЕНА петренко") != []


@pytest.mark.parametrize(
    "search",
    [
        *(
            "?!",
            '"',
            "* * *",
            "-",
            "the",
            "a",
            "AND",
            "a OR b",
            "NEAR(a b, 2)",
            "words:the",
            "rowid:1",
            "{a b}: c",
            "^the",
        ),
        *("the NOT claim", "'; DROP TABLE claim_text; --", "%", "_", "\\", "a'b", 'a"b', "x" * 10_000, "the " * 2500),
        *(
            "-the",
            "-the -claim",
            '-"the day"',
            "(((((",
            "the*",
            "th*",
            "*",
            "²½",
            "日本語",
            "\u0301",
            "ﬁ",
            "İ",
            "|",
            ".",
            "a.b|c",
        ),
    ],
)
def test_whatever_is_typed_is_answered(connection: Connection, world: World, search: str) -> None:
    for collection in SEARCHED:
        page = find.page(connection, collection, make_query([("q", search), ("limit", "1000")], collection))
        for record in map(orjson.loads, page.items):
            assert record in world.nouns[collection.name]
    everywhere(connection, q=search)


def test_only_what_is_not_wanted_leaves_the_rest(connection: Connection) -> None:
    everything_ = set(found(connection, CLAIMS))
    without, having = set(found(connection, CLAIMS, q="-petrenko")), set(found(connection, CLAIMS, q="petrenko"))
    assert without | having == everything_
    assert not without & having
    assert without
    assert having


def suggested(connection: Connection, prefix: str, **asked: str) -> list[tuple[str, str]]:
    items = map(orjson.loads, suggest.page(connection, make_query({"prefix": prefix, **asked}.items(), SUGGEST)).items)
    return [(item["type"], item["name"]) for item in items]


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("", []),
        (" ?", []),
        ("petr", ["Petrenko Relief Fund", "Ivan Petrenko", "Olena Petrenko"]),
        ("ПЕТР", ["Ivan Petrenko", "Olena Petrenko"]),
        ("ivan pet", ["Ivan Petrenko"]),
        ("petrenko iv", ["Ivan Petrenko"]),
        ("o'n", ["René O’Neil"]),
        ("o’neil", ["René O’Neil"]),
        ("saka", ["Georgia"]),
        ("prisoners cap", ["prisoners captured"]),
        ("incurs", ["The incursion"]),
        ("evening", ["Evening Wire", "Evening Wire"]),
        ("x" * 300, []),
        ("%", []),
    ],
)
def test_names_are_suggested_by_how_a_word_begins(connection: Connection, prefix: str, names: list[str]) -> None:
    assert [name for _, name in suggested(connection, prefix)] == names


def test_suggestions_are_narrowed_by_type(connection: Connection) -> None:
    assert {type_ for type_, _ in suggested(connection, "the")} == {"entity", "source", "event"}
    assert suggested(connection, "the", type="source") == [("source", "The Daily"), ("source", "The Wire")]


@pytest.mark.parametrize("more", [{}, {"sort": "date"}], ids=str)
def test_a_common_word_is_walked_in_the_order_of_dates(
    generated_database: Callable[[Engine], Database], more: dict[str, str]
) -> None:
    with generated_database("sqlite").read() as connection:
        steps = plan(connection, {"q": "claim", **more})
    assert len(steps) == 2
    assert "claim_text VIRTUAL TABLE" in steps[0]
    assert "claim USING INTEGER PRIMARY KEY (rowid=?)" in steps[1]


@pytest.mark.parametrize("more", [{"kind": "number"}, {"entity": "rene-oneil"}, {"event": "war"}], ids=str)
def test_beside_other_filters_no_claim_is_looked_up_that_has_not_the_words(
    generated_database: Callable[[Engine], Database], more: dict[str, str]
) -> None:
    with generated_database("sqlite").read() as connection:
        steps = plan(connection, {"q": "claim", **more})
    assert "LIST SUBQUERY" in " ".join(steps)
    assert not any("TEMP B-TREE" in step for step in steps)


def test_names_are_suggested_by_walks_of_indexes(generated_database: Callable[[Engine], Database]) -> None:
    with generated_database("sqlite").read() as connection:
        with counted(connection.engine) as statements:
            suggested(connection, "petrenko iv")
        (statement,) = statements
        bound = tuple("x" for _ in range(statement.count("?")))
        steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound)]
    tables = [step for step in steps if step.startswith(("SCAN", "SEARCH")) and "anon" not in step]
    assert tables
    assert all(step.startswith("SEARCH") for step in tables)


@pytest.mark.parametrize("limit", ["1", "100"])
def test_a_search_takes_as_many_statements_however_much_it_finds(connection: Connection, limit: str) -> None:
    def taken(ask: Callable[[], object]) -> int:
        with counted(connection.engine) as statements:
            ask()
        return len(statements)

    def listed(**asked: str) -> int:
        return taken(lambda: find.page(connection, CLAIMS, make_query({"limit": limit, **asked}.items(), CLAIMS)))

    assert listed(q="claim") == 1
    assert listed(q="claim", sort="relevance") == 2
    assert taken(lambda: everything.page(connection, make_query([("q", "a"), ("limit", limit)], SEARCH))) <= 8
    assert taken(lambda: suggested(connection, "the")) == 1
