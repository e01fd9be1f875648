"""Responses, their versions and what is kept apart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "response",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("organisation_name", sa.Text(), nullable=True),
        sa.Column("organisation_type", sa.Text(), nullable=True),
        sa.Column("publication", sa.String(32), nullable=False),
        sa.Column("is_letter", sa.Boolean(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("link_tag", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delete_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("keyed_by_id", sa.Uuid(), nullable=True),
        sa.Column("import_batch_id", sa.Uuid(), nullable=True),
        sa.Column("import_key", sa.Text(), nullable=True),
        sa.Column("import_row", sa.Integer(), nullable=True),
        sa.Column("start_token", sa.Text(), nullable=True),
        sa.Column("current_version_id", sa.Uuid(), nullable=True),
        sa.Column("signals", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_response_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["import_batch_id"], ["import_batch.id"], name=op.f("fk_response_import_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["keyed_by_id"], ["officer.id"], name=op.f("fk_response_keyed_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint(
            "consultation_id", "reference", name=op.f("uq_response_consultation_id_reference")
        ),
        sa.UniqueConstraint(
            "import_batch_id", "import_key", name=op.f("uq_response_import_batch_id_import_key")
        ),
        sa.UniqueConstraint("start_token", name=op.f("uq_response_start_token")),
    )
    op.create_index(
        "ix_response_consultation_id_status_sent_at",
        "response",
        ["consultation_id", "status", "sent_at"],
        unique=False,
    )
    op.create_table(
        "response_version",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_version_id", sa.Uuid(), nullable=True),
        sa.Column("parts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_response_version_document_version_id_document_version"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_response_version_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_version")),
        sa.UniqueConstraint("response_id", "number", name=op.f("uq_response_version_response_id_number")),
    )
    op.create_index(
        "uq_response_version_response_id_working",
        "response_version",
        ["response_id"],
        unique=True,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "private_token",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_private_token_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_token")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_private_token_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_private_token_token_hash")),
    )
    op.create_index(op.f("ix_private_token_response_id"), "private_token", ["response_id"], unique=False)
    op.create_table(
        "send_token",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_send_token_response_id_response")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["response_version.id"], name=op.f("fk_send_token_version_id_response_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_send_token")),
        sa.UniqueConstraint("version_id", name=op.f("uq_send_token_version_id")),
    )
    op.create_index(op.f("ix_send_token_response_id"), "send_token", ["response_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("response_version_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("question_version_id", sa.Uuid(), nullable=True),
        sa.Column("passage_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("question_id IS NULL OR passage_id IS NULL", name=op.f("ck_answer_one_subject")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_answer_passage_id_passage")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_answer_question_version_id_question_version"),
        ),
        sa.ForeignKeyConstraint(
            ["response_version_id"],
            ["response_version.id"],
            name=op.f("fk_answer_response_version_id_response_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "response_version_id", "passage_id", name=op.f("uq_answer_response_version_id_passage_id")
        ),
        sa.UniqueConstraint(
            "response_version_id", "question_id", name=op.f("uq_answer_response_version_id_question_id")
        ),
    )
    op.create_index(op.f("ix_answer_passage_id"), "answer", ["passage_id"], unique=False)
    op.create_index(op.f("ix_answer_question_id"), "answer", ["question_id"], unique=False)
    op.create_table(
        "answer_choice",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_choice_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["option_id"], ["option.id"], name=op.f("fk_answer_choice_option_id_option")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_choice")),
        sa.UniqueConstraint("answer_id", "option_id", name=op.f("uq_answer_choice_answer_id_option_id")),
    )
    op.create_index(op.f("ix_answer_choice_option_id"), "answer_choice", ["option_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_version_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("passage_id", sa.Uuid(), nullable=True),
        sa.Column("letter_start", sa.Integer(), nullable=True),
        sa.Column("letter_end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("redacted_text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("translation", sa.Text(), nullable=True),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_comment_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["first_version_id"],
            ["response_version.id"],
            name=op.f("fk_comment_first_version_id_response_version"),
        ),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_comment_passage_id_passage")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_comment_question_id_question")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["comment.id"], name=op.f("fk_comment_replaces_id_comment")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_comment_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("response_id", "number", name=op.f("uq_comment_response_id_number")),
    )
    op.create_index(
        "ix_comment_consultation_id_is_current_question_id",
        "comment",
        ["consultation_id", "is_current", "question_id"],
        unique=False,
    )
    op.create_index(op.f("ix_comment_passage_id"), "comment", ["passage_id"], unique=False)
    op.create_index(op.f("ix_comment_question_id"), "comment", ["question_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_attachment_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_response_id"), "attachment", ["response_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_hash", sa.Text(), nullable=True),
        sa.Column("contributor", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken_in", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_contribution_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_contribution_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("invitation_hash", name=op.f("uq_contribution_invitation_hash")),
    )
    op.create_index(op.f("ix_contribution_response_id"), "contribution", ["response_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("uses", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_contact_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("response_id", name=op.f("uq_contact_response_id")),
    )
    op.create_table(
        "equality_answer",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"], ["option.id"], name=op.f("fk_equality_answer_option_id_option")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_equality_answer_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_equality_answer_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_answer")),
        sa.UniqueConstraint(
            "response_id", "question_id", name=op.f("uq_equality_answer_response_id_question_id")
        ),
    )
    op.create_index(op.f("ix_equality_answer_question_id"), "equality_answer", ["question_id"], unique=False)
    with op.batch_alter_table("response") as batch:
        batch.create_foreign_key(
            "fk_response_current_version_id_response_version",
            "response_version",
            ["current_version_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("response") as batch:
        batch.drop_constraint("fk_response_current_version_id_response_version", type_="foreignkey")
    op.drop_table("equality_answer")
    op.drop_table("contact")
    op.drop_table("contribution")
    op.drop_table("attachment")
    op.drop_table("comment")
    op.drop_table("answer_choice")
    op.drop_table("answer")
    op.drop_table("send_token")
    op.drop_table("private_token")
    op.drop_table("response_version")
    op.drop_table("response")
