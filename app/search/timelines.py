"""What happened and what was claimed about it, in one order: the timeline of an event or of an entity."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Connection, Integer, Select, bindparam, literal, select, union_all

from app.search.clauses import Linked, claims_of_entities, claims_of_event, within_event
from app.search.compile import Walk, walk
from app.search.filter import Part
from app.search.filters import taking_part
from app.search.find import number_of
from app.search.nouns import CLAIM, ENTITY_NOUN, EVENT, EVENT_NOUN, Noun
from app.search.page import Page
from app.search.query import Query
from app.storage import dialect, prepared

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


_Row = Sequence[Any]
"""A number, the type of what is numbered so, its date, and its record as the driver reads it."""
_BEFORE = (b'","type":"event","event":', b'","type":"claim","event":null,"claim":')
_AFTER = (b',"claim":null}', b"}")
"""Around a record, by type."""


def _place(row: _Row) -> _Place:
    return _Place(row[0] >> _DAY_BITS, row[1], row[0])


def _item(row: _Row) -> bytes:
    """The row as JSON. Nothing in a date has to be escaped."""
    _, type_, date, record = row
    content = record if isinstance(record, bytes) else record.encode()
    return b"".join((b'{"date":"', date.encode(), _BEFORE[type_], content, _AFTER[type_]))


def page(connection: Connection, timeline: Timeline, text: str, query: Query, *, joined: bool = False) -> Page | None:
    """The page of the timeline of what an id or key names, its items joined if asked; None where it names nothing."""
    number = number_of(connection, timeline.noun, text)
    if number is None:
        return None
    descending = query.sort is not None and query.sort.descending
    rows = sorted(_rows(connection, timeline, number, query), key=_place, reverse=descending)
    shown = rows[: query.limit]
    cursor = query.cursor(_place(shown[-1])) if len(rows) > query.limit else None
    walks = _walks(timeline, number, query.values) if query.count else ()
    total = sum(connection.execute(one.count()).scalar_one() for one in walks) if query.count else None
    items = [*map(_item, shown)]
    if joined:
        return Page([], cursor, total, joined=b",".join(items))
    return Page([item.decode() for item in items], cursor, total)


def _rows(connection: Connection, timeline: Timeline, number: int, query: Query) -> Iterable[_Row]:
    """The page and some rows more, in no order."""
    descending = query.sort is not None and query.sort.descending
    last = None if query.after is None else _Place(*query.after)
    if query.values:
        walks = _walks(timeline, number, query.values)
        bounds = [None if last is None else _bound(last, type_, descending=descending) for type_ in _TYPES]
        statement = _statement(walks, bounds, query.limit + 1, descending=descending)
        return connection.execute(statement).all()
    bound = {"of": number, "row_limit": query.limit + 1}
    if last is not None:
        bound |= {f"after_{type_}": _bound(last, type_, descending=descending) for type_ in _TYPES}
    statement = _unfiltered(timeline, descending=descending, continued=last is not None)
    return prepared.rows(connection, statement, bound)


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
    record = dialect.as_read(table.c.record).label("record")
    columns = (number.label("number"), literal(type_, Integer).label("type"), date.label("date"), record)
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
