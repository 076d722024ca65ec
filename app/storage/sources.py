"""Sources: the outlets that publish."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.storage.records import chunks, dump
from app.storage.tables import Entity, Source


def render(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The records of those sources."""
    rendered: dict[int, str] = {}
    for chunk in chunks(ids):
        statement = (
            select(Source.id, Source.public_id, Source.key, Source.name, Source.kind, Source.url, Entity.public_id)
            .join(Entity, Entity.id == Source.entity_id)
            .where(Source.id.in_(chunk))
        )
        for number, public_id, key, name, kind, url, entity in connection.execute(statement):
            record = {"id": public_id, "key": key, "name": name, "kind": kind, "url": url, "entity": entity}
            rendered[number] = dump(record)
    return rendered
