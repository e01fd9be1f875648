"""What of a comment is hidden, who decided a redaction or a flag and why, and decisions on responses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OFFICERS = (("flag", "settled_by_id"), ("redaction", "decided_by_id"), ("redaction", "reversed_by_id"))
NOTES = (("flag", "settled_note"), ("redaction", "reversed_note"))


def upgrade() -> None:
    # No batch here: on SQLite that would rebuild `comment`, whose triggers keep the search true.
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("comment", sa.Column("hidden", json, nullable=False, server_default="[]"))
    for table, column in NOTES:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
    for table in ("flag", "redaction"):
        with op.batch_alter_table(table) as batch:
            for _, column in (one for one in OFFICERS if one[0] == table):
                batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
                batch.create_foreign_key(op.f(f"fk_{table}_{column}_officer"), "officer", [column], ["id"])
    op.create_table(
        "cleaning_item",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_cleaning_item_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_cleaning_item_response_id_response")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["response.id"], name=op.f("fk_cleaning_item_other_id_response")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_cleaning_item_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cleaning_item")),
        sa.UniqueConstraint(
            "kind", "response_id", "other_id", name=op.f("uq_cleaning_item_kind_response_id_other_id")
        ),
    )
    op.create_index(
        "ix_cleaning_item_consultation_id_kind_decision",
        "cleaning_item",
        ["consultation_id", "kind", "decision"],
    )
    op.create_index(op.f("ix_cleaning_item_response_id"), "cleaning_item", ["response_id"])
    op.create_index(op.f("ix_cleaning_item_other_id"), "cleaning_item", ["other_id"])


def downgrade() -> None:
    op.drop_table("cleaning_item")
    for table in ("redaction", "flag"):
        with op.batch_alter_table(table) as batch:
            for _, column in (one for one in OFFICERS if one[0] == table):
                batch.drop_constraint(op.f(f"fk_{table}_{column}_officer"), type_="foreignkey")
                batch.drop_column(column)
            for _, column in (one for one in NOTES if one[0] == table):
                batch.drop_column(column)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE comment DROP COLUMN hidden")
    else:
        op.drop_column("comment", "hidden")
