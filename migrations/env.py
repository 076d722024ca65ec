"""Runs the migrations: one tree for SQLite and for Postgres, under a lock and a statement timeout."""

from alembic import context
from sqlalchemy import Connection

from app.storage.engine import Database
from app.storage.tables import Base

LOCK_MILLISECONDS = 10_000


def run(connection: Connection) -> None:
    """Run on one connection, in one transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
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
