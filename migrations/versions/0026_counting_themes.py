"""What tells how many comments stand behind each theme, and wait for it, without reading a row of the tables.

The index of suggestions takes the place of one that had all but the comment.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STANDING = sa.text("removed_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_coding_comment_id_standing",
        "coding",
        ["comment_id", "theme_id", "layer", "stance", "source", "removed_at"],
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index(
        "ix_suggestion_waiting",
        "suggestion",
        ["run_id", "theme_id", "probability", "comment_id", "assigned"],
    )
    op.drop_index("ix_suggestion_run_id_theme_id_probability", "suggestion")


def downgrade() -> None:
    op.create_index(
        "ix_suggestion_run_id_theme_id_probability", "suggestion", ["run_id", "theme_id", "probability"]
    )
    op.drop_index("ix_suggestion_waiting", "suggestion")
    op.drop_index("ix_coding_comment_id_standing", "coding")
