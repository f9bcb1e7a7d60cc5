"""A meeting approves its agenda, judges its notice, and reads an unclear paragraph."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("notice_proper", sa.Boolean(), nullable=True))
    op.add_column("meeting", sa.Column("agenda_set_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "interpretation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("paragraph", sa.String(length=80), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstained", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statutes_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name="fk_interpretation_item_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_interpretation_meeting_id"),
        sa.ForeignKeyConstraint(["statutes_id"], ["statutes.id"], name="fk_interpretation_statutes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_interpretation"),
    )
    op.create_index("ix_interpretation_meeting_id", "interpretation", ["meeting_id"])


def downgrade() -> None:
    op.drop_table("interpretation")
    op.drop_column("meeting", "agenda_set_at")
    op.drop_column("meeting", "notice_proper")
