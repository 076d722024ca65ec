"""Every format that a list or a record is answered in, declared once: suffix, media type, and what writes it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection
from starlette.requests import Request

from app.api import calendars, entries, feeds, linked, tables
from app.api.listing import Listing
from app.api.negotiation import field_of, preferred

JSON = "application/json"
FORMAT = "counterclaim.format"
"""The member of a request's scope that holds the suffix which its address ended in."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `names` are the lists and records that have it, None for all that have any.

    `write` makes a page as a whole. What has `rows` instead is sent as it is read, without a cap: `head` and then
    `rows`, given the name of the list and some of its items.
    """

    name: str
    suffix: str
    media_type: str
    names: Collection[str] | None = None
    write: Callable[[Connection, Listing], bytes] | None = None
    head: Callable[[str], bytes] | None = None
    rows: Callable[[str, Iterable[str]], bytes] | None = None
    parameters: str = ""
    saved: bool = False
    newest_first: bool = False
    default_limit: int | None = None

    @property
    def content_type(self) -> str:
        """The media type with its parameters."""
        return self.media_type + self.parameters


def _lines(_name: str, items: Iterable[str]) -> bytes:
    return "".join(f"{item}\n" for item in items).encode()


LISTS = frozenset(tables.COLUMNS)
"""Every list that has more forms than JSON."""
JSON_FORMAT = Format("JSON", ".json", JSON)
FORMATS = (
    JSON_FORMAT,
    Format(
        "CSV",
        ".csv",
        "text/csv",
        LISTS,
        head=tables.head,
        rows=tables.rows,
        parameters="; charset=utf-8; header=present",
        saved=True,
    ),
    Format("NDJSON", ".ndjson", "application/x-ndjson", LISTS, head=lambda _: b"", rows=_lines, saved=True),
    Format("JSON-LD", ".jsonld", "application/ld+json", frozenset(linked.SINGULAR), linked.as_linked),
    Format("Atom", ".atom", "application/atom+xml", entries.FED, feeds.as_atom, newest_first=True),
    Format("JSON Feed", ".jsonfeed", "application/feed+json", entries.FED, feeds.as_json_feed, newest_first=True),
    Format(
        "iCalendar",
        ".ics",
        "text/calendar",
        frozenset({"events", "event"}),
        calendars.as_calendar,
        parameters="; charset=utf-8",
        saved=True,
        default_limit=1000,
    ),
)
"""In the order of preference: the first is given to whoever takes anything, or nothing of these."""


@cache
def formats_of(name: str) -> tuple[Format, ...]:
    """The formats of a list or a record; of one that has but JSON, that."""
    having = tuple(one for one in FORMATS if one.names is not None and name in one.names)
    return (JSON_FORMAT, *having)


@cache
def _by_media_type(name: str) -> Mapping[str, Format]:
    return {one.media_type: one for one in formats_of(name)}


def chosen(request: Request, name: str) -> Format:
    """The format of the list or record that the request asks for: by its address, or else by `Accept`."""
    suffix = request.scope.get(FORMAT)
    if suffix is not None:
        return next(one for one in formats_of(name) if one.suffix == suffix)
    accept = field_of(request, b"accept")
    if accept is None or accept == "*/*":
        return JSON_FORMAT
    offered = _by_media_type(name)
    return offered.get(preferred(accept, tuple(offered)) or JSON, JSON_FORMAT)
