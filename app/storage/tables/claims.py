"""Claims, and what leads to them."""

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.dialect import LINK_TABLE, partial
from app.storage.tables.base import Base

FRAME = (
    *("origin_id", "status", "as_of_start", "as_of_end", "amount", "listed_upto"),
    *("admits_from", "admits_to", "pragmatic_from", "pragmatic_to"),
)

COUNTED = (
    *("withdrawn_at", "kind", "status", "conflict", "qualifier", "unit", "source_id", "speaker_id", "measure_id"),
    *("event_id", "origin_id", "as_of_start", "as_of_end", "published", "value_from", "value_to"),
)


class Claim(Base):
    """One number, or statement, in one article. `number` sorts by the date that the claim speaks of.

    `given` is the claim as its bundle gives it, as JSON, one for each value of `each`; `definition` is a digest of what
    it came to when it was loaded. `listed_upto` is the last id in `conflicts_with` where `n_conflicts` counts no
    further: a conflict with a claim of a higher id changes nothing here. It is null where every further one does.
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

    # In the measure's unit, rounded outward: to filter and sort by, never to compare.
    value_from: Mapped[float | None]
    value_to: Mapped[float | None]
    admits_from: Mapped[float | None]
    admits_to: Mapped[float | None]
    pragmatic_from: Mapped[float | None]
    pragmatic_to: Mapped[float | None]

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
    listed_upto: Mapped[str | None]
    notes: Mapped[str]
    possible_copy_of: Mapped[str | None]

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
        # All that decides which claims of a large frame another one can touch, without a look at the claims themselves.
        Index("ix_claim_frame", "figure_id", "public_id", *FRAME),
        Index("ix_claim_origin_id", "origin_id", "number"),
        Index("ix_claim_event_id", "event_id", "number"),
        Index("ix_claim_status", "status", "number"),
        Index("ix_claim_conflict", "conflict", "number"),
        Index("ix_claim_copy", "number", **partial("possible_copy_of IS NOT NULL")),
        Index("ix_claim_published", "published", "number"),
        Index("ix_claim_value_from", "value_from", "number"),
        Index("ix_claim_value_to", "value_to", "number"),
        Index("ix_claim_recorded_at", "recorded_at", "number"),
        # All that claims are counted by, or looked through for: no record is read for that, each on a page of its own.
        Index("ix_claim_counted", "number", *COUNTED),
        Index("ix_claim_withdrawn", "number", **partial("withdrawn_at IS NOT NULL")),
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
