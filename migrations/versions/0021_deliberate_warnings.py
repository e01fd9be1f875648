"""Warnings of the frame that officers called deliberate, with the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "frame_silence",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_frame_silence_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_frame_silence_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["officer.id"], name=op.f("fk_frame_silence_lifted_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_silence")),
    )
    op.create_index(
        "uq_frame_silence_consultation_id_key_standing",
        "frame_silence",
        ["consultation_id", "key"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("frame_silence")
