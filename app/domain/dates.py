"""Dates as text (EDTF, that is ISO 8601-2) and as ranges of whole minutes.

Plain dates, times and intervals are read here; the `edtf` package, which takes milliseconds a date and closes open
ends, reads the rest (seasons, unspecified digits, partly uncertain dates, sets).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

DAY = 24 * 60
MAX_TEXT = 80

_EPOCH = date(1970, 1, 1).toordinal()
_PLAIN = re.compile(r"([0-9]{4})(?:-([01][0-9])(?:-([0-9]{2}))?)?[?~%]?")  # months 21 to 41 are seasons
_TIMED = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_PART = r"[?~%]?[0-9]{2}[?~%]?"
_RARE = re.compile(
    r"[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])"  # seasons, quarters, half-years
    r"|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-XX(?:-XX)?|[0-9]{4}-[0-9]{2}-XX"
    rf"|[?~%]?[0-9]{{4}}[?~%]?(?:-{_PART}){{0,2}}"
    r"|\{[0-9,. -]+\}|\[[0-9,. -]+\]"
)
_OPEN = ("..", "")
_WINTERS = ("-24", "-28", "-30")
_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = tuple(_MONTH_NAMES.split())


class InvalidDate(ValueError):
    """A date that cannot be read, with what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Span:
    """A date as wide as its text leaves it.

    `edtf` is the canonical text; `start` and `end` are whole minutes since 1970-01-01T00:00Z, both included; None is an
    open end.
    """

    edtf: str
    start: int | None
    end: int | None


def parse_date(text: str) -> Span:
    """The span of an EDTF text: "2024-08-14", "2024-08", "2024-08~", "2024-08-06/..", "2024-08-14T18:00+03:00".

    A time needs its offset and is stated in UTC; years run from 0001 to 9999. What is approximate or uncertain is not
    widened beyond what is written. Seasons are those of the north unless EDTF's own codes name the south. Raises
    InvalidDate.
    """
    if len(text) > MAX_TEXT:
        raise InvalidDate(f"a date of {len(text)} characters is too long: at most {MAX_TEXT}, such as 2024-08-14")
    return _parsed(text.strip())


def bounds(edtf: str) -> tuple[int | None, int | None]:
    """First and last minute of an EDTF text; None is an open end. Raises InvalidDate."""
    span = parse_date(edtf)
    return span.start, span.end


def day_of(minute: int) -> int:
    """Whole days since 1970-01-01 of the day that holds the minute."""
    return minute // DAY


def date_of(minute: int) -> date:
    """The calendar day, in UTC, that holds the minute."""
    return date.fromordinal(_EPOCH + day_of(minute))


def minute_text(minute: int, *, end: bool) -> str:
    """ "2024-08-14" where the minute is the first of its day (for an end: the last), otherwise "2024-08-14T18:00Z"."""
    within = minute % DAY
    day = date_of(minute).isoformat()
    return day if within == (DAY - 1 if end else 0) else f"{day}T{_clock(minute)}Z"


def print_date(span: Span) -> str:
    """The span in words: "14 August 2024", "August 2024", "14–16 August 2024", "since 6 August 2024"."""
    first, _, last = span.edtf.partition("/")
    if span.end is None:
        return f"since {print_date(_parsed(first))}"
    if span.start is None:
        return f"until {print_date(_parsed(last))}"
    hedge = "about " if "~" in span.edtf or "%" in span.edtf else ""
    doubt = " (uncertain)" if "?" in span.edtf or "%" in span.edtf else ""
    return f"{hedge}{_printed(span.start, span.end)}{doubt}"


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Span:
    first, slash, last = text.partition("/")
    if not slash:
        return _single(text)
    if first in _OPEN and last in _OPEN:
        raise InvalidDate(f"{text!r} is open at both ends: leave the date out, or give one end")
    start = Span(first, None, None) if first in _OPEN else _single(first)
    end = Span(last, None, None) if last in _OPEN else _single(last)
    if start.start is not None and end.end is not None and start.start > end.end:
        raise InvalidDate(f"{text!r} ends before it begins: write the earlier date first")
    return Span(f"{start.edtf}/{end.edtf}", start.start, end.end)


def _single(text: str) -> Span:
    try:
        if plain := _PLAIN.fullmatch(text):
            return _days(text, *_plain(plain))
        if timed := _TIMED.fullmatch(text):
            return _timed(text, timed)
        if _RARE.fullmatch(text):
            return _days(text, *_rare(text))
    except (ValueError, OverflowError) as error:
        raise InvalidDate(f"{text!r} is not a date: {error}") from error
    raise InvalidDate(
        f"{text!r} is not a date: write 2024-08-14, 2024-08, 2024, 2024-08-14T18:00Z, or an interval such as"
        " 2024-08-06/2024-08-15, with .. for an open end"
    )


def _days(text: str, first: date, last: date) -> Span:
    if first > last:
        raise ValueError("it ends before it begins")
    return Span(text, (first.toordinal() - _EPOCH) * DAY, (last.toordinal() - _EPOCH + 1) * DAY - 1)


def _plain(match: re.Match[str]) -> tuple[date, date]:
    year, month, day = match.groups()
    if year == "0000":
        raise ValueError("years run from 0001 to 9999")
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    return first, _month_end(first.year, first.month if month else 12)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _timed(text: str, match: re.Match[str]) -> Span:
    day, hour, minute, second, offset = match.groups()
    if offset is None:
        raise ValueError(f"a time needs its offset from UTC, such as {text}Z or {text}+03:00")
    local = datetime.combine(date.fromisoformat(day), datetime.min.time(), _zone(offset))
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        raise ValueError("times run from 00:00:00 to 23:59:59")
    moment = (local + timedelta(hours=int(hour), minutes=int(minute), seconds=int(second or 0))).astimezone(UTC)
    whole = (moment.toordinal() - _EPOCH) * DAY + moment.hour * 60 + moment.minute
    # EDTF knows times to the second only.
    return Span(f"{moment.date().isoformat()}T{moment:%H:%M:%S}Z", whole, whole)


def _zone(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:]) if len(offset) > 3 else 0
    if hours > 14 or minutes > 59:
        raise ValueError("offsets from UTC run to 14:00")
    return timezone((-1 if offset[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _rare(text: str) -> tuple[date, date]:
    # Late, because importing its grammar takes a tenth of a second.
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415

    try:
        parsed: Any = parse_edtf(text)
        first, last = (date(*ends[:3]) for ends in (parsed.lower_strict(), parsed.upper_strict()))
    except (EDTFParseException, AttributeError, IndexError, TypeError) as error:
        raise ValueError("EDTF has no such form, such as 2024-21 for a spring or 201X for a decade") from error
    if text[4:] in _WINTERS:
        # The package ends a winter with its year; it lasts until the end of February.
        return first, _month_end(first.year + 1, 2)
    return first, last


def _clock(minute: int) -> str:
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


def _printed(start: int, end: int) -> str:
    if start % DAY or (end + 1) % DAY:
        left, right = (f"{_words(date_of(minute), 3)}, {_clock(minute)}" for minute in (start, end))
        if start == end:
            return f"{left} UTC"
        return f"{left}–{_clock(end)} UTC" if date_of(start) == date_of(end) else f"{left} – {right} UTC"
    first, last = date_of(start), date_of(end)
    return _joined(_words(first, _parts(first, last)), _words(last, _parts(first, last)))


def _parts(first: date, last: date) -> int:
    """How much of both dates to print: 1 for whole years, 2 for whole months, 3 for days."""
    if first.day > 1 or last != _month_end(last.year, last.month):
        return 3
    return 1 if first.month == 1 and last.month == 12 else 2


def _words(day: date, parts: int) -> str:
    return " ".join((str(day.day), _MONTHS[day.month - 1], str(day.year))[-parts:])


def _joined(left: str, right: str) -> str:
    """ "14 August 2024" and "16 August 2024" as "14–16 August 2024"."""
    ours, theirs = left.split(), right.split()
    shared: list[str] = []
    while ours and theirs and ours[-1] == theirs[-1]:
        shared.insert(0, ours.pop())
        theirs.pop()
    if not ours:
        return left
    dash = "–" if len(ours) == 1 and len(theirs) == 1 else " – "
    return " ".join((" ".join(ours) + dash + " ".join(theirs), *shared))
