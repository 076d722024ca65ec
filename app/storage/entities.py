"""Entities and their names."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.storage.records import Json, chunks, dump, grouped
from app.storage.tables import Entity, EntityKey, EntityName


def render(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The records of those entities."""
    rendered: dict[int, str] = {}
    for chunk in chunks(ids):
        names = grouped(
            connection.execute(
                select(EntityName.entity_id, EntityName.name, EntityName.language)
                .where(EntityName.entity_id.in_(chunk))
                .order_by(EntityName.entity_id, EntityName.position, EntityName.bundle, EntityName.name)
            ).all()
        )
        keys = grouped(
            connection.execute(
                select(EntityKey.entity_id, EntityKey.key).where(EntityKey.entity_id.in_(chunk)).order_by(EntityKey.key)
            ).all()
        )
        for row in connection.execute(select(Entity.__table__).where(Entity.id.in_(chunk))):
            rendered[row.id] = dump(
                {
                    "id": row.public_id,
                    "keys": [key for _, key in keys.get(row.id, [])],
                    "kind": row.kind,
                    "name": row.name,
                    "names": _names(row.name, [(name, language) for _, name, language in names.get(row.id, [])]),
                    "description": row.description,
                }
            )
    return rendered


def _names(first: str, given: list[tuple[str, str | None]]) -> list[Json]:
    """The name to print, then the others; one that several bundles give stands once, with its language if any knows."""
    languages: dict[str, str | None] = {first: None}
    for name, language in given:
        languages[name] = languages.get(name) or language
    return [{"name": name, "language": language} for name, language in languages.items()]
