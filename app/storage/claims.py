"""Claims as they are published: one record each, complete."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import aliased

from app.domain.policy import Policy
from app.storage import texts
from app.storage.figures import value_of
from app.storage.history import close_claims
from app.storage.policies import in_force
from app.storage.records import AnyRow, Json, chunks, dated, dump, ends, grouped, literal, span, stored
from app.storage.roles import ROLES
from app.storage.tables import Article, Claim, ClaimEntity, Entity, Event, Figure, Measure, Origin, Source


def render(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The records of those claims, by number."""
    rendered: dict[int, str] = {}
    policy = in_force(connection)
    for chunk in chunks(numbers):
        links = grouped(
            connection.execute(
                select(ClaimEntity.number, ClaimEntity.entity_id, ClaimEntity.roles, Entity.public_id, Entity.name)
                .join(Entity, Entity.id == ClaimEntity.entity_id)
                .where(ClaimEntity.number.in_(chunk))
            ).all()
        )
        for row in connection.execute(_joined().where(Claim.number.in_(chunk))):
            rendered[row.number] = dump(_record(row, links.get(row.number, []), policy))
    return rendered


def _joined() -> Any:  # noqa: ANN401 - the type of a select over a table and labels has no useful name
    speaker, body = aliased(Entity), aliased(Entity)
    return (
        select(
            Claim.__table__,
            Article.public_id.label("article_public"),
            Article.title.label("article_title"),
            Article.url.label("article_url"),
            Article.edtf.label("article_published"),
            Source.public_id.label("source_public"),
            Source.name.label("source_name"),
            Measure.public_id.label("measure_public"),
            Measure.label.label("measure_label"),
            Measure.unit.label("measure_unit"),
            Measure.signed,
            Event.public_id.label("event_public"),
            Event.title.label("event_title"),
            Event.edtf.label("event_date"),
            Figure.public_id.label("figure_public"),
            Origin.public_id.label("origin_public"),
            Origin.label.label("origin_label"),
            speaker.public_id.label("speaker_public"),
            speaker.name.label("speaker_name"),
            body.public_id.label("body_public"),
            body.name.label("body_name"),
        )
        .join(Article, Article.id == Claim.article_id)
        .join(Source, Source.id == Claim.source_id)
        .join(Origin, Origin.id == Claim.origin_id)
        .outerjoin(Measure, Measure.id == Claim.measure_id)
        .outerjoin(Event, Event.id == Claim.event_id)
        .outerjoin(Figure, Figure.id == Claim.figure_id)
        .outerjoin(speaker, speaker.id == Claim.speaker_id)
        .outerjoin(body, body.id == Claim.speaker_of_id)
    )


def _record(row: AnyRow, links: Sequence[AnyRow], policy: Policy) -> Json:
    names = {link.entity_id: {"id": link.public_id, "name": link.name} for link in links}
    return {
        "id": row.public_id,
        "kind": row.kind,
        "statement": row.statement,
        "quote": row.quote,
        "locator": row.locator,
        "value": value_json(row, policy),
        "measure": _measure(row),
        "event": _event(row),
        "dimensions": _dimensions(row.dimensions, names),
        "window": span(row.window_edtf, row.window_start, row.window_end),
        "scope": row.scope,
        "as_of": dated(row.as_of_edtf, row.as_of_start, row.as_of_end, row.as_of_basis, row.as_of_why),
        "speaker": _speaker(row),
        "via": [
            {**(names.get(step["entity"]) or {"id": None, "name": None}), "medium": step["medium"]}
            for step in orjson.loads(row.via)
        ],
        "article": {
            "id": row.article_public,
            "title": row.article_title,
            "url": row.article_url,
            "published": row.article_published,
            "source": {"id": row.source_public, "name": row.source_name},
        },
        "entities": [_entity(link) for link in sorted(links, key=_prominence)],
        "origin": {
            "id": row.origin_public,
            "label": row.origin_label,
            "basis": row.origin_basis,
            "why": row.origin_why,
        },
        "figure": row.figure_public,
        "conflict": row.conflict,
        "status": row.status,
        "n_conflicts": row.n_conflicts,
        "conflicts_with": orjson.loads(row.conflicts_with),
        "notes": orjson.loads(row.notes),
        "possible_copy_of": row.possible_copy_of,
        "withdrawn": {"at": row.withdrawn_at, "why": row.withdrawn_why} if row.withdrawn_at else None,
        "revision": row.revision,
        "recorded_at": row.recorded_at,
    }


def value_json(row: AnyRow, policy: Policy) -> Json | None:
    """What a claim's row (`comparable_columns` or more) says of its number; None for a statement."""
    if row.qualifier is None:
        return None
    return {
        "text": row.text,
        "number": literal(row.amount),
        "low": literal(row.low),
        "high": literal(row.high),
        "low_open": row.low_open,
        "high_open": row.high_open,
        "qualifier": row.qualifier,
        "unit": row.unit,
        "pragmatic": ends(value_of(row).pragmatic(policy)),
    }


def _measure(row: AnyRow) -> Json | None:
    if row.measure_id is None:
        return None
    return {"id": row.measure_public, "label": row.measure_label, "unit": row.measure_unit}


def _event(row: AnyRow) -> Json | None:
    if row.event_id is None:
        return None
    return {"id": row.event_public, "title": row.event_title, "date": row.event_date}


def _speaker(row: AnyRow) -> Json | None:
    if row.speaker_id is not None:
        return {"id": row.speaker_public, "name": row.speaker_name, "named": True, "of": None}
    if row.unnamed_speaker is None:
        return None
    body = {"id": row.body_public, "name": row.body_name} if row.speaker_of_id is not None else None
    return {"id": None, "name": row.unnamed_speaker, "named": False, "of": body}


def _dimensions(text: str, names: dict[int, Json]) -> Json:
    """Stored as {"by": entity number, "stage": "word"}; entities are printed with id and name."""
    return {
        name: names[value] if isinstance(value, int) else value for name, value in sorted(orjson.loads(text).items())
    }


def _prominence(link: AnyRow) -> tuple[int, str]:
    return link.roles & -link.roles, link.public_id


def _entity(link: AnyRow) -> Json:
    roles = [name for name, bit in ROLES.items() if link.roles & bit]
    return {"id": link.public_id, "name": link.name, "roles": roles}


def refresh(connection: Connection, numbers: Iterable[int], version: int) -> None:
    """Render the records of those claims, and store those that differ: some at a time, for they are long."""
    for chunk in chunks(numbers):
        publish(connection, render(connection, chunk), version)


def publish(connection: Connection, rendered: dict[int, str], version: int) -> int:
    """Store the records that differ, closing the old ones into history; return how many."""
    old = stored(connection, Claim.__table__, "number", rendered)  # type: ignore[arg-type]
    changed = [number for number, record in rendered.items() if old.get(number) != record]
    if not changed:
        return 0
    close_claims(connection, changed, version)
    statement = update(Claim).where(Claim.number == bindparam("row")).values(record=bindparam("json"), version=version)
    connection.execute(statement, [{"row": number, "json": rendered[number]} for number in changed])
    texts.keep(connection, Claim, {number: rendered[number] for number in changed})
    return len(changed)
