"""Dates: their text, the minutes they span, and how they are printed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.dates import (
    DAY,
    InvalidDate,
    Span,
    bounds,
    date_of,
    day_of,
    minute_text,
    parse_date,
    print_date,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def shown(span: Span) -> tuple[str | None, str | None]:
    start = None if span.start is None else minute_text(span.start, end=False)
    return start, None if span.end is None else minute_text(span.end, end=True)


@pytest.mark.parametrize(
    ("text", "edtf", "start", "end", "printed"),
    [
        ("2024-08-14", "2024-08-14", "2024-08-14", "2024-08-14", "14 August 2024"),
        (" 2024-08-14\n", "2024-08-14", "2024-08-14", "2024-08-14", "14 August 2024"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2024", "2024", "2024-01-01", "2024-12-31", "2024"),
        ("0001", "0001", "0001-01-01", "0001-12-31", "1"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "9999-12-31", "31 December 9999"),
        ("2024-08-14T18:00Z", "2024-08-14T18:00:00Z", *["2024-08-14T18:00Z"] * 2, "14 August 2024, 18:00 UTC"),
        (
            "2024-08-14T01:30:45.5+03:00",
            "2024-08-13T22:30:45Z",
            *["2024-08-13T22:30Z"] * 2,
            "13 August 2024, 22:30 UTC",
        ),
        ("2024-08-14T22:00-0330", "2024-08-15T01:30:00Z", *["2024-08-15T01:30Z"] * 2, "15 August 2024, 01:30 UTC"),
        ("2024-08-14T00:00+03", "2024-08-13T21:00:00Z", *["2024-08-13T21:00Z"] * 2, "13 August 2024, 21:00 UTC"),
        ("2024-08-14/2024-08-16", "2024-08-14/2024-08-16", "2024-08-14", "2024-08-16", "14–16 August 2024"),
        ("2024-08-30/2024-09-03", "2024-08-30/2024-09-03", "2024-08-30", "2024-09-03", "30 August – 3 September 2024"),
        ("2023-12-30/2024-01", "2023-12-30/2024-01", "2023-12-30", "2024-01-31", "30 December 2023 – 31 January 2024"),
        ("2024-08/2024-10", "2024-08/2024-10", "2024-08-01", "2024-10-31", "August–October 2024"),
        ("2014/2016", "2014/2016", "2014-01-01", "2016-12-31", "2014–2016"),
        ("2024-08-06/..", "2024-08-06/..", "2024-08-06", None, "since 6 August 2024"),
        ("2024-08/", "2024-08/", "2024-08-01", None, "since August 2024"),
        ("../2024", "../2024", None, "2024-12-31", "until 2024"),
        ("2024-06~/..", "2024-06~/..", "2024-06-01", None, "since about June 2024"),
        ("2024-08~", "2024-08~", "2024-08-01", "2024-08-31", "about August 2024"),
        ("2024?", "2024?", "2024-01-01", "2024-12-31", "2024 (uncertain)"),
        ("2024-08-14%", "2024-08-14%", "2024-08-14", "2024-08-14", "about 14 August 2024 (uncertain)"),
        ("?2024-08", "?2024-08", "2024-08-01", "2024-08-31", "August 2024 (uncertain)"),
        ("2024-21", "2024-21", "2024-03-01", "2024-05-31", "March–May 2024"),
        ("2024-24", "2024-24", "2024-12-01", "2025-02-28", "December 2024 – February 2025"),
        ("2024-34", "2024-34", "2024-04-01", "2024-06-30", "April–June 2024"),
        ("201X", "201X", "2010-01-01", "2019-12-31", "2010–2019"),
        ("2024-08-XX", "2024-08-XX", "2024-08-01", "2024-08-31", "August 2024"),
        ("{2024-08-14,2024-08-16}", "{2024-08-14,2024-08-16}", "2024-08-14", "2024-08-16", "14–16 August 2024"),
        ("2024-24/2025-21", "2024-24/2025-21", "2024-12-01", "2025-05-31", "December 2024 – May 2025"),
    ],
)
def test_what_a_text_spans(text: str, edtf: str, start: str | None, end: str | None, printed: str) -> None:
    span = parse_date(text)
    assert span.edtf == edtf
    assert shown(span) == (start, end)
    assert print_date(span) == printed
    assert bounds(text) == (span.start, span.end)


def test_a_range_of_moments() -> None:
    span = parse_date("2024-08-14T06:00Z/2024-08-14T18:00Z")
    assert print_date(span) == "14 August 2024, 06:00–18:00 UTC"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2024-13", "month must be in 1..12"),
        ("2023-02-29", "day is out of range"),
        ("2024-00", "month must be"),
        ("2024-08-00", "day is out of range"),
        ("0000", "years run from 0001"),
        ("-0044", "write 2024-08-14"),
        ("Y17000", "write 2024-08-14"),
        ("August 2024", "write 2024-08-14"),
        ("14/08/2024", "write 2024-08-14"),
        ("2024-8-1", "write 2024-08-14"),
        ("", "write 2024-08-14"),
        ("٢٠٢٤", "write 2024-08-14"),
        ("1985S2", "write 2024-08-14"),
        ("2024-08-14T18:00", "needs its offset"),
        ("2024-08-14T24:00Z", "times run from"),
        ("2024-08-14T18:00:60Z", "times run from"),
        ("2024-08-14T18:00+15:00", "run to 14:00"),
        ("0001-01-01T00:00+14:00", "out of range"),
        ("9999-24", "out of range"),
        ("../..", "open at both ends"),
        ("/", "open at both ends"),
        ("2024-08-16/2024-08-14", "earlier date first"),
        ("[..2026]", "no such form"),
        ("2024/2025/2026", "write 2024-08-14"),
        ("2024-" * 100, "too long"),
    ],
)
def test_what_is_no_date(text: str, right: str) -> None:
    with pytest.raises(InvalidDate, match=right):
        parse_date(text)


def test_an_instant_at_midnight_is_no_whole_day() -> None:
    midnight = parse_date("2024-08-14T00:00Z")
    assert shown(midnight) == ("2024-08-14", "2024-08-14T00:00Z")
    assert print_date(midnight) == "14 August 2024, 00:00 UTC"


@given(st.dates())
def test_days(day: date) -> None:
    span = parse_date(day.isoformat())
    start = (datetime(day.year, day.month, day.day, tzinfo=UTC) - EPOCH) // timedelta(minutes=1)
    assert (span.start, span.end) == (start, start + DAY - 1)
    assert shown(span) == (day.isoformat(), day.isoformat())
    assert date_of(start) == date_of(start + DAY - 1) == day
    assert day_of(start + DAY - 1) == (day - EPOCH.date()).days


@given(
    st.datetimes(datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-01-01")),
    st.integers(-14 * 60, 14 * 60),
)
def test_moments_are_the_same_in_every_zone(local: datetime, offset: int) -> None:
    moment = local.replace(second=0, microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    span, universal = parse_date(moment.isoformat()), parse_date(moment.astimezone(UTC).isoformat())
    assert span == universal
    assert span.start == span.end == (moment - EPOCH) // timedelta(minutes=1)


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from(["", "~", "?", "%"]))
def test_intervals_span_both_ends(one: date, other: date, length: int, mark: str) -> None:
    texts = [day.isoformat()[:length] + mark for day in sorted((one, other))]
    first, last = (parse_date(text) for text in texts)
    span = parse_date("/".join(texts))
    assert (span.start, span.end) == (first.start, last.end)
    assert parse_date(span.edtf) == span


@given(st.text("0123456789-/.XYTZ:+?~%{}[], S", max_size=30) | st.text(max_size=90))
@example("2024-1X-05")
@example("2024-XX-15")
@example("{2024..}")
@example("[2024,,2025]")
def test_nothing_but_invalid_date_is_raised(text: str) -> None:
    try:
        span = parse_date(text)
    except InvalidDate:
        return
    assert parse_date(span.edtf) == span
    assert span.start is None or span.end is None or span.start <= span.end
    assert print_date(span)


def test_the_library_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("2024-0X", "2024-1X-05", "2024-XX-15", "XXXX-12-25"):
        with pytest.raises(InvalidDate):
            parse_date(text)
    assert capsys.readouterr() == ("", "")
