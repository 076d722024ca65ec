"""The words of what can be searched, and of what is suggested by the beginning of a word"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.storage import dialect, texts
from app.storage.dialect import INT64, LINK_TABLE, TEXT

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TEXTS = (
    ("claim_text", "claim", "number"),
    ("article_text", "article", "id"),
    ("event_text", "event", "number"),
    ("entity_text", "entity", "id"),
)


def upgrade() -> None:
    """Apply."""
    for name, owner, number in _TEXTS:
        dialect.make_text_table(op.get_bind(), name, owner, number)
    for noun in ("event", "measure"):
        _make_words(noun)
    # By the code as it is, not as it was: `check` holds what is stored to that.
    texts.fill(op.get_bind())


def downgrade() -> None:
    """Take back."""
    for noun in ("measure", "event"):
        op.drop_table(f"{noun}_word")
    for name, _, _ in reversed(_TEXTS):
        dialect.drop_text_table(op.get_bind(), name)


def _make_words(noun: str) -> None:
    key = f"{noun}_id"
    op.create_table(
        f"{noun}_word",
        sa.Column("word", TEXT, nullable=False),
        sa.Column(key, INT64, nullable=False),
        sa.ForeignKeyConstraint([key], [f"{noun}.id"], name=op.f(f"fk_{noun}_word_{key}_{noun}")),
        sa.PrimaryKeyConstraint("word", key, name=op.f(f"pk_{noun}_word")),
        **LINK_TABLE,
    )
    op.create_index(f"ix_{noun}_word_{key}", f"{noun}_word", [key])
