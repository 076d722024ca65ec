"""What happened and what was claimed about it, in one order: the timeline of an event or of an entity."""

from collections.abc import Callable
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Integer, Select, literal, select, union_all

from app.search.clauses import Linked, claims_of_entities, claims_of_event, within_event
from app.search.compile import Walk, walk
from app.search.filter import Part
from app.search.filters import taking_part
from app.search.find import number_of
from app.search.nouns import CLAIM, ENTITY_NOUN, EVENT, EVENT_NOUN, Noun
from app.search.page import Page
from app.search.query import Query

_DAY_BITS = 42
"""The lower bits of a dated number; the upper ones are the day."""
_EVENT, _CLAIM = 0, 1


class Timeline(NamedTuple):
    """Whose timeline: which events are its, and which claims."""

    noun: Noun
    events: Callable[[tuple[int, ...]], Any]
    claims: Callable[[tuple[int, ...]], Linked]


OF_EVENT = Timeline(EVENT_NOUN, lambda ids: within_event(EVENT.c.id, ids), claims_of_event)
"""An event's parts, itself included, and all claims of them."""
OF_ENTITY = Timeline(ENTITY_NOUN, taking_part, claims_of_entities)
"""The events that an entity takes part in, or is the place of, and the claims that concern it."""


class _Place(NamedTuple):
    """Where a row stands: by day, then events before claims, then by number."""

    day: int
    type: int
    number: int


def page(connection: Connection, timeline: Timeline, text: str, query: Query) -> Page | None:
    """The page of the timeline of what an id or key names; None where it names nothing."""
    number = number_of(connection, timeline.noun, text)
    if number is None:
        return None
    walks = _walks(timeline, number, query)
    rows = connection.execute(union_all(*(_limited(one, type_, query) for type_, one in enumerate(walks)))).all()
    descending = query.sort is not None and query.sort.descending
    placed = sorted(((_place(row.number, row.type), row) for row in rows), key=lambda pair: pair[0], reverse=descending)
    shown = placed[: query.limit]
    cursor = query.cursor(shown[-1][0]) if len(placed) > query.limit else None
    total = sum(connection.execute(one.count()).scalar_one() for one in walks) if query.count else None
    return Page([_item(row) for _, row in shown], cursor, total)


def _place(number: int, type_: int) -> _Place:
    return _Place(number >> _DAY_BITS, type_, number)


def _walks(timeline: Timeline, number: int, query: Query) -> tuple[Walk, Walk]:
    events = walk(Part.TIMELINE_EVENTS, EVENT, EVENT.c.number, query.values, timeline.events((number,)))
    claims = walk(Part.TIMELINE_CLAIMS, CLAIM, CLAIM.c.number, query.values, timeline.claims((number,)))
    return events, claims


def _limited(walked: Walk, type_: int, query: Query) -> Select[Any]:
    """As much of one kind of row as the page can hold. A compound's parts are limited only as subqueries."""
    table = (EVENT, CLAIM)[type_]
    number = walked.moved.get(table.c.number, table.c.number)
    date = (EVENT.c.edtf, CLAIM.c.as_of_edtf)[type_]
    columns = (number.label("number"), literal(type_, Integer).label("type"), date.label("date"), table.c.record)
    descending = query.sort is not None and query.sort.descending
    statement = select(*columns).select_from(walked.origin).where(*walked.conditions)
    if query.after is not None:
        bound = _bound(_Place(*query.after), type_, descending=descending)
        statement = statement.where(number < bound if descending else number > bound)
    ordered = statement.order_by(number.desc() if descending else number.asc()).limit(query.limit + 1)
    return select(ordered.subquery())


def _bound(last: _Place, type_: int, *, descending: bool) -> int:
    """The number beyond which the rows of a type come after `last`."""
    if type_ == last.type:
        return last.number
    first_of_day = last.day << _DAY_BITS
    after_all_of_day = ((last.day + 1) << _DAY_BITS) - 1
    if descending:
        # Upwards a claim comes after its day's events, so downwards they are still to come when the claim is past.
        return after_all_of_day + 1 if type_ < last.type else first_of_day
    return after_all_of_day if type_ < last.type else first_of_day - 1


def _item(row: Any) -> str:  # noqa: ANN401 - a row of the union
    head = f'{{"date":{orjson.dumps(row.date).decode()},"type":'
    if row.type == _EVENT:
        return f'{head}"event","event":{row.record},"claim":null}}'
    return f'{head}"claim","event":null,"claim":{row.record}}}'
