"""Addresses: which of them end in a format, what links say, and how they are written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.deps import settings_of
from app.api.formats import FORMAT, FORMATS, Format, formats_of
from app.api.negotiation import field_of

_SUFFIX = re.compile(r"(?<=[^/])\.[a-z]+$")
_BASE = "counterclaim.base"
"""The member of a scope that keeps the address: an answer needs it several times."""
MAX_LINK = 7500
"""Longest address that is told in a header too: proxies take 8 KiB, and what was typed to search may be longer."""
_MOST_LINKED = 1000
"""Bytes of a query string up to which other formats are linked to: servers in between take only so much of a header."""

Places = Sequence[tuple[re.Pattern[str], str]]
"""Patterns of addresses, and the name of the list or record that is there."""


_PLAIN_PATH = re.compile("[A-Za-z0-9_.~/-]*")
_PLAIN_QUERY = re.compile(rb"[A-Za-z0-9_.~%=&+;,:@!$'()*/?-]*")


def _path_text(path: str) -> str:
    """The path as an address writes it; that most are so already is told sooner than written."""
    return path if _PLAIN_PATH.fullmatch(path) else quote(path, safe="/")


def _query_text(query: bytes) -> str:
    return query.decode() if _PLAIN_QUERY.fullmatch(query) else quote(query, safe="%=&+;,:@!$'()*/?")


def places(routes: Iterable[Any], named: str) -> Places:
    """Those of the routes that name in their description, as `named`, what they answer."""
    described = [(route.path_regex, route.openapi_extra or {}) for route in routes]
    return [(pattern, extra[named]) for pattern, extra in described if named in extra]


def split(path: str) -> tuple[str, str]:
    """A path without what looks like a format's suffix, and that; "" where nothing does."""
    found = _SUFFIX.search(path)
    return (path[: found.start()], found[0]) if found else (path, "")


def formats_at(known: Places, path: str) -> tuple[Format, ...]:
    """The formats of what is at the path; none where nothing is that has any."""
    return next((formats_of(name) for pattern, name in known if pattern.match(path)), ())


class Suffixes:
    """Takes the suffix of a format off the path, for those addresses that have that format."""

    def __init__(self, app: ASGIApp, known: Places) -> None:
        self.app = app
        self.known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the format in the scope, or leave the path as it is."""
        if scope["type"] == "http" and "." in scope["path"]:
            path, suffix = split(scope["path"])
            if suffix in {one.suffix for one in formats_at(self.known, path)}:
                scope = {**scope, "path": path, FORMAT: suffix}
        await self.app(scope, receive, send)


def path_of(request: Request) -> str:
    """The path that was asked for, with its suffix."""
    return str(request.scope["path"]) + str(request.scope.get(FORMAT, ""))


def base_of(request: Request) -> str:
    """The address of the service, fit for a header: of the caller's word on it nothing may end one."""
    found: str | None = request.scope.get(_BASE)
    if found is None:
        found = request.scope[_BASE] = _quoted(settings_of(request).public_url or _own_base(request))
    return found


def _own_base(request: Request) -> str:
    """The request's own base, spelled out where that is simple: to take an address apart and together takes longer."""
    host = field_of(request, b"host")
    if not host or request.scope.get("root_path"):
        return str(request.base_url).rstrip("/")
    return f"{request.scope['scheme']}://{host}"


@lru_cache(maxsize=64)  # callers may make up hosts without end
def _quoted(base: str) -> str:
    return quote(base, safe=":/[]")


def address_of(request: Request, query: str = "") -> str:
    """The whole address of what was asked for, with that query string."""
    return base_of(request) + _path_text(path_of(request)) + (f"?{query}" if query else "")


def own_query(request: Request) -> str:
    """The request's query string as an address writes it, without what is meant for nobody and without the cursor."""
    raw: bytes = request.scope["query_string"]
    if not raw:
        return ""
    fields = [field for field in raw.split(b"&") if field and not field.startswith((b"_", b"cursor="))]
    return _query_text(b"&".join(fields))


def next_link(following: str | None) -> str | None:
    """The next page's address as a link; None where there is none, or where no header holds it."""
    return f'<{following}>; rel="next"' if following and len(following) <= MAX_LINK else None


def link_header(request: Request, name: str, following: str | None, **more: str) -> str | None:
    """The `Link` header (RFC 8288): the next page, what else is told by relation, and the other formats."""
    links = [link] if (link := next_link(following)) else []
    links += [f'<{address}>; rel="{relation}"' for relation, address in more.items()]
    if len(request.scope["query_string"]) <= _MOST_LINKED and len(formats_of(name)) > 1:
        links += _alternates(request, name)
    return ", ".join(links) or None


def _alternates(request: Request, name: str) -> list[str]:
    base = base_of(request) + _path_text(request.scope["path"])
    query = own_query(request)
    after = f"?{query}" if query else ""
    own = request.scope.get(FORMAT)
    return [f"<{base}{suffix}{after}{told}" for suffix, told in _offered(name) if suffix != own]


@cache
def _offered(name: str) -> tuple[tuple[str, str], ...]:
    """The suffixes of a list's or a record's formats, with what a link says of each."""
    return tuple((one.suffix, f'>; rel="alternate"; type="{one.media_type}"') for one in formats_of(name))


def suffixes(formats: Iterable[Format], path: str) -> str:
    """The addresses of formats, for a reader: `/claims.json, /claims.csv`."""
    return ", ".join(f"{path}{one.suffix}" for one in formats)


BY_SUFFIX: Mapping[str, Format] = {one.suffix: one for one in FORMATS}
