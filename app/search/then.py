"""What stood at a version: rows that are no newer and still stand, and closed ones that stood then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_, type_coerce, union_all

from app.domain.dates import Span
from app.problems import InvalidParameter, NotFound
from app.search.clauses import Linked
from app.search.collections import CLAIMS_KNOWN
from app.search.compile import conditions_of, walk
from app.search.filter import Part
from app.search.filters import filters_of
from app.search.nouns import CLAIM, CLAIM_HISTORY, CLAIM_HISTORY_ENTITY, CLAIM_NOUN, FIGURE_HISTORY, FIGURE_NOUN, Noun
from app.search.page import Page
from app.search.query import Query
from app.search.references import Resolution, resolve
from app.search.values import Moment
from app.storage.packed import Packed
from app.storage.versions import current, newest_by, times

_ROW = tuple_(CLAIM_HISTORY.c.claim, CLAIM_HISTORY.c.from_version)
_CLOSED = {
    CLAIM_NOUN: (CLAIM_HISTORY, CLAIM_HISTORY.c.claim),
    FIGURE_NOUN: (FIGURE_HISTORY, FIGURE_HISTORY.c.figure),
}
FILTERS = {one.name: one for one in filters_of((Part.CLAIMS_THEN,))}
"""The filters that history answers exactly."""


def version_of(connection: Connection, parameter: str, moment: Moment) -> int:
    """The version that a moment stands for, 0 before the first. Raises InvalidParameter for one that is to come."""
    if isinstance(moment, Span):
        return newest_by(connection, moment)
    newest = current(connection)
    if moment > newest:
        raise InvalidParameter(
            f"{parameter}: there is no version {moment} yet, the newest is {newest}. A whole number is a version; "
            "write a year as a day of it, such as 2024-12-31.",
            parameter=parameter,
        )
    return moment


@dataclass(frozen=True, slots=True)
class Standing:
    """The claims that filters leave, among the rows that stand now and among the closed ones."""

    now: Select[Any]
    then: list[ColumnElement[bool]]
    number: ColumnElement[int]


def standing(resolution: Resolution, *now: ColumnElement[bool]) -> Standing:
    """The claims that the resolved filters leave; `now` narrows those that stand now."""
    walked = walk(Part.CLAIMS, CLAIM, CLAIM_NOUN.number, resolution.values, *now)
    number = walked.moved.get(CLAIM.c.number, CLAIM.c.number)
    rows = select().select_from(walked.origin).where(*walked.conditions)
    return Standing(rows, closed({**resolution.values, **resolution.ids}), number)


def closed(values: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The conditions that the values, references as public ids, set on closed rows of claims."""
    conditions = list(conditions_of(Part.CLAIMS_THEN, values))
    alone = [condition for condition in conditions if not isinstance(condition, Linked)]
    linked = [condition.condition for condition in conditions if isinstance(condition, Linked)]
    link = CLAIM_HISTORY_ENTITY.c
    return [*alone, _ROW.in_(select(link.claim, link.from_version).where(*linked))] if linked else alone


def stood(version: int) -> ColumnElement[bool]:
    """The closed rows of claims that stood at a version."""
    return (CLAIM_HISTORY.c.from_version <= version) & (CLAIM_HISTORY.c.to_version > version)


def page(connection: Connection, query: Query) -> Page:
    """The page of claims as they stood at the moment that the query names. Raises a kind of Invalid."""
    assert query.known_at is not None
    assert query.sort is not None
    version = query.after[0] if query.after else version_of(connection, "known_at", query.known_at)
    resolution = resolve(connection, query.values, FILTERS, version)
    if resolution.missing:
        total = 0 if query.count else None
        return Page([], None, total, resolution.resolved, resolution.suggestions, version)
    found = standing(resolution, CLAIM.c.version <= version)
    now = found.now.add_columns(found.number, CLAIM.c.record)
    then = select(CLAIM_HISTORY.c.number, CLAIM_HISTORY.c.record).where(stood(version), *found.then)
    limited = (_limited(now, found.number, query), _limited(then, CLAIM_HISTORY.c.number, query))
    rows = [(number, record) for part in limited for number, record in connection.execute(part)]
    rows.sort(reverse=query.sort.descending)
    cursor = query.cursor((version, rows[query.limit - 1][0])) if len(rows) > query.limit else None
    total = sum(_count(connection, part) for part in (now, then)) if query.count else None
    return Page([record for _, record in rows[: query.limit]], cursor, total, resolution.resolved, version=version)


def fixed(connection: Connection, query: Query, version: int) -> Query:
    """The query of present claims or, where something was written since the version, of those that stood then.

    Where history does not answer it exactly, it stays as it is.
    """
    sort = next((one for one in CLAIMS_KNOWN.sorts if query.sort and one.name == query.sort.name), None)
    if query.past or sort is None or not query.texts.keys() <= FILTERS.keys() or current(connection) == version:
        return query
    after = None if query.after is None else (version, *query.after)
    return replace(query, known_at=version, sort=sort, after=after)


def _limited(rows: Select[Any], number: ColumnElement[int], query: Query) -> Select[Any]:
    assert query.sort is not None
    descending = query.sort.descending
    if query.after is not None:
        rows = rows.where(number < query.after[1] if descending else number > query.after[1])
    return rows.order_by(number.desc() if descending else number.asc()).limit(query.limit + 1)


def _count(connection: Connection, rows: Select[Any]) -> int:
    return connection.execute(rows.with_only_columns(func.count())).scalar_one()


def one(connection: Connection, noun: Noun, text: str, moment: Moment) -> str | None:
    """The record of a claim or figure as it stood; None where nothing ever had that id. Raises NotFound, Invalid."""
    version = version_of(connection, "known_at", moment)
    if not noun.is_id(text):
        return None
    table, key = _CLOSED[noun]
    here, there = noun.table.c, table.c
    now = select(type_coerce(here.record, Packed)).where(here.public_id == text, here.version <= version)
    then = select(there.record).where(key == text, there.from_version <= version, there.to_version > version)
    record: str | None = connection.execute(union_all(now, then)).scalar()
    if record is None:
        _refuse_missing(connection, noun, text, version)
    return record


def _refuse_missing(connection: Connection, noun: Noun, text: str, version: int) -> None:
    """Raises NotFound where that was there earlier or later."""
    table, key = _CLOSED[noun]
    now = select(noun.table.c.version).where(noun.table.c.public_id == text)
    then = select(func.min(table.c.from_version)).where(key == text)
    known = [first for first in connection.execute(union_all(now, then)).scalars() if first is not None]
    if not known:
        return
    first = min(known)
    was = f"There was no {noun.name} {text} at version {version}"
    if first < version:
        raise NotFound(f"{was}: nothing was left in it then.")
    raise NotFound(f"{was}: it came with version {first}, at {times(connection, [first])[first]}.")
