"""The political position that a council's seats follow."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "political_position",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_political_position_body_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_political_position_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_political_position")),
        sa.UniqueConstraint("body_id", "starts_on", name=op.f("uq_political_position_body_id_starts_on")),
    )
    op.create_index(op.f("ix_political_position_unit_id"), "political_position", ["unit_id"], unique=False)
