"""Lists as feeds that a reader subscribes to: Atom (RFC 4287) and JSON Feed 1.1."""

from datetime import datetime
from html import escape
from io import StringIO
from typing import Any

import orjson
from feedgenerator import Atom1Feed
from sqlalchemy import Connection

from app.api.entries import Entry, entries, heading, identity, newest
from app.api.listing import Listing

_VERSION = "https://jsonfeed.org/version/1.1"
_AUTHOR = "Counterclaim"
# XML has no way to write these.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


class _Atom(Atom1Feed):  # type: ignore[misc]
    """Atom with the page after it, and with the article that an entry is of."""

    def add_root_elements(self, handler: Any) -> None:  # noqa: ANN401
        super().add_root_elements(handler)
        if self.feed["next"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next"]})

    def add_item_elements(self, handler: Any, item: Any) -> None:  # noqa: ANN401
        super().add_item_elements(handler, item)
        if item["of"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["of"]})

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


def as_atom(connection: Connection, listing: Listing) -> bytes:
    """The page as Atom."""
    found = entries(connection, listing)
    feed = _Atom(
        title=_written(heading(listing)),
        link=listing.base,
        description="",
        feed_url=listing.address,
        feed_guid=identity(listing),
        author_name=_AUTHOR,
        next=listing.next,
        updated=_moment(newest(found, listing)),
    )
    for entry in found:
        feed.add_item(**_item(entry))
    written = StringIO()
    feed.write(written, "utf-8")
    return written.getvalue().encode()


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "title": _written(entry.title),
        "link": entry.link,
        "description": None,
        "content": _html(entry),
        "unique_id": entry.id,
        "updateddate": _moment(entry.updated),
        "author_name": None if entry.author is None else _written(entry.author),
        "categories": [_written(tag) for tag in entry.tags],
        "of": entry.of,
    }


def _html(entry: Entry) -> str:
    return _written("".join(f"<p>{escape(paragraph)}</p>" for paragraph in entry.paragraphs))


def _written(text: str) -> str:
    return text.translate(_NOT_IN_XML)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def as_json_feed(connection: Connection, listing: Listing) -> bytes:
    """The page as JSON Feed."""
    found = entries(connection, listing)
    feed = {
        "version": _VERSION,
        "title": heading(listing),
        "home_page_url": listing.base,
        "feed_url": listing.address,
        "next_url": listing.next,
        "items": [_member(entry) for entry in found],
    }
    return orjson.dumps({name: value for name, value in feed.items() if value is not None})


def _member(entry: Entry) -> dict[str, Any]:
    member = {
        "id": entry.id,
        "url": entry.link,
        "external_url": entry.of,
        "title": entry.title,
        "content_html": "".join(f"<p>{escape(paragraph)}</p>" for paragraph in entry.paragraphs),
        "content_text": "\n\n".join(entry.paragraphs),
        "date_modified": entry.updated,
        "authors": [{"name": entry.author or _AUTHOR}],
        "tags": list(entry.tags),
    }
    return {name: value for name, value in member.items() if value is not None}
