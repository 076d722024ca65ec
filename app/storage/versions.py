"""The version: one counter, advanced as the last statement of every writing transaction."""

from sqlalchemy import Connection, insert, select, update

from app.storage.tables import State, Version


def current(connection: Connection) -> int:
    """The version as this transaction sees it."""
    return connection.execute(select(State.version)).scalar_one()


def advance(connection: Connection, version: int, now: str) -> None:
    """Set the counter, at that time. The writer is alone, so the next version is known from the transaction's start.

    Where the clock was set back, the version has the time of the one before: times never run against the versions.
    """
    policy = select(State.policy).scalar_subquery()
    before = connection.execute(select(Version.at).where(Version.number == version - 1)).scalar()
    connection.execute(insert(Version).values(number=version, at=max(now, before or ""), policy=policy))
    connection.execute(update(State).values(version=version))
