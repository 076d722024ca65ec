"""Every table. Moments are whole minutes since 1970-01-01T00:00Z; exact numbers are decimal text.

A noun's row carries `record`, its public JSON as last rendered, and `version`, the database's version at that.
"""

from sqlalchemy import Boolean, Double, ForeignKey, Index, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.storage.dialect import INT64, LINK_TABLE, TEXT

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: TEXT, int: INT64, float: Double, bool: Boolean}  # noqa: RUF012


class Noun:
    """What sources, entities, events, measures, articles, origins and figures have in common."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(unique=True)
    record: Mapped[str]
    version: Mapped[int] = mapped_column(index=True)


class Defined:
    """A noun that a bundle defines: the bundle that owns the definition, and the definition as canonical JSON."""

    key: Mapped[str] = mapped_column(unique=True)
    owner: Mapped[str]
    definition: Mapped[str]


class State(Base):
    """One row: the version counter, advanced by every writing transaction, and the policy of the stored flags.

    `policy` is JSON: in what it differs from the built-in one. While a recomputation by a new policy is under way,
    `recomputed_to` is the number of the last claim that it has reached.
    """

    __tablename__ = "state"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int]
    policy: Mapped[str]
    recomputed_to: Mapped[int | None]


class StoredBundle(Base):
    """A bundle as last loaded, by the digest of its content."""

    __tablename__ = "bundle"
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    description: Mapped[str | None]
    version: Mapped[int]


class Entity(Noun, Defined, Base):
    """A person, organization, place, military unit or other; a merged one stays, and leads on to the other."""

    __tablename__ = "entity"
    kind: Mapped[str]
    name: Mapped[str]
    sort_name: Mapped[str]
    description: Mapped[str | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    __table_args__ = (Index("ix_entity_sort", "sort_name", "id"),)


class EntityMerge(Base):
    """What merging an entity moved, as JSON, so that it can be undone; `by` and `why` are the editor's."""

    __tablename__ = "entity_merge"
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), primary_key=True, autoincrement=False)
    moved: Mapped[str]
    by: Mapped[str]
    why: Mapped[str]
    at: Mapped[str]


class EntityKey(Base):
    """Every key by which bundles call an entity."""

    __tablename__ = "entity_key"
    key: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    __table_args__ = LINK_TABLE


class EntityName(Base):
    """A name of an entity, as one bundle gives it; `folded` is what look-ups compare."""

    __tablename__ = "entity_name"
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), primary_key=True)
    bundle: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str]
    language: Mapped[str | None]
    position: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("ix_entity_name_folded", "folded", "entity_id"), LINK_TABLE)


class EntityWord(Base):
    """A folded word of an entity's names: how a family name finds the person."""

    __tablename__ = "entity_word"
    word: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), primary_key=True)
    __table_args__ = (Index("ix_entity_word_entity_id", "entity_id"), LINK_TABLE)


class Source(Noun, Defined, Base):
    """An outlet; as a speaker or relay it is the entity `entity_id`."""

    __tablename__ = "source"
    name: Mapped[str]
    sort_name: Mapped[str]
    kind: Mapped[str]
    url: Mapped[str | None]
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), unique=True)
    __table_args__ = (Index("ix_source_sort", "sort_name", "id"),)


class Event(Noun, Defined, Base):
    """Something that happened; `number` sorts by its start."""

    __tablename__ = "event"
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]
    edtf: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    basis: Mapped[str]
    why: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    description: Mapped[str | None]


class EventAncestor(Base):
    """An event and what it lies inside: itself at depth 0, its parent at 1, and on."""

    __tablename__ = "event_ancestor"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    depth: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("ix_event_ancestor_ancestor_id", "ancestor_id", "event_id"), LINK_TABLE)


class EventParticipant(Base):
    """Who took part in an event, as what."""

    __tablename__ = "event_participant"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    role: Mapped[str]
    __table_args__ = LINK_TABLE


class Measure(Noun, Defined, Base):
    """What is counted or measured; `dimensions` is JSON: name to entity or word."""

    __tablename__ = "measure"
    label: Mapped[str]
    unit: Mapped[str]
    additive: Mapped[bool]
    signed: Mapped[bool]
    dimensions: Mapped[str]
    description: Mapped[str | None]


class Article(Noun, Defined, Base):
    """One piece that a source published; `id` sorts by publication."""

    __tablename__ = "article"
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    title: Mapped[str]
    title_basis: Mapped[str]
    source_basis: Mapped[str]
    url: Mapped[str | None]
    archive_url: Mapped[str | None]
    edtf: Mapped[str]
    published_start: Mapped[int]
    published_end: Mapped[int]
    basis: Mapped[str]
    why: Mapped[str | None]
    language: Mapped[str]
    note: Mapped[str | None]
    __table_args__ = (Index("ix_article_source_id", "source_id", "id"), Index("ix_article_owner", "owner"))


class Origin(Base):
    """The root that a number goes back to."""

    __tablename__ = "origin"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]


class Figure(Noun, Base):
    """All that is known of one frame. `severity` is the ratio of its worst disagreement, 0 where nothing disagrees."""

    __tablename__ = "figure"
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str]
    dimensions: Mapped[str]
    window_start: Mapped[int | None]
    window_end: Mapped[int | None]
    status: Mapped[str]
    rank: Mapped[int] = mapped_column(Integer)
    severity: Mapped[float]
    n_claims: Mapped[int]
    __table_args__ = (
        Index("ix_figure_frame", "measure_id", "event_id"),
        Index("ix_figure_worst", "rank", "severity", "id"),
    )


class Claim(Base):
    """One number, or statement, in one article. `number` sorts by the date that the claim speaks of.

    `given` is the claim as its bundle gives it, as JSON, one for each value of `each`; `definition` is a digest of what
    it came to when it was loaded.
    """

    __tablename__ = "claim"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str]
    bundle: Mapped[str] = mapped_column(index=True)
    definition: Mapped[str]
    given: Mapped[str]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", onupdate="CASCADE"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    kind: Mapped[str]
    statement: Mapped[str]
    quote: Mapped[str | None]
    locator: Mapped[str | None]
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    figure_id: Mapped[int | None] = mapped_column(ForeignKey("figure.id"))
    dimensions: Mapped[str]
    window_edtf: Mapped[str | None]
    window_start: Mapped[int | None]
    window_end: Mapped[int | None]
    scope: Mapped[str]
    as_of_edtf: Mapped[str]
    as_of_start: Mapped[int]
    as_of_end: Mapped[int]
    as_of_basis: Mapped[str]
    as_of_why: Mapped[str | None]
    published: Mapped[int]

    text: Mapped[str | None]
    qualifier: Mapped[str | None]
    amount: Mapped[str | None]
    low: Mapped[str | None]
    high: Mapped[str | None]
    low_open: Mapped[bool]
    high_open: Mapped[bool]
    low_grain: Mapped[str | None]
    high_grain: Mapped[str | None]
    unit: Mapped[str | None]

    # In the measure's unit, rounded outward: for range filters and sorting only.
    value_from: Mapped[float | None]
    value_to: Mapped[float | None]
    admits_from: Mapped[float | None]
    admits_to: Mapped[float | None]

    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"))
    unnamed_speaker: Mapped[str | None]
    speaker_of_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"))
    via: Mapped[str]
    origin_id: Mapped[int] = mapped_column(ForeignKey("origin.id"))
    origin_basis: Mapped[str]
    origin_why: Mapped[str | None]

    conflict: Mapped[bool]
    status: Mapped[str]
    n_conflicts: Mapped[int]
    conflicts_with: Mapped[str]
    notes: Mapped[str]

    withdrawn_at: Mapped[str | None]
    withdrawn_why: Mapped[str | None]
    pinned: Mapped[bool]
    revision: Mapped[int] = mapped_column(Integer)
    recorded_at: Mapped[str]
    record: Mapped[str]
    version: Mapped[int] = mapped_column(index=True)

    __table_args__ = (
        Index("ix_claim_article_id", "article_id", "number"),
        Index("ix_claim_source_id", "source_id", "number"),
        Index("ix_claim_speaker_id", "speaker_id", "number"),
        Index("ix_claim_measure_id", "measure_id", "number"),
        Index("ix_claim_figure_id", "figure_id", "number"),
        Index("ix_claim_origin_id", "origin_id", "number"),
        Index("ix_claim_event_id", "event_id", "number"),
        Index("ix_claim_status", "status", "number"),
        Index("ix_claim_conflict", "conflict", "number"),
        Index("ix_claim_published", "published", "number"),
        Index("ix_claim_value_from", "value_from", "number"),
        Index("ix_claim_value_to", "value_to", "number"),
        Index("ix_claim_recorded_at", "recorded_at", "number"),
    )


class ClaimEntity(Base):
    """One row for each entity that a claim concerns; `roles` adds up: 1 speaker, 2 subject, 4 participant, 8 via.

    The claim's number begins with its date, so this one index walks an entity's claims in date order.
    """

    __tablename__ = "claim_entity"
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("claim.number", onupdate="CASCADE"), primary_key=True)
    roles: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("ix_claim_entity_number", "number"), LINK_TABLE)


class ClaimEvent(Base):
    """One row for each event that a claim's own event is or lies inside."""

    __tablename__ = "claim_event"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("claim.number", onupdate="CASCADE"), primary_key=True)
    __table_args__ = (Index("ix_claim_event_number", "number"), LINK_TABLE)


class ClaimDispute(Base):
    """A statement that a bundle declares to dispute another, by public ids; it counts for both."""

    __tablename__ = "claim_dispute"
    claim: Mapped[str] = mapped_column(primary_key=True)
    disputed: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (Index("ix_claim_dispute_disputed", "disputed"), LINK_TABLE)


class ClaimHistory(Base):
    """A claim's record as it stood from one version until before another."""

    __tablename__ = "claim_history"
    claim: Mapped[str] = mapped_column(primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True)
    to_version: Mapped[int] = mapped_column(index=True)
    record: Mapped[str]
    __table_args__ = LINK_TABLE
