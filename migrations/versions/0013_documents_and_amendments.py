"""Documents with numbered paragraphs, their versions, locks and amendments."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("current_id", sa.Uuid(), nullable=True),
        sa.Column("base_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("adopted_by", sa.Text(), nullable=True),
        sa.Column("editor", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["body.id"], name=op.f("fk_document_board_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_document_meeting_id")),
        sa.ForeignKeyConstraint(
            ["statutes_digest"], ["resolved_statutes.digest"], name=op.f("fk_document_statutes_digest")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_meeting_id"), "document", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_document_unit_id"), "document", ["unit_id"], unique=False)
    op.create_table(
        "document_proposer",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_document_proposer_body_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_proposer_document_id")),
        sa.PrimaryKeyConstraint("document_id", "body_id", name=op.f("pk_document_proposer")),
    )
    op.create_table(
        "document_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_digest", sa.String(length=80), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_version_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_version_document_id_number")),
    )
    op.create_table(
        "paragraph",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(length=80), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["origin_id"], ["paragraph.id"], name=op.f("fk_paragraph_origin_id")),
        sa.ForeignKeyConstraint(["version_id"], ["document_version.id"], name=op.f("fk_paragraph_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph")),
        sa.UniqueConstraint("version_id", "number", "suffix", name=op.f("uq_paragraph_version_id_number_suffix")),
    )
    op.create_table(
        "lock",
        sa.Column("paragraph_id", sa.Uuid(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_lock_paragraph_id")),
        sa.ForeignKeyConstraint(["source_id"], ["document_version.id"], name=op.f("fk_lock_source_id")),
        sa.PrimaryKeyConstraint("paragraph_id", name=op.f("pk_lock")),
    )
    op.create_table(
        "point",
        sa.Column("paragraph_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_point_paragraph_id")),
        sa.PrimaryKeyConstraint("paragraph_id", "letter", name=op.f("pk_point")),
    )
    op.create_table(
        "amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("paragraph_id", sa.Uuid(), nullable=True),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("to_paragraph_id", sa.Uuid(), nullable=True),
        sa.Column("to_letter", sa.String(length=80), nullable=False),
        sa.Column("to_beginning", sa.Boolean(), nullable=False),
        sa.Column("before", sa.Boolean(), nullable=False),
        sa.Column("mover_member_id", sa.Uuid(), nullable=True),
        sa.Column("mover_unit_id", sa.Uuid(), nullable=True),
        sa.Column("mover_decision", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("adopted_text", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(mover_member_id IS NULL) OR (mover_unit_id IS NULL)", name=op.f("ck_amendment_one_mover")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_amendment_document_id")),
        sa.ForeignKeyConstraint(["mover_member_id"], ["member.id"], name=op.f("fk_amendment_mover_member_id")),
        sa.ForeignKeyConstraint(["mover_unit_id"], ["unit.id"], name=op.f("fk_amendment_mover_unit_id")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_amendment_paragraph_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_amendment_proposal_id")),
        sa.ForeignKeyConstraint(["to_paragraph_id"], ["paragraph.id"], name=op.f("fk_amendment_to_paragraph_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_amendment_document_id_number")),
    )
    op.create_index(op.f("ix_amendment_mover_member_id"), "amendment", ["mover_member_id"], unique=False)
    op.create_index("ix_amendment_paragraph_id", "amendment", ["paragraph_id"], unique=False)
    op.create_index(op.f("ix_amendment_proposal_id"), "amendment", ["proposal_id"], unique=False)
    op.create_table(
        "passage_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("paragraph_id", sa.Uuid(), nullable=True),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendment.id"], name=op.f("fk_passage_source_amendment_id")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_passage_source_paragraph_id")),
        sa.ForeignKeyConstraint(["version_id"], ["document_version.id"], name=op.f("fk_passage_source_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_source")),
    )
    op.create_index(op.f("ix_passage_source_version_id"), "passage_source", ["version_id"], unique=False)


def downgrade() -> None:

    op.drop_index(op.f("ix_passage_source_version_id"), table_name="passage_source")
    op.drop_table("passage_source")
    op.drop_index(op.f("ix_amendment_proposal_id"), table_name="amendment")
    op.drop_index("ix_amendment_paragraph_id", table_name="amendment")
    op.drop_index(op.f("ix_amendment_mover_member_id"), table_name="amendment")
    op.drop_table("amendment")
    op.drop_table("point")
    op.drop_table("lock")
    op.drop_table("paragraph")
    op.drop_table("document_version")
    op.drop_table("document_proposer")
    op.drop_index(op.f("ix_document_unit_id"), table_name="document")
    op.drop_index(op.f("ix_document_meeting_id"), table_name="document")
    op.drop_table("document")
