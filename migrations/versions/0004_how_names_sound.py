"""The keys by which names are found that are spelled otherwise"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

from app.domain.sound import keys
from app.storage.dialect import INT64, LINK_TABLE, TEXT

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BATCH = 5000
_NAME = sa.table("entity_name", sa.column("entity_id"), sa.column("folded"))


def upgrade() -> None:
    """Apply."""
    sound = op.create_table(
        "entity_sound",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("entity_id", INT64, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_entity_sound_entity_id_entity"),
        sa.PrimaryKeyConstraint("key", "entity_id", name="pk_entity_sound"),
        **LINK_TABLE,
    )
    for entities in _entities():
        rows = [{"key": key, "entity_id": entity} for entity, made in entities.items() for key in sorted(made)]
        if rows:
            op.get_bind().execute(sa.insert(sound), rows)
    op.create_index("ix_entity_sound_entity_id", "entity_sound", ["entity_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_entity_sound_entity_id", "entity_sound")
    op.drop_table("entity_sound")


def _entities() -> Iterator[dict[int, set[str]]]:
    """The keys of the names of all entities, so many entities at a time: memory stays flat."""
    after = -1
    some = sa.select(_NAME.c.entity_id).distinct().order_by(_NAME.c.entity_id).limit(_BATCH)
    while numbers := list(op.get_bind().execute(some.where(_NAME.c.entity_id > after)).scalars()):
        found: dict[int, set[str]] = {number: set() for number in numbers}
        named = sa.select(_NAME).where(_NAME.c.entity_id.between(numbers[0], numbers[-1]))
        for entity, folded in op.get_bind().execute(named):
            found[entity] |= keys(folded)
        yield found
        after = numbers[-1]
