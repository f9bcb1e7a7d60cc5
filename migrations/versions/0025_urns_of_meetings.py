"""An urn of a secret vote in a meeting: without a member ballot, and a division that is cast into it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("urn") as urn:
        urn.alter_column("ballot_id", existing_type=sa.Uuid(), nullable=True)
        urn.add_column(sa.Column("meeting_id", sa.Uuid(), nullable=True))
        urn.create_foreign_key("fk_urn_meeting_id", "meeting", ["meeting_id"], ["id"])
        urn.create_index("ix_urn_meeting_id", ["meeting_id"])
    with op.batch_alter_table("division") as division:
        division.add_column(sa.Column("urn_id", sa.Uuid(), nullable=True))
        division.create_foreign_key("fk_division_urn_id", "urn", ["urn_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("division") as division:
        division.drop_constraint("fk_division_urn_id", type_="foreignkey")
        division.drop_column("urn_id")
    with op.batch_alter_table("urn") as urn:
        urn.drop_index("ix_urn_meeting_id")
        urn.drop_constraint("fk_urn_meeting_id", type_="foreignkey")
        urn.drop_column("meeting_id")
        urn.alter_column("ballot_id", existing_type=sa.Uuid(), nullable=False)
