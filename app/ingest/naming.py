"""Which stored entity a bundle's entity or source is, by key and by name, and what names it has after loading."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.domain.ids import public_id
from app.domain.names import fold
from app.ingest.bundle import Entity, Source
from app.ingest.changes import Changes, canonical
from app.ingest.decisions import Merged
from app.ingest.errors import BundleError, Pointer
from app.ingest.registry import KnownEntity, KnownSource, Registry, names_of
from app.storage import tables
from app.storage.lookups import lookups

_BY_SOURCE = '"by_source":true'


@dataclass(slots=True)
class Naming:
    """Meets entities; `touched` are those whose names this batch alters, `renamed` those now printed otherwise.

    `mergers` are rows of merges that bundles tell of, without their version.
    """

    registry: Registry
    changes: Changes
    touched: set[int] = field(default_factory=set)
    renamed: set[int] = field(default_factory=set)
    mergers: list[dict[str, Any]] = field(default_factory=list)
    _begun: set[tuple[int, str]] = field(default_factory=set)

    def entity(self, owner: str, given: Entity, pointer: Pointer) -> KnownEntity:
        """The stored entity that this one is, or a new one. Raises BundleError where names do not tell."""
        languages = {alias.name: alias.language for alias in given.aliases}
        known = self._meet(owner, given, given.kind, given.description, pointer)
        for position, merged in enumerate(given.merged):
            self._merge(known, merged, (*pointer, "merged", position))
        self._give_names(known, owner, {name: languages.get(name) for name in names_of(given)})
        return known

    def source(self, owner: str, given: Source, pointer: Pointer) -> KnownSource:
        """The stored source that this one is, or a new one with an entity of its own."""
        entity = self._meet(owner, given, "organization", None, pointer)
        self._give_names(entity, owner, dict.fromkeys(names_of(given)))
        known = self.registry.source_of.get(entity.id)
        values = {"name": given.name, "kind": given.kind, "url": given.url}
        row = {**values, "sort_name": fold(given.name), "definition": canonical(values)}
        if known is None:
            number, public = self.registry.next_id("source"), public_id("src", given.key)
            known = KnownSource(number, public, given.key, owner, row["definition"] or "", given.name, entity)
            self.registry.source_of[entity.id] = known
            self.changes.define(tables.Source, number, public, given.key, owner, entity_id=entity.id, **row)
        elif _is_redefined(known, owner, given.key, row["definition"]):
            known.definition, known.name = row["definition"] or "", given.name
            self.changes.alter(tables.Source, known.id, **row)
            self.renamed.add(entity.id)
        self.registry.sources[given.key] = known
        return known

    def finish(self) -> None:
        """Gather the rows of every name and word that changed."""
        for entity in {e.id: e for e in self.registry.entities.values()}.values():
            if entity.id not in self.touched:
                continue
            self.changes.clear(tables.EntityName, "entity_id", entity.id)
            looked_up = lookups(entity.id, entity.folded)
            for table, rows in looked_up.items():
                self.changes.clear(table, "entity_id", entity.id)
                for row in rows:
                    self.changes.add(table, **row)
            for bundle, names in entity.names.items():
                for position, (name, language) in enumerate(names.items()):
                    self.changes.add(
                        tables.EntityName,
                        entity_id=entity.id,
                        bundle=bundle,
                        name=name,
                        folded=fold(name),
                        language=language,
                        position=position,
                    )

    def _meet(
        self, owner: str, given: Entity | Source, kind: str, description: str | None, pointer: Pointer
    ) -> KnownEntity:
        known = self._candidate(owner, given, kind, pointer)
        values = {"name": given.name, "description": description}
        by_source = isinstance(given, Source)
        definition = canonical({**values, "kind": kind, "by_source": by_source})
        row = {**values, "sort_name": fold(given.name), "definition": definition}
        if known is None:
            number, public = self.registry.next_id("entity"), public_id("ent", given.key)
            known = KnownEntity(number, public, given.key, owner, row["definition"] or "", kind, given.name)
            self.changes.define(tables.Entity, number, public, given.key, owner, kind=kind, merged_into=None, **row)
        elif _defines(known, given) and _is_redefined(known, owner, given.key, row["definition"]):
            self.changes.alter(tables.Entity, known.id, **row)
            known.definition, known.name = row["definition"] or "", given.name
            self.renamed.add(known.id)
        self._give_keys(known, [given.key, *given.keys], pointer)
        return known

    def _give_keys(self, known: KnownEntity, keys: Iterable[str], pointer: Pointer) -> None:
        for key in keys:
            found = self.registry.entities.get(key)
            if found is None:
                self.registry.entities[key] = known
                self.changes.add(tables.EntityKey, key=key, entity_id=known.id)
            elif found is not known:
                problem = f"the key {key!r} is {found.name}, another entity: `counterclaim merge` makes the two one"
                raise BundleError(problem, pointer=(*pointer, "keys"))

    def _merge(self, known: KnownEntity, given: Merged, pointer: Pointer) -> None:
        """Keep that another entity was merged into this one, unless that is known."""
        if self.registry.entities.get(given.key) is known:
            return
        number = self.registry.next_id("entity")
        values = {"name": given.name, "description": given.description}
        definition = canonical({**values, "kind": known.kind, "by_source": False})
        row = {**values, "sort_name": fold(given.name), "definition": definition, "merged_into": known.id}
        public = public_id("ent", given.key)
        self.changes.define(tables.Entity, number, public, given.key, given.bundle, kind=known.kind, **row)
        keys = sorted({given.key, *given.keys})
        self._give_keys(known, keys, pointer)
        self.mergers.append({"entity_id": number, "into_id": known.id, "moved": _moved(given, keys), **_edit(given)})

    def _candidate(self, owner: str, given: Entity | Source, kind: str, pointer: Pointer) -> KnownEntity | None:
        """By its key, else by one exact full name among entities of its kind."""
        names = names_of(given)
        folded = [fold(name) for name in names]
        known = self.registry.entities.get(given.key)
        if known is None and given.distinct:
            return None
        if known is not None:
            if known.kind != kind:
                problem = f"the key {given.key!r} is a {known.kind} ({known.name}), not a {kind}"
                raise BundleError(problem, pointer=pointer)
            if known.owner != owner and not given.distinct and not known.folded & set(folded):
                problem = f"the key {given.key!r} is {known.name}, which has none of these names; choose another key"
                raise BundleError(problem, pointer=pointer)
            return known
        met = self._of_kind(kind, folded)
        full = self._of_kind(kind, [name for name in folded if " " in name])
        if len(full) == 1:
            (known,) = full.values()
            if (known.id, owner) in self._begun:
                problem = (
                    f"{names[0]!r} is {known.key!r} of this bundle too: use one key, or a name that tells them apart"
                )
                raise BundleError(problem, pointer=pointer)
            return known
        if full or (met and not any(" " in name for name in folded)):
            listed = ", ".join(sorted(f"{entity.key} ({entity.name})" for entity in (full or met).values()))
            raise BundleError(
                f"{names[0]!r} may be {listed}: give that key, or a full name that tells it apart", pointer=pointer
            )
        return None

    def _of_kind(self, kind: str, folded: list[str]) -> dict[int, KnownEntity]:
        return {
            number: entity
            for name in folded
            for number, entity in self.registry.named.get(name, {}).items()
            if entity.kind == kind
        }

    def _give_names(self, known: KnownEntity, owner: str, names: dict[str, str | None]) -> None:
        """Give the entity this bundle's names; what the bundle called it before and no longer does is forgotten."""
        before = dict(known.names.get(owner, {}))
        if (known.id, owner) not in self._begun:
            self._begun.add((known.id, owner))
            known.names[owner] = {}
        mine = known.names[owner]
        # A source has names without languages: it is not to take away what the entity of the same bundle has.
        mine.update({name: language or mine.get(name) for name, language in names.items()})
        if known.names[owner] != before:
            self.touched.add(known.id)
        for name in names:
            self.registry.named.setdefault(fold(name), {})[known.id] = known


def _moved(given: Merged, keys: list[str]) -> str:
    """What goes back when it is unmerged, as far as a bundle tells: its keys, and the name that it had."""
    names = [[given.bundle, given.name, fold(given.name), None, 0]]
    nothing: dict[str, list[str]] = {"participations": [], "places": [], "sources": []}
    return orjson.dumps({"keys": keys, "names": names, "names_new": names, **nothing}).decode()


def _edit(given: Merged) -> dict[str, str]:
    return {"by": given.by, "why": given.why, "at": given.at}


def _defines(known: KnownEntity, given: Entity | Source) -> bool:
    """Whether it may say what the entity is called: a source may where no entity of a bundle does."""
    return isinstance(given, Entity) or _BY_SOURCE in known.definition


def _is_redefined(known: KnownEntity | KnownSource, owner: str, key: str, definition: str | None) -> bool:
    """Whether the bundle that defined it now defines it otherwise; other bundles only add names."""
    return (known.owner, known.key) == (owner, key) and known.definition != definition
