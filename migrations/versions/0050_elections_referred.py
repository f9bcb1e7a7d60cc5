"""Elections that a meeting refers to a coming one; the consent of a protected identity to be named as a candidate."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "election_referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("from_meeting_id", sa.Uuid(), nullable=False),
        sa.Column("to_meeting_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_referral_election_id")),
        sa.ForeignKeyConstraint(["from_meeting_id"], ["meeting.id"], name=op.f("fk_election_referral_from_meeting_id")),
        sa.ForeignKeyConstraint(["to_meeting_id"], ["meeting.id"], name=op.f("fk_election_referral_to_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_referral")),
    )
    op.create_index(op.f("ix_election_referral_election_id"), "election_referral", ["election_id"])
    op.create_index(op.f("ix_election_referral_from_meeting_id"), "election_referral", ["from_meeting_id"])
    op.add_column("candidacy", sa.Column("named_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("candidacy", "named_at")
    op.drop_table("election_referral")
