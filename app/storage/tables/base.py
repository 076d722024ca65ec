"""What every table has, and what those of nouns have besides."""

from sqlalchemy import Boolean, Double, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.storage.dialect import INT64, TEXT

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
