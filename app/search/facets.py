"""Facets: how many rows of a list there are of each source, event, status or year; each declared once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from app.search.compile import walk
from app.search.filter import Part
from app.search.kept import Kept
from app.search.nouns import (
    CLAIM,
    ENTITY_NOUN,
    EVENT_NOUN,
    FIGURE,
    MEASURE_NOUN,
    ORIGIN_NOUN,
    SOURCE_NOUN,
    Noun,
)
from app.search.variants import family
from app.storage.records import AnyRow

MOST_VALUES = 50
"""How many values of one facet are told; what the others come to is told as one number."""

_MINUTES_A_DAY = 1440
_DAYS_BEFORE_1970 = 719_468
"""From 1 March of the year 0: a calendar that begins in March has its leap day last."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What rows are counted by: the column on each part, the noun that its numbers stand for, if any, and the filters
    that are left out of its own counts.
    """

    name: str
    on: Mapping[Part, ColumnElement[Any]]
    noun: Noun | None = None
    by_date: bool = False
    own: tuple[str, ...] = ()

    def left(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the other filters."""
        own = self.own or family(self.name)
        return {name: value for name, value in values.items() if name not in own}


def year_of(minutes: ColumnElement[int]) -> ColumnElement[int]:
    """The year, in UTC, of minutes since 1970: whole numbers alone, which both engines divide alike."""
    day = (minutes + _DAYS_BEFORE_1970 * _MINUTES_A_DAY) // _MINUTES_A_DAY
    era = day // 146_097
    rest = day - era * 146_097
    year = (rest - rest // 1460 + rest // 36_524 - rest // 146_096) // 365
    since_march = rest - (365 * year + year // 4 - year // 100)
    return year + era * 400 + case((since_march >= 306, 1), else_=0)


FACETS: tuple[Facet, ...] = (
    Facet("source", {Part.CLAIMS: CLAIM.c.source_id}, SOURCE_NOUN),
    Facet("speaker", {Part.CLAIMS: CLAIM.c.speaker_id}, ENTITY_NOUN),
    Facet("measure", {Part.CLAIMS: CLAIM.c.measure_id, Part.FIGURES: FIGURE.c.measure_id}, MEASURE_NOUN),
    Facet("event", {Part.CLAIMS: CLAIM.c.event_id, Part.FIGURES: FIGURE.c.event_id}, EVENT_NOUN),
    Facet("origin", {Part.CLAIMS: CLAIM.c.origin_id}, ORIGIN_NOUN),
    Facet("kind", {Part.CLAIMS: CLAIM.c.kind, Part.FIGURES: FIGURE.c.kind}),
    Facet("status", {Part.CLAIMS: CLAIM.c.status, Part.FIGURES: FIGURE.c.status}),
    Facet("year", {Part.CLAIMS: year_of(CLAIM.c.as_of_end)}, by_date=True, own=("as_of__gte", "as_of__lte")),
)
_NAMED = {one.name: one for one in FACETS}


class _Asked(NamedTuple):
    """What is counted: a facet of a part, among what the other filters leave."""

    part: Part
    facet: str
    filters: str


_KEPT = Kept[_Asked, dict[str, Any]](most=200)
"""Counts of the present state of each database, of fifty values at most."""


def facets_on(part: Part) -> tuple[str, ...]:
    """The names of the facets that a part has."""
    return tuple(one.name for one in FACETS if part in one.on)


def counted(
    connection: Connection, part: Part, noun: Noun, names: Iterable[str], values: Mapping[str, Any]
) -> dict[str, Any]:
    """The facets asked for by name: their values with how many rows have each, in a statement a facet.

    To count all that match may take a hundred times as long as to show some of them: counts are kept for a while.
    """

    def made(asked: Sequence[_Asked]) -> dict[_Asked, dict[str, Any]]:
        return {one: _counted(connection, part, noun, one, left[one]) for one in asked}

    left: dict[_Asked, dict[str, Any]] = {}
    for name in names:
        others = _NAMED[name].left(values)
        left[_Asked(part, name, repr(sorted(others.items())))] = others
    return {one.facet: shown for one, shown in _KEPT.made(connection, list(left), made).items()}


def _counted(
    connection: Connection, part: Part, noun: Noun, asked: _Asked, values: Mapping[str, Any]
) -> dict[str, Any]:
    facet = _NAMED[asked.facet]
    return _shown(facet, connection.execute(statement(asked.facet, part, noun, values)).all())


def statement(name: str, part: Part, noun: Noun, values: Mapping[str, Any]) -> Select[Any]:
    """How the values of a facet are counted among the rows of a part that the values of its filters leave."""
    facet = _NAMED[name]
    walked = walk(part, noun.table, noun.number, values)
    grouped = walked.counting(facet.on[part].label("faceted"), func.count().label("count"))
    groups = grouped.group_by("faceted").subquery()
    total = func.sum(groups.c.count).over().label("total")
    if facet.noun is None:
        order = (
            (groups.c.faceted.desc(),)
            if facet.by_date
            else (groups.c.count.desc(), groups.c.faceted.asc().nulls_last())
        )
        columns = (groups.c.faceted.label("value"), groups.c.faceted.label("label"), groups.c.count, total)
        return select(*columns).order_by(*order).limit(MOST_VALUES)
    rows, label = facet.noun.table, facet.noun.label
    assert label is not None
    columns = (rows.c.public_id.label("value"), label.label("label"), groups.c.count, total)
    joined = select(*columns).join_from(groups, rows, facet.noun.number == groups.c.faceted, isouter=True)
    ties = (label.asc().nulls_last(), rows.c.public_id.asc().nulls_last())
    return joined.order_by(groups.c.count.desc(), *ties).limit(MOST_VALUES)


def _shown(facet: Facet, rows: Iterable[AnyRow]) -> dict[str, Any]:
    told = [{"value": _text(row.value), "label": _text(row.label), "count": row[2]} for row in rows]
    rest = next((int(row.total) for row in rows), 0) - sum(one["count"] for one in told)
    return {"values": told[::-1] if facet.by_date else told, "other": rest}


def _text(value: str | int | None) -> str | None:
    """A year as EDTF writes it; anything else as it is."""
    return f"{value:04}" if isinstance(value, int) else value
