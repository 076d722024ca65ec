"""Which stored thing a bundle's thing is, and what it adds or alters. Decides in memory; writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from app.domain.dates import Span, parse_date
from app.domain.ids import number_at, public_id
from app.domain.units import UnknownUnit, unit_named
from app.ingest.bundle import Article, Bundle, Dated, Event, Measure
from app.ingest.changes import Changes, canonical
from app.ingest.errors import BundleError, Pointer
from app.ingest.naming import Naming
from app.ingest.registry import KnownArticle, KnownEntity, KnownEvent, KnownMeasure, KnownSource, Registry
from app.storage import tables


def number_for(moment: int | None, public: str, taken: Callable[[int], bool]) -> int:
    """The date-ordered number of a row: the next free one where two ids of a day clash."""
    number = number_at(moment, public)
    while taken(number):
        number += 1
    return number


@dataclass(frozen=True, slots=True)
class _Placed:
    """What an event's keys name: the event that it is part of, where it was, and who took part as what."""

    parent: KnownEvent | None
    place: KnownEntity | None
    participants: list[tuple[KnownEntity, str]]

    def definition(self, given: Event) -> str:
        """The event as definitions are compared: by ids, whatever keys the bundle has for them."""
        own = given.model_dump(mode="json", exclude={"key", "part_of", "place", "participants"})
        named = {
            "part_of": self.parent.public_id if self.parent else None,
            "place": self.place.public_id if self.place else None,
            "participants": [[entity.public_id, role] for entity, role in self.participants],
        }
        return canonical(own | named)

    def columns(self, given: Event, date: Span) -> dict[str, Any]:
        """The event's own columns."""
        return {
            "title": given.title,
            "edtf": date.edtf,
            "start": date.start,
            "end": date.end,
            "basis": given.date.basis,
            "why": given.date.why,
            "parent_id": self.parent.id if self.parent else None,
            "place_id": self.place.id if self.place else None,
            "description": given.description,
        }


def _nature(measure: Measure | KnownMeasure) -> tuple[str, bool, bool, bool]:
    """What decides how a measure's numbers are read and compared."""
    return measure.unit, measure.additive, measure.signed, measure.volatile


class Resolver:
    """Resolves one bundle after another against a registry, gathering changes."""

    def __init__(self, registry: Registry, changes: Changes) -> None:
        self.registry = registry
        self.changes = changes
        self.naming = Naming(registry, changes)
        self.altered_events: set[int] = set()
        self._numbers: set[int] = set()

    def nouns(self, bundle: Bundle) -> None:
        """Take in the entities, sources and measures that the bundle defines. Raises BundleError."""
        for position, entity in enumerate(bundle.entities):
            self.naming.entity(bundle.bundle, entity, ("entities", position))
        for position, source in enumerate(bundle.sources):
            self.naming.source(bundle.bundle, source, ("sources", position))
        for position, measure in enumerate(bundle.measures):
            self.measure(bundle.bundle, measure, ("measures", position))

    def measure(self, owner: str, given: Measure, pointer: Pointer) -> None:
        """The stored measure of that key, which it must equal unless this bundle defined it; or a new one."""
        try:
            unit_named(given.unit)
        except UnknownUnit as unknown:
            raise BundleError(str(unknown), pointer=(*pointer, "unit")) from None
        definition = canonical(given.model_dump(mode="json", exclude={"key"}))
        known = self.registry.measures.get(given.key)
        values: dict[str, Any] = given.model_dump(exclude={"key", "dimensions"})
        values |= {"definition": definition, "dimensions": canonical(given.dimensions)}
        if known is None:
            number, public = self.registry.next_id("measure"), public_id("msr", given.key)
            self.changes.define(tables.Measure, number, public, given.key, owner, **values)
        elif known.definition == definition:
            return
        else:
            self._may_redefine(known, owner, pointer)
            if _nature(known) != _nature(given):
                raise BundleError(
                    "unit, additive, signed and volatile of a measure stay as they are: numbers were read and compared "
                    "by them; give the new measure a new key",
                    pointer=pointer,
                )
            number, public = known.id, known.public_id
            self.changes.alter(tables.Measure, number, **values)
        self.registry.measures[given.key] = KnownMeasure(
            number,
            public,
            given.key,
            owner,
            definition,
            given.label,
            given.unit,
            given.additive,
            given.signed,
            given.volatile,
            canonical(given.dimensions),
        )

    def event(self, owner: str, given: Event, pointer: Pointer) -> None:
        """The stored event of that key, which it must equal unless this bundle defined it; or a new one."""
        placed = self._placed(given, pointer)
        definition = placed.definition(given)
        known = self.registry.events.get(given.key)
        if known is not None and known.definition == definition:
            return
        if known is not None:
            self._may_redefine(known, owner, pointer)
        id_, public = known.id if known else self.registry.next_id("event"), public_id("evt", given.key)
        date = parse_date(given.date.date)
        ancestors = (id_, *(placed.parent.ancestors if placed.parent else ()))
        if id_ in ancestors[1:]:
            raise BundleError(f"the event {given.key!r} lies inside itself", pointer=(*pointer, "part_of"))
        number = number_for(date.start, public, self._taken)
        values = {"definition": definition, "number": number, **placed.columns(given, date)}
        if known is None:
            self.changes.define(tables.Event, id_, public, given.key, owner, **values)
        else:
            self.changes.alter(tables.Event, id_, **values)
            self.changes.clear(tables.EventParticipant, "event_id", id_)
            self.altered_events.add(id_)
        if known is None or known.ancestors != ancestors:
            self._place(known, id_, ancestors, pointer)
        for position, (entity, role) in enumerate(placed.participants):
            self.changes.add(tables.EventParticipant, event_id=id_, position=position, entity_id=entity.id, role=role)
        taking_part = tuple(sorted({entity.id for entity, _ in placed.participants}))
        basis, why = given.date.basis, given.date.why
        self.registry.events[given.key] = KnownEvent(
            id_, public, given.key, owner, definition, date, basis, why, ancestors, taking_part
        )

    def _placed(self, given: Event, pointer: Pointer) -> "_Placed":
        taking_part = [
            self.find("entities", participant.entity, (*pointer, "participants", position, "entity"))
            for position, participant in enumerate(given.participants)
        ]
        return _Placed(
            self.find("events", given.part_of, (*pointer, "part_of")) if given.part_of else None,
            self.find("entities", given.place, (*pointer, "place")) if given.place else None,
            list(zip(taking_part, (participant.role for participant in given.participants), strict=True)),
        )

    def _place(self, known: KnownEvent | None, number: int, ancestors: tuple[int, ...], pointer: Pointer) -> None:
        if known is not None:
            raise BundleError(
                "an event stays inside the event that it was first put into; give the new one a new key",
                pointer=(*pointer, "part_of"),
            )
        for depth, ancestor in enumerate(ancestors):
            self.changes.add(tables.EventAncestor, event_id=number, ancestor_id=ancestor, depth=depth)

    def _taken(self, number: int) -> bool:
        if number in self._numbers:
            return True
        self._numbers.add(number)
        return False

    @staticmethod
    def _may_redefine(known: KnownMeasure | KnownEvent, owner: str, pointer: Pointer) -> None:
        if known.owner != owner:
            raise BundleError(
                f"the bundle {known.owner!r} defines {known.key!r} otherwise; leave this definition out, "
                "make it equal, or choose another key",
                pointer=pointer,
            )

    def article(self, owner: str, given: Article, pointer: Pointer) -> KnownArticle:
        """The stored article of that key, altered where it differs, or a new one."""
        source = self.find("sources", given.source, (*pointer, "source"))
        published = self.published(given.published, (*pointer, "published"))
        known = self.registry.articles.get(given.key)
        if known is not None and known.owner != owner:
            raise BundleError(
                f"the bundle {known.owner!r} has this article; an article belongs to one bundle",
                pointer=(*pointer, "key"),
            )
        definition = canonical(
            given.model_dump(mode="json", exclude={"key", "source", "claims"}) | {"source": source.public_id}
        )
        if known is not None and known.definition == definition:
            return known
        public = public_id("art", given.key)
        number = number_for(published[0], public, self._taken)
        values: dict[str, Any] = given.model_dump(exclude={"key", "source", "claims", "published"})
        values |= {
            "definition": definition,
            "source_id": source.id,
            "edtf": given.published.date,
            "published_start": published[0],
            "published_end": published[1],
            "basis": given.published.basis,
            "why": given.published.why,
        }
        if known is None:
            self.changes.define(tables.Article, number, public, given.key, owner, **values)
        else:
            self.changes.alter(tables.Article, known.id, id=number, **values)
        found = KnownArticle(number, public, given.key, owner, definition)
        self.registry.articles[given.key] = found
        return found

    @staticmethod
    def published(given: Dated, pointer: Pointer) -> tuple[int, int]:
        """The ends of a closed date."""
        date = parse_date(given.date)
        if date.start is None or date.end is None:
            raise BundleError("an open-ended date; give the range within which it lies", pointer=pointer)
        return date.start, date.end

    def find(self, noun: str, key: str, pointer: Pointer) -> Any:  # noqa: ANN401 - the noun decides the type
        """What the key names. Raises BundleError with the nearest known keys."""
        known: dict[str, Any] = getattr(self.registry, noun)
        found = known.get(key) or (self._source_by_entity(key) if noun == "sources" else None)
        if found is None:
            near = get_close_matches(key, known, n=3)
            hint = f"; near it: {', '.join(near)}" if near else ""
            raise BundleError(
                f"no {noun[:-1] if noun != 'entities' else 'entity'} has the key {key!r}{hint}", pointer=pointer
            )
        return found

    def _source_by_entity(self, key: str) -> KnownSource | None:
        """The source whose entity has that key, whatever key the source was defined with."""
        entity = self.registry.entities.get(key)
        return None if entity is None else self.registry.source_of.get(entity.id)
