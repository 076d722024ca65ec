"""Two entities that are one: merged, with the old id kept as a redirect, and unmerged again."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.ids import is_public_id
from app.ingest.changes import canonical
from app.ingest.refresh import refresh
from app.ingest.remarks import editor, reason
from app.ingest.restate import restate
from app.storage import policies
from app.storage.engine import Database
from app.storage.lookups import replace_lookups
from app.storage.records import chunks, table_of
from app.storage.tables import (
    ClaimEntity,
    Entity,
    EntityKey,
    EntityMerge,
    EntityName,
    Event,
    EventParticipant,
    Source,
)
from app.storage.versions import advance, current

Moved = dict[str, list[Any]]
"""Keys, names, participations, places and sources that went from one entity to the other."""


class CannotMerge(ValueError):
    """The two cannot be merged, or unmerged, with the reason."""


def merge(database: Database, old: str, into: str, *, by: str, why: str, now: str) -> None:
    """Make `old` the same as `into` (public ids): its keys, names and claims go there.

    Raises CannotMerge and UnusableRemark; then nothing is changed.
    """
    why, by = reason(why), editor(by)
    with database.write() as connection:
        lost, kept = _entity(connection, old), _entity(connection, into)
        _may_merge(connection, lost, kept)
        moved = _move(connection, lost.id, kept.id)
        version = current(connection) + 1
        logged = {"moved": orjson.dumps(moved).decode(), "by": by, "why": why, "at": now}
        between = {"from_version": version, "to_version": None}
        connection.execute(insert(EntityMerge).values(entity_id=lost.id, into_id=kept.id, **between, **logged))
        connection.execute(update(Entity).where(Entity.id == lost.id).values(merged_into=kept.id))
        _settle(connection, (lost.id, kept.id), moved, version, now)


def unmerge(database: Database, old: str, *, now: str) -> None:
    """Undo the merging of `old`: it has again what it had. Raises CannotMerge."""
    with database.write() as connection:
        row = _row(connection, old)
        if row is None or row.merged_into is None:
            raise CannotMerge(f"{old} is not merged into another entity")
        lasting = (EntityMerge.entity_id == row.id) & EntityMerge.to_version.is_(None)
        moved: Moved = orjson.loads(connection.execute(select(EntityMerge.moved).where(lasting)).scalar_one())
        _put_back(connection, row.merged_into, row.id, moved)
        version = current(connection) + 1
        connection.execute(update(EntityMerge).where(lasting).values(to_version=version))
        connection.execute(update(Entity).where(Entity.id == row.id).values(merged_into=None))
        _settle(connection, (row.merged_into, row.id), moved, version, now)


def _entity(connection: Connection, public_id: str) -> Any:  # noqa: ANN401 - a row
    row = _row(connection, public_id)
    if row is None:
        raise CannotMerge(f"no entity has the id {public_id!r}")
    if row.merged_into is not None:
        raise CannotMerge(f"{row.name} ({public_id}) is merged into another entity already; name that one")
    return row


def _row(connection: Connection, public_id: str) -> Any:  # noqa: ANN401 - a row, or None
    if not is_public_id(public_id, "ent"):
        return None
    columns = (Entity.id, Entity.public_id, Entity.kind, Entity.name, Entity.merged_into)
    return connection.execute(select(*columns).where(Entity.public_id == public_id)).one_or_none()


def _may_merge(connection: Connection, lost: Any, kept: Any) -> None:  # noqa: ANN401 - rows
    if lost.id == kept.id:
        raise CannotMerge("an entity is itself already")
    if lost.kind != kept.kind:
        raise CannotMerge(f"{lost.name} is a {lost.kind}, {kept.name} a {kept.kind}")
    sources = select(Source.entity_id).where(Source.entity_id.in_([lost.id, kept.id]))
    if len(connection.execute(sources).all()) > 1:
        raise CannotMerge(f"{lost.name} and {kept.name} both publish: sources are not merged")
    into_lost = select(Entity.id).where(Entity.merged_into == lost.id)
    if connection.execute(into_lost).first():
        raise CannotMerge(f"others are merged into {lost.name}: unmerge them first")


def _move(connection: Connection, lost: int, kept: int) -> Moved:
    names = [EntityName.bundle, EntityName.name, EntityName.folded, EntityName.language, EntityName.position]
    participant = EventParticipant
    moved: Moved = {
        "keys": _column(connection, EntityKey.key, EntityKey.entity_id, lost),
        "names": [list(row) for row in connection.execute(select(*names).where(EntityName.entity_id == lost))],
        "participations": [
            list(row)
            for row in connection.execute(
                select(participant.event_id, participant.position).where(participant.entity_id == lost)
            )
        ],
        "places": _column(connection, Event.id, Event.place_id, lost),
        "sources": _column(connection, Source.id, Source.entity_id, lost),
    }
    present = {
        tuple(row)
        for row in connection.execute(select(EntityName.bundle, EntityName.name).where(EntityName.entity_id == kept))
    }
    moved["names_new"] = [name for name in moved["names"] if (name[0], name[1]) not in present]
    connection.execute(delete(EntityName).where(EntityName.entity_id == lost))
    _add_names(connection, kept, moved["names_new"])
    _repoint(connection, moved, kept)
    return moved


def _put_back(connection: Connection, kept: int, lost: int, moved: Moved) -> None:
    for bundle, name, *_ in moved["names_new"]:
        mine = (EntityName.entity_id == kept) & (EntityName.bundle == bundle) & (EntityName.name == name)
        connection.execute(delete(EntityName).where(mine))
    _add_names(connection, lost, moved["names"])
    _repoint(connection, moved, lost)


def _repoint(connection: Connection, moved: Moved, to: int) -> None:
    connection.execute(update(EntityKey).where(EntityKey.key.in_(moved["keys"])).values(entity_id=to))
    for event, position in moved["participations"]:
        mine = (EventParticipant.event_id == event) & (EventParticipant.position == position)
        connection.execute(update(EventParticipant).where(mine).values(entity_id=to))
    connection.execute(update(Event).where(Event.id.in_(moved["places"])).values(place_id=to))
    connection.execute(update(Source).where(Source.id.in_(moved["sources"])).values(entity_id=to))
    _redefine(connection, moved, to)


def _redefine(connection: Connection, moved: Moved, to: int) -> None:
    """Have the definitions of events name who takes part now: bundles that repeat one are compared with it."""
    public = connection.execute(select(Entity.public_id).where(Entity.id == to)).scalar_one()
    positions: dict[int, list[int]] = {event: [] for event in moved["places"]}
    for event, position in moved["participations"]:
        positions.setdefault(event, []).append(position)
    for chunk in chunks(positions):
        for row in connection.execute(select(Event.id, Event.definition).where(Event.id.in_(chunk))).all():
            definition = orjson.loads(row.definition)
            for position in positions[row.id]:
                if position < len(definition["participants"]):  # the bundle may have taken some away since
                    definition["participants"][position][0] = public
            if row.id in moved["places"]:
                definition["place"] = public
            connection.execute(update(Event).where(Event.id == row.id).values(definition=canonical(definition)))


def _add_names(connection: Connection, entity: int, names: Iterable[list[Any]]) -> None:
    fields = ("bundle", "name", "folded", "language", "position")
    rows = [{"entity_id": entity, **dict(zip(fields, name, strict=True))} for name in names]
    if rows:
        connection.execute(insert(table_of(EntityName)), rows)


def _column(connection: Connection, column: Any, by: Any, value: int) -> list[Any]:  # noqa: ANN401
    return sorted(connection.execute(select(column).where(by == value)).scalars())


def _settle(connection: Connection, both: tuple[int, int], moved: Moved, version: int, now: str) -> None:
    """Words, claims, flags and records after names and keys have changed hands."""
    replace_lookups(connection, both)
    linked = connection.execute(select(ClaimEntity.number).where(ClaimEntity.entity_id.in_(both))).scalars()
    policy = policies.in_force(connection)
    dirty = restate(connection, set(linked), policy)
    dirty.renamed |= set(both)
    dirty.altered_events |= {event for event, _ in moved["participations"]} | set(moved["places"])
    dirty.altered_sources |= set(moved["sources"])
    refresh(connection, dirty, version, policy)
    advance(connection, version, now)
