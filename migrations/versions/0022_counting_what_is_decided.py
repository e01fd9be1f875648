"""What tells how many comments are decided without reading a row of the tables."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_disposition_comment_id_layer_value", "disposition", ["comment_id", "layer", "value"])
    op.create_index(
        "ix_comment_consultation_id_is_current_id", "comment", ["consultation_id", "is_current", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_comment_consultation_id_is_current_id", "comment")
    op.drop_index("ix_disposition_comment_id_layer_value", "disposition")
