"""What a filter's value becomes in SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, exists, false, func, not_, or_, select, true

from app.domain.dates import Span
from app.domain.searches import Search
from app.search.nouns import CLAIM, CLAIM_ENTITY, CLAIM_EVENT, CLAIM_HISTORY_ENTITY, EVENT, EVENT_ANCESTOR, TEXTS
from app.storage.dialect import holds
from app.storage.roles import ROLES

Ids = tuple[int, ...]
PublicIds = tuple[str, ...]
Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A table that lists the claims of something in date order, so that a list walks it instead of the claims.

    `of` is the column that `number` stands for, where that is not the one by which the part's rows are numbered.
    `alone`: it is walked only where nothing else narrows the list. Beside a rare source, a common word would be walked
    to its end; all that have it are told from the rest in a fraction of that.
    """

    table: FromClause
    number: ColumnElement[int]
    of: ColumnElement[int] | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """A condition on the rows of a link table; `unique` where it leaves at most one row a claim.

    `narrows`: it says more of a row that another condition leads to. `negated`: no row of the claim may be so.
    """

    link: Link
    condition: ColumnElement[bool]
    unique: bool = False
    narrows: bool = False
    negated: bool = False


Condition = ColumnElement[bool] | Linked
Clause = Callable[[Any], Condition]

BY_ENTITY = Link(CLAIM_ENTITY, CLAIM_ENTITY.c.number)
BY_EVENT = Link(CLAIM_EVENT, CLAIM_EVENT.c.number)


BY_ENTITY_THEN = Link(CLAIM_HISTORY_ENTITY, CLAIM_HISTORY_ENTITY.c.from_version)


def one_of(column: Column, ids: Ids | PublicIds) -> ColumnElement[bool]:
    """The column holds one of the ids. One id is an equality, along which an index keeps its order."""
    return column == ids[0] if len(ids) == 1 else column.in_(ids)


def refers(column: Column) -> Clause:
    """The column holds what a reference was resolved to."""
    return lambda ids: one_of(column, ids)


def equals(column: Column) -> Clause:
    """The column holds the value."""
    return lambda value: column == value


def is_set(column: Column) -> Clause:
    """The column holds something (true), or is NULL (false)."""
    return lambda wanted: column.is_not(None) if wanted else column.is_(None)


def is_null(column: Column) -> Clause:
    """The column is NULL (true), or holds something (false)."""
    return lambda wanted: column.is_(None) if wanted else column.is_not(None)


def at_least(column: Column) -> Clause:
    """The column holds the value or more; NULL does not."""
    return lambda value: column >= value


def at_most(column: Column) -> Clause:
    """The column holds the value or less; NULL does not."""
    return lambda value: column <= value


def until(end: Column, *, open_ended: bool = False) -> Clause:
    """What ends at `end` (NULL, where it may be open-ended: never) has not ended when a date begins."""

    def clause(date: Span) -> ColumnElement[bool]:
        if date.start is None:
            return true()
        return or_(end >= date.start, end.is_(None)) if open_ended else end >= date.start

    return clause


def since(start: Column, *, open_ended: bool = False) -> Clause:
    """What starts at `start` (NULL, where it may be open-ended: always) has started when a date ends."""

    def clause(date: Span) -> ColumnElement[bool]:
        if date.end is None:
            return true()
        return or_(start <= date.end, start.is_(None)) if open_ended else start <= date.end

    return clause


def admits(low: Column, high: Column, opens: tuple[Column, Column], number: Column) -> Clause:
    """The interval holds the value; an end that is NULL is unbounded, and without a number there is no interval.

    `opens` tell whether the low and the high end are outside: "over four" does not admit four.
    """
    low_open, high_open = opens

    def clause(value: float) -> ColumnElement[bool]:
        above = or_(low.is_(None), low < value, and_(low == value, low_open.is_(False)))
        below = or_(high.is_(None), high > value, and_(high == value, high_open.is_(False)))
        return and_(number.is_not(None), above, below)

    return clause


def claims_of_entities(ids: Ids) -> Linked:
    """The claims that concern one of the entities."""
    return Linked(BY_ENTITY, one_of(CLAIM_ENTITY.c.entity_id, ids), unique=len(ids) == 1)


def claims_in_role(role: str) -> Linked:
    """The claims that concern an entity in that role."""
    return Linked(BY_ENTITY, CLAIM_ENTITY.c.roles.bitwise_and(ROLES[role]) != 0, narrows=True)


CONCERNS_NOBODY = not_(exists().where(CLAIM_ENTITY.c.number == CLAIM.c.number).correlate_except(CLAIM_ENTITY))
"""Claims that concern no entity."""


def then_of_entities(ids: PublicIds) -> Linked:
    """The claims that concerned one of the entities."""
    return Linked(BY_ENTITY_THEN, one_of(CLAIM_HISTORY_ENTITY.c.entity, ids))


def then_in_role(role: str) -> Linked:
    """The claims that concerned an entity in that role."""
    return Linked(BY_ENTITY_THEN, CLAIM_HISTORY_ENTITY.c.roles.bitwise_and(ROLES[role]) != 0)


def then_within_event(column: Column) -> Clause:
    """The column holds the event, or one that lies inside it, by public id. An event never changes its place."""

    def clause(ids: PublicIds) -> ColumnElement[bool]:
        above = EVENT.alias()
        inside = EVENT_ANCESTOR.join(EVENT, EVENT.c.id == EVENT_ANCESTOR.c.event_id)
        inside = inside.join(above, above.c.id == EVENT_ANCESTOR.c.ancestor_id)
        return column.in_(select(EVENT.c.public_id).select_from(inside).where(one_of(above.c.public_id, ids)))

    return clause


def claims_of_event(ids: Ids) -> Linked:
    """The claims of the event and of what lies inside it."""
    return Linked(BY_EVENT, one_of(CLAIM_EVENT.c.event_id, ids), unique=len(ids) == 1)


def found_in(noun: str) -> Clause:
    """What has in its words what a search asks for."""
    words, number = TEXTS[noun]
    link = Link(words, words.c.rowid, number, alone=True)

    def clause(search: Search | BindParameter[str]) -> Linked:
        is_empty = isinstance(search, Search) and search.is_empty
        condition = false() if is_empty else holds(words.c.rowid, words.c.words, search)
        return Linked(link, condition, unique=True)

    return clause


def claim_kind(column: Column) -> Clause:
    """Claims of a kind, or of any kind that has a number."""
    return lambda kind: column != "statement" if kind == "number" else column == kind


def claim_status(column: Column, withdrawn_at: Column) -> Clause:
    """Claims of a status. A withdrawn claim has no other."""

    def clause(status: str) -> ColumnElement[bool]:
        if status == "withdrawn":
            return withdrawn_at.is_not(None)
        return and_(column == status, withdrawn_at.is_(None))

    return clause


def within_event(column: Column, ids: Ids) -> ColumnElement[bool]:
    """The column holds the event, or one that lies inside it."""
    return column.in_(select(EVENT_ANCESTOR.c.event_id).where(one_of(EVENT_ANCESTOR.c.ancestor_id, ids)))


def figure_of_entities(figure: Column) -> Clause:
    """The figure counts a claim that concerns one of the entities."""

    def clause(ids: Ids) -> ColumnElement[bool]:
        joined = CLAIM_ENTITY.join(CLAIM, CLAIM.c.number == CLAIM_ENTITY.c.number)
        counted = select(CLAIM.c.figure_id).select_from(joined).where(CLAIM.c.figure_id.is_not(None))
        return figure.in_(counted.where(one_of(CLAIM_ENTITY.c.entity_id, ids)))

    return clause


def figure_known_by(figure: Column) -> Clause:
    """The figure has a claim whose as-of range ends by the end of a date."""

    def clause(date: Span) -> ColumnElement[bool]:
        claims = exists().where(CLAIM.c.figure_id == figure, CLAIM.c.withdrawn_at.is_(None))
        return claims if date.end is None else claims.where(CLAIM.c.as_of_end <= date.end)

    return clause


def number_in(column: Column, link: Link, conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The column is the number of a claim for which the link table has such a row."""
    # Not correlated: where the list itself walks the table, these are other rows of it.
    return column.in_(select(link.number).where(*conditions).correlate(None))


def none_in(column: Column, link: Link, conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The column is the number of a claim for which the link table has no such row: looked up claim by claim."""
    found = exists().where(link.number == column, *conditions)
    return not_(found.correlate_except(link.table))


def negation(condition: Condition) -> Condition:
    """What does not match: also what has nothing that could."""
    if isinstance(condition, Linked):
        return replace(condition, negated=True, unique=False)
    return not_(func.coalesce(condition, false()))


def any_of(clause: Clause) -> Clause:
    """What the clause says of one of several values."""

    def either(values: Sequence[Any]) -> Condition:
        found = [clause(value) for value in values]
        linked = [one for one in found if isinstance(one, Linked)]
        if linked:
            return replace(linked[0], condition=or_(*(one.condition for one in linked)))
        return or_(false(), *(one for one in found if not isinstance(one, Linked)))

    return either


def of_either(first: Column, second: Column, leads: Callable[[Any], Linked]) -> Clause:
    """One of two columns is the number of a claim that `leads` leads to."""

    def clause(value: Any) -> ColumnElement[bool]:  # noqa: ANN401 - as `leads` takes it
        linked = leads(value)
        return or_(*(number_in(column, linked.link, [linked.condition]) for column in (first, second)))

    return clause
