"""Codings that come in from a spreadsheet, and what was made of the differences between two coders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "coding_import",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rows", json, nullable=False),
        sa.Column("notes", json, nullable=False),
        sa.Column("figures", json, nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_coding_import_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_coding_import_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["coding_batch.id"], name=op.f("fk_coding_import_batch_id_coding_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_import")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_coding_import_consultation_id_number")
        ),
    )
    op.create_table(
        "check_settlement",
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["check_sample.id"], name=op.f("fk_check_settlement_sample_id_check_sample")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_check_settlement_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_check_settlement_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_settlement")),
        sa.UniqueConstraint("sample_id", "comment_id", name=op.f("uq_check_settlement_sample_id_comment_id")),
    )
    op.create_index(op.f("ix_check_settlement_comment_id"), "check_settlement", ["comment_id"])


def downgrade() -> None:
    op.drop_table("check_settlement")
    op.drop_table("coding_import")
