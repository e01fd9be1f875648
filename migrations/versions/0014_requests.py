"""What respondents ask about their response or their data."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "respondent_request",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_respondent_request_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_respondent_request_response_id_response")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["officer.id"], name=op.f("fk_respondent_request_owner_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["officer.id"], name=op.f("fk_respondent_request_done_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respondent_request")),
        sa.UniqueConstraint("case_number", name=op.f("uq_respondent_request_case_number")),
    )
    op.create_index(
        "ix_respondent_request_consultation_id_done_at_due_on",
        "respondent_request",
        ["consultation_id", "done_at", "due_on"],
    )
    op.create_index(op.f("ix_respondent_request_response_id"), "respondent_request", ["response_id"])


def downgrade() -> None:
    op.drop_table("respondent_request")
