"""What a division needs: who asked for it, shares of a lot, what settled it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KNOWN_WHEN_OPENED = {
    "number": sa.Integer(),
    "role": sa.String(length=80),
    "yes_means": sa.Text(),
    "no_means": sa.Text(),
    "method": sa.String(length=40),
}


def upgrade() -> None:
    # A batch makes the table anew on SQLite: it has no triggers that could be lost.
    with op.batch_alter_table("division") as division:
        for name, kind in _KNOWN_WHEN_OPENED.items():
            division.alter_column(name, existing_type=kind, nullable=True)
        division.add_column(sa.Column("counters", sa.Integer(), nullable=False, server_default="1"))
        division.add_column(sa.Column("settled_by", sa.String(length=80), nullable=True))
    with op.batch_alter_table("division") as division:
        division.alter_column("counters", existing_type=sa.Integer(), server_default=None)
    op.add_column("statement", sa.Column("recorded_by", sa.Uuid(), nullable=True))
    op.create_table(
        "division_demand",
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_division_demand_division_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_division_demand_member_id")),
        sa.PrimaryKeyConstraint("division_id", "member_id", name=op.f("pk_division_demand")),
    )
    op.create_table(
        "lot_share",
        sa.Column("division_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.String(length=80), nullable=False),
        sa.Column("share", sa.Text(), nullable=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_lot_share_division_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_lot_share_member_id")),
        sa.PrimaryKeyConstraint("division_id", "member_id", name=op.f("pk_lot_share")),
        sa.UniqueConstraint("division_id", "commitment", name=op.f("uq_lot_share_division_id_commitment")),
    )
