"""An index of all that claims are counted by, so that no record is read for it, and one of those withdrawn"""

from collections.abc import Sequence

from alembic import op

from app.storage.dialect import partial

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_COLUMNS = (
    *("number", "withdrawn_at", "kind", "status", "conflict", "qualifier", "unit", "source_id", "speaker_id"),
    *("measure_id", "event_id", "origin_id", "as_of_start", "as_of_end", "published", "value_from", "value_to"),
)


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_claim_counted", "claim", _COLUMNS)
    op.create_index("ix_claim_withdrawn", "claim", ["number"], **partial("withdrawn_at IS NOT NULL"))


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_claim_withdrawn", "claim")
    op.drop_index("ix_claim_counted", "claim")
