"""What a claim is to the others that it can be compared with, found when asked: pairs are never stored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, select

from app.domain.dates import Span
from app.domain.flags import pair_frame
from app.domain.frame import Frame, frame_relation
from app.domain.mention import About, Side
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.relation import FrameRelation, Kind, Reason, Relation, RelationKind, relate
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
from app.storage.tables import Article, Claim, ClaimDispute, Event, Measure, Origin, Source

MOST_SHOWN = 20
"""How many claims of a figure in conflict are set side by side."""

_ORDER = {kind: position for position, kind in enumerate(reversed(RelationKind))}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What lists print of a claim, and the claim as a sentence names it."""

    row: AnyRow
    side: Side


def relations_page(
    connection: Connection, claim_id: str, *, limit: int, offset: int = 0, policy: Policy = DEFAULT_POLICY
) -> tuple[list[str], int | None] | None:
    """Relations of a claim with others, conflicts first, and the offset of the next page; None for an unknown id."""
    row = connection.execute(
        select(*comparable_columns(), Claim.withdrawn_at)
        .outerjoin(Measure, Measure.id == Claim.measure_id)
        .where(Claim.public_id == claim_id)
    ).one_or_none()
    if row is None:
        return None
    found = _disputes(connection, row) if row.kind == Kind.STATEMENT else _of_number(connection, row, policy)
    found.sort(key=lambda pair: (_ORDER[pair[1].kind], pair[0]))
    page = found[offset : offset + limit]
    shown = _shown(connection, [row.public_id, *(other for other, _ in page)], policy)
    texts = [dump(_item(shown, row.public_id, other, relation, policy)) for other, relation in page]
    return texts, offset + limit if len(found) > offset + limit else None


def pairs(connection: Connection, figure_id: int, policy: Policy = DEFAULT_POLICY) -> list[Json]:
    """The conflicts and tensions of a figure's claims, worst first, at most `MOST_SHOWN`."""
    own = members(connection, [figure_id], policy).get(figure_id, [])
    flagged = sorted((m for m in own if m.row.status in ("conflict", "tension")), key=lambda m: -m.row.n_conflicts)
    found: dict[tuple[str, str], Relation] = {}
    related = _related(connection, figure_id, policy)
    for member in flagged[:MOST_SHOWN]:
        for other, relation in _relate_to_all(member, related, policy):
            if relation.kind in (RelationKind.CONFLICT, RelationKind.TENSION) and other.row.status != "superseded":
                first, second = sorted((member.id, other.id))
                found.setdefault((first, second), relation if member.id == first else relation.reverse)
    worst = sorted(found.items(), key=lambda item: (_ORDER[item[1].kind], -(item[1].ratio or 0), item[0]))[:MOST_SHOWN]
    shown = _shown(connection, {claim for pair, _ in worst for claim in pair}, policy)
    return [{"a": a, "b": b, **_explained(shown, a, b, relation, policy)} for (a, b), relation in worst]


def declared(
    connection: Connection, disputes: Sequence[tuple[str, str]], policy: Policy = DEFAULT_POLICY
) -> list[Json]:
    """The declared disputes between those claims, two public ids each, in the order given."""
    shown = _shown(connection, {claim for pair in disputes for claim in pair}, policy)
    relation = Relation(RelationKind.CONFLICT, Reason.DECLARED)
    return [{"a": a, "b": b, **_explained(shown, a, b, relation, policy)} for a, b in disputes]


def _of_number(connection: Connection, row: AnyRow, policy: Policy) -> list[tuple[str, Relation]]:
    if row.withdrawn_at is not None or row.figure_id is None:
        return []
    me = Member(row, comparand(row, policy))
    related = _related(connection, row.figure_id, policy)
    return [(other.id, relation) for other, relation in _relate_to_all(me, related, policy)]


def _related(connection: Connection, figure_id: int, policy: Policy) -> list[tuple[FrameRelation, Sequence[Member]]]:
    """The claims of the frame itself and of its parts and wholes, with how the frame stands to theirs."""
    near = frames(connection, candidates(connection, [figure_id]) | {figure_id})
    mine: Frame = near[figure_id]
    standing = {number: frame_relation(mine, frame) for number, frame in near.items()}
    comparable = {
        number: relation
        for number, relation in standing.items()
        if relation in (FrameRelation.EQUAL, FrameRelation.A_PART_OF_B, FrameRelation.B_PART_OF_A)
    }
    claims = members(connection, comparable, policy)
    return [(relation, claims.get(number, [])) for number, relation in sorted(comparable.items())]


def _relate_to_all(
    me: Member, related: Sequence[tuple[FrameRelation, Sequence[Member]]], policy: Policy
) -> Iterator[tuple[Member, Relation]]:
    for frame, others in related:
        for other in others:
            if other.id != me.id:
                standing = pair_frame(me.comparand, other.comparand, frame)
                yield other, relate(me.comparand, other.comparand, standing, policy=policy)


def _disputes(connection: Connection, row: AnyRow) -> list[tuple[str, Relation]]:
    link = ClaimDispute
    statement = select(link.claim, link.disputed).where(
        (link.claim == row.public_id) | (link.disputed == row.public_id)
    )
    ends = {end for pair in connection.execute(statement) for end in pair} - {row.public_id}
    alive = select(Claim.public_id).where(Claim.public_id.in_(ends), Claim.withdrawn_at.is_(None))
    declared = Relation(RelationKind.CONFLICT, Reason.DECLARED)
    return [(str(other), declared) for other in connection.execute(alive).scalars()]


def _shown(connection: Connection, ids: Iterable[str], policy: Policy) -> dict[str, _Shown]:
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
        found.extend(connection.execute(statement))
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
        **_explained(shown, claim, other, relation, policy),
    }


def _explained(shown: dict[str, _Shown], a: str, b: str, relation: Relation, policy: Policy) -> Json:
    return {
        "relation": relation.kind,
        "direction": relation.direction,
        "reason": relation.reason,
        "ratio": None if relation.ratio is None else round(float(relation.ratio), 3),
        "notes": list(relation.notes),
        "sentence": sentence(relation, shown[a].side, shown[b].side, policy),
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
