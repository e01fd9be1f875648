"""What a mail is about, and why it was not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_mail", sa.Column("about", sa.Text(), nullable=False, server_default=""))
    op.add_column("outbox_mail", sa.Column("trouble", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail") as outbox:
        outbox.drop_column("trouble")
        outbox.drop_column("about")
