"""Who is asked to sign minutes, one § verified at once, and what became of signatures and corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _id(name: str, nullable: bool = False) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _time(name: str, nullable: bool = True) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "minutes_section",
        _id("id"),
        _id("minutes_id"),
        _id("item_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        _time("opened_at", nullable=False),
        _time("verified_at"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_minutes_section_item_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_section_minutes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_section")),
        sa.UniqueConstraint("item_id", name=op.f("uq_minutes_section_item_id")),
    )
    op.create_index(op.f("ix_minutes_section_minutes_id"), "minutes_section", ["minutes_id"], unique=False)
    op.create_table(
        "minutes_signatory",
        _id("id"),
        _id("minutes_id"),
        _id("item_id", nullable=True),
        _id("addendum_id", nullable=True),
        _id("member_id"),
        sa.Column("role", sa.String(length=40), nullable=False),
        _time("asked_at", nullable=False),
        _time("due_at"),
        sa.Column("reminders", sa.Integer(), nullable=False),
        _time("signed_at"),
        _time("left_out_at"),
        _id("replaced_by", nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["minutes_addendum.id"], name=op.f("fk_minutes_signatory_addendum_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_minutes_signatory_item_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_minutes_signatory_member_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_signatory_minutes_id")),
        sa.ForeignKeyConstraint(["replaced_by"], ["member.id"], name=op.f("fk_minutes_signatory_replaced_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_signatory")),
    )
    op.create_index("ix_minutes_signatory_member_id", "minutes_signatory", ["member_id"], unique=False)
    op.create_index("ix_minutes_signatory_minutes_id", "minutes_signatory", ["minutes_id"], unique=False)
    op.create_index("ix_minutes_signatory_due_at", "minutes_signatory", ["due_at"], unique=False)
    op.add_column("minutes_signature", sa.Column("place", sa.Text(), nullable=True))
    op.add_column(
        "minutes_signature", sa.Column("channel", sa.String(length=40), nullable=False, server_default="DIGITAL")
    )
    op.add_column("minutes_signature", _time("recorded_at"))
    op.add_column("minutes_signature", _id("recorded_by", nullable=True))
    op.add_column("minutes_signature", _time("fallen_at"))
    op.create_index("ix_minutes_signature_minutes_id", "minutes_signature", ["minutes_id"], unique=False)
    op.add_column(
        "minutes_addendum", sa.Column("state", sa.String(length=40), nullable=False, server_default="PROPOSED")
    )
    op.add_column("minutes_addendum", _id("proposed_by", nullable=True))
    op.add_column("minutes_addendum", sa.Column("digest", sa.String(length=80), nullable=True))
    op.add_column("minutes_addendum", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for column in ("version", "digest", "proposed_by", "state"):
        op.drop_column("minutes_addendum", column)
    op.drop_index("ix_minutes_signature_minutes_id", table_name="minutes_signature")
    for column in ("fallen_at", "recorded_by", "recorded_at", "channel", "place"):
        op.drop_column("minutes_signature", column)
    for name in ("ix_minutes_signatory_due_at", "ix_minutes_signatory_minutes_id", "ix_minutes_signatory_member_id"):
        op.drop_index(name, table_name="minutes_signatory")
    op.drop_table("minutes_signatory")
    op.drop_index(op.f("ix_minutes_section_minutes_id"), table_name="minutes_section")
    op.drop_table("minutes_section")
