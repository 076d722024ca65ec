"""Pages: a walk shows everything once, also while others load; and cursors survive a round trip."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.problems import Invalid, InvalidCursor
from app.search import find
from app.search.collections import CLAIMS
from app.search.page import Key, Sort, decode, encode
from app.search.query import make_query
from app.storage.engine import Database
from tests.factories import article, bundle, claim, load_bundles, opened

WALKS = 20
MOST_BUNDLES = 150
"""Loading goes on until there are so many, or walks would never end."""
TEXTS = ["102", "more than 100", "about 2,000", "hundreds", "40 to 50", "7"]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


def a_few_claims(random: Random, number: int) -> dict[str, Any]:
    """A bundle of a few claims on days before, among and after those already there."""
    claims = [
        claim(f"c{position}", random.choice(TEXTS), speaker=random.choice(["ann", "bob", None]), event=None)
        | {"window": f"2024-08-{random.randint(1, 28):02}"}
        for position in range(random.randint(1, 6))
    ]
    return bundle(article(f"a{number}", *claims, published=f"2024-08-{random.randint(1, 28):02}"), key=f"b{number}")


def ids(items: list[str]) -> list[str]:
    return [orjson.loads(item)["id"] for item in items]


def walk_while_loading(database: Database, random: Random, number: int) -> int:
    """Walks all claims, one page a transaction, and loads something between pages; returns the next free number."""
    sort = random.choice(CLAIMS.sorts).name
    pairs = [("sort", sort), ("limit", str(random.randint(3, 40)))]
    if sort == "relevance":
        pairs.append(("q", "captured"))  # which all are
    before = set(ids(list(_all(database))))
    seen: list[str] = []
    cursor: str | None = None
    last = min(number + 2, MOST_BUNDLES)
    while True:
        with database.read() as connection:
            query = make_query([*pairs, *([("cursor", cursor)] if cursor else [])], CLAIMS)
            page = find.page(connection, CLAIMS, query)
        seen += ids(page.items)
        cursor = page.next
        if cursor is None:
            break
        if number < last and random.random() < 0.5:
            load_bundles(database, a_few_claims(random, number))
            number += 1
    assert len(seen) == len(set(seen)), "something twice"
    assert before <= set(seen), "something missed"
    return number


def _all(database: Database) -> Iterator[str]:
    with database.read() as connection:
        yield from find.records(connection, "claims", {})


def walks(database: Database, count: int) -> None:
    random = Random(count)
    number = 0
    for _ in range(8):
        load_bundles(database, a_few_claims(random, number))
        number += 1
    for _ in range(count):
        number = walk_while_loading(database, random, number)


def test_a_walk_misses_nothing_while_others_load(database: Database) -> None:
    walks(database, WALKS)


@pytest.mark.long
def test_a_thousand_walks_miss_nothing_while_others_load(database: Database) -> None:
    walks(database, 1000)


def test_all_records_are_those_of_all_pages(database: Database) -> None:
    load_bundles(database, bundle(article("a", *[claim(f"c{position}") for position in range(7)])))
    with database.read() as connection:
        page = find.page(connection, CLAIMS, make_query([], CLAIMS))
        assert list(find.records(connection, "claims", {})) == page.items
        assert len(list(find.records(connection, "entities", {"kind": "person"}))) == 2
        with pytest.raises(Invalid, match="nothing called 'claim'"):
            list(find.records(connection, "claim", {}))


KEYS = (Key(int), Key(float, nullable=True), Key(str))
SORT = Sort("-it", "by it", KEYS)
INTEGERS = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300)


@given(st.tuples(INTEGERS, FLOATS, TEXT))
def test_a_cursor_carries_its_keys_exactly(keys: tuple[Any, ...]) -> None:
    assert decode(encode(SORT, "d", keys), SORT, "d") == keys


@given(st.text(max_size=100))
def test_no_text_but_a_cursor_is_one(text: str) -> None:
    with pytest.raises(InvalidCursor):
        decode(text, SORT, "d")


@given(st.binary(max_size=60))
def test_no_bytes_but_a_cursor_are_one(content: bytes) -> None:
    with pytest.raises(InvalidCursor):
        decode(urlsafe_b64encode(content).decode(), SORT, "d")
