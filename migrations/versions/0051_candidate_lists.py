"""Lists for public elections, with the consent of each on them."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "candidate_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("assembly", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_candidate_list_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_list")),
    )
    op.create_index(op.f("ix_candidate_list_meeting_id"), "candidate_list", ["meeting_id"])
    op.create_table(
        "list_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["candidate_list.id"], name=op.f("fk_list_place_list_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_list_place_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_place")),
        sa.UniqueConstraint("list_id", "member_id", name=op.f("uq_list_place_list_id_member_id")),
    )
    op.create_index(op.f("ix_list_place_member_id"), "list_place", ["member_id"])


def downgrade() -> None:
    op.drop_table("list_place")
    op.drop_table("candidate_list")
