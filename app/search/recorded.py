"""When rows came to be as they are, and of which kind entities are: what a reader's format says beside the records."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.search.nouns import ENTITY, Noun
from app.storage.records import chunks
from app.storage.tables import Version


def times(connection: Connection, noun: Noun, ids: Iterable[str]) -> dict[str, str]:
    """When the record of each of those public ids last changed (RFC 3339 in UTC); those that are there."""
    found: dict[str, str] = {}
    row = noun.table.c
    for chunk in chunks(ids):
        rows = select(row.public_id, Version.at).join(Version, Version.number == row.version)
        found.update(tuple(one) for one in connection.execute(rows.where(row.public_id.in_(chunk))))
    return found


def kinds(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The kind of each of those entities."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        rows = select(ENTITY.c.public_id, ENTITY.c.kind).where(ENTITY.c.public_id.in_(chunk))
        found.update(tuple(one) for one in connection.execute(rows))
    return found
