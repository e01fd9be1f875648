"""Runs, suggestions and codings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theming_run",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("encoder", sa.Text(), nullable=False),
        sa.Column("parameters", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("inputs_digest", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_theming_run_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_theming_run_job_id_job")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_theming_run_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theming_run")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_theming_run_consultation_id_number")),
    )
    op.create_table(
        "proposal",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("parent_key", sa.Text(), nullable=True),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(32), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_proposal_officer_id_officer")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_proposal_question_id_question")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["theming_run.id"], name=op.f("fk_proposal_run_id_theming_run")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_proposal_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("run_id", "key", name=op.f("uq_proposal_run_id_key")),
    )
    op.create_table(
        "proposal_member",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("typical", sa.Boolean(), nullable=False),
        sa.Column("borderline", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_proposal_member_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_member_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_member")),
        sa.UniqueConstraint(
            "proposal_id", "comment_id", name=op.f("uq_proposal_member_proposal_id_comment_id")
        ),
    )
    op.create_index(op.f("ix_proposal_member_comment_id"), "proposal_member", ["comment_id"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("assigned", sa.Boolean(), nullable=False),
        sa.Column("stance", sa.String(32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reason", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_suggestion_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["theming_run.id"], name=op.f("fk_suggestion_run_id_theming_run")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_suggestion_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint(
            "run_id", "comment_id", "theme_id", name=op.f("uq_suggestion_run_id_comment_id_theme_id")
        ),
    )
    op.create_index(op.f("ix_suggestion_comment_id"), "suggestion", ["comment_id"], unique=False)
    op.create_index(
        "ix_suggestion_run_id_theme_id_probability",
        "suggestion",
        ["run_id", "theme_id", "probability"],
        unique=False,
    )
    op.create_table(
        "coding_batch",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("criteria", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_coding_batch_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_coding_batch_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_coding_batch_theme_id_theme")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["officer.id"], name=op.f("fk_coding_batch_undone_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_batch")),
    )
    op.create_index(
        op.f("ix_coding_batch_consultation_id"), "coding_batch", ["consultation_id"], unique=False
    )
    op.create_table(
        "suggestion_decision",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["coding_batch.id"], name=op.f("fk_suggestion_decision_batch_id_coding_batch")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_suggestion_decision_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_suggestion_decision_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["theming_run.id"], name=op.f("fk_suggestion_decision_run_id_theming_run")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_suggestion_decision_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_decision")),
        sa.UniqueConstraint(
            "comment_id", "theme_id", name=op.f("uq_suggestion_decision_comment_id_theme_id")
        ),
    )
    op.create_index(
        op.f("ix_suggestion_decision_batch_id"), "suggestion_decision", ["batch_id"], unique=False
    )
    op.create_index(
        op.f("ix_suggestion_decision_theme_id"), "suggestion_decision", ["theme_id"], unique=False
    )
    op.create_table(
        "coding",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("stance", sa.String(32), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Uuid(), nullable=True),
        sa.Column("removed_in_batch_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["coding_batch.id"], name=op.f("fk_coding_batch_id_coding_batch")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_coding_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_coding_comment_id_comment")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_coding_officer_id_officer")),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["officer.id"], name=op.f("fk_coding_removed_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["removed_in_batch_id"],
            ["coding_batch.id"],
            name=op.f("fk_coding_removed_in_batch_id_coding_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_coding_suggestion_id_suggestion")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_coding_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
    )
    op.create_index(op.f("ix_coding_batch_id"), "coding", ["batch_id"], unique=False)
    op.create_index(op.f("ix_coding_comment_id"), "coding", ["comment_id"], unique=False)
    op.create_index("ix_coding_theme_id_removed_at", "coding", ["theme_id", "removed_at"], unique=False)
    op.create_index(
        "uq_coding_comment_id_theme_id_stance_layer_standing",
        "coding",
        ["comment_id", "theme_id", "stance", "layer"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "coding_quote",
        sa.Column("coding_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_coding_quote_coding_id_coding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_quote")),
        sa.UniqueConstraint("coding_id", "start", "end", name=op.f("uq_coding_quote_coding_id_start_end")),
    )
    op.create_table(
        "disposition",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("value", sa.String(32), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("refers_to_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["coding_batch.id"], name=op.f("fk_disposition_batch_id_coding_batch")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_disposition_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_disposition_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["refers_to_id"], ["comment.id"], name=op.f("fk_disposition_refers_to_id_comment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
        sa.UniqueConstraint("comment_id", "layer", name=op.f("uq_disposition_comment_id_layer")),
    )
    op.create_index(op.f("ix_disposition_batch_id"), "disposition", ["batch_id"], unique=False)
    op.create_index("ix_disposition_layer_value", "disposition", ["layer", "value"], unique=False)
    op.create_table(
        "frame_operation_item",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("coding_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("after", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_frame_operation_item_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["frame_operation.id"],
            name=op.f("fk_frame_operation_item_operation_id_frame_operation"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_frame_operation_item_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_operation_item")),
    )
    op.create_index(
        op.f("ix_frame_operation_item_operation_id"), "frame_operation_item", ["operation_id"], unique=False
    )
    op.create_index(
        op.f("ix_frame_operation_item_theme_id"), "frame_operation_item", ["theme_id"], unique=False
    )
    op.create_table(
        "reading",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reserved_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_reading_comment_id_comment")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_reading_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("comment_id", "officer_id", name=op.f("uq_reading_comment_id_officer_id")),
    )
    op.create_index(op.f("ix_reading_officer_id"), "reading", ["officer_id"], unique=False)
    op.create_index("ix_reading_reserved_until", "reading", ["reserved_until"], unique=False)
    op.create_table(
        "discussion",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_discussion_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_discussion_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion")),
    )
    op.create_index(op.f("ix_discussion_comment_id"), "discussion", ["comment_id"], unique=False)
    op.create_table(
        "check_sample",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("second_coder_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_by_id", sa.Uuid(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("comment_ids", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("figures", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_check_sample_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["officer.id"], name=op.f("fk_check_sample_drawn_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["second_coder_id"], ["officer.id"], name=op.f("fk_check_sample_second_coder_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_sample")),
        sa.UniqueConstraint("layer", name=op.f("uq_check_sample_layer")),
    )
    op.create_index(
        op.f("ix_check_sample_consultation_id"), "check_sample", ["consultation_id"], unique=False
    )
    op.create_table(
        "sign_off",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("frame_version_id", sa.Uuid(), nullable=True),
        sa.Column("figures", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by_id", sa.Uuid(), nullable=True),
        sa.Column("reopened_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_sign_off_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["frame_version_id"],
            ["frame_version.id"],
            name=op.f("fk_sign_off_frame_version_id_frame_version"),
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_sign_off_officer_id_officer")),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"], ["officer.id"], name=op.f("fk_sign_off_reopened_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index(op.f("ix_sign_off_consultation_id"), "sign_off", ["consultation_id"], unique=False)
    with op.batch_alter_table("consultation") as batch:
        batch.create_foreign_key(
            "fk_consultation_current_run_id_theming_run", "theming_run", ["current_run_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("consultation") as batch:
        batch.drop_constraint("fk_consultation_current_run_id_theming_run", type_="foreignkey")
    op.drop_table("sign_off")
    op.drop_table("check_sample")
    op.drop_table("discussion")
    op.drop_table("reading")
    op.drop_table("frame_operation_item")
    op.drop_table("disposition")
    op.drop_table("coding_quote")
    op.drop_table("coding")
    op.drop_table("suggestion_decision")
    op.drop_table("coding_batch")
    op.drop_table("suggestion")
    op.drop_table("proposal_member")
    op.drop_table("proposal")
    op.drop_table("theming_run")
