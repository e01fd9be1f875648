"""What tells how many comments a theme has, whose they are and which call for reading, by indexes alone.

The index of comments takes the place of one that had all but the response.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STANDING = sa.text("removed_at IS NULL")
APART = sa.text("status <> 'sent' OR is_test")


def upgrade() -> None:
    op.create_index(
        "ix_coding_theme_id_standing",
        "coding",
        ["theme_id", "comment_id", "layer", "stance", "source", "read_again_at", "removed_at"],
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index(
        "ix_comment_consultation_id_is_current_id_response_id",
        "comment",
        ["consultation_id", "is_current", "id", "response_id"],
    )
    op.drop_index("ix_comment_consultation_id_is_current_id", "comment")
    op.create_index(
        "ix_response_consultation_id_apart", "response", ["consultation_id"], sqlite_where=APART,
        postgresql_where=APART,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_response_consultation_id_apart", "response")
    op.create_index(
        "ix_comment_consultation_id_is_current_id", "comment", ["consultation_id", "is_current", "id"]
    )
    op.drop_index("ix_comment_consultation_id_is_current_id_response_id", "comment")
    op.drop_index("ix_coding_theme_id_standing", "coding")
