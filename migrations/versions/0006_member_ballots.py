"""Member ballots: questions, support, electorate, papers, objections."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("effect", sa.String(length=40), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("agreement", sa.Boolean(), nullable=False),
        sa.Column("majority_possible", sa.Boolean(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("may_order", sa.Boolean(), nullable=False),
        sa.Column("support_needed", sa.Integer(), nullable=True),
        sa.Column("demanded_on", sa.Date(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("earliest_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objections_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("electorate_digest", sa.String(length=80), nullable=True),
        sa.Column("electorate_size", sa.Integer(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("protocol", sa.Text(), nullable=True),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certified_by", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_by", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_member_ballot_body_id")),
        sa.ForeignKeyConstraint(
            ["statutes_digest"], ["resolved_statutes.digest"], name=op.f("fk_member_ballot_statutes_digest")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_member_ballot_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_ballot")),
    )
    op.create_index(op.f("ix_member_ballot_body_id"), "member_ballot", ["body_id"], unique=False)
    op.create_index(op.f("ix_member_ballot_unit_id"), "member_ballot", ["unit_id"], unique=False)
    op.create_table(
        "ballot_objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_ballot_objection_ballot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ballot_objection_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_objection")),
    )
    op.create_index(op.f("ix_ballot_objection_ballot_id"), "ballot_objection", ["ballot_id"], unique=False)
    op.create_table(
        "ballot_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_ballot_question_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_question")),
        sa.UniqueConstraint("ballot_id", "number", name=op.f("uq_ballot_question_ballot_id_number")),
    )
    op.create_table(
        "ballot_side",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_ballot_side_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_side")),
        sa.UniqueConstraint("ballot_id", "name", name=op.f("uq_ballot_side_ballot_id_name")),
    )
    op.create_table(
        "ballot_support",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_ballot_support_ballot_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ballot_support_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_support")),
        sa.UniqueConstraint("ballot_id", "unit_id", "at", name=op.f("uq_ballot_support_ballot_id_unit_id_at")),
    )
    op.create_table(
        "elector",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_elector_ballot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_elector_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_elector_unit_id")),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name=op.f("pk_elector")),
    )
    op.create_table(
        "elector_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_officer", sa.Uuid(), nullable=False),
        sa.Column("second_officer", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_elector_correction_ballot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_elector_correction_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_elector_correction_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elector_correction")),
    )
    op.create_index(op.f("ix_elector_correction_ballot_id"), "elector_correction", ["ballot_id"], unique=False)
    op.create_table(
        "paper_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("teller_id", sa.Uuid(), nullable=False),
        sa.Column("ballots", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_paper_count_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_count")),
        sa.UniqueConstraint("ballot_id", "teller_id", name=op.f("uq_paper_count_ballot_id_teller_id")),
    )
    op.create_table(
        "postal_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["member_ballot.id"], name=op.f("fk_postal_vote_ballot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_postal_vote_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postal_vote")),
    )
    op.create_index(op.f("ix_postal_vote_ballot_id"), "postal_vote", ["ballot_id"], unique=False)
    op.create_table(
        "ballot_option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["ballot_question.id"], name=op.f("fk_ballot_option_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_option")),
        sa.UniqueConstraint("question_id", "code", name=op.f("uq_ballot_option_question_id_code")),
    )
