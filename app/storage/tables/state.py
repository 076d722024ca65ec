"""What holds for the whole database, and the bundles that made it."""

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base


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


class Version(Base):
    """When a version came to be (RFC 3339 in UTC), and the policy then in force, as in `state`."""

    __tablename__ = "version"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(index=True)
    policy: Mapped[str]


class StoredBundle(Base):
    """A bundle as last loaded, by the digest of its content."""

    __tablename__ = "bundle"
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    description: Mapped[str | None]
    version: Mapped[int]
