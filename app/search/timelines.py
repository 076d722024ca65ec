"""What happened and what was claimed about it, in one order: the timeline of an event or of an entity."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import CompoundSelect, Connection, Integer, Select, bindparam, literal, select, union_all

from app.search.clauses import Linked, claims_of_entities, claims_of_event, within_event
from app.search.compile import Walk, walk
from app.search.filter import Part
from app.search.filters import taking_part
from app.search.find import number_of
from app.search.nouns import CLAIM, ENTITY_NOUN, EVENT, EVENT_NOUN, Noun
from app.search.page import Page
from app.search.query import Query
from app.storage import prepared

_DAY_BITS = 42
"""The lower bits of a dated number; the upper ones are the day."""
_TYPES = _EVENT, _CLAIM = 0, 1


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


class _Row(NamedTuple):
    number: int
    type: int
    date: str
    record: str

    @property
    def place(self) -> _Place:
        return _Place(self.number >> _DAY_BITS, self.type, self.number)

    @property
    def item(self) -> str:
        head = f'{{"date":{orjson.dumps(self.date).decode()},"type":'
        if self.type == _EVENT:
            return f'{head}"event","event":{self.record},"claim":null}}'
        return f'{head}"claim","event":null,"claim":{self.record}}}'


def page(connection: Connection, timeline: Timeline, text: str, query: Query) -> Page | None:
    """The page of the timeline of what an id or key names; None where it names nothing."""
    number = number_of(connection, timeline.noun, text)
    if number is None:
        return None
    descending = query.sort is not None and query.sort.descending
    rows = sorted(_rows(connection, timeline, number, query), key=lambda row: row.place, reverse=descending)
    shown = rows[: query.limit]
    cursor = query.cursor(shown[-1].place) if len(rows) > query.limit else None
    walks = _walks(timeline, number, query.values) if query.count else ()
    total = sum(connection.execute(one.count()).scalar_one() for one in walks) if query.count else None
    return Page([row.item for row in shown], cursor, total)


def _rows(connection: Connection, timeline: Timeline, number: int, query: Query) -> Iterator[_Row]:
    """The page and some rows more, in no order."""
    descending = query.sort is not None and query.sort.descending
    last = None if query.after is None else _Place(*query.after)
    if query.values:
        walks = _walks(timeline, number, query.values)
        bounds = [None if last is None else _bound(last, type_, descending=descending) for type_ in _TYPES]
        statement = _statement(walks, bounds, query.limit + 1, descending=descending)
        return (_Row(*row) for row in connection.execute(statement))
    bound = {"of": number, "row_limit": query.limit + 1}
    if last is not None:
        bound |= {f"after_{type_}": _bound(last, type_, descending=descending) for type_ in _TYPES}
    statement = _unfiltered(timeline, descending=descending, continued=last is not None)
    return (_Row(*row) for row in prepared.rows(connection, statement, bound))


@lru_cache
def _unfiltered(timeline: Timeline, *, descending: bool, continued: bool) -> CompoundSelect[Any]:
    """The statement for a timeline without filters: built once."""
    walks = _walks(timeline, bindparam("of", type_=EVENT.c.id.type), {})
    bounds = [bindparam(f"after_{type_}", type_=EVENT.c.number.type) if continued else None for type_ in _TYPES]
    return _statement(walks, bounds, bindparam("row_limit", type_=Integer), descending=descending)


def _walks(timeline: Timeline, number: Any, values: Mapping[str, Any]) -> tuple[Walk, Walk]:  # noqa: ANN401 - or what stands for it
    events = walk(Part.TIMELINE_EVENTS, EVENT, EVENT.c.number, values, timeline.events((number,)))
    claims = walk(Part.TIMELINE_CLAIMS, CLAIM, CLAIM.c.number, values, timeline.claims((number,)))
    return events, claims


def _statement(walks: Sequence[Walk], bounds: Sequence[Any], limit: Any, *, descending: bool) -> CompoundSelect[Any]:  # noqa: ANN401
    """As much of each kind of row as the page can hold, after its bound if there is one."""
    return union_all(*(_limited(walks[type_], type_, bounds[type_], limit, descending) for type_ in _TYPES))


def _limited(walked: Walk, type_: int, bound: Any, limit: Any, descending: bool) -> Select[Any]:  # noqa: ANN401, FBT001
    """A compound's parts are limited only as subqueries."""
    table = (EVENT, CLAIM)[type_]
    number = walked.moved.get(table.c.number, table.c.number)
    date = (EVENT.c.edtf, CLAIM.c.as_of_edtf)[type_]
    columns = (number.label("number"), literal(type_, Integer).label("type"), date.label("date"), table.c.record)
    statement = select(*columns).select_from(walked.origin).where(*walked.conditions)
    if bound is not None:
        statement = statement.where(number < bound if descending else number > bound)
    ordered = statement.order_by(number.desc() if descending else number.asc()).limit(limit)
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
