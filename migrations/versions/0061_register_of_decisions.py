"""The register of decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registered_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_force_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_registered_decision_body_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_registered_decision_meeting_id")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["registered_decision.id"], name=op.f("fk_registered_decision_replaces_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_registered_decision_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registered_decision")),
    )
    op.create_index(op.f("ix_registered_decision_body_id"), "registered_decision", ["body_id"], unique=False)
    op.create_index("ix_registered_decision_kind_case_id", "registered_decision", ["kind", "case_id"], unique=False)
    op.create_index(op.f("ix_registered_decision_unit_id"), "registered_decision", ["unit_id"], unique=False)
