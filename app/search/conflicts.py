"""Where numbers contradict each other: figures in conflict or tension, and declared disputes, worst first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Select, exists, false, not_, or_, select, tuple_

from app.problems import InvalidParameter
from app.search.camps import CLAIM_RANKS, OTHER_RANK, Camps, Place, PresentCamps, Shown, Stored
from app.search.collections import CONFLICTS
from app.search.compile import walk
from app.search.filter import Part
from app.search.filters import DISPUTED, DISPUTING
from app.search.find import nothing
from app.search.kept import Kept
from app.search.nouns import CLAIM_DISPUTE
from app.search.page import Page
from app.search.query import Query
from app.search.references import resolve
from app.search.supposed import SupposedCamps
from app.search.variants import asks_for_any
from app.storage.explanations import shown, subject_of
from app.storage.figures import RANKS
from app.storage.policies import in_force
from app.storage.records import Json, dump
from app.storage.relations import MOST_SHOWN, among, declared
from app.storage.supposed import Supposition

_DISPUTE = CLAIM_DISPUTE.c
_DISPUTES = CLAIM_DISPUTE.join(DISPUTING, DISPUTING.c.public_id == _DISPUTE.claim).join(
    DISPUTED, DISPUTED.c.public_id == _DISPUTE.disputed
)
_DECLARED_RANK = RANKS["conflict"]
_KEPT = Kept[int, str](most=200)
"""Items of figures: to word what each pair of claims is to each other takes milliseconds a figure."""


def page(connection: Connection, query: Query) -> Page:
    """The page of conflicts that the query asks for. Raises a kind of Invalid."""
    resolution = resolve(connection, query.values, CONFLICTS.filters)
    if resolution.missing:
        return nothing(query, resolution)
    values = resolution.values
    last = None if query.after is None else Place(*query.after)
    camps = _camps(connection, values)
    records = dict(camps.figures(values, last, query.limit + 1))
    rows = connection.execute(_disputes(values, last, query.limit)).all()
    disputes = {Place(_DECLARED_RANK, 0.0, None, row.claim, row.disputed): row for row in rows}
    ordered = sorted([*records, *disputes], key=lambda place: place.order)
    places = ordered[: query.limit]
    cursor = query.cursor(places[-1]) if len(ordered) > query.limit else None
    figures = _figures(connection, camps, {place.figure: records[place] for place in places if place.figure})
    between = _between(connection, camps, [disputes[place] for place in places if not place.figure])
    items = [figures[place.figure] if place.figure else next(between) for place in places]
    return Page(items, cursor, **resolution.told)


def _camps(connection: Connection, values: Mapping[str, Any]) -> PresentCamps:
    policy = in_force(connection)
    if "policy" not in values:
        return Stored(connection, policy)
    if not asks_for_any("event", values) and not asks_for_any("entity", values):
        raise InvalidParameter(
            "policy: give `event` or `entity` too, because all claims of what it names are compared anew.",
            parameter="policy",
        )
    return SupposedCamps(connection, Supposition(policy, policy.custom(values["policy"])), values)


def _disputes(values: Mapping[str, Any], last: Place | None, limit: int) -> Select[Any]:
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


def _figures(connection: Connection, camps: PresentCamps, records: Mapping[int, str]) -> Mapping[int, str]:
    """The items of figures, given by their records."""

    def make(figures: Sequence[int]) -> dict[int, str]:
        return _made(connection, camps, {figure: records[figure] for figure in figures})

    return make([*records]) if isinstance(camps, SupposedCamps) else _KEPT.made(connection, [*records], make)


def _made(connection: Connection, camps: PresentCamps, records: Mapping[int, str]) -> dict[int, str]:
    beside = side_by_side(camps, list(records))
    # A superseded claim stands in no relation here.
    groups = {figure: [one.id for one in shown if one.rank <= OTHER_RANK] for figure, shown in beside.items()}
    related = among(connection, groups, camps.policy, camps.row)
    return {figure: figure_item(record, beside[figure], related[figure]) for figure, record in records.items()}


def side_by_side(camps: Camps, figures: Sequence[int]) -> dict[int, list[Shown]]:
    """The claims to set side by side for each figure: the flagged ones, what contradicts them, then others.

    What contradicts a claim of the figure may be a claim of a part or of a whole of it.
    """
    own = camps.extremes(figures)
    foreign = {figure: _foreign(shown) for figure, shown in own.items()}
    records = camps.records({claim for claims in foreign.values() for claim in claims})
    return {
        figure: [
            *(one for one in shown if one.rank < OTHER_RANK),
            *(Shown(claim, CLAIM_RANKS["conflict"], "[]", records[claim]) for claim in foreign[figure]),
            *(one for one in shown if one.rank >= OTHER_RANK),
        ][:MOST_SHOWN]
        for figure, shown in own.items()
    }


def _foreign(shown: Sequence[Shown]) -> list[str]:
    """For each claim that none of the others contradicts, the first that does."""
    own = {one.id for one in shown}
    contradicting = (orjson.loads(one.conflicts_with) for one in shown)
    return list(dict.fromkeys(ids[0] for ids in contradicting if ids and own.isdisjoint(ids)))


def figure_item(record: str, beside: Sequence[Shown], related: Sequence[Json]) -> str:
    """The item of a figure, with its claims side by side and what they are to each other."""
    known = orjson.loads(record)
    names = ("status", "ratio", "n_claims", "n_origins", "explanation")
    head = {"kind": "number", **{name: known[name] for name in names}}
    return _item(head, record, [one.record for one in beside], related)


def _between(connection: Connection, camps: Camps, rows: Sequence[Any]) -> Iterator[str]:
    """The items of declared disputes, in the order given."""
    pairs = [(row.claim, row.disputed) for row in rows]
    explained = shown(connection, [subject_of(*pair) for pair in pairs])
    for row, related in zip(rows, declared(connection, pairs, camps.policy), strict=True):
        yield dispute_item(row, related, explained.get(subject_of(row.claim, row.disputed)))


def dispute_item(row: Any, pair: Json, explanation: Json | None) -> str:  # noqa: ANN401 - a row
    """The item of a declared dispute; the row has the records of its two claims, and whether they are of one origin."""
    counts = {"n_claims": 2, "n_origins": 1 if row.one_origin else 2}
    head = {"kind": "statement", "status": "conflict", "ratio": None, **counts, "explanation": explanation}
    return _item(head, "null", (row.first, row.second), [pair])


def _item(head: Json, figure: str, claims: Iterable[str], related: Sequence[Json]) -> str:
    start = dump(head).removesuffix("}")
    relations = ",".join(map(dump, related))
    return f'{start},"figure":{figure},"claims":[{",".join(claims)}],"relations":[{relations}]}}'
