"""The version: one counter, advanced as the last statement of every writing transaction."""

from sqlalchemy import Connection, insert, select, update

from app.storage.tables import State, Version


def current(connection: Connection) -> int:
    """The version as this transaction sees it."""
    return connection.execute(select(State.version)).scalar_one()


def advance(connection: Connection, version: int, now: str) -> None:
    """Set the counter, at that time. The writer is alone, so the next version is known from the transaction's start."""
    policy = select(State.policy).scalar_subquery()
    connection.execute(insert(Version).values(number=version, at=now, policy=policy))
    connection.execute(update(State).values(version=version))
