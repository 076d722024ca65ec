"""Lists as CSV: RFC 4180, flat, with stable columns, safe to open in a spreadsheet."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any, cast

import orjson

from app.search.series import COLUMNS as SERIES_COLUMNS
from app.search.series import NUMBERS as SERIES_NUMBERS

_FORMULAS = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes a cell that begins so for: a formula, also in letters of full width."""

_NOT_WHOLE = re.compile(r":-?(?:[0-9]+[.eE]|[0-9]{16})")
"""What a record has where a number of it is not whole, or is long. Numbers are members, never items of a list."""

Row = Mapping[str, Any]
"""A record; its numbers print with the digits that they have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what of a record it shows, and whether that is a number."""

    name: str
    of: Callable[[Row], Any]
    number: bool = False


def _path(name: str, *steps: str, number: bool = False) -> Column:
    """A member at a path, by default the member of that name; empty where there is none."""
    path = steps or (name,)

    def of(row: Row) -> Any:  # noqa: ANN401 - a cell
        found: Any = row
        for step in path:
            if found.__class__ is not dict:
                return None
            found = found.get(step)
        return found

    return Column(name, of, number=number)


def _under(step: str, *columns: Column) -> tuple[Column, ...]:
    """The columns of what lies under a member that may be null."""

    def within(column: Column) -> Column:
        return replace(column, of=lambda row: column.of(row.get(step) or {}))

    return tuple(map(within, columns))


def _numbers(*names: str) -> tuple[Column, ...]:
    return tuple(_path(name, number=True) for name in names)


def _joined(name: str, *steps: str) -> Column:
    """The names, or what stands for them, of a list."""
    return Column(name, lambda row: [_said(one, steps) for one in row.get(name) or ()])


def _said(one: Any, steps: Sequence[str]) -> str:  # noqa: ANN401 - an item
    return next((one[step] for step in steps if one.get(step)), "") if isinstance(one, Mapping) else str(one)


def _relays(row: Row) -> list[str]:
    return [": ".join(filter(None, (step["name"], step["medium"]))) for step in row.get("via") or ()]


def _dimensions(row: Row) -> list[str]:
    named = (row.get("dimensions") or {}).items()
    return [f"{name}={value['name'] if isinstance(value, Mapping) else value}" for name, value in named]


def _last_day(row: Row) -> str | None:
    end = (row.get("as_of") or {}).get("end")
    return end[:10] if end else None


_VALUE = (
    _path("value_text", "value", "text"),
    *(_path(name, "value", name, number=True) for name in ("number", "low", "high")),
    *(_path(name, "value", name) for name in ("low_open", "high_open", "qualifier", "unit")),
)
_EVENT = (_path("event", "event", "title"), _path("event_id", "event", "id"), _path("event_date", "event", "date"))
_MEASURE = (_path("measure", "measure", "label"), _path("measure_id", "measure", "id"))
_ARTICLE = (
    _path("source", "article", "source", "name"),
    _path("article_title", "article", "title"),
    _path("article_id", "article", "id"),
    _path("url", "article", "url"),
    _path("published", "article", "published"),
)
_WINDOW, _WITHIN = _path("window", "window", "edtf"), Column("dimensions", _dimensions)
CLAIMS = (
    *(_path("id"), _path("kind"), _path("statement"), *_VALUE, *_MEASURE, *_EVENT, _WITHIN, _WINDOW, _path("scope")),
    Column("date", _last_day),
    *(_path("as_of", "as_of", "edtf"), _path("as_of_basis", "as_of", "basis")),
    *(_path("speaker", "speaker", "name"), _path("speaker_id", "speaker", "id"), Column("via", _relays), *_ARTICLE),
    *(_path("origin", "origin", "label"), _path("origin_id", "origin", "id"), _path("figure"), _path("conflict")),
    *(_path("status"), _path("n_conflicts", number=True), _joined("conflicts_with"), _joined("notes")),
    *(_path("possible_copy_of"), _path("withdrawn", "withdrawn", "at"), _path("revision", number=True)),
    *(_path("recorded_at"), _path("gone")),
)
_DATED = (_path("date", "date", "edtf"), _path("date_start", "date", "start"), _path("date_end", "date", "end"))
_PUBLISHED = (_path("published", "published", "edtf"), _path("published_basis", "published", "basis"))
_FRAME = (*_MEASURE, _path("unit", "measure", "unit"), *_EVENT, _WITHIN, _WINDOW)
_FIGURE = (
    *(_path("id"), _path("kind"), *_FRAME),
    *(_path("status"), *_numbers("n_claims", "n_origins", "n_superseded")),
    *(_path(name, "envelope", name, number=True) for name in ("low", "high")),
    *(_path("latest"), *_numbers("n_conflicts", "ratio"), _path("explanation", "explanation", "why")),
)
_PAIR = (_path("relation"), _path("direction"), _path("reason"), _path("ratio", number=True), _path("sentence"))
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "claims": CLAIMS,
    "entities": (*map(_path, ("id", "kind", "name")), _joined("keys"), _joined("names", "name"), _path("description")),
    "events": (
        *(_path("id"), _path("key"), _path("title"), *_DATED, _path("date_basis", "date", "basis")),
        *(_path("part_of", "part_of", "title"), _path("part_of_id", "part_of", "id"), _path("place", "place", "name")),
        *(_joined("participants", "name"), _path("description")),
    ),
    "articles": (
        *(_path("id"), _path("key"), _path("title"), _path("title_basis")),
        *(_path("source", "source", "name"), _path("source_id", "source", "id"), _path("source_basis")),
        *(_path("url"), _path("archive_url"), *_PUBLISHED, _path("language"), _path("note")),
    ),
    "sources": tuple(map(_path, ("id", "key", "name", "kind", "url", "entity"))),
    "measures": (
        *map(_path, ("id", "key", "label", "unit", "additive", "signed", "volatile")),
        Column("dimensions", lambda row: list(row["dimensions"])),
        _path("description"),
    ),
    "figures": _FIGURE,
    "timeline": (
        *(_path("date"), _path("type")),
        Column("id", lambda row: (row["event"] or row["claim"])["id"]),
        Column("text", lambda row: row["event"]["title"] if row["event"] else row["claim"]["statement"]),
        *_under("claim", _path("kind"), *_VALUE, *_MEASURE, _path("speaker", "speaker", "name"), *_ARTICLE),
        *_under("claim", _path("figure"), _path("conflict"), _path("status"), _path("n_conflicts", number=True)),
    ),
    "conflicts": (
        *(_path("kind"), _path("status"), *_numbers("ratio", "n_claims", "n_origins")),
        *(_path("figure", "figure", "id"), _path("figure_kind", "figure", "kind"), *_under("figure", *_FRAME)),
        *(_path(name, "figure", "envelope", name, number=True) for name in ("low", "high")),
        _joined("claims", "id"),
        Column("sentences", lambda row: list(dict.fromkeys(one["sentence"] for one in row["relations"]))),
        _path("explanation", "explanation", "why"),
    ),
    "series": tuple(_path(name, number=name in SERIES_NUMBERS) for name in SERIES_COLUMNS),
    "relations": (
        *(_path("claim"), _path("other", "other", "id"), *_PAIR, _joined("notes"), _path("policy")),
        *(_path(f"other_{name}", "other", name) for name in ("text", "statement", "as_of")),
        *(_path("other_origin", "other", "origin", "label"), _path("other_article", "other", "article", "title")),
        _path("other_source", "other", "article", "source"),
    ),
    "history": (*_numbers("from_version", "to_version"), _path("from"), _path("to"), *_under("claim", *CLAIMS[:-1])),
}
"""The columns of each list, in order. New ones are added at the end."""


def head(name: str) -> bytes:
    """The header line of a list."""
    return _written([[column.name for column in COLUMNS[name]]])


def rows(name: str, items: Iterable[str]) -> bytes:
    """The lines of those items."""
    columns = COLUMNS[name]
    return _written([[_cell(column.of(row), number=column.number) for column in columns] for row in map(_read, items)])


def _read(item: str) -> Row:
    """A record whose numbers print as they stand: the quick reader knows whole ones of 64 bits and no others."""
    if _NOT_WHOLE.search(item):
        return cast("Row", json.loads(item, parse_float=str, parse_int=str))
    return cast("Row", orjson.loads(item))


def _written(lines: Iterable[Sequence[str]]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows(lines)
    return written.getvalue().encode()


def _cell(value: Any, *, number: bool) -> str:  # noqa: ANN401 - a cell
    """Nothing for what there is not. An apostrophe, as spreadsheets have it, keeps a text that looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if not number and text.startswith(_FORMULAS) else text
