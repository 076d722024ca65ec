"""Events as iCalendar (RFC 5545): whole days where the date is known to the day or less, times where it is finer."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.api.entries import BEGINNING, words
from app.api.listing import Json, Listing
from app.search.nouns import EVENT_NOUN
from app.search.recorded import times

if TYPE_CHECKING:
    from icalendar import Event

_LAST_MINUTE = datetime.fromisoformat("9999-12-31T23:59Z")
"""Nothing comes after it: what ends then is said to end with its beginning."""
_MAKER = "-//Counterclaim//Events//EN"


def as_calendar(connection: Connection, listing: Listing) -> bytes:
    """The page as a calendar. A month or a year is a span of its days; of an open date only the end that is known."""
    from icalendar import Calendar  # noqa: PLC0415 - it takes a tenth of the start, and few requests need it

    records = listing.records()
    changed = times(connection, EVENT_NOUN, [event["id"] for event in records])
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Counterclaim: events")
    for event in records:
        calendar.add_component(_event(listing, event, changed))
    written: bytes = calendar.to_ical()
    return written


def _event(listing: Listing, event: Json, changed: Mapping[str, str]) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    found = Event()
    at = datetime.fromisoformat(changed.get(event["id"], BEGINNING))
    start, end = _span(event["date"]["start"], event["date"]["end"])
    found.add("uid", f"{event['id']}@counterclaim")
    found.add("dtstamp", at)
    found.add("last-modified", at)
    found.add("dtstart", start)
    if end is not None:
        found.add("dtend", end)
    found.add("summary", event["title"])
    found.add("description", "\n".join([words(event["date"]["edtf"]), *filter(None, [event["description"]])]))
    found.add("url", listing.link("events", event["id"]))
    found.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if event["place"]:
        found.add("location", event["place"]["name"])
    return found


def _span(start: str | None, end: str | None) -> tuple[date, date | None]:
    """Where the event begins, and the first moment after it. Minutes on one side make minutes of both."""
    if start is None or end is None:
        known = start or end
        assert known is not None
        return (datetime.fromisoformat(known), None) if "T" in known else _days(known, known)
    if "T" not in start + end:
        return _days(start, end)
    last = datetime.fromisoformat(end if "T" in end else f"{end}T23:59Z")
    first = datetime.fromisoformat(start if "T" in start else f"{start}T00:00Z")
    return first, last + timedelta(minutes=1) if last < _LAST_MINUTE else last


def _days(start: str, end: str) -> tuple[date, date]:
    last = date.fromisoformat(end)
    return date.fromisoformat(start), last + timedelta(days=1) if last < date.max else last
