"""What the database already knows of the things that a batch of bundles names, fetched in a few queries a batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.dates import Span, parse_date
from app.domain.names import fold
from app.ingest.bundle import Bundle, Entity, Source
from app.storage import tables
from app.storage.records import chunks


@dataclass(slots=True)
class KnownEntity:
    """An entity, stored or about to be; `names` are those of each bundle, with their languages."""

    id: int
    public_id: str
    key: str
    owner: str
    definition: str
    kind: str
    name: str
    names: dict[str, dict[str, str | None]] = field(default_factory=dict)

    @property
    def folded(self) -> set[str]:
        """Every name, folded."""
        return {fold(name) for names in self.names.values() for name in names}


@dataclass(slots=True)
class KnownSource:
    """A source and the entity that it is when it speaks."""

    id: int
    public_id: str
    key: str
    owner: str
    definition: str
    name: str
    entity: KnownEntity


@dataclass(slots=True)
class KnownMeasure:
    """A measure; `dimensions` is JSON: name to entity or word."""

    id: int
    public_id: str
    key: str
    owner: str
    definition: str
    label: str
    unit: str
    additive: bool
    signed: bool
    volatile: bool
    dimensions: str


@dataclass(slots=True)
class KnownEvent:
    """An event; `ancestors` are the ids of what it lies inside, itself first."""

    id: int
    public_id: str
    key: str
    owner: str
    definition: str
    date: Span
    basis: str
    why: str | None
    ancestors: tuple[int, ...]
    participants: tuple[int, ...]


@dataclass(slots=True)
class KnownArticle:
    """An article."""

    id: int
    public_id: str
    key: str
    owner: str
    definition: str


@dataclass(slots=True)
class KnownClaim:
    """A claim as stored."""

    number: int
    public_id: str
    key: str
    bundle: str
    definition: str
    figure_id: int | None
    pinned: bool
    withdrawn: bool
    revision: int


@dataclass(slots=True)
class Registry:
    """Everything by key, and entities by folded name; grows as a batch is resolved."""

    bundles: dict[str, str] = field(default_factory=dict)
    entities: dict[str, KnownEntity] = field(default_factory=dict)
    named: dict[str, dict[int, KnownEntity]] = field(default_factory=dict)
    sources: dict[str, KnownSource] = field(default_factory=dict)
    source_of: dict[int, KnownSource] = field(default_factory=dict)
    measures: dict[str, KnownMeasure] = field(default_factory=dict)
    events: dict[str, KnownEvent] = field(default_factory=dict)
    articles: dict[str, KnownArticle] = field(default_factory=dict)
    claims: dict[str, KnownClaim] = field(default_factory=dict)
    last_id: dict[str, int] = field(default_factory=dict)

    def next_id(self, table: str) -> int:
        """A fresh number for a row of that table. The writer is alone, so the highest one in use is enough to know."""
        self.last_id[table] += 1
        return self.last_id[table]


_ARTICLE: list[Any] = [
    *(tables.Article.id, tables.Article.public_id, tables.Article.key),
    *(tables.Article.owner, tables.Article.definition),
]


def names_of(defined: Entity | Source) -> list[str]:
    """The name and every alias."""
    aliases = [alias if isinstance(alias, str) else alias.name for alias in defined.aliases]
    return [defined.name, *aliases]


def fetch(connection: Connection, bundles: Sequence[Bundle]) -> Registry:
    """What is stored of everything that the bundles name, and all that came in them before."""
    registry, wanted = fetch_named(connection, bundles), {bundle.bundle for bundle in bundles}
    for row in _rows(connection, _ARTICLE, tables.Article.owner, wanted):
        registry.articles[row.key] = KnownArticle(*row)
    bundle, claim = tables.StoredBundle, tables.Claim
    registry.bundles = dict(map(tuple, _rows(connection, [bundle.key, bundle.digest], bundle.key, wanted)))
    of_claim: list[Any] = [claim.number, claim.public_id, claim.key, claim.bundle, claim.definition, claim.figure_id]
    of_claim += [claim.pinned, claim.withdrawn_at.is_not(None), claim.revision]
    for row in _rows(connection, of_claim, claim.bundle, wanted):
        found = KnownClaim(*row)
        registry.claims[found.public_id] = found
    return registry


def fetch_named(connection: Connection, bundles: Sequence[Bundle]) -> Registry:
    """What is stored of everything that the bundles name, but for claims."""
    registry = Registry()
    wanted = _Wanted(bundles)
    for table in (tables.Entity, tables.Source, tables.Measure, tables.Event, tables.Origin, tables.Figure):
        highest = connection.execute(select(func.max(table.id))).scalar()
        registry.last_id[table.__tablename__] = highest or 0
    _fetch_entities(connection, registry, wanted)
    _fetch_sources(connection, registry)
    _fetch_measures(connection, registry, wanted)
    _fetch_events(connection, registry, wanted)
    for row in _rows(connection, _ARTICLE, tables.Article.key, wanted.articles):
        registry.articles[row.key] = KnownArticle(*row)
    return registry


class _Wanted:
    """The keys and folded names that bundles mention."""

    def __init__(self, bundles: Sequence[Bundle]) -> None:
        articles = [article for bundle in bundles for article in bundle.articles]
        claims = [claim for article in articles for claim in article.claims]
        events = [event for bundle in bundles for event in bundle.events]
        defined: list[Entity | Source] = [*chain.from_iterable(bundle.entities for bundle in bundles)]
        defined += chain.from_iterable(bundle.sources for bundle in bundles)
        self.names = {fold(name) for entity in defined for name in names_of(entity)}
        self.sources = {source.key for bundle in bundles for source in bundle.sources}
        self.sources |= {article.source for article in articles}
        self.sources |= {via.source for claim in claims for via in claim.via if via.source}
        self.measures = {measure.key for bundle in bundles for measure in bundle.measures}
        self.measures |= {claim.measure for claim in claims if claim.measure}
        self.events = {event.key for event in events} | {event.part_of for event in events if event.part_of}
        self.events |= {claim.event for claim in claims if claim.event}
        self.articles = {article.key for article in articles}
        self.entities = {key for one in defined for key in (one.key, *one.keys)} | self.sources
        merged = (one for bundle in bundles for entity in bundle.entities for one in entity.merged)
        self.entities |= {key for one in merged for key in (one.key, *one.keys)}
        self.entities |= {event.place for event in events if event.place}
        self.entities |= {participant.entity for event in events for participant in event.participants}
        for claim in claims:
            self.entities.update(claim.subjects, claim.dimensions.values(), *(claim.each or {}).values())
            self.entities |= {via.entity for via in claim.via if via.entity}
            if claim.origin and claim.origin.entity:
                self.entities.add(claim.origin.entity)
            if claim.speaker:
                self.entities |= {key for key in (claim.speaker.entity, claim.speaker.of) if key}


def _rows(
    connection: Connection, columns: Sequence[Any], column: InstrumentedAttribute[Any], values: Iterable[Any]
) -> list[Any]:
    """The rows whose column has one of the values; chunked, so that no statement outgrows its engine's limits."""
    return [row for chunk in chunks(values) for row in connection.execute(select(*columns).where(column.in_(chunk)))]


def _fetch_entities(connection: Connection, registry: Registry, wanted: _Wanted) -> None:
    key, name = tables.EntityKey, tables.EntityName
    ids = {row[0] for row in _rows(connection, [key.entity_id], key.key, wanted.entities)}
    ids |= {row[0] for row in _rows(connection, [name.entity_id], name.folded, wanted.names)}
    # A source's entity is found by its name; the sources that are only mentioned need it too.
    ids |= {row[0] for row in _rows(connection, [tables.Source.entity_id], tables.Source.key, wanted.sources)}
    entity = tables.Entity
    columns = [entity.id, entity.public_id, entity.key, entity.owner, entity.definition, entity.kind, entity.name]
    by_id = {row[0]: KnownEntity(*row) for row in _rows(connection, columns, entity.id, ids)}
    for entity_key, number in _rows(connection, [key.key, key.entity_id], key.entity_id, ids):
        registry.entities[entity_key] = by_id[number]
    columns = [name.entity_id, name.bundle, name.name, name.language, name.folded, name.position]
    # In the order given: who touches an entity writes its names again, in the order in which they were read.
    for row in sorted(_rows(connection, columns, name.entity_id, ids), key=lambda row: row.position):
        known = by_id[row.entity_id]
        known.names.setdefault(row.bundle, {})[row.name] = row.language
        registry.named.setdefault(row.folded, {})[row.entity_id] = known


def _fetch_sources(connection: Connection, registry: Registry) -> None:
    source = tables.Source
    known = {entity.id: entity for named in registry.named.values() for entity in named.values()}
    columns = [source.id, source.public_id, source.key, source.owner, source.definition, source.name, source.entity_id]
    for row in _rows(connection, columns, source.entity_id, known):
        entity_id = row.entity_id
        found = KnownSource(row.id, row.public_id, row.key, row.owner, row.definition, row.name, known[entity_id])
        registry.sources[found.key] = found
        registry.source_of[entity_id] = found
    for key, entity in registry.entities.items():
        if entity.id in registry.source_of:
            registry.sources.setdefault(key, registry.source_of[entity.id])


def _fetch_measures(connection: Connection, registry: Registry, wanted: _Wanted) -> None:
    measure = tables.Measure
    columns = [measure.id, measure.public_id, measure.key, measure.owner, measure.definition]
    columns += [measure.label, measure.unit, measure.additive, measure.signed, measure.volatile]
    columns += [measure.dimensions]
    for row in _rows(connection, columns, measure.key, wanted.measures):
        found = KnownMeasure(*row)
        registry.measures[found.key] = found


def _fetch_events(connection: Connection, registry: Registry, wanted: _Wanted) -> None:
    event, ancestor, participant = tables.Event, tables.EventAncestor, tables.EventParticipant
    columns = [event.id, event.public_id, event.key, event.owner, event.definition, event.edtf, event.basis, event.why]
    rows = _rows(connection, columns, event.key, wanted.events)
    ids = [row[0] for row in rows]
    above: dict[int, list[tuple[int, int]]] = {}
    for number, depth, ancestor_id in _rows(
        connection, [ancestor.event_id, ancestor.depth, ancestor.ancestor_id], ancestor.event_id, ids
    ):
        above.setdefault(number, []).append((depth, ancestor_id))
    taking_part: dict[int, set[int]] = {}
    for number, entity_id in _rows(
        connection, [participant.event_id, participant.entity_id], participant.event_id, ids
    ):
        taking_part.setdefault(number, set()).add(entity_id)
    for number, public_id, key, owner, definition, edtf, basis, why in rows:
        ancestors = tuple(ancestor_id for _, ancestor_id in sorted(above[number]))
        participants = tuple(sorted(taking_part.get(number, ())))
        registry.events[key] = KnownEvent(
            number, public_id, key, owner, definition, parse_date(edtf), basis, why, ancestors, participants
        )
