"""Where numbers contradicted each other at a version: compared again from the records that stood then."""

from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, select

from app.domain.frame import Frame
from app.domain.policy import Policy
from app.search.camps import OTHER_RANK, Place, Shown
from app.search.collections import CONFLICTS
from app.search.conflicts import dispute_item, figure_item, side_by_side
from app.search.nouns import CLAIM, CLAIM_DISPUTE, CLAIM_HISTORY, EVENT, EVENT_ANCESTOR
from app.search.page import Page
from app.search.query import Query
from app.search.references import resolve
from app.search.stood import StoodCamps
from app.search.then import stood, version_of
from app.storage.figures import RANKS
from app.storage.records import Json, chunks
from app.storage.relations import DECLARED, Told, among_told, pair_of
from app.storage.told import frames_of, parsed, side_of
from app.storage.versions import policy_at

_STATEMENTS = {"kind": "statement", "status": "conflict"}
"""What declared disputes are, where a filter asks."""


def page(connection: Connection, query: Query) -> Page:
    """The page of conflicts as they stood at the moment that the query names. Raises a kind of Invalid."""
    assert query.known_at is not None
    version = query.after[0] if query.after else version_of(connection, "known_at", query.known_at)
    resolution = resolve(connection, query.values, CONFLICTS.filters, version)
    if resolution.missing:
        return Page([], None, None, resolution.resolved, resolution.suggestions, version)
    last = Place(*query.after[1:]) if query.after else None
    policy = policy_at(connection, version)
    camps = StoodCamps(connection, policy, version, {**resolution.values, **resolution.ids})
    records = dict(camps.figures(resolution.values, last, query.limit + 1))
    claims = dict(_disputing(connection, version)) if _may_dispute(query.values) else {}
    pairs = _pairs(connection, claims, _events(connection, resolution.values.get("event")))
    disputes = [Place(RANKS["conflict"], 0.0, None, *pair) for pair in pairs]
    disputes = [place for place in disputes if last is None or place.order > last.order]
    ordered = sorted([*records, *disputes], key=lambda place: place.order)
    shown = ordered[: query.limit]
    figures = _figures(camps, {place.figure: records[place] for place in shown if place.figure is not None})
    items = [_dispute(camps, claims, place) if place.figure is None else figures[place.figure] for place in shown]
    cursor = query.cursor((version, *shown[-1])) if len(ordered) > query.limit else None
    return Page(items, cursor, resolved=resolution.resolved, version=version)


def _figures(camps: StoodCamps, records: Mapping[int, str]) -> dict[int, str]:
    """The items of figures, given by their records."""
    beside = side_by_side(camps, list(records))
    # A superseded claim stands in no relation here.
    groups = {figure: [one.id for one in shown if one.rank <= OTHER_RANK] for figure, shown in beside.items()}
    told = _told(camps, (one for shown in beside.values() for one in shown))
    related = among_told(groups, told, camps.policy)
    return {figure: figure_item(record, beside[figure], related[figure]) for figure, record in records.items()}


def _told(camps: StoodCamps, shown: Iterable[Shown]) -> dict[str, Told]:
    claims = {one.id: parsed(one.record) for one in shown}
    frames = frames_of(camps.connection, camps.figures_of({claim["figure"] for claim in claims.values()}))
    return {public: _one_told(claim, frames[claim["figure"]], camps.policy) for public, claim in claims.items()}


def _one_told(claim: Json, frame: Frame, policy: Policy) -> Told:
    return Told(side_of(claim, policy, volatile=frame.volatile), frame)


def _may_dispute(values: Mapping[str, Any]) -> bool:
    return "measure" not in values and all(values.get(name, only) == only for name, only in _STATEMENTS.items())


def _disputing(connection: Connection, version: int) -> Iterator[tuple[str, str]]:
    """The statements that disputed one another, by id, with their records."""
    now = select(CLAIM.c.public_id, CLAIM.c.record).where(CLAIM.c.version <= version)
    then = select(CLAIM_HISTORY.c.claim, CLAIM_HISTORY.c.record).where(stood(version))
    for statement, columns in ((now, CLAIM.c), (then, CLAIM_HISTORY.c)):
        rows = connection.execute(statement.where(columns.kind == "statement", columns.conflict))
        yield from ((public, record) for public, record in rows)


def _events(connection: Connection, ids: tuple[int, ...] | None) -> set[str] | None:
    """The events that are one of those or lie inside one; None where none is asked about."""
    if ids is None:
        return None
    inside = EVENT.join(EVENT_ANCESTOR, EVENT_ANCESTOR.c.event_id == EVENT.c.id)
    wanted = select(EVENT.c.public_id).select_from(inside).where(EVENT_ANCESTOR.c.ancestor_id.in_(ids))
    return set(connection.execute(wanted).scalars())


def _pairs(connection: Connection, claims: Mapping[str, str], events: set[str] | None) -> list[tuple[str, str]]:
    """Who disputed whom. Where nobody knows any longer who declared it, the lower id comes first."""
    told = {public: parsed(record) for public, record in claims.items()}
    met = {(min(one, other), max(one, other)) for one in told for other in told[one]["conflicts_with"] if other in told}
    if events is not None:
        within = {public for public, claim in told.items() if claim["event"] and claim["event"]["id"] in events}
        met = {pair for pair in met if not within.isdisjoint(pair)}
    declared: set[tuple[str, str]] = set()
    for chunk in chunks(told):
        rows = connection.execute(select(CLAIM_DISPUTE).where(CLAIM_DISPUTE.c.claim.in_(chunk)))
        declared.update((row.claim, row.disputed) for row in rows)
    return [(b, a) if (b, a) in declared and (a, b) not in declared else (a, b) for a, b in met]


def _dispute(camps: StoodCamps, claims: Mapping[str, str], place: Place) -> str:
    assert place.claim is not None
    assert place.disputed is not None
    first, second = claims[place.claim], claims[place.disputed]
    one, other = parsed(first), parsed(second)
    same: Json = {"one_origin": one["origin"]["id"] == other["origin"]["id"], "first": first, "second": second}
    sides = side_of(one, camps.policy), side_of(other, camps.policy)
    pair = pair_of(place.claim, place.disputed, *sides, DECLARED, camps.policy)
    return dispute_item(SimpleNamespace(**same), pair, None)
