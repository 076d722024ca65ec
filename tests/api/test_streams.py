"""Tables and lines of any length: sent in the memory of one page, while others are answered."""

import asyncio
import json
import tracemalloc
from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI

from app.api import answers
from app.search import find
from tests.api.client import Client, serving
from tests.databases import Databases
from tests.factories import load_bundles, opened
from tests.generated import generated
from tests.many import multiply
from tests.search.test_plans import counted

Json = dict[str, Any]
MOST_MEMORY = 1_500_000
"""Bytes that sending a list may take, fifty rows at a time, however long it is; all rows here have twice as many."""


@pytest.fixture
def narrow(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """An application with one connection, that reads five rows at a time."""
    monkeypatch.setattr(answers, "AT_ONCE", 5)
    with databases.create("sqlite", generated) as url, serving(url, pool_size=1, pool_timeout_seconds=0.2) as client:
        yield client


class Slow:
    """Asks for a list and takes its parts one by one."""

    def __init__(self, app: FastAPI, path: str, query: str = "") -> None:
        self._app = app
        self._parts: asyncio.Queue[Json] = asyncio.Queue(maxsize=1)
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(b"host", b"test")],
            "server": ("test", 80),
            "state": {},
        }

    async def take(self) -> bytes:
        body: bytes = (await self._parts.get()).get("body", b"")
        return body

    @asynccontextmanager
    async def begun(self) -> AsyncIterator[None]:
        """While it is being answered."""
        task = asyncio.ensure_future(self._app(self._scope, self._wait, self._put))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _put(self, message: MutableMapping[str, Any]) -> None:
        await self._parts.put(dict(message))

    async def _wait(self) -> Any:
        await asyncio.Event().wait()


def run(client: Client, coroutine: Any) -> Any:
    return client._runner.run(coroutine)


def test_who_takes_a_list_slowly_keeps_no_connection(narrow: Client) -> None:
    async def ask() -> None:
        slow = Slow(narrow.app, "/claims.csv")
        async with slow.begun():
            for _ in range(4):
                await slow.take()
                other = Slow(narrow.app, "/claims")
                async with other.begun():
                    start = await asyncio.wait_for(other._parts.get(), 5)
                    assert start["status"] == 200

    run(narrow, ask())


def later(number: int) -> Json:
    """A bundle with one claim, of a day amid the others."""
    claim = {"key": "c", "kind": "stock", "statement": "More.", "measure": "captured", "text": "5", "event": "day"}
    told = {"key": f"more-{number}", "source": "daily", "title": "More", "published": f"2024-08-{13 + number}"}
    return {"bundle": f"more-{number}", "articles": [{**told, "claims": [claim]}]}


@pytest.mark.parametrize(("order", "is_one_version"), [("", True), ("sort=-value", False)])
def test_what_stays_is_sent_once_whatever_is_written_meanwhile(
    narrow: Client, order: str, is_one_version: bool
) -> None:
    before = [item["id"] for item in narrow.get(f"/claims?limit=1000&{order}").json["items"]]
    url = narrow.app.state.settings.database_url

    async def ask() -> bytes:
        slow, taken = Slow(narrow.app, "/claims.ndjson", order), [b""]
        async with slow.begun():
            for number in range(6):
                taken += [await slow.take(), await slow.take()]
                with opened(url) as database:
                    load_bundles(database, later(number), now=f"2024-09-0{number + 4}T00:00:00Z")
            while part := await slow.take():
                taken.append(part)
        return b"".join(taken)

    sent = [json.loads(line)["id"] for line in run(narrow, ask()).splitlines()]
    assert [one for one in sent if one in before] == before
    assert (sent == before) == is_one_version
    assert len(sent) == len(set(sent))


def test_the_head_of_a_list_takes_one_page(narrow: Client) -> None:
    with counted(narrow.app.state.database.engine) as statements:
        head = narrow.ask("HEAD", "/claims.csv")
    assert (head.status, head.body, len(statements)) == (200, b"", 2)
    assert head.headers == narrow.get("/claims.csv").headers


def test_a_list_that_fails_midway_does_not_end_as_if_it_were_whole(
    narrow: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, real = iter(range(3)), find.page

    def failing(*asked: Any, **more: Any) -> Any:
        if next(pages, None) is None:
            raise RuntimeError("the disk is gone")
        return real(*asked, **more)

    monkeypatch.setattr(find, "page", failing)
    with pytest.raises(RuntimeError):
        narrow.get("/claims.csv")


@pytest.mark.parametrize("suffix", [".csv", ".ndjson"])
def test_memory_does_not_grow_with_the_list(databases: Databases, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(answers, "AT_ONCE", 50)
    with databases.create("sqlite", generated) as url:
        with opened(url) as database:
            listed = multiply(database, 1500)
        with serving(url) as client:
            assert run(client, rows_of(client.app, f"/claims{suffix}", measured=False)) >= listed
            assert run(client, rows_of(client.app, f"/claims{suffix}", measured=True)) >= listed


async def rows_of(app: FastAPI, path: str, *, measured: bool) -> int:
    """How many lines a list has; where it is measured, its memory is bounded."""
    slow, lines = Slow(app, path), 0
    if measured:
        tracemalloc.start()
    try:
        async with slow.begun():
            await slow.take()
            while part := await slow.take():
                lines += part.count(b"\n")
        assert not measured or tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    return lines
