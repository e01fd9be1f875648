"""Views that are shared; and indexes for who decided, for the lists of officers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("saved_view", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_saved_view_consultation_id_page", "saved_view", ["consultation_id", "page"])
    op.create_index(
        "uq_saved_view_officer_id_consultation_id_page_name",
        "saved_view",
        ["officer_id", "consultation_id", "page", "name"],
        unique=True,
    )
    op.create_index("ix_coding_officer_id", "coding", ["officer_id"])
    op.create_index("ix_disposition_officer_id", "disposition", ["officer_id"])


def downgrade() -> None:
    op.drop_index("ix_disposition_officer_id", "disposition")
    op.drop_index("ix_coding_officer_id", "coding")
    op.drop_index("uq_saved_view_officer_id_consultation_id_page_name", "saved_view")
    op.drop_index("ix_saved_view_consultation_id_page", "saved_view")
    op.drop_column("saved_view", "shared")
