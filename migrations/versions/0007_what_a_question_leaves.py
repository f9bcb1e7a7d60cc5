"""What a question was answered, whom a proposal would elect, and which majority a matter needs."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_nominee",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_proposal_nominee_member_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_nominee_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "member_id", name=op.f("pk_proposal_nominee")),
    )
    op.add_column("matter", sa.Column("majority", sa.String(length=80), nullable=False, server_default="ordinary"))
    op.add_column("proposal", sa.Column("of_motion", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("question", sa.Column("answer", sa.String(length=40), nullable=True))
    op.add_column("question", sa.Column("voting_approved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("question", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("matter_decision", sa.Column("by_minority", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("matter_decision", "by_minority")
    for column in ("counted", "voting_approved_at", "answer"):
        op.drop_column("question", column)
    op.drop_column("proposal", "of_motion")
    op.drop_column("matter", "majority")
    op.drop_table("proposal_nominee")
