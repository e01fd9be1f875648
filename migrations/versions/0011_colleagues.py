"""Invitations for colleagues, and who wrote what: one invitation, several colleagues, each with own texts.

The table of contributions was never written to, so it is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("contribution")
    op.create_table(
        "invitation",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_every_row(),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_invitation_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    op.create_index(op.f("ix_invitation_response_id"), "invitation", ["response_id"], unique=False)
    _unique_where("uq_invitation_response_id_open", "invitation", "response_id", "ended_at IS NULL")
    op.create_table(
        "contributor",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *_every_row(),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_contributor_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributor")),
        sa.UniqueConstraint("response_id", "token_hash", name=op.f("uq_contributor_response_id_token_hash")),
    )
    op.create_table(
        "contribution",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("contributor_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("added_text", sa.Text(), nullable=True),
        *_every_row(),
        *_keys_of_a_contribution(),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["contributor.id"], name=op.f("fk_contribution_contributor_id_contributor")
        ),
        sa.UniqueConstraint(
            "contributor_id", "question_id", name=op.f("uq_contribution_contributor_id_question_id")
        ),
    )
    op.create_index(op.f("ix_contribution_response_id"), "contribution", ["response_id"], unique=False)
    _unique_where(
        "uq_contribution_contributor_id_letter", "contribution", "contributor_id", "question_id IS NULL"
    )


def downgrade() -> None:
    for table in ("contribution", "contributor", "invitation"):
        op.drop_table(table)
    op.create_table(
        "contribution",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_hash", sa.Text(), nullable=True),
        sa.Column("contributor", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken_in", sa.Boolean(), nullable=False),
        *_every_row(),
        *_keys_of_a_contribution(),
        sa.UniqueConstraint("invitation_hash", name=op.f("uq_contribution_invitation_hash")),
    )
    op.create_index(op.f("ix_contribution_response_id"), "contribution", ["response_id"], unique=False)


def _every_row() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _keys_of_a_contribution() -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_contribution_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_contribution_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    ]


def _unique_where(name: str, table: str, column: str, where: str) -> None:
    op.create_index(
        name, table, [column], unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )
