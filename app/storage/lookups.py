"""By what entities are looked up, made of their folded names: the rows of their words and of their sounds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.domain.sound import keys
from app.storage.records import AnyRow, chunks, table_of
from app.storage.tables import Base, EntityName, EntitySound, EntityWord

Rows = Mapping[type[Base], list[dict[str, Any]]]
_COLUMN: dict[type[Base], str] = {EntityWord: "word", EntitySound: "key"}


def lookups(entity: int, folded: Iterable[str]) -> Rows:
    """The rows of an entity that has these folded names, in order, by table."""
    names = set(folded)
    words = {word for name in names for word in name.split()}
    sounds = {key for name in names for key in keys(name)}
    return {
        EntityWord: [{"word": word, "entity_id": entity} for word in sorted(words)],
        EntitySound: [{"key": key, "entity_id": entity} for key in sorted(sounds)],
    }


def replace_lookups(connection: Connection, entities: Iterable[int]) -> None:
    """Make those of the entities anew from the names that they have now."""
    for chunk in chunks(entities):
        made = [lookups(entity, names) for entity, names in _names(connection, chunk).items()]
        for table in _COLUMN:
            connection.execute(delete(table_of(table)).where(table_of(table).c.entity_id.in_(chunk)))
            if rows := [row for one in made for row in one[table]]:
                connection.execute(insert(table_of(table)), rows)


def lookup_differences(connection: Connection, entities: list[int]) -> Iterator[str]:
    """A sentence for every entity whose rows are not those that its names make."""
    named = _names(connection, entities)
    kept = {table: _kept(connection, table, entities) for table in _COLUMN}
    for entity in entities:
        for table, rows in lookups(entity, named.get(entity, [])).items():
            made = {row[_COLUMN[table]] for row in rows}
            if made != kept[table].get(entity, set()):
                yield f"entity {entity}: the rows of {table.__tablename__} are not those that its names make"


def _names(connection: Connection, entities: Iterable[int]) -> dict[int, list[str]]:
    columns = select(EntityName.entity_id, EntityName.folded)
    rows: Iterable[AnyRow] = connection.execute(columns.where(EntityName.entity_id.in_(list(entities))))
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.entity_id, []).append(row.folded)
    return found


def _kept(connection: Connection, table: type[Base], entities: list[int]) -> dict[int, set[str]]:
    columns = table_of(table).c
    column = columns[_COLUMN[table]]
    found: dict[int, set[str]] = {}
    for text, entity in connection.execute(select(column, columns.entity_id).where(columns.entity_id.in_(entities))):
        found.setdefault(entity, set()).add(text)
    return found
