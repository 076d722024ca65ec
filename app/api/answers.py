"""How lists and single resources become responses: stored records, set in their frame as bytes."""

from typing import Any
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.api.deps import read, read_quickly, settings_of
from app.api.errors import printable
from app.api.formats import JSON
from app.problems import NotFound
from app.search import find, then, timelines
from app.search.collections import ALONE, TIMELINE, Collection
from app.search.nouns import Noun
from app.search.page import Page
from app.search.query import Query, read_query, with_cursor
from app.search.timelines import Timeline

MAX_LINK = 7500
"""Longest address that is told in a header too: proxies take 8 KiB, and what was typed to search may be longer."""


async def listed(request: Request, collection: Collection) -> Response:
    """The page of a collection that the query string asks for."""
    query = query_of(request, collection)
    reader = read if query.count or query.past or query.search is not None else read_quickly
    return paged(request, await reader(request, find.page, collection, query))


async def found(request: Request, noun: Noun, text: str, collection: Collection = ALONE) -> Response:
    """The record of what an id or a key names, as it is or, where the collection has a past, as it stood."""
    moment = query_of(request, collection).known_at
    if moment is None:
        record = await read_quickly(request, find.one, noun, text)
    else:
        record = await read(request, then.one, noun, text, moment)
    return Response(known(record, noun.name, text), media_type=JSON)


async def told(request: Request, timeline: Timeline, text: str) -> Response:
    """The page of the timeline of what an id or a key names."""
    query = query_of(request, TIMELINE, text)
    page = await read(request, timelines.page, timeline, text, query)
    return paged(request, known(page, timeline.noun.name, text))


def query_of(request: Request, collection: Collection, about: str = "") -> Query:
    """The query that the request's query string asks; `about` is what else its address says."""
    return read_query(request.scope["query_string"], collection, about)


def known(thing: Any, noun: str, text: str) -> Any:  # noqa: ANN401 - whatever was looked up
    """The thing looked up by id or key. Raises NotFound where that was None."""
    if thing is None:
        raise NotFound(f"There is no {noun} {printable(text)[:200]!r}.")
    return thing


def paged(request: Request, page: Page) -> Response:
    """The page, with the address of the next one."""
    if page.next is None:
        return Response(_body(page, None), media_type=JSON)
    following = with_cursor(request.scope["query_string"], page.next)
    address = f"{_address(request, request.scope['path'])}?{following}"
    headers = {"link": f'<{address}>; rel="next"'} if len(address) <= MAX_LINK else {}
    return Response(_body(page, address), headers=headers, media_type=JSON)


def as_json(value: object, **headers: str) -> Response:
    """A value as JSON."""
    return Response(orjson.dumps(value), headers=headers, media_type=JSON)


def moved(request: Request, path: str) -> Response:
    """Sends to another path for good, with the same query string."""
    query = quote(request.scope["query_string"], safe="%&=+;,:@!$'()*/?")
    return Response(status_code=308, headers={"location": _address(request, path) + (f"?{query}" if query else "")})


def _address(request: Request, path: str) -> str:
    base = settings_of(request).public_url or str(request.base_url).rstrip("/")
    # The host is the caller's word: nothing of it may end the address or the header.
    return quote(base, safe=":/[]") + quote(path, safe="/")


def _body(page: Page, address: str | None) -> bytes:
    more: dict[str, Any] = {"next": page.next, "next_url": address}
    if page.total is not None:
        more["total"] = page.total
    if page.version is not None:
        more["version"] = page.version
    if page.resolved is not None:
        more["resolved"] = page.resolved
    if page.suggestions is not None:
        more["suggestions"] = page.suggestions
    if page.highlights is not None:
        more["highlights"] = page.highlights
    return b"".join((b'{"items":[', ",".join(page.items).encode(), b"],", orjson.dumps(more)[1:]))
