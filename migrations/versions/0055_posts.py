"""What posts ask for, who sits by right in a nomination committee, and who stands in for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_kind", sa.String(length=40), nullable=True),
        sa.Column("body_kind", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("expectations", sa.Text(), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("residence_required", sa.Boolean(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.Column("in_order", sa.Boolean(), nullable=False),
        sa.Column("must_be_filled", sa.Boolean(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(body_kind IS NULL) = (role IS NULL)", name=op.f("ck_role_template_post_or_office")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_template_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_template")),
    )
    op.create_index(op.f("ix_role_template_unit_id"), "role_template", ["unit_id"], unique=False)
    op.create_table(
        "seat_by_right",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("from_body_id", sa.Uuid(), nullable=False),
        sa.Column("from_role", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_seat_by_right_body_id")),
        sa.ForeignKeyConstraint(["from_body_id"], ["body.id"], name=op.f("fk_seat_by_right_from_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_by_right")),
    )
    op.create_index(op.f("ix_seat_by_right_body_id"), "seat_by_right", ["body_id"], unique=False)
    op.create_index(
        "uq_seat_by_right_in_force",
        "seat_by_right",
        ["body_id", "from_body_id", "from_role"],
        unique=True,
        sqlite_where=sa.text("state = 'IN_FORCE'"),
        postgresql_where=sa.text("state = 'IN_FORCE'"),
    )
    with op.batch_alter_table("election") as held:
        held.add_column(sa.Column("template_id", sa.Uuid(), nullable=True))
        held.create_foreign_key("fk_election_template_id", "role_template", ["template_id"], ["id"])
    with op.batch_alter_table("mandate") as held:
        held.add_column(sa.Column("stands_in_for_id", sa.Uuid(), nullable=True))
        held.add_column(sa.Column("reminded_of", sa.Date(), nullable=True))
        held.create_foreign_key("fk_mandate_stands_in_for_id", "mandate", ["stands_in_for_id"], ["id"])
        held.create_index("ix_mandate_stands_in_for_id", ["stands_in_for_id"])


def downgrade() -> None:
    with op.batch_alter_table("mandate") as held:
        held.drop_index("ix_mandate_stands_in_for_id")
        held.drop_constraint("fk_mandate_stands_in_for_id", type_="foreignkey")
        held.drop_column("reminded_of")
        held.drop_column("stands_in_for_id")
    with op.batch_alter_table("election") as held:
        held.drop_constraint("fk_election_template_id", type_="foreignkey")
        held.drop_column("template_id")
    op.drop_table("seat_by_right")
    op.drop_table("role_template")
