"""Why an exclusion was taken back, beside who did it and when."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exclusion", sa.Column("reversed_note", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("exclusion") as exclusion:
        exclusion.drop_column("reversed_note")
