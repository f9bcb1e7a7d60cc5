"""Sealed urns: roll, sealed ballots, log, checkpoints, lists."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "urn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=True),
        sa.Column("m", sa.LargeBinary(length=32), nullable=True),
        sa.Column("box_bytes", sa.Integer(), nullable=True),
        sa.Column("revote", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("log_size", sa.Integer(), nullable=False),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_urn_ballot_id")),
        sa.ForeignKeyConstraint(["statutes_digest"], ["resolved_statutes.digest"], name=op.f("fk_urn_statutes_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urn")),
        sa.UniqueConstraint("origin", name=op.f("uq_urn_origin")),
    )
    op.create_index(op.f("ix_urn_ballot_id"), "urn", ["ballot_id"], unique=False)
    op.create_table(
        "log_leaf",
        sa.Column("urn_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_log_leaf_urn_id")),
        sa.PrimaryKeyConstraint("urn_id", "n", name=op.f("pk_log_leaf")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log_node",
        sa.Column("urn_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_log_node_urn_id")),
        sa.PrimaryKeyConstraint("urn_id", "level", "at", name=op.f("pk_log_node")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roll_slot",
        sa.Column("urn_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_roll_slot_urn_id")),
        sa.PrimaryKeyConstraint("urn_id", "tag", name=op.f("pk_roll_slot")),
        sa.UniqueConstraint("urn_id", "slot", name=op.f("uq_roll_slot_urn_id_slot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_ballot",
        sa.Column("urn_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_sealed_ballot_urn_id")),
        sa.PrimaryKeyConstraint("urn_id", "slot", "seq", name=op.f("pk_sealed_ballot")),
        sa.UniqueConstraint("urn_id", "digest", name=op.f("uq_sealed_ballot_urn_id_digest")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "urn_checkpoint",
        sa.Column("urn_id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_urn_checkpoint_urn_id")),
        sa.PrimaryKeyConstraint("urn_id", "size", name=op.f("pk_urn_checkpoint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "urn_file",
        sa.Column("urn_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_urn_file_urn_id")),
        sa.PrimaryKeyConstraint("urn_id", "name", name=op.f("pk_urn_file")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waiting_ballot",
        sa.Column("urn_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_waiting_ballot_urn_id")),
        sa.PrimaryKeyConstraint("urn_id", "digest", name=op.f("pk_waiting_ballot")),
        sqlite_with_rowid=False,
    )
