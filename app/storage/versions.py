"""The version: one counter, advanced as the last statement of every writing transaction."""

from sqlalchemy import Connection, select, update

from app.storage.tables import State


def current(connection: Connection) -> int:
    """The version as this transaction sees it."""
    return connection.execute(select(State.version)).scalar_one()


def advance(connection: Connection, version: int) -> None:
    """Set the counter. The writer is alone, so the next version is known from the transaction's start."""
    connection.execute(update(State).values(version=version))
