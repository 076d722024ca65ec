"""The words of what can be searched: one table for each noun, which each engine indexes in its own way.

`rowid` is the number by which the noun is listed, so that what a search finds is walked in the order of dates; `words`
is what `app.domain.passages.indexed` makes of the record. `app.storage.dialect` makes the tables.
"""

from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base


class Text:
    """What the four tables have."""

    rowid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str]


class ClaimText(Text, Base):
    """The words of claims."""

    __tablename__ = "claim_text"


class ArticleText(Text, Base):
    """The words of articles."""

    __tablename__ = "article_text"


class EventText(Text, Base):
    """The words of events."""

    __tablename__ = "event_text"


class EntityText(Text, Base):
    """The words of entities."""

    __tablename__ = "entity_text"


TEXT_TABLES = tuple(model.__tablename__ for model in (ClaimText, ArticleText, EventText, EntityText))


def is_text_table(name: str | None) -> bool:
    """Whether it is one of these, or of those that an engine keeps for one of these."""
    return any(name == table or (name or "").startswith(f"{table}_") for table in TEXT_TABLES)
