"""Where numbers contradict each other: figures in conflict or tension, and declared disputes, worst first."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, false, func, not_, or_, select, tuple_

from app.domain.policy import Policy
from app.search.collections import CONFLICTS
from app.search.compile import walk
from app.search.filter import Part
from app.search.filters import DISPUTED, DISPUTING
from app.search.find import nothing
from app.search.nouns import CLAIM, CLAIM_DISPUTE, FIGURE
from app.search.page import Page
from app.search.query import Query
from app.search.references import resolve
from app.storage.explanations import shown, subject_of
from app.storage.figures import RANKS
from app.storage.policies import in_force
from app.storage.records import Json, dump
from app.storage.relations import MOST_SHOWN, among, declared

_DISPUTE = CLAIM_DISPUTE.c
_DISPUTES = CLAIM_DISPUTE.join(DISPUTING, DISPUTING.c.public_id == _DISPUTE.claim).join(
    DISPUTED, DISPUTED.c.public_id == _DISPUTE.disputed
)
_DECLARED_RANK = RANKS["conflict"]
_FLAGGED = 2
"""Claims in conflict or tension rank below it, others not."""


class _Place(NamedTuple):
    """Where an item stands. A declared dispute has no ratio: it stands after the conflicts, before the tensions."""

    rank: int
    severity: float
    figure: int | None
    claim: str | None
    disputed: str | None

    @property
    def order(self) -> tuple[Any, ...]:
        """What items are sorted by."""
        number = 1 if self.figure is None else -self.figure
        return (-self.rank, -self.severity, number, self.claim or "", self.disputed or "")


def page(connection: Connection, query: Query) -> Page:
    """The page of conflicts that the query asks for. Raises a kind of Invalid."""
    resolution = resolve(connection, query.values, CONFLICTS.filters)
    if resolution.missing:
        return nothing(query, resolution.resolved, resolution.suggestions)
    last = None if query.after is None else _Place(*query.after)
    figures = connection.execute(_figures(resolution.values, last, query.limit)).all()
    disputes = connection.execute(_disputes(resolution.values, last, query.limit)).all()
    rows = {_Place(row.rank, row.severity, row.id, None, None): row for row in figures}
    rows |= {_Place(_DECLARED_RANK, 0.0, None, row.claim, row.disputed): row for row in disputes}
    ordered = sorted(rows, key=lambda place: place.order)
    places = ordered[: query.limit]
    cursor = query.cursor(places[-1]) if len(ordered) > query.limit else None
    items = _items(connection, [(place, rows[place]) for place in places], in_force(connection))
    return Page(items, cursor, resolved=resolution.resolved)


def _figures(values: Mapping[str, Any], last: _Place | None, limit: int) -> Select[Any]:
    columns = FIGURE.c
    walked = walk(Part.CONFLICTS, FIGURE, columns.id, values, columns.rank >= min(RANKS.values()))
    keys = (columns.rank, columns.severity, columns.id)
    statement = select(*keys, columns.record).where(*walked.conditions)
    if last is not None:
        past: ColumnElement[bool] = columns.rank < last.rank
        if last.figure is not None:
            past = tuple_(*keys) < tuple_(last.rank, last.severity, last.figure)
        statement = statement.where(past)
    return statement.order_by(*(key.desc() for key in keys)).limit(limit + 1)


def _disputes(values: Mapping[str, Any], last: _Place | None, limit: int) -> Select[Any]:
    back = CLAIM_DISPUTE.alias()
    # Where both declare that they dispute each other, the pair is listed once.
    twice = exists().where(back.c.claim == _DISPUTE.disputed, back.c.disputed == _DISPUTE.claim)
    once = or_(_DISPUTE.claim < _DISPUTE.disputed, not_(twice))
    walked = walk(Part.DISPUTES, _DISPUTES, DISPUTING.c.number, values, once)
    keys = (_DISPUTE.claim, _DISPUTE.disputed)
    origins = (DISPUTING.c.origin_id == DISPUTED.c.origin_id).label("one_origin")
    records = (DISPUTING.c.record.label("first"), DISPUTED.c.record.label("second"))
    statement = select(*keys, origins, *records).select_from(_DISPUTES).where(*walked.conditions)
    if last is not None and last.rank < _DECLARED_RANK:
        statement = statement.where(false())
    elif last is not None and last.figure is None:
        statement = statement.where(tuple_(*keys) > tuple_(last.claim, last.disputed))
    return statement.order_by(*keys).limit(limit + 1)


def _items(connection: Connection, rows: Sequence[tuple[_Place, Any]], policy: Policy) -> list[str]:
    claims = _claims(connection, [place.figure for place, _ in rows if place.figure is not None])
    related = among(connection, {figure: [*beside] for figure, beside in claims.items()}, policy)
    disputes = [(row.claim, row.disputed) for place, row in rows if place.figure is None]
    between = iter(declared(connection, disputes, policy))
    explained = shown(connection, [subject_of(*pair) for pair in disputes])
    return [
        _figure(row, claims[place.figure], related[place.figure])
        if place.figure
        else _dispute(row, next(between), explained.get(subject_of(row.claim, row.disputed)))
        for place, row in rows
    ]


def _claims(connection: Connection, figures: Sequence[int]) -> dict[int, dict[str, str]]:
    """The claims to set side by side for each figure, by id: the flagged ones, what contradicts them, then others.

    What contradicts a claim of the figure may be a claim of a part or of a whole of it.
    """
    own: dict[int, list[Any]] = {figure: [] for figure in figures}
    for row in connection.execute(_extremes(figures)):
        own[row.figure_id].append(row)
    foreign = {figure: _foreign(rows) for figure, rows in own.items()}
    found = connection.execute(_records({claim for claims in foreign.values() for claim in claims}))
    records: dict[str, str] = dict(map(tuple, found))
    return {figure: _side_by_side(rows, foreign[figure], records) for figure, rows in own.items()}


def _extremes(figures: Sequence[int]) -> Select[Any]:
    """Claims of each figure: those in conflict before those in tension before the rest, the lowest and the highest."""
    columns = CLAIM.c
    rank = case({"conflict": 0, "tension": 1, "superseded": 3}, value=columns.status, else_=2).label("rank")
    low = (rank, columns.value_from.asc().nulls_first(), columns.number)
    high = (rank, columns.value_to.desc().nulls_first(), columns.number)
    lowest = func.row_number().over(partition_by=columns.figure_id, order_by=low).label("lowest")
    highest = func.row_number().over(partition_by=columns.figure_id, order_by=high).label("highest")
    wanted = (columns.figure_id, columns.number, columns.public_id, columns.conflicts_with, columns.record)
    alive = and_(columns.figure_id.in_(figures), columns.withdrawn_at.is_(None))
    ranked = select(*wanted, rank, lowest, highest).where(alive).subquery().c
    chosen = or_(ranked.lowest <= MOST_SHOWN // 2, ranked.highest <= MOST_SHOWN // 2)
    return select(*ranked).where(chosen).order_by(ranked.figure_id, ranked.rank, ranked.number)


def _foreign(rows: Sequence[Any]) -> list[str]:
    """For each claim that none of the others contradicts, the first that does."""
    own = {row.public_id for row in rows}
    contradicting = (orjson.loads(row.conflicts_with) for row in rows)
    return list(dict.fromkeys(ids[0] for ids in contradicting if ids and own.isdisjoint(ids)))


def _records(claims: Iterable[str]) -> Select[Any]:
    return select(CLAIM.c.public_id, CLAIM.c.record).where(CLAIM.c.public_id.in_(sorted(claims)))


def _side_by_side(rows: Sequence[Any], foreign: Sequence[str], records: Mapping[str, str]) -> dict[str, str]:
    beside = {row.public_id: row.record for row in rows if row.rank < _FLAGGED}
    beside |= {claim: records[claim] for claim in foreign}
    beside |= {row.public_id: row.record for row in rows}
    return dict(islice(beside.items(), MOST_SHOWN))


def _figure(row: Any, claims: Mapping[str, str], related: Sequence[Json]) -> str:  # noqa: ANN401 - a row
    known = orjson.loads(row.record)
    names = ("status", "ratio", "n_claims", "n_origins", "explanation")
    head = {"kind": "number", **{name: known[name] for name in names}}
    between = [pair for pair in related if {pair["a"], pair["b"]} <= claims.keys()]
    return _item(head, row.record, claims.values(), between)


def _dispute(row: Any, pair: Json, explanation: Json | None) -> str:  # noqa: ANN401 - a row
    counts = {"n_claims": 2, "n_origins": 1 if row.one_origin else 2}
    head = {"kind": "statement", "status": "conflict", "ratio": None, **counts, "explanation": explanation}
    return _item(head, "null", (row.first, row.second), [pair])


def _item(head: Json, figure: str, claims: Iterable[str], related: Sequence[Json]) -> str:
    start = dump(head).removesuffix("}")
    relations = ",".join(map(dump, related))
    return f'{start},"figure":{figure},"claims":[{",".join(claims)}],"relations":[{relations}]}}'
