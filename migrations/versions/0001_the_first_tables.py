"""The first tables"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.storage.dialect import INT64, LINK_TABLE, TEXT, partial

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bundle",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("version", INT64, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_bundle"),
    )
    op.create_table(
        "claim_dispute",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("disputed", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "disputed", name="pk_claim_dispute"),
        **LINK_TABLE,
    )
    op.create_index("ix_claim_dispute_disputed", "claim_dispute", ["disputed"], unique=False)

    op.create_table(
        "claim_history",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("from_version", INT64, nullable=False),
        sa.Column("to_version", INT64, nullable=False),
        sa.Column("number", INT64, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("article", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("measure", TEXT, nullable=True),
        sa.Column("event", TEXT, nullable=True),
        sa.Column("figure", TEXT, nullable=True),
        sa.Column("speaker", TEXT, nullable=True),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "from_version", name="pk_claim_history"),
    )
    op.create_index("ix_claim_history_figure", "claim_history", ["figure", "from_version"], unique=False)
    op.create_index("ix_claim_history_to_version", "claim_history", ["to_version", "from_version"], unique=False)

    op.create_table(
        "claim_history_entity",
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("from_version", INT64, nullable=False),
        sa.Column("roles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "claim", "from_version", name="pk_claim_history_entity"),
        **LINK_TABLE,
    )
    op.create_table(
        "entity",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sort_name", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("merged_into", INT64, nullable=True),
        sa.Column("id", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["entity.id"], name="fk_entity_merged_into_entity"),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
        sa.UniqueConstraint("key", name="uq_entity_key"),
        sa.UniqueConstraint("public_id", name="uq_entity_public_id"),
    )
    op.create_index("ix_entity_merged_into", "entity", ["merged_into"], unique=False)
    op.create_index("ix_entity_sort", "entity", ["sort_name", "id"], unique=False)
    op.create_index("ix_entity_version", "entity", ["version"], unique=False)

    op.create_table(
        "explanation",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("claims", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=True),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("reopened_by", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("subject", name="pk_explanation"),
    )
    op.create_table(
        "figure_history",
        sa.Column("figure", TEXT, nullable=False),
        sa.Column("from_version", INT64, nullable=False),
        sa.Column("to_version", INT64, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("event", TEXT, nullable=True),
        sa.Column("number", INT64, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Double(), nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("figure", "from_version", name="pk_figure_history"),
    )
    op.create_index("ix_figure_history_to_version", "figure_history", ["to_version", "from_version"], unique=False)

    op.create_table(
        "measure",
        sa.Column("label", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("additive", sa.Boolean(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("dimensions", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("id", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_measure"),
        sa.UniqueConstraint("key", name="uq_measure_key"),
        sa.UniqueConstraint("public_id", name="uq_measure_public_id"),
    )
    op.create_index("ix_measure_version", "measure", ["version"], unique=False)

    op.create_table(
        "origin",
        sa.Column("id", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_origin"),
        sa.UniqueConstraint("key", name="uq_origin_key"),
        sa.UniqueConstraint("public_id", name="uq_origin_public_id"),
    )
    op.create_index("ix_origin_label", "origin", ["label"], unique=False)

    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.Column("policy", TEXT, nullable=False),
        sa.Column("recomputed_to", INT64, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_state"),
    )
    op.create_table(
        "version",
        sa.Column("number", INT64, autoincrement=False, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("policy", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_version"),
    )
    op.create_index("ix_version_at", "version", ["at"], unique=False)

    op.create_table(
        "entity_key",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("entity_id", INT64, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_entity_key_entity_id_entity"),
        sa.PrimaryKeyConstraint("key", name="pk_entity_key"),
        **LINK_TABLE,
    )
    op.create_index("ix_entity_key_entity_id", "entity_key", ["entity_id"], unique=False)

    op.create_table(
        "entity_merge",
        sa.Column("entity_id", INT64, autoincrement=False, nullable=False),
        sa.Column("from_version", INT64, autoincrement=False, nullable=False),
        sa.Column("to_version", INT64, nullable=True),
        sa.Column("into_id", INT64, nullable=False),
        sa.Column("moved", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_entity_merge_entity_id_entity"),
        sa.ForeignKeyConstraint(["into_id"], ["entity.id"], name="fk_entity_merge_into_id_entity"),
        sa.PrimaryKeyConstraint("entity_id", "from_version", name="pk_entity_merge"),
    )
    op.create_index("ix_entity_merge_into_id", "entity_merge", ["into_id"], unique=False)

    op.create_table(
        "entity_name",
        sa.Column("entity_id", INT64, nullable=False),
        sa.Column("bundle", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_entity_name_entity_id_entity"),
        sa.PrimaryKeyConstraint("entity_id", "bundle", "name", name="pk_entity_name"),
        **LINK_TABLE,
    )
    op.create_index("ix_entity_name_folded", "entity_name", ["folded", "entity_id"], unique=False)

    op.create_table(
        "entity_word",
        sa.Column("word", TEXT, nullable=False),
        sa.Column("entity_id", INT64, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_entity_word_entity_id_entity"),
        sa.PrimaryKeyConstraint("word", "entity_id", name="pk_entity_word"),
        **LINK_TABLE,
    )
    op.create_index("ix_entity_word_entity_id", "entity_word", ["entity_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("number", INT64, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("edtf", TEXT, nullable=False),
        sa.Column("start", INT64, nullable=True),
        sa.Column("end", INT64, nullable=True),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=True),
        sa.Column("parent_id", INT64, nullable=True),
        sa.Column("place_id", INT64, nullable=True),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("id", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["event.id"], name="fk_event_parent_id_event"),
        sa.ForeignKeyConstraint(["place_id"], ["entity.id"], name="fk_event_place_id_entity"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("key", name="uq_event_key"),
        sa.UniqueConstraint("number", name="uq_event_number"),
        sa.UniqueConstraint("public_id", name="uq_event_public_id"),
    )
    op.create_index("ix_event_parent_id", "event", ["parent_id"], unique=False)
    op.create_index("ix_event_place_id", "event", ["place_id"], unique=False)
    op.create_index("ix_event_version", "event", ["version"], unique=False)

    op.create_table(
        "source",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sort_name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=True),
        sa.Column("entity_id", INT64, nullable=False),
        sa.Column("id", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_source_entity_id_entity"),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("entity_id", name="uq_source_entity_id"),
        sa.UniqueConstraint("key", name="uq_source_key"),
        sa.UniqueConstraint("public_id", name="uq_source_public_id"),
    )
    op.create_index("ix_source_sort", "source", ["sort_name", "id"], unique=False)
    op.create_index("ix_source_version", "source", ["version"], unique=False)

    op.create_table(
        "article",
        sa.Column("source_id", INT64, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_basis", TEXT, nullable=False),
        sa.Column("source_basis", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=True),
        sa.Column("archive_url", TEXT, nullable=True),
        sa.Column("edtf", TEXT, nullable=False),
        sa.Column("published_start", INT64, nullable=False),
        sa.Column("published_end", INT64, nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=True),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("id", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_article_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("key", name="uq_article_key"),
        sa.UniqueConstraint("public_id", name="uq_article_public_id"),
    )
    op.create_index("ix_article_owner", "article", ["owner"], unique=False)
    op.create_index("ix_article_source_id", "article", ["source_id", "id"], unique=False)
    op.create_index("ix_article_version", "article", ["version"], unique=False)

    op.create_table(
        "event_ancestor",
        sa.Column("event_id", INT64, nullable=False),
        sa.Column("ancestor_id", INT64, nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ancestor_id"], ["event.id"], name="fk_event_ancestor_ancestor_id_event"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_ancestor_event_id_event"),
        sa.PrimaryKeyConstraint("event_id", "ancestor_id", name="pk_event_ancestor"),
        **LINK_TABLE,
    )
    op.create_index("ix_event_ancestor_ancestor_id", "event_ancestor", ["ancestor_id", "event_id"], unique=False)

    op.create_table(
        "event_participant",
        sa.Column("event_id", INT64, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity_id", INT64, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_event_participant_entity_id_entity"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_participant_event_id_event"),
        sa.PrimaryKeyConstraint("event_id", "position", name="pk_event_participant"),
        **LINK_TABLE,
    )
    op.create_index("ix_event_participant_entity_id", "event_participant", ["entity_id"], unique=False)

    op.create_table(
        "figure",
        sa.Column("measure_id", INT64, nullable=False),
        sa.Column("event_id", INT64, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("dimensions", TEXT, nullable=False),
        sa.Column("window_start", INT64, nullable=True),
        sa.Column("window_end", INT64, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Double(), nullable=False),
        sa.Column("n_claims", INT64, nullable=False),
        sa.Column("explained", sa.Boolean(), nullable=False),
        sa.Column("id", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_figure_event_id_event"),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name="fk_figure_measure_id_measure"),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
        sa.UniqueConstraint("public_id", name="uq_figure_public_id"),
    )
    op.create_index("ix_figure_event_id", "figure", ["event_id"], unique=False)
    op.create_index("ix_figure_frame", "figure", ["measure_id", "event_id"], unique=False)
    op.create_index("ix_figure_version", "figure", ["version"], unique=False)
    op.create_index("ix_figure_worst", "figure", ["rank", "severity", "id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("number", INT64, autoincrement=False, nullable=False),
        sa.Column("public_id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("bundle", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.Column("given", TEXT, nullable=False),
        sa.Column("article_id", INT64, nullable=False),
        sa.Column("source_id", INT64, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("statement", TEXT, nullable=False),
        sa.Column("quote", TEXT, nullable=True),
        sa.Column("locator", TEXT, nullable=True),
        sa.Column("measure_id", INT64, nullable=True),
        sa.Column("event_id", INT64, nullable=True),
        sa.Column("figure_id", INT64, nullable=True),
        sa.Column("dimensions", TEXT, nullable=False),
        sa.Column("window_edtf", TEXT, nullable=True),
        sa.Column("window_start", INT64, nullable=True),
        sa.Column("window_end", INT64, nullable=True),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("as_of_edtf", TEXT, nullable=False),
        sa.Column("as_of_start", INT64, nullable=False),
        sa.Column("as_of_end", INT64, nullable=False),
        sa.Column("as_of_basis", TEXT, nullable=False),
        sa.Column("as_of_why", TEXT, nullable=True),
        sa.Column("published", INT64, nullable=False),
        sa.Column("text", TEXT, nullable=True),
        sa.Column("qualifier", TEXT, nullable=True),
        sa.Column("amount", TEXT, nullable=True),
        sa.Column("low", TEXT, nullable=True),
        sa.Column("high", TEXT, nullable=True),
        sa.Column("low_open", sa.Boolean(), nullable=False),
        sa.Column("high_open", sa.Boolean(), nullable=False),
        sa.Column("low_grain", TEXT, nullable=True),
        sa.Column("high_grain", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("value_from", sa.Double(), nullable=True),
        sa.Column("value_to", sa.Double(), nullable=True),
        sa.Column("admits_from", sa.Double(), nullable=True),
        sa.Column("admits_to", sa.Double(), nullable=True),
        sa.Column("pragmatic_from", sa.Double(), nullable=True),
        sa.Column("pragmatic_to", sa.Double(), nullable=True),
        sa.Column("speaker_id", INT64, nullable=True),
        sa.Column("unnamed_speaker", TEXT, nullable=True),
        sa.Column("speaker_of_id", INT64, nullable=True),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("origin_id", INT64, nullable=False),
        sa.Column("origin_basis", TEXT, nullable=False),
        sa.Column("origin_why", TEXT, nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("n_conflicts", INT64, nullable=False),
        sa.Column("conflicts_with", TEXT, nullable=False),
        sa.Column("listed_upto", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=False),
        sa.Column("possible_copy_of", TEXT, nullable=True),
        sa.Column("withdrawn_at", TEXT, nullable=True),
        sa.Column("withdrawn_why", TEXT, nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("record", TEXT, nullable=False),
        sa.Column("version", INT64, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_claim_article_id_article", onupdate="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_claim_event_id_event"),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name="fk_claim_figure_id_figure"),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name="fk_claim_measure_id_measure"),
        sa.ForeignKeyConstraint(["origin_id"], ["origin.id"], name="fk_claim_origin_id_origin"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_claim_source_id_source"),
        sa.ForeignKeyConstraint(["speaker_id"], ["entity.id"], name="fk_claim_speaker_id_entity"),
        sa.ForeignKeyConstraint(["speaker_of_id"], ["entity.id"], name="fk_claim_speaker_of_id_entity"),
        sa.PrimaryKeyConstraint("number", name="pk_claim"),
        sa.UniqueConstraint("public_id", name="uq_claim_public_id"),
    )
    op.create_index("ix_claim_article_id", "claim", ["article_id", "number"], unique=False)
    op.create_index("ix_claim_bundle", "claim", ["bundle"], unique=False)
    op.create_index("ix_claim_conflict", "claim", ["conflict", "number"], unique=False)
    op.create_index("ix_claim_copy", "claim", ["number"], unique=False, **partial("possible_copy_of IS NOT NULL"))
    op.create_index("ix_claim_event_id", "claim", ["event_id", "number"], unique=False)
    op.create_index("ix_claim_figure_id", "claim", ["figure_id", "number"], unique=False)
    op.create_index(
        "ix_claim_frame",
        "claim",
        [
            "figure_id",
            "public_id",
            "origin_id",
            "status",
            "as_of_start",
            "as_of_end",
            "amount",
            "listed_upto",
            "admits_from",
            "admits_to",
            "pragmatic_from",
            "pragmatic_to",
        ],
        unique=False,
    )
    op.create_index("ix_claim_measure_id", "claim", ["measure_id", "number"], unique=False)
    op.create_index("ix_claim_origin_id", "claim", ["origin_id", "number"], unique=False)
    op.create_index("ix_claim_published", "claim", ["published", "number"], unique=False)
    op.create_index("ix_claim_recorded_at", "claim", ["recorded_at", "number"], unique=False)
    op.create_index("ix_claim_source_id", "claim", ["source_id", "number"], unique=False)
    op.create_index("ix_claim_speaker_id", "claim", ["speaker_id", "number"], unique=False)
    op.create_index("ix_claim_status", "claim", ["status", "number"], unique=False)
    op.create_index("ix_claim_value_from", "claim", ["value_from", "number"], unique=False)
    op.create_index("ix_claim_value_to", "claim", ["value_to", "number"], unique=False)
    op.create_index("ix_claim_version", "claim", ["version"], unique=False)

    op.create_table(
        "claim_entity",
        sa.Column("entity_id", INT64, nullable=False),
        sa.Column("number", INT64, nullable=False),
        sa.Column("roles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_claim_entity_entity_id_entity"),
        sa.ForeignKeyConstraint(["number"], ["claim.number"], name="fk_claim_entity_number_claim", onupdate="CASCADE"),
        sa.PrimaryKeyConstraint("entity_id", "number", name="pk_claim_entity"),
        **LINK_TABLE,
    )
    op.create_index("ix_claim_entity_number", "claim_entity", ["number"], unique=False)

    op.create_table(
        "claim_event",
        sa.Column("event_id", INT64, nullable=False),
        sa.Column("number", INT64, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_claim_event_event_id_event"),
        sa.ForeignKeyConstraint(["number"], ["claim.number"], name="fk_claim_event_number_claim", onupdate="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "number", name="pk_claim_event"),
        **LINK_TABLE,
    )
    op.create_index("ix_claim_event_number", "claim_event", ["number"], unique=False)
    # The one row that writers advance.
    op.execute("INSERT INTO state (id, version, policy) VALUES (1, 0, '{}')")


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_claim_event_number", "claim_event")

    op.drop_table("claim_event")
    op.drop_index("ix_claim_entity_number", "claim_entity")

    op.drop_table("claim_entity")
    op.drop_index("ix_claim_version", "claim")
    op.drop_index("ix_claim_value_to", "claim")
    op.drop_index("ix_claim_value_from", "claim")
    op.drop_index("ix_claim_status", "claim")
    op.drop_index("ix_claim_speaker_id", "claim")
    op.drop_index("ix_claim_source_id", "claim")
    op.drop_index("ix_claim_recorded_at", "claim")
    op.drop_index("ix_claim_published", "claim")
    op.drop_index("ix_claim_origin_id", "claim")
    op.drop_index("ix_claim_measure_id", "claim")
    op.drop_index("ix_claim_frame", "claim")
    op.drop_index("ix_claim_figure_id", "claim")
    op.drop_index("ix_claim_event_id", "claim")
    op.drop_index("ix_claim_copy", "claim")
    op.drop_index("ix_claim_conflict", "claim")
    op.drop_index("ix_claim_bundle", "claim")
    op.drop_index("ix_claim_article_id", "claim")

    op.drop_table("claim")
    op.drop_index("ix_figure_worst", "figure")
    op.drop_index("ix_figure_version", "figure")
    op.drop_index("ix_figure_frame", "figure")
    op.drop_index("ix_figure_event_id", "figure")

    op.drop_table("figure")
    op.drop_index("ix_event_participant_entity_id", "event_participant")

    op.drop_table("event_participant")
    op.drop_index("ix_event_ancestor_ancestor_id", "event_ancestor")

    op.drop_table("event_ancestor")
    op.drop_index("ix_article_version", "article")
    op.drop_index("ix_article_source_id", "article")
    op.drop_index("ix_article_owner", "article")

    op.drop_table("article")
    op.drop_index("ix_source_version", "source")
    op.drop_index("ix_source_sort", "source")

    op.drop_table("source")
    op.drop_index("ix_event_version", "event")
    op.drop_index("ix_event_place_id", "event")
    op.drop_index("ix_event_parent_id", "event")

    op.drop_table("event")
    op.drop_index("ix_entity_word_entity_id", "entity_word")

    op.drop_table("entity_word")
    op.drop_index("ix_entity_name_folded", "entity_name")

    op.drop_table("entity_name")
    op.drop_index("ix_entity_merge_into_id", "entity_merge")

    op.drop_table("entity_merge")
    op.drop_index("ix_entity_key_entity_id", "entity_key")

    op.drop_table("entity_key")
    op.drop_index("ix_version_at", "version")

    op.drop_table("version")
    op.drop_table("state")
    op.drop_index("ix_origin_label", "origin")

    op.drop_table("origin")
    op.drop_index("ix_measure_version", "measure")

    op.drop_table("measure")
    op.drop_index("ix_figure_history_to_version", "figure_history")

    op.drop_table("figure_history")
    op.drop_table("explanation")
    op.drop_index("ix_entity_version", "entity")
    op.drop_index("ix_entity_sort", "entity")
    op.drop_index("ix_entity_merged_into", "entity")

    op.drop_table("entity")
    op.drop_table("claim_history_entity")
    op.drop_index("ix_claim_history_to_version", "claim_history")
    op.drop_index("ix_claim_history_figure", "claim_history")

    op.drop_table("claim_history")
    op.drop_index("ix_claim_dispute_disputed", "claim_dispute")

    op.drop_table("claim_dispute")
    op.drop_table("bundle")
