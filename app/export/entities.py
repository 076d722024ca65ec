"""Entities and sources as the bundles gave them: which keys and names, and what a reader of names could mistake."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, Row, distinct, func, select

from app.storage.records import AnyRow, chunks, grouped
from app.storage.tables import Entity, EntityKey, EntityMerge, EntityName, Source

Json = dict[str, Any]


@dataclass(slots=True)
class Named:
    """An entity with all that bundles called it. `names` are those of each bundle, in the order given."""

    row: AnyRow
    source: AnyRow | None
    keys: list[str]
    merged: list[Json]
    names: dict[str, list[AnyRow]] = field(default_factory=dict)
    ambiguous: bool = False

    def names_of(self, bundle: str) -> dict[str, str | None]:
        """The names that the bundle gives it, with their languages; that of a definition comes first."""
        given = {name.name: name.language for name in self.names.get(bundle, ())}
        if self.row.owner == bundle:
            given = {self.row.name: given.get(self.row.name), **given}
        if self.source is not None and self.source.owner == bundle:
            given.setdefault(self.source.name, None)
        return given

    def is_distinct(self, bundle: str) -> bool:
        """Whether the names that the bundle gives it would not lead to it, or would lead to others as well."""
        if self.row.owner == bundle:
            return self.ambiguous
        own, defined = ({name.folded for name in self.names.get(one, ())} for one in (bundle, self.row.owner))
        return not own & defined


def entities_of(connection: Connection, bundles: Collection[str]) -> dict[str, list[Named]]:
    """Those that each of the bundles defines or names, by key."""
    found = _named(connection, _wanted(connection, bundles))
    by_bundle: dict[str, list[Named]] = {}
    for entity in found:
        giving = {entity.row.owner, *entity.names}
        if entity.source is not None:
            giving.add(entity.source.owner)
        for bundle in giving & set(bundles):
            by_bundle.setdefault(bundle, []).append(entity)
    return by_bundle


def _wanted(connection: Connection, bundles: Collection[str]) -> set[int]:
    wanted: set[int] = set()
    for chunk in chunks(bundles):
        for column, of in ((Entity.id, Entity.owner), (EntityName.entity_id, EntityName.bundle)):
            wanted.update(connection.execute(select(column).where(of.in_(chunk))).scalars())
        wanted.update(connection.execute(select(Source.entity_id).where(Source.owner.in_(chunk))).scalars())
    return wanted


def _named(connection: Connection, ids: Iterable[int]) -> list[Named]:
    found: list[Named] = []
    for chunk in chunks(ids):
        sources = {row.entity_id: row for row in _rows(connection, Source, Source.entity_id, chunk)}
        names = grouped(connection.execute(_names(chunk)).all())
        keys = grouped(connection.execute(_keys(chunk)).all())
        merges = grouped(connection.execute(_merges(chunk)).all())
        for row in _rows(connection, Entity, Entity.id, chunk):
            if row.merged_into is not None:
                continue
            merged = [_merged(merge) for merge in merges.get(row.id, ())]
            gone = {key for one in merged for key in one["keys"]}
            others = [key for _, key in keys.get(row.id, ()) if key != row.key and key not in gone]
            entity = Named(row, sources.get(row.id), others, merged)
            for name in names.get(row.id, ()):
                entity.names.setdefault(name.bundle, []).append(name)
            found.append(entity)
        _mark_ambiguous(connection, found[-len(chunk) :])
    return sorted(found, key=lambda one: str(one.row.key))


def _rows(connection: Connection, model: Any, column: Any, values: list[int]) -> list[AnyRow]:  # noqa: ANN401
    return list(connection.execute(select(model.__table__).where(column.in_(values))).all())


def _names(ids: list[int]) -> Any:  # noqa: ANN401 - a select
    name = EntityName
    columns = (name.entity_id, name.bundle, name.name, name.folded, name.language)
    return (
        select(*columns).where(name.entity_id.in_(ids)).order_by(name.entity_id, name.bundle, name.position, name.name)
    )


def _keys(ids: list[int]) -> Any:  # noqa: ANN401 - a select
    return select(EntityKey.entity_id, EntityKey.key).where(EntityKey.entity_id.in_(ids)).order_by(EntityKey.key)


def _merges(ids: list[int]) -> Any:  # noqa: ANN401 - a select
    merge = EntityMerge
    columns = (merge.into_id, Entity.key, Entity.name, Entity.description, Entity.owner, merge.moved)
    lasting = merge.into_id.in_(ids) & merge.to_version.is_(None)
    edit = (merge.by, merge.why, merge.at)
    return select(*columns, *edit).join(Entity, Entity.id == merge.entity_id).where(lasting).order_by(Entity.key)


def _merged(row: Row[Any]) -> Json:
    told = {"key": row.key, "name": row.name, "description": row.description, "bundle": row.owner}
    return {**told, "keys": sorted(orjson.loads(row.moved)["keys"]), "by": row.by, "why": row.why, "at": row.at}


def _mark_ambiguous(connection: Connection, entities: Iterable[Named]) -> None:
    """Mark those one of whose names another of their kind has: by name alone the two would meet."""
    folded = {name.folded for entity in entities for names in entity.names.values() for name in names}
    shared: set[tuple[str, str]] = set()
    for chunk in chunks(folded):
        statement = (
            select(EntityName.folded, Entity.kind)
            .join(Entity, Entity.id == EntityName.entity_id)
            .where(EntityName.folded.in_(chunk))
            .group_by(EntityName.folded, Entity.kind)
            .having(func.count(distinct(EntityName.entity_id)) > 1)
        )
        shared.update((row[0], row[1]) for row in connection.execute(statement))
    for entity in entities:
        own = {(name.folded, entity.row.kind) for names in entity.names.values() for name in names}
        entity.ambiguous = bool(own & shared)


def parts(bundle: str, entities: Iterable[Named]) -> tuple[list[Json], list[Json]]:
    """The entities and the sources of the bundle, as it gives them."""
    made: list[Json] = []
    sources: list[tuple[str, Json]] = []
    for entity in entities:
        publishes = entity.source is not None and entity.source.owner == bundle
        alone = publishes and _is_source_alone(bundle, entity)
        if publishes:
            assert entity.source is not None
            sources.append((entity.source.key, _source(bundle, entity, entity.source, alone=alone)))
        if not alone:
            made.append(_entity(bundle, entity))
    return made, [source for _, source in sorted(sources, key=lambda pair: pair[0])]


def _is_source_alone(bundle: str, entity: Named) -> bool:
    """Whether the bundle has told of the entity only as a source."""
    source, names = entity.source, entity.names_of(bundle)
    assert source is not None
    if next(iter(names)) != source.name or any(names.values()):
        return False
    by_source = orjson.loads(entity.row.definition)["by_source"] and entity.row.key == source.key
    return entity.row.owner != bundle or (by_source and not entity.merged)


def _entity(bundle: str, entity: Named) -> Json:
    row = entity.row
    (name, language), *others = entity.names_of(bundle).items()
    aliases = [{"name": alias, "language": of} for alias, of in others]
    if language is not None:
        aliases.insert(0, {"name": name, "language": language})
    own = row.owner == bundle
    return {
        "key": row.key,
        "kind": row.kind,
        "name": name,
        "aliases": aliases,
        **({"description": row.description, "keys": entity.keys, "merged": entity.merged} if own else {}),
        "distinct": entity.is_distinct(bundle),
    }


def _source(bundle: str, entity: Named, source: AnyRow, *, alone: bool) -> Json:
    made: Json = {"key": source.key, "name": source.name, "kind": source.kind, "url": source.url}
    if not alone:
        return made
    keys: Mapping[str, Any] = {"keys": entity.keys} if entity.row.owner == bundle else {}
    aliases = [*entity.names_of(bundle)][1:]
    return {**made, "aliases": aliases, **keys, "distinct": entity.is_distinct(bundle)}
