"""What a claim is to the others that it can be compared with, found when asked: pairs are never stored."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, select

from app.domain.dates import Span
from app.domain.flags import relation_in
from app.domain.frame import Frame, frame_relation
from app.domain.mention import About, Side
from app.domain.policy import Policy
from app.domain.relation import FrameRelation, Kind, Reason, Relation, RelationKind
from app.domain.sentence import sentence
from app.storage.figures import (
    Member,
    candidates,
    comparable_columns,
    comparand,
    frames,
    members,
    names_within,
    value_of,
)
from app.storage.records import AnyRow, Json, chunks, dump
from app.storage.tables import Article, Claim, ClaimDispute, Event, Figure, Measure, Origin, Source

MOST_SHOWN = 20
"""How many claims of a figure in conflict are set side by side."""

_ORDER = {kind: position for position, kind in enumerate(reversed(RelationKind))}


DECLARED = Relation(RelationKind.CONFLICT, Reason.DECLARED)

_Related = list[tuple[FrameRelation, Sequence[Member]]]
"""Claims of frames, with how the frame asked about stands to each."""


class Told(NamedTuple):
    """A number as a sentence names it, with what it was compared as, and its frame."""

    side: Side
    frame: Frame


@dataclass(frozen=True, slots=True)
class _Shown:
    """What lists print of a claim, and the claim as a sentence names it."""

    row: AnyRow
    side: Side


def relations_page(
    connection: Connection, claim_id: str, policy: Policy, *, limit: int, offset: int = 0
) -> tuple[list[str], int | None] | None:
    """Relations of a claim with others, conflicts first, and the offset of the next page; None for an unknown id."""
    row = connection.execute(
        select(*comparable_columns(), Claim.withdrawn_at)
        .outerjoin(Measure, Measure.id == Claim.measure_id)
        .where(Claim.public_id == claim_id)
    ).one_or_none()
    if row is None:
        return None
    if row.withdrawn_at is not None:
        found: list[tuple[str, Relation]] = []
    else:
        found = _disputes(connection, row) if row.kind == Kind.STATEMENT else _of_number(connection, row, policy)
    found.sort(key=lambda pair: (_ORDER[pair[1].kind], pair[0]))
    page = found[offset : offset + limit]
    shown = _shown(connection, [row.public_id, *(other for other, _ in page)], policy)
    texts = [dump(_item(shown, row.public_id, other, relation, policy)) for other, relation in page]
    return texts, offset + limit if len(found) > offset + limit else None


def among(
    connection: Connection,
    groups: Mapping[int, Sequence[str]],
    policy: Policy,
    as_read: Callable[[AnyRow], AnyRow] = lambda row: row,
) -> dict[int, list[Json]]:
    """The conflicts and tensions between the claims of each group, worst first, at most `MOST_SHOWN` of each.

    Claims are public ids; those without a frame stand in no relation here. `as_read` gives the row by which a claim is
    compared. Takes as many statements for many groups as for one.
    """
    shown = _shown(connection, {claim for claims in groups.values() for claim in claims}, policy, as_read)
    known = frames(connection, {one.row.figure_id for one in shown.values() if one.row.figure_id})
    framed = {claim: one for claim, one in shown.items() if one.row.figure_id}
    return among_told(
        groups, {claim: Told(one.side, known[one.row.figure_id]) for claim, one in framed.items()}, policy
    )


def among_told(groups: Mapping[int, Sequence[str]], told: Mapping[str, Told], policy: Policy) -> dict[int, list[Json]]:
    """The same of claims that are at hand; those that are not `told` stand in no relation."""

    def related(a: str, b: str) -> Relation:
        one, other = told[a].side.claim, told[b].side.claim
        assert one is not None
        assert other is not None
        return relation_in(one, other, frame_relation(told[a].frame, told[b].frame), policy)

    found: dict[int, list[Json]] = {}
    for group, claims in groups.items():
        pairs = [(a, b, related(a, b)) for a, b in combinations(sorted(told.keys() & set(claims)), 2)]
        found[group] = [
            pair_of(a, b, told[a].side, told[b].side, relation, policy) for a, b, relation in _worst_first(pairs)
        ]
    return found


def pair_of(a: str, b: str, one: Side, other: Side, relation: Relation, policy: Policy) -> Json:
    """What the claim of one id is to that of another, explained."""
    return {"a": a, "b": b, **_explained(one, other, relation, policy)}


def _worst_first(pairs: Iterable[tuple[str, str, Relation]]) -> list[tuple[str, str, Relation]]:
    flagged = [pair for pair in pairs if pair[2].kind in (RelationKind.CONFLICT, RelationKind.TENSION)]
    ordered = sorted(flagged, key=lambda pair: (_ORDER[pair[2].kind], -(pair[2].ratio or 0), pair[:2]))
    return ordered[:MOST_SHOWN]


def declared(connection: Connection, disputes: Sequence[tuple[str, str]], policy: Policy) -> list[Json]:
    """The declared disputes between those claims, two public ids each, in the order given."""
    shown = _shown(connection, {claim for pair in disputes for claim in pair}, policy)
    return [pair_of(a, b, shown[a].side, shown[b].side, DECLARED, policy) for a, b in disputes]


def _of_number(connection: Connection, row: AnyRow, policy: Policy) -> list[tuple[str, Relation]]:
    me = Member(row, comparand(row, policy))
    related = [(FrameRelation.UNKNOWN, _of_unknown_scope(connection, row, policy))]
    if row.figure_id is not None:
        related += _around(connection, row.figure_id, policy)
    else:
        related += [(FrameRelation.UNKNOWN, found) for found in _of_frame(connection, row, policy)]
    return [(other.id, relation) for other, relation in _relate_to_all(me, related, policy)]


def _of_frame(connection: Connection, row: AnyRow, policy: Policy) -> Iterable[Sequence[Member]]:
    """The claims of the frame that a claim of unknown scope would be in."""
    figure = connection.execute(select(Figure.id).where(*_same_frame(Figure, row))).scalar()
    return [] if figure is None else members(connection, [figure], policy).values()


def _of_unknown_scope(connection: Connection, row: AnyRow, policy: Policy) -> Sequence[Member]:
    """The live claims that would be in the same frame, were their scope known."""
    statement = (
        select(*comparable_columns())
        .join(Measure, Measure.id == Claim.measure_id)
        .where(Claim.scope == "unknown", Claim.withdrawn_at.is_(None), *_same_frame(Claim, row))
    )
    return [Member(other, comparand(other, policy)) for other in connection.execute(statement)]


def _same_frame(model: type[Figure] | type[Claim], row: AnyRow) -> Iterator[ColumnElement[bool]]:
    """The frame is that of the claim. Of a running total only the window's start counts."""
    yield model.measure_id == row.measure_id
    yield model.event_id.is_not_distinct_from(row.event_id)
    yield model.kind == row.kind
    yield model.dimensions == row.dimensions
    yield model.window_start.is_not_distinct_from(row.window_start)
    if row.kind == Kind.FLOW:
        yield model.window_end.is_not_distinct_from(row.window_end)


def _around(connection: Connection, figure: int, policy: Policy) -> _Related:
    """The claims of the figure's frame and of its parts and wholes."""
    near = frames(connection, candidates(connection, [figure]) | {figure})
    standing = _comparable(near, figure)
    claims = members(connection, standing, policy)
    return [(relation, claims.get(other, [])) for other, relation in sorted(standing.items())]


def _comparable(near: dict[int, Frame], number: int) -> dict[int, FrameRelation]:
    """The frame itself, its parts and its wholes, with how the frame stands to each."""
    standing = {other: frame_relation(near[number], frame) for other, frame in near.items()}
    wanted = (FrameRelation.EQUAL, FrameRelation.A_PART_OF_B, FrameRelation.B_PART_OF_A)
    return {other: relation for other, relation in standing.items() if relation in wanted}


def _relate_to_all(me: Member, related: _Related, policy: Policy) -> Iterator[tuple[Member, Relation]]:
    for frame, others in related:
        for other in others:
            if other.id != me.id:
                yield other, relation_in(me.comparand, other.comparand, frame, policy)


def _disputes(connection: Connection, row: AnyRow) -> list[tuple[str, Relation]]:
    link = ClaimDispute
    statement = select(link.claim, link.disputed).where(
        (link.claim == row.public_id) | (link.disputed == row.public_id)
    )
    ends = {end for pair in connection.execute(statement) for end in pair} - {row.public_id}
    alive = select(Claim.public_id).where(Claim.public_id.in_(ends), Claim.withdrawn_at.is_(None))
    declared = Relation(RelationKind.CONFLICT, Reason.DECLARED)
    return [(str(other), declared) for other in connection.execute(alive).scalars()]


def _shown(
    connection: Connection,
    ids: Iterable[str],
    policy: Policy,
    as_read: Callable[[AnyRow], AnyRow] = lambda row: row,
) -> dict[str, _Shown]:
    """What sentences and lists print of those claims."""
    found: list[AnyRow] = []
    for chunk in chunks(ids):
        statement = (
            select(
                *comparable_columns(),
                Claim.statement,
                Claim.window_edtf,
                Origin.public_id.label("origin_public"),
                Origin.label.label("origin_label"),
                Article.public_id.label("article_public"),
                Article.title.label("article_title"),
                Source.name.label("source_name"),
                Measure.label.label("measure_label"),
                Event.title.label("event_title"),
            )
            .join(Origin, Origin.id == Claim.origin_id)
            .join(Article, Article.id == Claim.article_id)
            .join(Source, Source.id == Claim.source_id)
            .outerjoin(Measure, Measure.id == Claim.measure_id)
            .outerjoin(Event, Event.id == Claim.event_id)
            .where(Claim.public_id.in_(chunk))
        )
        found.extend(map(as_read, connection.execute(statement)))
    abouts = abouts_of(connection, found)
    return {row.public_id: _Shown(row, side_of(row, about, policy)) for row, about in zip(found, abouts, strict=True)}


def _item(shown: dict[str, _Shown], claim: str, other: str, relation: Relation, policy: Policy) -> Json:
    row = shown[other].row
    return {
        "claim": claim,
        "other": {
            "id": other,
            "text": row.text,
            "statement": row.statement,
            "as_of": row.as_of_edtf,
            "origin": {"id": row.origin_public, "label": row.origin_label},
            "article": {"id": row.article_public, "title": row.article_title, "source": row.source_name},
        },
        **_explained(shown[claim].side, shown[other].side, relation, policy),
    }


def _explained(a: Side, b: Side, relation: Relation, policy: Policy) -> Json:
    return {
        "relation": relation.kind,
        "direction": relation.direction,
        "reason": relation.reason,
        "ratio": None if relation.ratio is None else round(float(relation.ratio), 3),
        "notes": list(relation.notes),
        "sentence": sentence(relation, a, b, policy),
        "policy": policy.label,
    }


def side_of(row: AnyRow, about: About | None, policy: Policy) -> Side:
    """A claim as a sentence names it."""
    as_of = Span(row.as_of_edtf, row.as_of_start, row.as_of_end)
    if row.kind == Kind.STATEMENT:
        return Side(row.statement, None, row.origin_label, as_of)
    windowed = row.kind == Kind.FLOW and row.window_edtf is not None
    return Side(
        text=row.text,
        literal=value_of(row).literal,
        origin=row.origin_label,
        date=Span(row.window_edtf, row.window_start, row.window_end) if windowed else as_of,
        window=windowed,
        about=about,
        claim=comparand(row, policy),
        told=as_of if windowed else None,
    )


def abouts_of(connection: Connection, rows: Sequence[AnyRow]) -> list[About | None]:
    """What the claims of those rows count, in their order; None for statements."""
    numbers = [row for row in rows if row.kind != Kind.STATEMENT]
    names = names_within(connection, (row.dimensions for row in numbers))
    return [None if row.kind == Kind.STATEMENT else _about(row, names) for row in rows]


def _about(row: AnyRow, names: dict[int, Json]) -> About:
    narrowed = (
        f"{name} {names[value]['name'] if isinstance(value, int) else value}"
        for name, value in sorted(orjson.loads(row.dimensions).items())
    )
    return About(row.measure_label, row.event_title, ", ".join(narrowed))
