"""Where numbers contradict each other: figures in conflict or tension, and declared disputes, worst first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, Select, and_, case, false, func, select, tuple_

from app.search.collections import CONFLICTS
from app.search.compile import walk
from app.search.filter import Part
from app.search.filters import DISPUTED, DISPUTING
from app.search.find import nothing
from app.search.nouns import CLAIM, CLAIM_DISPUTE, FIGURE
from app.search.page import Page
from app.search.query import Query
from app.search.references import resolve
from app.storage.figures import RANKS
from app.storage.records import Json, dump
from app.storage.relations import MOST_SHOWN, declared, pairs

_DISPUTE = CLAIM_DISPUTE.c
_DISPUTES = CLAIM_DISPUTE.join(DISPUTING, DISPUTING.c.public_id == _DISPUTE.claim).join(
    DISPUTED, DISPUTED.c.public_id == _DISPUTE.disputed
)
_DECLARED_RANK = RANKS["conflict"]


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
    shown = ordered[: query.limit]
    cursor = query.cursor(shown[-1]) if len(ordered) > query.limit else None
    return Page(_items(connection, [(place, rows[place]) for place in shown]), cursor, resolved=resolution.resolved)


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
    walked = walk(Part.DISPUTES, _DISPUTES, DISPUTING.c.number, values)
    keys = (_DISPUTE.claim, _DISPUTE.disputed)
    origins = (DISPUTING.c.origin_id == DISPUTED.c.origin_id).label("one_origin")
    records = (DISPUTING.c.record.label("first"), DISPUTED.c.record.label("second"))
    statement = select(*keys, origins, *records).select_from(_DISPUTES).where(*walked.conditions)
    if last is not None and last.rank < _DECLARED_RANK:
        statement = statement.where(false())
    elif last is not None and last.figure is None:
        statement = statement.where(tuple_(*keys) > tuple_(last.claim, last.disputed))
    return statement.order_by(*keys).limit(limit + 1)


def _items(connection: Connection, rows: Sequence[tuple[_Place, Any]]) -> list[str]:
    figures = [place.figure for place, _ in rows if place.figure is not None]
    related = {figure: pairs(connection, figure) for figure in figures}
    claims = _claims(connection, figures, related.values())
    disputes = declared(connection, [(row.claim, row.disputed) for place, row in rows if place.figure is None])
    between = iter(disputes)
    return [
        _figure(row, claims[place.figure], related[place.figure]) if place.figure else _dispute(row, next(between))
        for place, row in rows
    ]


def _claims(
    connection: Connection, figures: Sequence[int], related: Iterable[Sequence[Json]]
) -> dict[int, dict[str, str]]:
    """The records of the claims to show of each figure: those of its pairs, then its own, the flagged ones first.

    A pair may lead out of the figure, to a part or a whole of it.
    """
    paired = [list(dict.fromkeys(pair[end] for pair in found for end in ("a", "b")))[:MOST_SHOWN] for found in related]
    ids = {claim for found in paired for claim in found}
    known = dict(connection.execute(select(CLAIM.c.public_id, CLAIM.c.record).where(CLAIM.c.public_id.in_(ids))).all())
    shown = {figure: {claim: known[claim] for claim in found} for figure, found in zip(figures, paired, strict=True)}
    for figure, claim, record in connection.execute(_own(figures)):
        if len(shown[figure]) < MOST_SHOWN:
            shown[figure].setdefault(claim, record)
    return shown


def _own(figures: Sequence[int]) -> Select[Any]:
    """The first claims of each figure."""
    flagged = case({"conflict": 0, "tension": 1}, value=CLAIM.c.status, else_=2)
    position = func.row_number().over(partition_by=CLAIM.c.figure_id, order_by=(flagged, CLAIM.c.number))
    columns = (CLAIM.c.figure_id, CLAIM.c.public_id, CLAIM.c.record, position.label("position"))
    alive = and_(CLAIM.c.figure_id.in_(figures), CLAIM.c.withdrawn_at.is_(None))
    ranked = select(*columns).where(alive).subquery()
    chosen = select(ranked.c.figure_id, ranked.c.public_id, ranked.c.record).where(ranked.c.position <= MOST_SHOWN)
    return chosen.order_by(ranked.c.figure_id, ranked.c.position)


def _figure(row: Any, claims: Mapping[str, str], related: Sequence[Json]) -> str:  # noqa: ANN401 - a row
    known = orjson.loads(row.record)
    head = {"kind": "number", **{name: known[name] for name in ("status", "ratio", "n_claims", "n_origins")}}
    between = [pair for pair in related if {pair["a"], pair["b"]} <= claims.keys()]
    return _item(head, row.record, claims.values(), between)


def _dispute(row: Any, pair: Json) -> str:  # noqa: ANN401 - a row
    counts = {"n_claims": 2, "n_origins": 1 if row.one_origin else 2}
    head = {"kind": "statement", "status": "conflict", "ratio": None, **counts}
    return _item(head, "null", (row.first, row.second), [pair])


def _item(head: Json, figure: str, claims: Iterable[str], related: Sequence[Json]) -> str:
    start = dump(head).removesuffix("}")
    relations = ",".join(map(dump, related))
    return f'{start},"figure":{figure},"claims":[{",".join(claims)}],"relations":[{relations}]}}'
