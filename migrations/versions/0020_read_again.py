"""When a lead asked for the comment behind a coding to be read again."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
NAME = "ix_coding_read_again_at"


def upgrade() -> None:
    op.add_column("coding", sa.Column("read_again_at", sa.DateTime(timezone=True), nullable=True))
    asked = sa.text("read_again_at IS NOT NULL")
    op.create_index(NAME, "coding", ["read_again_at"], sqlite_where=asked, postgresql_where=asked)


def downgrade() -> None:
    op.drop_index(NAME, "coding")
    op.drop_column("coding", "read_again_at")
