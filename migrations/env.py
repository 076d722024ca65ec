"""Runs the migrations: one tree for both engines, alone among writers and with a limit on waiting for locks."""

from alembic import context
from sqlalchemy import Connection

from app.storage import dialect
from app.storage.engine import Database
from app.storage.tables import Base
from app.storage.tables.texts import is_text_table

LOCK_MILLISECONDS = 10_000


def _is_compared(_: object, name: str | None, kind: str, *__: object) -> bool:
    """Text tables are made by statements of their own: models cannot say how they are indexed."""
    return kind != "table" or not is_text_table(name)


def run(connection: Connection) -> None:
    """Run on one connection, in one transaction."""
    dialect.limit_locks(connection, LOCK_MILLISECONDS)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        include_object=_is_compared,
        render_as_batch=dialect.alters_by_copying(connection.dialect),
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    with given.begin_nested() if given.in_transaction() else given.begin():
        run(given)
else:
    database = Database(context.config.attributes["url"])
    try:
        with database.write() as own:
            run(own)
    finally:
        database.close()
