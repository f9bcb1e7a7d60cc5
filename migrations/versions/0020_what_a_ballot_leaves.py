"""Envelopes, papers, findings on objections, reminders and turnout of member ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot_turnout",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("electors", sa.Integer(), nullable=False),
        sa.Column("voted", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name="fk_ballot_turnout_ballot_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_ballot_turnout_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ballot_turnout"),
        sa.UniqueConstraint("ballot_id", "day", "position", name="uq_ballot_turnout_ballot_id_day_position"),
    )
    op.add_column("ballot_objection", sa.Column("finding", sa.String(length=9), nullable=True))
    op.add_column("ballot_objection", sa.Column("answered_by", sa.Text(), nullable=True))
    op.add_column("member_ballot", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("member_ballot", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("postal_vote", sa.Column("fault", sa.String(length=14), nullable=True))
    # A batch makes the table anew on SQLite: it has no triggers that could be lost.
    with op.batch_alter_table("postal_vote") as envelopes:
        envelopes.alter_column("member_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("postal_vote") as envelopes:
        envelopes.alter_column("member_id", existing_type=sa.Uuid(), nullable=False)
    op.drop_column("postal_vote", "fault")
    op.drop_column("member_ballot", "reminded_at")
    op.drop_column("member_ballot", "checked_at")
    op.drop_column("ballot_objection", "answered_by")
    op.drop_column("ballot_objection", "finding")
    op.drop_table("ballot_turnout")
