"""How lists and single resources become responses: stored records, set in their frame as bytes, in any format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote

import orjson
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.api.addresses import address_of, base_of, link_header, next_link, own_query, path_of
from app.api.deps import read, read_quickly
from app.api.entries import NEWEST
from app.api.errors import printable
from app.api.formats import JSON, JSON_FORMAT, Format, chosen, formats_of
from app.api.listing import Listing
from app.api.streams import AT_ONCE, ReadPage, pages, streamed
from app.api.validators import conditional
from app.problems import NotFound
from app.search import find, then, timelines
from app.search.collections import ALONE, CLAIMS, SUGGEST, TIMELINE, Collection
from app.search.nouns import Noun
from app.search.page import Page
from app.search.query import Query, read_query, with_cursor
from app.search.timelines import Timeline
from app.storage.versions import Stamp

Headers = Mapping[str, str]
_VARIES = {"vary": "Accept"}
_TOLD = ("total", "version", "resolved", "unknown", "suggestions", "facets", "highlights")
"""What a page tells beyond its items, where there is anything to tell."""
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(slots=True)
class _Asked:
    """A list that was asked for, of something called `about` where it is one of a `noun`."""

    request: Request
    collection: Collection
    form: Format
    query: Query
    reads: ReadPage
    about: str = ""
    noun: str = ""

    def answer(self, connection: Connection, now: Stamp, validators: Headers) -> Response:
        """The page, or, of what is sent as it is read, all of them."""
        page = known(self.reads(connection, self.query), self.noun, self.about)
        is_whole = self.form.rows is None
        following = _following(self.request, page) if is_whole or self.query.limited else None
        headers = {**validators, **_headers(self.request, self.form, self.collection.name, following, page)}
        if not is_whole:
            version = now.version if self.collection is CLAIMS else None
            following_pages = pages(self.request, self.reads, self.query, page, version)
            return streamed(self.request, self.form, self.collection.name, following_pages, headers)
        if self.form is JSON_FORMAT:
            return Response(_body(page, following, array=self.query.array), headers=headers, media_type=JSON)
        listing = Listing(self.collection.name, page, base_of(self.request), _own(self.request), following, now.at)
        return _written(self.form, connection, listing, headers)


async def listed(
    request: Request, collection: Collection, reads: ReadPage | None = None, about: str = "", noun: str = ""
) -> Response:
    """What the query string asks of a collection, in the format that the request asks for.

    `reads` reads a page of it where that is more than `find.page`; it is None of a `noun` called `about` that is not
    there.
    """
    form = chosen(request, collection.name)
    query = query_of(request, collection, about, form)
    is_walk = reads is None or collection is SUGGEST or (collection is TIMELINE and not query.values)
    is_quick = form is JSON_FORMAT and is_walk and query.is_quick
    plain = partial(_page, collection, joined=form is JSON_FORMAT)
    asked = _Asked(request, collection, form, query, reads or plain, about, noun)
    reader = read_quickly if is_quick else read
    return await reader(request, conditional(request, form.content_type, base_of(request), asked.answer))


def _page(collection: Collection, connection: Connection, query: Query, *, joined: bool) -> Page:
    return find.page(connection, collection, query, joined=joined)


async def found(request: Request, noun: Noun, text: str, collection: Collection = ALONE) -> Response:
    """The record of what an id or a key names, as it is or, where the collection has a past, as it stood."""
    form = chosen(request, noun.name)
    moment = query_of(request, collection).known_at if request.scope["query_string"] else None

    def answer(connection: Connection, now: Stamp, validators: Headers) -> Response:
        record = find.one(connection, noun, text) if moment is None else then.one(connection, noun, text, moment)
        record = known(record, noun.name, text)
        headers = {**validators, **_headers(request, form, noun.name, None, None)}
        if form is JSON_FORMAT:
            return Response(record, headers=headers, media_type=JSON)
        listing = Listing(noun.name, Page([record]), base_of(request), _own(request), None, now.at, alone=True)
        return _written(form, connection, listing, headers)

    reader = read_quickly if moment is None and form is JSON_FORMAT else read
    return await reader(request, conditional(request, form.content_type, base_of(request), answer))


async def told(request: Request, timeline: Timeline, text: str) -> Response:
    """The page of the timeline of what an id or a key names."""
    joined = chosen(request, TIMELINE.name) is JSON_FORMAT

    def reads(connection: Connection, query: Query) -> Page | None:
        return timelines.page(connection, timeline, text, query, joined=joined)

    return await listed(request, TIMELINE, reads, text, timeline.noun.name)


def query_of(request: Request, collection: Collection, about: str = "", form: Format = JSON_FORMAT) -> Query:
    """The query that the request's query string asks; `about` is what else its address says."""
    order = NEWEST.get(collection.name) if form.newest_first else None
    query = read_query(request.scope["query_string"], collection, about, order)
    most = AT_ONCE if form.rows else form.default_limit
    return query if most is None or query.limited else replace(query, limit=min(most, collection.max_limit))


def known(thing: Any, noun: str, text: str) -> Any:  # noqa: ANN401 - whatever was looked up
    """The thing looked up by id or key. Raises NotFound where that was None."""
    if thing is None:
        raise NotFound(f"There is no {noun} {printable(text)[:200]!r}.")
    return thing


def paged(request: Request, page: Page) -> Response:
    """The page as JSON, with the address of the next one."""
    following = _following(request, page)
    link = next_link(following)
    return Response(_body(page, following), headers={"link": link} if link else {}, media_type=JSON)


def as_json(value: object, **headers: str) -> Response:
    """A value as JSON."""
    return Response(orjson.dumps(value), headers=headers, media_type=JSON)


def moved(request: Request, text: str, other: str) -> Response:
    """Sends for good to the same address with `other` in place of `text`."""
    query = quote(request.scope["query_string"], safe="%&=+;,:@!$'()*/?")
    path = quote(path_of(request).replace(text, other, 1), safe="/")
    location = base_of(request) + path + (f"?{query}" if query else "")
    return Response(status_code=308, headers={"location": location})


def _following(request: Request, page: Page) -> str | None:
    """The address of the next page."""
    if page.next is None:
        return None
    return address_of(request, with_cursor(request.scope["query_string"], page.next))


def _own(request: Request) -> str:
    """The address of the list, wherever in it the page is."""
    return address_of(request, own_query(request))


def _headers(request: Request, form: Format, name: str, following: str | None, page: Page | None) -> dict[str, str]:
    headers = dict(_VARIES) if len(formats_of(name)) > 1 else {}
    link = link_header(request, name, following)
    if link is not None:
        headers["link"] = link
    if form.saved:
        path = "-".join(request.scope["path"].strip("/").split("/")[-2:])
        headers["content-disposition"] = f'attachment; filename="{_NOT_IN_A_NAME.sub("-", path)}{form.suffix}"'
    if form.rows and page is not None and page.version is not None:
        headers["counterclaim-version"] = str(page.version)
    return headers


def _written(form: Format, connection: Connection, listing: Listing, headers: Headers) -> Response:
    assert form.write is not None
    return Response(form.write(connection, listing), headers=headers, media_type=form.content_type)


def _body(page: Page, address: str | None, *, array: bool = False) -> bytes:
    items = ",".join(page.items).encode() if page.joined is None else page.joined
    if array:
        return b"".join((b"[", items, b"]"))
    more: dict[str, Any] = {"next": page.next, "next_url": address}
    more |= {name: told for name in _TOLD if (told := getattr(page, name)) is not None}
    return b"".join((b'{"items":[', items, b"],", orjson.dumps(more)[1:]))
