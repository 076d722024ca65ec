"""The keys by which names are found that are spelled otherwise, made anew by more ways to read them"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

from app.domain.sound import keys

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BATCH = 5000
_NAME = sa.table("entity_name", sa.column("entity_id"), sa.column("folded"))
_SOUND = sa.table("entity_sound", sa.column("key"), sa.column("entity_id"))


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    connection.execute(sa.delete(_SOUND))
    for named in _some_at_a_time(connection):
        made = {(key, entity) for entity, folded in named for key in keys(folded)}
        if made:
            rows = [{"key": key, "entity_id": entity} for key, entity in sorted(made)]
            connection.execute(sa.insert(_SOUND), rows)


def downgrade() -> None:
    """Take back: nothing, as fewer keys are not needed for anything."""


def _some_at_a_time(connection: sa.Connection) -> Iterator[Sequence[sa.Row[tuple[int, str]]]]:
    """The names of all entities, so many entities at a time: memory stays flat."""
    after = -1
    some = sa.select(_NAME.c.entity_id).distinct().order_by(_NAME.c.entity_id).limit(_BATCH)
    while numbers := connection.execute(some.where(_NAME.c.entity_id > after)).scalars().all():
        yield connection.execute(sa.select(_NAME).where(_NAME.c.entity_id.between(numbers[0], numbers[-1]))).all()
        after = numbers[-1]
