"""Frames and their claims as the comparison wants them, and figures as they are published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, CompoundSelect, Connection, and_, bindparam, func, or_, select, true, union

from app.domain.agreement import Agreement
from app.domain.dates import minute_text
from app.domain.figure import Figure as Known
from app.domain.figure import figure_of
from app.domain.flags import flag_scene
from app.domain.frame import Frame
from app.domain.history import Day
from app.domain.interval import Interval, Number, decimal_text, exact
from app.domain.kinship import Kinship
from app.domain.policy import Policy
from app.domain.relation import Comparand, Kind
from app.domain.scene import scene_of
from app.domain.units import Conversion, conversion, unit_named
from app.domain.value import KEPT, Qualifier, Value
from app.storage import explanations
from app.storage.records import AnyRow, Json, chunks, dump, literal, span, table_of
from app.storage.tables import Claim, Entity, Event, EventAncestor, Figure, Measure

RANKS = {"conflict": 2, "tension": 1}
"""How `/conflicts` orders figures; others rank 0."""


@dataclass(frozen=True, slots=True)
class Member:
    """A live claim of a frame: its row as far as comparison and explanation need it, and its comparand."""

    row: AnyRow
    comparand: Comparand

    @property
    def id(self) -> str:
        """The claim's public id."""
        return str(self.row.public_id)


def frames(connection: Connection, ids: Iterable[int]) -> dict[int, Frame]:
    """The frames of those figures."""
    rows = [
        row
        for chunk in chunks(ids)
        for row in connection.execute(
            select(
                Figure.id,
                Figure.kind,
                Figure.dimensions,
                Figure.window_start,
                Figure.window_end,
                Figure.event_id,
                Measure.public_id.label("measure"),
                Measure.additive,
                Measure.volatile,
                Event.public_id.label("event"),
            )
            .join(Measure, Measure.id == Figure.measure_id)
            .outerjoin(Event, Event.id == Figure.event_id)
            .where(Figure.id.in_(chunk))
        )
    ]
    above = _events_above(connection, {row.event_id for row in rows if row.event_id is not None})
    words = _dimension_values(connection, [row.dimensions for row in rows])
    return {
        row.id: Frame(
            measure=row.measure,
            additive=row.additive,
            kind=Kind(row.kind),
            event=row.event,
            events=frozenset(above.get(row.event_id, ())),
            dimensions=frozenset((name, words(value)) for name, value in orjson.loads(row.dimensions).items()),
            start=row.window_start,
            end=row.window_end,
            volatile=row.volatile,
        )
        for row in rows
    }


def _events_above(connection: Connection, event_ids: Iterable[int]) -> dict[int, list[str]]:
    above: dict[int, list[str]] = {}
    for chunk in chunks(event_ids):
        statement = (
            select(EventAncestor.event_id, Event.public_id)
            .join(Event, Event.id == EventAncestor.ancestor_id)
            .where(EventAncestor.event_id.in_(chunk))
        )
        for number, public_id in connection.execute(statement):
            above.setdefault(number, []).append(public_id)
    return above


def _dimension_values(connection: Connection, texts: Iterable[str]) -> Any:  # noqa: ANN401 - a small look-up function
    """A function that gives the public id of an entity's number, and a word as it is."""
    numbers = {value for text in texts for value in orjson.loads(text).values() if isinstance(value, int)}
    known: dict[int, str] = {}
    for chunk in chunks(numbers):
        rows = connection.execute(select(Entity.id, Entity.public_id).where(Entity.id.in_(chunk)))
        known.update((number, public_id) for number, public_id in rows)
    return lambda value: known[value] if isinstance(value, int) else value


def kin(connection: Connection, ids: Iterable[int]) -> Kinship:
    """How the frames of those figures stand to each other and to all their parts and wholes."""
    ids = set(ids)
    return Kinship(frames(connection, candidates(connection, ids) | ids))


def candidates(connection: Connection, ids: Iterable[int]) -> set[int]:
    """The figures whose frames are part of, or whole to, those, as far as measure, event and window tell."""
    found: set[Any] = set()
    for chunk in chunks(ids):
        found.update(connection.execute(_candidates(), {"ids": chunk}).scalars())
    return found - {None}


@cache
def _candidates() -> CompoundSelect[Any]:
    mine, other = table_of(Figure).alias(), table_of(Figure).alias()
    up, down = table_of(EventAncestor).alias(), table_of(EventAncestor).alias()
    same_measure = other.c.measure_id == mine.c.measure_id
    # Outer joins, because they are made in the order given: SQLite would look at all figures of a measure otherwise.
    higher = and_(same_measure, other.c.event_id == up.c.ancestor_id, _lies_inside(mine.c, other.c))
    above = select(other.c.id).select_from(mine).join(up, up.c.event_id == mine.c.event_id).outerjoin(other, higher)
    lower = and_(same_measure, other.c.event_id == down.c.event_id, _lies_inside(other.c, mine.c))
    below = (
        select(other.c.id).select_from(mine).join(down, down.c.ancestor_id == mine.c.event_id).outerjoin(other, lower)
    )
    without = (
        select(other.c.id)
        .select_from(mine)
        .join(other, same_measure & other.c.event_id.is_(None))
        .where(mine.c.event_id.is_(None), _lies_inside(mine.c, other.c) | _lies_inside(other.c, mine.c))
    )
    wanted = mine.c.id.in_(bindparam("ids", expanding=True))
    return union(*(query.where(wanted) for query in (above, below, without)))


def _lies_inside(part: Any, whole: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns of a table
    """What `is_part` asks of kind and window."""
    levels = and_(part.kind == Kind.STOCK, whole.kind == Kind.STOCK)
    flows = and_(part.kind == Kind.FLOW, whole.kind == Kind.FLOW, part.window_end <= whole.window_end)
    return or_(levels, and_(part.window_start >= whole.window_start, or_(whole.kind == Kind.CUMULATIVE, flows)))


def comparable_columns() -> list[Any]:
    """The columns of a claim that a comparand is made of."""
    columns = (
        "number public_id kind figure_id measure_id event_id dimensions window_start window_end scope origin_id "
        "as_of_edtf as_of_start as_of_end text qualifier amount low high low_open high_open low_grain high_grain unit "
        "conflict status n_conflicts conflicts_with listed_upto notes "
        "source_id published speaker_id unnamed_speaker origin_basis possible_copy_of"
    )
    mine = [getattr(Claim, name) for name in columns.split()]
    return [
        *mine,
        Measure.unit.label("measure_unit"),
        Measure.signed.label("signed"),
        Measure.volatile.label("volatile"),
    ]


def members(
    connection: Connection, ids: Iterable[int], policy: Policy, *, until: int | None = None
) -> dict[int, list[Member]]:
    """The live claims of those figures, lowest id first; those whose as-of range ends by `until`, if given."""
    by_then = true() if until is None else Claim.as_of_end <= until
    found: dict[int, list[Member]] = {}
    for chunk in chunks(ids):
        statement = (
            select(*comparable_columns())
            .join(Measure, Measure.id == Claim.measure_id)
            .where(Claim.figure_id.in_(chunk), Claim.withdrawn_at.is_(None), by_then)
            .order_by(Claim.public_id)
        )
        for row in connection.execute(statement):
            found.setdefault(row.figure_id, []).append(Member(row, comparand(row, policy)))
    return found


def members_by_number(connection: Connection, numbers: Iterable[int], policy: Policy) -> dict[int, list[Member]]:
    """Live claims by their numbers, by figure, lowest id first."""
    found: dict[int, list[Member]] = {}
    for chunk in chunks(numbers):
        statement = select(*comparable_columns()).join(Measure, Measure.id == Claim.measure_id)
        for row in connection.execute(statement.where(Claim.number.in_(chunk)).order_by(Claim.public_id)):
            found.setdefault(row.figure_id, []).append(Member(row, comparand(row, policy)))
    return found


def count_until(connection: Connection, ids: Iterable[int], until: int) -> int:
    """How many live claims those figures have whose as-of range ends by `until`."""
    counted = select(func.count()).select_from(Claim).where(Claim.withdrawn_at.is_(None), Claim.as_of_end <= until)
    return sum(connection.execute(counted.where(Claim.figure_id.in_(chunk))).scalar_one() for chunk in chunks(ids))


def value_of(row: AnyRow) -> Value:
    """The number of a claim's row."""
    return _value(row, signed=row.signed)


def _value(row: AnyRow, *, signed: bool) -> Value:
    numbers = row.amount, row.low, row.high, row.low_grain, row.high_grain
    return _value_of(row.text, row.qualifier, numbers, (row.low_open, row.high_open), (row.unit, signed))


@lru_cache(maxsize=KEPT)
def _value_of(
    text: str,
    qualifier: str,
    numbers: tuple[str | None, str | None, str | None, str, str],
    is_open: tuple[bool, bool],
    measured: tuple[str, bool],
) -> Value:
    number, low, high, *grains = numbers
    unit, signed = measured
    return Value(
        text=text,
        qualifier=Qualifier(qualifier),
        number=_exact(number),
        literal=Interval(_exact(low), _exact(high), *is_open),
        unit=unit,
        scale=unit_named(unit).scale(signed=signed),
        low_grain=exact(grains[0]),
        high_grain=exact(grains[1]),
    )


def comparand(row: AnyRow, policy: Policy) -> Comparand:
    """A claim's row as the comparison sees it, in the measure's unit."""
    value = value_of(row)
    number, measured_in = value.number, unit_named(row.measure_unit)
    literal_interval, pragmatic = _intervals(value, row.measure_unit, policy)
    found = _to_measure(row.unit, row.measure_unit, policy)
    if found is not None and number is not None:
        number = found.number(number)
    return Comparand(
        kind=Kind(row.kind),
        origin=str(row.origin_id),
        number=number,
        literal=literal_interval,
        pragmatic=pragmatic,
        start=row.as_of_start,
        end=row.as_of_end,
        ratio_scale=not measured_in.has_offset,
        discrete=measured_in.discrete,
        volatile=row.volatile,
    )


def _intervals(value: Value, measure_unit: str, policy: Policy) -> tuple[Interval, Interval]:
    """The literal and the pragmatic one, in the measure's unit."""
    found = _to_measure(value.unit, measure_unit, policy)
    intervals = value.literal, value.pragmatic(policy)
    return intervals if found is None else (found.interval(intervals[0]), found.interval(intervals[1]))


def stance_columns() -> tuple[Any, ...]:
    """The columns of a claim that its stance is made of."""
    columns = "text qualifier amount low high low_open high_open low_grain high_grain unit"
    return tuple(getattr(Claim, name) for name in columns.split())


def stance_of(row: AnyRow, beside: AnyRow, policy: Policy) -> Interval:
    """The stance of a claim by those columns, in the unit of the measure that it shares with the row beside it."""
    literal_interval, pragmatic = _intervals(_value(row, signed=beside.signed), beside.measure_unit, policy)
    return literal_interval.closed(pragmatic)


def literal_of(row: AnyRow, measure_unit: str, policy: Policy) -> Interval:
    """What a claim's row (low, high, low_open, high_open, unit) admits, in the measure's unit."""
    interval = Interval(_exact(row.low), _exact(row.high), row.low_open, row.high_open)
    found = _to_measure(row.unit, measure_unit, policy)
    return interval if found is None else found.interval(interval)


def _to_measure(unit: str | None, measure_unit: str, policy: Policy) -> Conversion | None:
    return None if unit in (None, measure_unit) else conversion(unit or "", measure_unit, policy)


def _exact(text: str | None) -> Number | None:
    return None if text is None else exact(text)


def severity(known: Known) -> float:
    """The ratio of a figure's worst disagreement; 1 where it disagrees without a ratio, 0 where nothing disagrees."""
    if known.worst is None:
        return 1.0 if known.status in RANKS else 0.0
    return 1.0 if known.worst.relation.ratio is None else float(known.worst.relation.ratio)


def first_record(connection: Connection, figure: int, members: Iterable[Member], policy: Policy) -> str:
    """The record of a figure that has no other claims, and no parts and wholes."""
    scene = scene_of([(member.id, member.comparand) for member in members], (), (), policy)
    return render(connection, {figure: figure_of(scene, flag_scene(scene))})[figure]


def render(connection: Connection, computed: Mapping[int, Known]) -> dict[int, str]:
    """The records of figures, from what is known of their frames."""
    rendered: dict[int, str] = {}
    for chunk in chunks(computed):
        rows = connection.execute(
            select(
                Figure.id,
                Figure.public_id,
                Figure.kind,
                Figure.dimensions,
                Figure.window_start,
                Figure.window_end,
                Measure.public_id.label("measure_public"),
                Measure.label.label("measure_label"),
                Measure.unit.label("measure_unit"),
                Event.public_id.label("event_public"),
                Event.title.label("event_title"),
                Event.edtf.label("event_date"),
            )
            .join(Measure, Measure.id == Figure.measure_id)
            .outerjoin(Event, Event.id == Figure.event_id)
            .where(Figure.id.in_(chunk))
        ).all()
        names = names_within(connection, [row.dimensions for row in rows])
        explained = explanations.shown(connection, [row.public_id for row in rows])
        for row in rows:
            rendered[row.id] = dump(_record(row, computed[row.id], names, explained.get(row.public_id)))
    return rendered


def _record(row: AnyRow, known: Known, names: dict[int, Json], explanation: Json | None) -> Json:
    worst = known.worst
    return {
        "id": row.public_id,
        "measure": {"id": row.measure_public, "label": row.measure_label, "unit": row.measure_unit},
        "event": _event(row),
        "kind": row.kind,
        "dimensions": {
            name: names[value] if isinstance(value, int) else value
            for name, value in sorted(orjson.loads(row.dimensions).items())
        },
        "window": _window(row),
        "status": known.status,
        "n_claims": known.n_claims,
        "n_origins": known.n_origins,
        "n_superseded": known.n_superseded,
        "envelope": interval_json(known.envelope),
        "agreement": agreement_json(known.agreement),
        "latest": known.latest,
        "n_conflicts": known.n_conflicting_pairs + known.n_pairs_across,
        "ratio": None if worst is None or worst.relation.ratio is None else round(float(worst.relation.ratio), 3),
        "explanation": explanation,
        "history": history_json(known.history),
    }


def _event(row: AnyRow) -> Json | None:
    if row.event_public is None:
        return None
    return {"id": row.event_public, "title": row.event_title, "date": row.event_date}


def interval_json(interval: Interval) -> Json:
    """An interval in the measure's unit."""
    return {
        "low": _bound(interval.low),
        "high": _bound(interval.high),
        "low_open": interval.low_open,
        "high_open": interval.high_open,
    }


def agreement_json(bands: Iterable[Agreement]) -> list[Json]:
    """What most origins admit."""
    return [{**interval_json(band.interval), "n_origins": band.n_origins} for band in bands]


def history_json(history: Iterable[Day]) -> list[Json]:
    """The envelope by day."""
    return [
        {
            "date": minute_text(day.day, end=False),
            "low": _bound(day.low),
            "high": _bound(day.high),
            "n_claims": day.n_claims,
        }
        for day in history
    ]


def _bound(number: Number | None) -> Any:  # noqa: ANN401 - a JSON number with its own digits
    return literal(number_text(number))


def number_text(number: Number | None) -> str | None:
    """As decimal text; what has no finite decimal form (a third of a mile in metres) is given as the nearest double."""
    if number is None:
        return None
    try:
        return decimal_text(number)
    except ValueError:
        return repr(float(number))


def _window(row: AnyRow) -> Json | None:
    """A frame's window; of a running total only its start counts."""
    if row.window_start is None:
        return None
    start = minute_text(row.window_start, end=False)
    end = ".." if row.window_end is None else minute_text(row.window_end, end=True)
    return span(start if start == end else f"{start}/{end}", row.window_start, row.window_end)


def names_within(connection: Connection, texts: Iterable[str]) -> dict[int, Json]:
    """The entities that stored dimensions name, by number."""
    numbers = {value for text in texts for value in orjson.loads(text).values() if isinstance(value, int)}
    found: dict[int, Json] = {}
    for chunk in chunks(numbers):
        rows = connection.execute(select(Entity.id, Entity.public_id, Entity.name).where(Entity.id.in_(chunk)))
        found.update((row.id, {"id": row.public_id, "name": row.name}) for row in rows)
    return found
