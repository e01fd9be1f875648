"""The address of who lost their link is looked up without its case."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_contact_email_lower", "contact", [sa.text("lower(email)")])


def downgrade() -> None:
    op.drop_index("ix_contact_email_lower", table_name="contact")
