"""What was: records that others have replaced, entities that were merged, and what editors explained."""

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.dialect import LINK_TABLE
from app.storage.packed import Packed
from app.storage.tables.base import Base


class ClaimHistory(Base):
    """A claim's record as it stood from one version until before another, and what of it can be filtered by.

    What it names is named by public ids; `number` is the claim's number then.
    """

    __tablename__ = "claim_history"
    claim: Mapped[str] = mapped_column(primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True)
    to_version: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str]
    status: Mapped[str]
    conflict: Mapped[bool]
    article: Mapped[str]
    source: Mapped[str]
    measure: Mapped[str | None]
    event: Mapped[str | None]
    figure: Mapped[str | None]
    speaker: Mapped[str | None]
    origin: Mapped[str]
    record: Mapped[str] = mapped_column(Packed)
    __table_args__ = (
        Index("ix_claim_history_figure", "figure", "from_version"),
        Index("ix_claim_history_to_version", "to_version", "from_version"),
    )


class ClaimHistoryEntity(Base):
    """One row for each entity that a claim concerned, from that version on; `roles` as in `claim_entity`."""

    __tablename__ = "claim_history_entity"
    entity: Mapped[str] = mapped_column(primary_key=True)
    claim: Mapped[str] = mapped_column(primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True)
    roles: Mapped[int] = mapped_column(Integer)
    __table_args__ = LINK_TABLE


class FigureHistory(Base):
    """A figure's record as it stood from one version until before another, and what of it can be filtered by.

    `number` is the figure's number then.
    """

    __tablename__ = "figure_history"
    figure: Mapped[str] = mapped_column(primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True)
    to_version: Mapped[int]
    kind: Mapped[str]
    status: Mapped[str]
    measure: Mapped[str]
    event: Mapped[str | None]
    number: Mapped[int]
    rank: Mapped[int] = mapped_column(Integer)
    severity: Mapped[float]
    record: Mapped[str] = mapped_column(Packed)
    __table_args__ = (Index("ix_figure_history_to_version", "to_version", "from_version"),)


class EntityMerge(Base):
    """An entity that was merged into another from one version until before another, if it was unmerged again.

    `moved` is what went over, as JSON, so that it can be undone; `by` and `why` are the editor's.
    """

    __tablename__ = "entity_merge"
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), primary_key=True, autoincrement=False)
    from_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_version: Mapped[int | None]
    into_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    moved: Mapped[str]
    by: Mapped[str]
    why: Mapped[str]
    at: Mapped[str]


class Explanation(Base):
    """How an editor explains a conflict. It stays until it is taken back, and is reopened by what it does not cover.

    `subject` is a figure's public id, or those of the two statements of a declared dispute, the lower first, with a
    space between. `claims` is JSON: the claims that stood against each other then, with their revisions; `reopened_by`
    the ids of those that have come since, or were corrected since, as JSON; null while there are none.
    """

    __tablename__ = "explanation"
    subject: Mapped[str] = mapped_column(primary_key=True)
    claims: Mapped[str]
    why: Mapped[str]
    url: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[str]
    reopened_by: Mapped[str | None]
