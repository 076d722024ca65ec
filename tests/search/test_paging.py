"""Pages: a walk shows everything once, also while others load; and cursors survive a round trip."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.problems import Invalid, InvalidCursor
from app.search import find
from app.search.collections import CLAIMS
from app.search.nouns import CLAIM
from app.search.page import Key, Sort, decode, encode
from app.search.query import make_query
from app.storage.engine import Database
from tests.factories import article, bundle, claim, load_bundles, opened

FIRST_BUNDLES = 8
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
    return [item.split('"', 4)[3] for item in items]


class Loader:
    """Loads bundles in a thread of its own, each sooner or later after it was wished for, and at most so many."""

    def __init__(self, database: Database, most: int) -> None:
        self._database = database
        self._wished: SimpleQueue[int | None] = SimpleQueue()
        self._numbers = iter(range(FIRST_BUNDLES, FIRST_BUNDLES + most))
        self.loaded = 0

    def wish(self) -> None:
        number = next(self._numbers, None)
        if number is not None:
            self._wished.put(number)

    def end(self) -> None:
        self._wished.put(None)

    def run(self) -> None:
        random = Random(1)
        while (number := self._wished.get()) is not None:
            load_bundles(self._database, a_few_claims(random, number))
            self.loaded += 1


def walk_while_loading(database: Database, random: Random, loader: Loader) -> None:
    """Walks all claims, one page a transaction, while the loader loads."""
    sort = random.choice(CLAIMS.sorts).name
    pairs = [("sort", sort), ("limit", str(random.randint(20, 80)))]
    if sort == "relevance":
        pairs.append(("q", "captured"))  # which all are
    with database.read() as connection:
        before = set(connection.execute(select(CLAIM.c.public_id)).scalars())
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        if random.random() < 0.5:
            loader.wish()
        with database.read() as connection:
            query = make_query([*pairs, *([("cursor", cursor)] if cursor else [])], CLAIMS)
            page = find.page(connection, CLAIMS, query)
        seen += ids(page.items)
        cursor = page.next
    assert len(seen) == len(set(seen)), "something twice"
    assert before <= set(seen), "something missed"


def walks(database: Database, count: int, loads: int) -> None:
    random = Random(count)
    for number in range(FIRST_BUNDLES):
        load_bundles(database, a_few_claims(random, number))
    loader = Loader(database, loads)
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(loader.run)
        try:
            for _ in range(count):
                walk_while_loading(database, random, loader)
        finally:
            loader.end()
        loading.result()
    assert loader.loaded == loads


def test_walks_miss_nothing_while_others_load(database: Database) -> None:
    walks(database, 200, 40)


@pytest.mark.long
def test_a_thousand_walks_miss_nothing_while_others_load(database: Database) -> None:
    walks(database, 1000, 300)


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
