"""Events: what happened, inside what, with whom."""

from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from app.storage.records import chunks, dated, dump, grouped
from app.storage.tables import Entity, Event, EventParticipant


def render(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The records of those events."""
    rendered: dict[int, str] = {}
    parent, place = aliased(Event), aliased(Entity)
    for chunk in chunks(ids):
        participants = grouped(
            connection.execute(
                select(EventParticipant.event_id, Entity.public_id, Entity.name, EventParticipant.role)
                .join(Entity, Entity.id == EventParticipant.entity_id)
                .where(EventParticipant.event_id.in_(chunk))
                .order_by(EventParticipant.event_id, EventParticipant.position)
            ).all()
        )
        statement = (
            select(
                Event.__table__,
                parent.public_id.label("parent_public"),
                parent.title.label("parent_title"),
                place.public_id.label("place_public"),
                place.name.label("place_name"),
            )
            .outerjoin(parent, parent.id == Event.parent_id)
            .outerjoin(place, place.id == Event.place_id)
            .where(Event.id.in_(chunk))
        )
        for row in connection.execute(statement):
            rendered[row.id] = dump(
                {
                    "id": row.public_id,
                    "key": row.key,
                    "title": row.title,
                    "date": dated(row.edtf, row.start, row.end, row.basis, row.why),
                    "part_of": {"id": row.parent_public, "title": row.parent_title} if row.parent_id else None,
                    "place": {"id": row.place_public, "name": row.place_name} if row.place_id else None,
                    "participants": [
                        {"id": public_id, "name": name, "role": role}
                        for _, public_id, name, role in participants.get(row.id, [])
                    ],
                    "description": row.description,
                }
            )
    return rendered
