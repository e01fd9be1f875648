"""Who an officer added to a campaign: no run takes them out again."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
NAME = "fk_campaign_member_added_by_id_officer"


def upgrade() -> None:
    with op.batch_alter_table("campaign_member") as member:
        member.add_column(sa.Column("added_by_id", sa.Uuid(), nullable=True))
        member.create_foreign_key(op.f(NAME), "officer", ["added_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("campaign_member") as member:
        member.drop_constraint(op.f(NAME), type_="foreignkey")
        member.drop_column("added_by_id")
