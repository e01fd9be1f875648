"""What officers have sorted of a theme's codings before they finish splitting it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "theme_sorting",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        *_kept(),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_theme_sorting_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_sorting_theme_id_theme")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_theme_sorting_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_sorting")),
        sa.UniqueConstraint("theme_id", name=op.f("uq_theme_sorting_theme_id")),
    )
    op.create_index(
        op.f("ix_theme_sorting_consultation_id"), "theme_sorting", ["consultation_id"], unique=False
    )
    op.create_table(
        "sorted_coding",
        sa.Column("sorting_id", sa.Uuid(), nullable=False),
        sa.Column("coding_id", sa.Uuid(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        *_kept(),
        sa.ForeignKeyConstraint(
            ["sorting_id"], ["theme_sorting.id"], name=op.f("fk_sorted_coding_sorting_id_theme_sorting")
        ),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_sorted_coding_coding_id_coding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sorted_coding")),
        sa.UniqueConstraint("sorting_id", "coding_id", name=op.f("uq_sorted_coding_sorting_id")),
    )
    op.create_index(op.f("ix_sorted_coding_coding_id"), "sorted_coding", ["coding_id"], unique=False)


def downgrade() -> None:
    op.drop_table("sorted_coding")
    op.drop_table("theme_sorting")
