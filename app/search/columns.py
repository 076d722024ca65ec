"""Records as flat rows: the columns of each noun, what of a record each shows, and of which type it is."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = Mapping[str, Any]
Cell = str | int | bool | None
"""Exact numbers are decimal text, days ISO text."""

SEPARATOR = "; "
"""What stands between the items of a list in one cell."""


class Type(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    EXACT = "exact"
    COUNT = "count"
    TRUTH = "truth"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type of its cells, and what it shows of a record; None where that has none."""

    name: str
    type: Type
    of: Callable[[Json], Any]

    def cell(self, record: Json) -> Cell:
        """What the column shows of a record (see `parsed`)."""
        found = self.of(record)
        if found is None:
            return None
        match self.type:
            case Type.COUNT:
                return int(found)
            case Type.TRUTH:
                return bool(found)
            case Type.DAY:
                return _day(found)
            case _:
                return SEPARATOR.join(found) if isinstance(found, list) else str(found)


def parsed(record: str) -> Json:
    """A stored record, its numbers as the decimal texts that they are: none passes through a float."""
    found: Json = json.loads(record, parse_float=str, parse_int=str)
    return found


def _day(text: str) -> str | None:
    """The day of a date or a moment; None before the year 1 and after 9999, which no type of day takes."""
    day = text[:10]
    return day if len(day) == 10 and day[:4].isdigit() and day[:4] >= "0001" else None


def _at(name: str, *steps: str, of: Type = Type.TEXT) -> Column:
    """A member at a path, by default the member of that name."""
    path = steps or (name,)

    def found(record: Json) -> Any:  # noqa: ANN401 - a cell
        value: Any = record
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value

    return Column(name, of, found)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(map(_at, names))


def _listed(name: str, member: str | None = None) -> Column:
    """The items of a list, or a member of each."""
    return Column(name, Type.TEXT, lambda record: [one[member] if member else one for one in record[name]])


def _relays(record: Json) -> list[str]:
    return [": ".join(filter(None, (step["name"], step["medium"]))) for step in record["via"]]


def _dimensions(record: Json) -> list[str]:
    named = record["dimensions"].items()
    return [f"{name}={value['name'] if isinstance(value, Mapping) else value}" for name, value in named]


_DIMENSIONS = Column("dimensions", Type.TEXT, _dimensions)
_WINDOW = _at("window", "window", "edtf")
_OPEN = tuple(_at(name, "value", name, of=Type.TRUTH) for name in ("low_open", "high_open"))
_VALUE = (
    _at("value_text", "value", "text"),
    *(_at(name, "value", name, of=Type.EXACT) for name in ("number", "low", "high")),
    *(*_OPEN, _at("qualifier", "value", "qualifier"), _at("unit", "value", "unit")),
)
_MEASURE = (_at("measure", "measure", "label"), _at("measure_id", "measure", "id"))
_EVENT = (_at("event", "event", "title"), _at("event_id", "event", "id"), _at("event_date", "event", "date"))
_ARTICLE = (
    *(_at("source", "article", "source", "name"), _at("source_id", "article", "source", "id")),
    *(_at("article_title", "article", "title"), _at("article_id", "article", "id"), _at("url", "article", "url")),
    _at("published", "article", "published"),
)
_CLAIMS = (
    *(*_texts("id", "kind", "statement", "quote", "locator"), *_VALUE, *_MEASURE, *_EVENT, _DIMENSIONS, _WINDOW),
    *(_at("scope"), _at("date", "as_of", "end", of=Type.DAY), _at("as_of", "as_of", "edtf")),
    *(_at("as_of_basis", "as_of", "basis"), _at("speaker", "speaker", "name"), _at("speaker_id", "speaker", "id")),
    *(Column("via", Type.TEXT, _relays), *_ARTICLE, _at("origin", "origin", "label"), _at("origin_id", "origin", "id")),
    *(_at("figure"), _at("conflict", of=Type.TRUTH), _at("status"), _at("n_conflicts", of=Type.COUNT)),
    *(_listed("conflicts_with"), _listed("notes"), _at("possible_copy_of"), _at("withdrawn", "withdrawn", "at")),
    *(_at("withdrawn_why", "withdrawn", "why"), _at("revision", of=Type.COUNT), _at("recorded_at")),
)
_EVENTS = (
    *(*_texts("id", "key", "title"), _at("date", "date", "edtf"), _at("date_start", "date", "start", of=Type.DAY)),
    *(_at("date_end", "date", "end", of=Type.DAY), _at("date_basis", "date", "basis")),
    *(_at("part_of", "part_of", "title"), _at("part_of_id", "part_of", "id")),
    *(_at("place", "place", "name"), _at("place_id", "place", "id"), _listed("participants", "name")),
    _at("description"),
)
_ARTICLES = (
    *(*_texts("id", "key", "title", "title_basis"), _at("source", "source", "name"), _at("source_id", "source", "id")),
    *(*_texts("source_basis", "url", "archive_url"), _at("published", "published", "edtf")),
    *(_at("published_start", "published", "start", of=Type.DAY), _at("published_end", "published", "end", of=Type.DAY)),
    *(_at("published_basis", "published", "basis"), *_texts("language", "note")),
)
_MEASURES = (
    *_texts("id", "key", "label", "unit"),
    *(_at(name, of=Type.TRUTH) for name in ("additive", "signed", "volatile")),
    Column("dimensions", Type.TEXT, lambda record: [*record["dimensions"]]),
    _at("description"),
)
_FIGURES = (
    *(*_texts("id", "kind"), *_MEASURE, _at("unit", "measure", "unit"), *_EVENT, _DIMENSIONS, _WINDOW, _at("status")),
    *(_at(name, of=Type.COUNT) for name in ("n_claims", "n_origins", "n_superseded", "n_conflicts")),
    *(_at(name, "envelope", name, of=Type.EXACT) for name in ("low", "high")),
    *(_at("ratio", of=Type.EXACT), _at("latest"), _at("explanation", "explanation", "why")),
)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "claims": _CLAIMS,
    "entities": (*_texts("id", "kind", "name"), _listed("keys"), _listed("names", "name"), _at("description")),
    "events": _EVENTS,
    "articles": _ARTICLES,
    "sources": _texts("id", "key", "name", "kind", "url", "entity"),
    "measures": _MEASURES,
    "figures": _FIGURES,
}
"""The columns of each noun, in order. New ones are added at the end."""
