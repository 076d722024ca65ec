"""Measures whose levels may be any other a day later"""

from collections.abc import Callable, Sequence
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MEASURE = sa.table("measure", sa.column("id"), sa.column("definition"), sa.column("record"))


def upgrade() -> None:
    """Apply."""
    # In place, with a default: claims refer to the table, so SQLite must not make it anew.
    op.add_column("measure", sa.Column("volatile", sa.Boolean(), nullable=False, server_default=sa.false()))
    _rewrite(_with)


def downgrade() -> None:
    """Take back."""
    op.drop_column("measure", "volatile")
    _rewrite(_without)


def _rewrite(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change what is stored of a measure as JSON: the definition by which bundles meet, and the published record."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(_MEASURE)).all():
        definition = orjson.dumps(change(orjson.loads(row.definition)), option=orjson.OPT_SORT_KEYS).decode()
        record = orjson.dumps(change(orjson.loads(row.record))).decode()
        statement = sa.update(_MEASURE).where(_MEASURE.c.id == row.id)
        connection.execute(statement.values(definition=definition, record=record))


def _with(measure: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in measure.items():
        found[name] = value
        if name == "signed":
            found["volatile"] = False
    return found


def _without(measure: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in measure.items() if name != "volatile"}
