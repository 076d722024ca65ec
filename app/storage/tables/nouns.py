"""What claims speak of and where they stand: one table for each noun, and those of names, ancestors, participants."""

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.dialect import LINK_TABLE
from app.storage.tables.base import Base, Defined, Noun


class Entity(Noun, Defined, Base):
    """A person, organization, place, military unit or other; a merged one stays, and leads on to the other."""

    __tablename__ = "entity"
    kind: Mapped[str]
    name: Mapped[str]
    sort_name: Mapped[str]
    description: Mapped[str | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    __table_args__ = (Index("ix_entity_sort", "sort_name", "id"),)


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


class EntitySound(Base):
    """A key by which an entity is found where a name is spelled otherwise: app/domain/sound.py makes them of names."""

    __tablename__ = "entity_sound"
    key: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), primary_key=True)
    __table_args__ = (Index("ix_entity_sound_entity_id", "entity_id"), LINK_TABLE)


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


class EventWord(Base):
    """A folded word of an event's title: how its beginning finds it."""

    __tablename__ = "event_word"
    word: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    __table_args__ = (Index("ix_event_word_event_id", "event_id"), LINK_TABLE)


class MeasureWord(Base):
    """A folded word of a measure's label."""

    __tablename__ = "measure_word"
    word: Mapped[str] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    __table_args__ = (Index("ix_measure_word_measure_id", "measure_id"), LINK_TABLE)


class Measure(Noun, Defined, Base):
    """What is counted or measured; `dimensions` is JSON: name to entity or word."""

    __tablename__ = "measure"
    label: Mapped[str]
    unit: Mapped[str]
    additive: Mapped[bool]
    signed: Mapped[bool]
    volatile: Mapped[bool]
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
    label: Mapped[str] = mapped_column(index=True)


class Figure(Noun, Base):
    """All that is known of one frame. `severity` is the ratio of its worst disagreement, 0 where nothing disagrees.

    `explained`: an editor has explained its conflict, and nothing has contradicted since.
    """

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
    explained: Mapped[bool]
    __table_args__ = (
        Index("ix_figure_frame", "measure_id", "event_id"),
        Index("ix_figure_worst", "rank", "severity", "id"),
    )
