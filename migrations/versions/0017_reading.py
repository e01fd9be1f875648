"""The reading screen: drafts, saves that can be undone, the order of reading, ideas for themes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("reading") as reading:
        reading.add_column(sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True))
        reading.add_column(sa.Column("draft", JSON, nullable=True))
    _table(
        "reading_save",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("themes", sa.Integer(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        *_keys("reading_save", consultation_id="consultation", comment_id="comment", officer_id="officer"),
        *_keys("reading_save", undone_by_id="officer"),
    )
    op.create_index(
        "ix_reading_save_consultation_id_officer_id", "reading_save", ["consultation_id", "officer_id"]
    )
    op.create_index(op.f("ix_reading_save_comment_id"), "reading_save", ["comment_id"])
    _table(
        "reading_order",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_keys("reading_order", run_id="theming_run", comment_id="comment"),
        sa.UniqueConstraint("run_id", "comment_id", name=op.f("uq_reading_order_run_id_comment_id")),
    )
    op.create_index("ix_reading_order_run_id_position", "reading_order", ["run_id", "position"])
    op.create_index(op.f("ix_reading_order_comment_id"), "reading_order", ["comment_id"])
    _table(
        "theme_idea",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(32), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        *_keys("theme_idea", consultation_id="consultation", comment_id="comment", officer_id="officer"),
        *_keys("theme_idea", theme_id="theme", decided_by_id="officer"),
    )
    op.create_index("ix_theme_idea_consultation_id_fate", "theme_idea", ["consultation_id", "fate"])
    op.create_index(op.f("ix_theme_idea_comment_id"), "theme_idea", ["comment_id"])


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _keys(table: str, **to: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
        for column, other in to.items()
    ]


def downgrade() -> None:
    for table in ("theme_idea", "reading_order", "reading_save"):
        op.drop_table(table)
    with op.batch_alter_table("reading") as reading:
        reading.drop_column("draft")
        reading.drop_column("skipped_at")
