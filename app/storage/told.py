"""Claims and figures as their records tell them: what was can be compared again from records alone."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from app.domain.dates import Span, parse_date
from app.domain.frame import Frame
from app.domain.interval import Interval, exact
from app.domain.mention import About, Side
from app.domain.policy import Policy
from app.domain.relation import Comparand, Kind
from app.domain.units import conversion, unit_named
from app.storage.records import Json, chunks
from app.storage.tables import Event, EventAncestor, Measure


def parsed(record: str) -> Json:
    """A record with its exact numbers."""
    told: Json = json.loads(record, parse_float=exact)
    return told


def side_of(claim: Json, policy: Policy, *, volatile: bool = False) -> Side:
    """A claim's parsed record as a sentence names it; `volatile`: its measure is."""
    as_of, origin = parse_date(claim["as_of"]["edtf"]), claim["origin"]["label"]
    if claim["value"] is None:
        return Side(claim["statement"], None, origin, as_of)
    window = parse_date(claim["window"]["edtf"]) if claim["kind"] == Kind.FLOW and claim["window"] else None
    narrowed = ", ".join(f"{name} {_name(value)}" for name, value in sorted(claim["dimensions"].items()))
    return Side(
        text=claim["value"]["text"],
        literal=_interval(claim["value"]),
        origin=origin,
        date=window or as_of,
        window=window is not None,
        about=About(claim["measure"]["label"], claim["event"] and claim["event"]["title"], narrowed),
        claim=replace(comparand_of(claim, as_of, policy), volatile=volatile),
        told=as_of if window else None,
    )


def comparand_of(claim: Json, as_of: Span, policy: Policy) -> Comparand:
    """A number's parsed record as the comparison sees it, in the measure's unit."""
    value, unit = claim["value"], unit_named(claim["measure"]["unit"])
    literal, pragmatic, number = _interval(value), _interval(value["pragmatic"]), value["number"]
    found = conversion(value["unit"], unit.name, policy) if value["unit"] != unit.name else None
    if found is not None:
        literal, pragmatic = found.interval(literal), found.interval(pragmatic)
        number = None if number is None else found.number(number)
    assert as_of.start is not None
    assert as_of.end is not None
    return Comparand(
        kind=Kind(claim["kind"]),
        origin=claim["origin"]["id"],
        number=number,
        literal=literal,
        pragmatic=pragmatic,
        start=as_of.start,
        end=as_of.end,
        ratio_scale=not unit.has_offset,
        discrete=unit.discrete,
    )


def frames_of(connection: Connection, figures: Mapping[str, Json]) -> dict[str, Frame]:
    """The frames of figures, given by their parsed records. Events never change their place."""
    above = _events_above(connection, {one["event"]["id"] for one in figures.values() if one["event"]})
    measures = select(Measure.public_id, Measure.additive, Measure.volatile)
    measured = {one["measure"]["id"] for one in figures.values()}
    natures = {
        row.public_id: row
        for chunk in chunks(measured)
        for row in connection.execute(measures.where(Measure.public_id.in_(chunk)))
    }
    found: dict[str, Frame] = {}
    for public, figure in figures.items():
        window = parse_date(figure["window"]["edtf"]) if figure["window"] else None
        event = figure["event"] and figure["event"]["id"]
        found[public] = Frame(
            measure=figure["measure"]["id"],
            additive=natures[figure["measure"]["id"]].additive,
            kind=Kind(figure["kind"]),
            event=event,
            events=frozenset(above.get(event, ())),
            dimensions=frozenset((name, _id(value)) for name, value in figure["dimensions"].items()),
            start=None if window is None else window.start,
            end=None if window is None else window.end,
            volatile=natures[figure["measure"]["id"]].volatile,
        )
    return found


def _events_above(connection: Connection, events: Iterable[str]) -> dict[str, list[str]]:
    inside, above = Event.__table__.alias(), Event.__table__.alias()
    joined = EventAncestor.__table__.join(inside, inside.c.id == EventAncestor.event_id)
    joined = joined.join(above, above.c.id == EventAncestor.ancestor_id)
    statement = select(inside.c.public_id, above.c.public_id).select_from(joined)
    found: dict[str, list[str]] = {}
    for chunk in chunks(events):
        for event, ancestor in connection.execute(statement.where(inside.c.public_id.in_(chunk))):
            found.setdefault(event, []).append(ancestor)
    return found


def _interval(ends: Json) -> Interval:
    return Interval(ends["low"], ends["high"], ends["low_open"], ends["high_open"])


def _name(value: Json | str) -> str:
    return value if isinstance(value, str) else str(value["name"])


def _id(value: Json | str) -> str:
    return value if isinstance(value, str) else str(value["id"])
