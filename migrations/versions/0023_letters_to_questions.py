"""Letters that officers divide to the questions, part by part, and put together again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "letter_division",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_note", sa.Text(), nullable=False),
        *_kept(),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_letter_division_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_letter_division_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_letter_division_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["officer.id"], name=op.f("fk_letter_division_undone_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_division")),
    )
    op.create_index(
        op.f("ix_letter_division_consultation_id"), "letter_division", ["consultation_id"], unique=False
    )
    op.create_index(
        "uq_letter_division_comment_id_standing",
        "letter_division",
        ["comment_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "letter_part",
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("spans", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        *_kept(),
        sa.ForeignKeyConstraint(
            ["division_id"], ["letter_division.id"], name=op.f("fk_letter_part_division_id_letter_division")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_letter_part_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_part")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_letter_part_comment_id")),
    )
    op.create_index(op.f("ix_letter_part_division_id"), "letter_part", ["division_id"], unique=False)


def downgrade() -> None:
    op.drop_table("letter_part")
    op.drop_table("letter_division")
