"""Applications to form a branch, decisions that can be appealed, appeals, and files in cases."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blob")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_kind", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("of_board", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name=op.f("fk_attachment_digest")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["member.id"], name=op.f("fk_attachment_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_case_id"), "attachment", ["case_id"], unique=False)
    op.create_table(
        "case_conflict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_conflict_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_conflict")),
        sa.UniqueConstraint("case_id", "member_id", name=op.f("uq_case_conflict_case_id_member_id")),
    )
    op.create_index(op.f("ix_case_conflict_case_id"), "case_conflict", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_conflict_member_id"), "case_conflict", ["member_id"], unique=False)
    op.create_table(
        "case_participant",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_participant_member_id")),
        sa.PrimaryKeyConstraint("decision_id", "member_id", name=op.f("pk_case_participant")),
    )
    op.create_table(
        "ruling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("appeal_to_id", sa.Uuid(), nullable=True),
        sa.Column("appeal_office_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes_verified_on", sa.Date(), nullable=True),
        sa.Column("open_to_members", sa.Boolean(), nullable=False),
        sa.Column("last_moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_by", sa.Text(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["appeal_office_id"], ["body.id"], name=op.f("fk_ruling_appeal_office_id")),
        sa.ForeignKeyConstraint(["appeal_to_id"], ["body.id"], name=op.f("fk_ruling_appeal_to_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_ruling_body_id")),
        sa.ForeignKeyConstraint(["office_id"], ["body.id"], name=op.f("fk_ruling_office_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ruling_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    op.create_index(op.f("ix_ruling_appeal_office_id"), "ruling", ["appeal_office_id"], unique=False)
    op.create_index(op.f("ix_ruling_appeal_to_id"), "ruling", ["appeal_to_id"], unique=False)
    op.create_index(op.f("ix_ruling_body_id"), "ruling", ["body_id"], unique=False)
    op.create_index(op.f("ix_ruling_case_id"), "ruling", ["case_id"], unique=False)
    op.create_index(op.f("ix_ruling_due_at"), "ruling", ["due_at"], unique=False)
    op.create_index(op.f("ix_ruling_office_id"), "ruling", ["office_id"], unique=False)
    op.create_index(op.f("ix_ruling_unit_id"), "ruling", ["unit_id"], unique=False)
    op.create_table(
        "appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("stay_body_id", sa.Uuid(), nullable=True),
        sa.Column("next_body_id", sa.Uuid(), nullable=True),
        sa.Column("report_to_id", sa.Uuid(), nullable=True),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("body_statutes", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statement_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("statement_decision", sa.Text(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement_considered", sa.Boolean(), nullable=True),
        sa.Column("reply_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stay", sa.String(length=40), nullable=False),
        sa.Column("stay_request", sa.Text(), nullable=True),
        sa.Column("stay_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stay_decision", sa.Text(), nullable=True),
        sa.Column("stay_reasons", sa.Text(), nullable=True),
        sa.Column("stay_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hearing", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("replacement", sa.Text(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_appeal_body_id")),
        sa.ForeignKeyConstraint(["next_body_id"], ["body.id"], name=op.f("fk_appeal_next_body_id")),
        sa.ForeignKeyConstraint(["office_id"], ["body.id"], name=op.f("fk_appeal_office_id")),
        sa.ForeignKeyConstraint(["report_to_id"], ["body.id"], name=op.f("fk_appeal_report_to_id")),
        sa.ForeignKeyConstraint(["respondent_id"], ["body.id"], name=op.f("fk_appeal_respondent_id")),
        sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name=op.f("fk_appeal_ruling_id")),
        sa.ForeignKeyConstraint(["stay_body_id"], ["body.id"], name=op.f("fk_appeal_stay_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index(op.f("ix_appeal_body_id"), "appeal", ["body_id"], unique=False)
    op.create_index(op.f("ix_appeal_due_at"), "appeal", ["due_at"], unique=False)
    op.create_index(op.f("ix_appeal_office_id"), "appeal", ["office_id"], unique=False)
    op.create_index(op.f("ix_appeal_respondent_id"), "appeal", ["respondent_id"], unique=False)
    op.create_index(op.f("ix_appeal_ruling_id"), "appeal", ["ruling_id"], unique=False)
    op.create_index(op.f("ix_appeal_stay_body_id"), "appeal", ["stay_body_id"], unique=False)
    op.create_index(
        "uq_appeal_one_at_a_time",
        "appeal",
        ["ruling_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('CLOSED', 'DISMISSED', 'RECONSIDERED', 'WITHDRAWN')"),
        postgresql_where=sa.text("state NOT IN ('CLOSED', 'DISMISSED', 'RECONSIDERED', 'WITHDRAWN')"),
    )
    op.create_table(
        "branch_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("next_caller_id", sa.Uuid(), nullable=True),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("proposed_statutes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decide_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replies_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decision_reasons", sa.Text(), nullable=True),
        sa.Column("reservations", sa.Text(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ruling_id", sa.Uuid(), nullable=True),
        sa.Column("form_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meeting_place", sa.Text(), nullable=True),
        sa.Column("called_by_id", sa.Uuid(), nullable=True),
        sa.Column("founded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("founding_decision", sa.Text(), nullable=True),
        sa.Column("formed_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_signatures", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_branch_application_body_id")),
        sa.ForeignKeyConstraint(["called_by_id"], ["body.id"], name=op.f("fk_branch_application_called_by_id")),
        sa.ForeignKeyConstraint(["created_by"], ["member.id"], name=op.f("fk_branch_application_created_by")),
        sa.ForeignKeyConstraint(["formed_id"], ["unit.id"], name=op.f("fk_branch_application_formed_id")),
        sa.ForeignKeyConstraint(["next_caller_id"], ["body.id"], name=op.f("fk_branch_application_next_caller_id")),
        sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name=op.f("fk_branch_application_ruling_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_branch_application_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_application")),
    )
    op.create_index(op.f("ix_branch_application_body_id"), "branch_application", ["body_id"], unique=False)
    op.create_index(op.f("ix_branch_application_due_at"), "branch_application", ["due_at"], unique=False)
    op.create_index(
        op.f("ix_branch_application_next_caller_id"), "branch_application", ["next_caller_id"], unique=False
    )
    op.create_index(op.f("ix_branch_application_unit_id"), "branch_application", ["unit_id"], unique=False)
    op.create_table(
        "ruling_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_until", sa.Date(), nullable=True),
        sa.CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_ruling_notice_one_concerned")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ruling_notice_member_id")),
        sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name=op.f("fk_ruling_notice_ruling_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ruling_notice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling_notice")),
        sa.UniqueConstraint("ruling_id", "member_id", name=op.f("uq_ruling_notice_ruling_id_member_id")),
        sa.UniqueConstraint("ruling_id", "unit_id", name=op.f("uq_ruling_notice_ruling_id_unit_id")),
    )
    op.create_index(op.f("ix_ruling_notice_member_id"), "ruling_notice", ["member_id"], unique=False)
    op.create_index(op.f("ix_ruling_notice_ruling_id"), "ruling_notice", ["ruling_id"], unique=False)
    op.create_index(op.f("ix_ruling_notice_unit_id"), "ruling_notice", ["unit_id"], unique=False)
    op.create_table(
        "appellant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appeal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("sent_to", sa.Text(), nullable=True),
        sa.Column("last_moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("has_standing", sa.Boolean(), nullable=False),
        sa.Column("right_addressee", sa.Boolean(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_appellant_one_appellant")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_appellant_appeal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_appellant_member_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["member.id"], name=op.f("fk_appellant_recorded_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appellant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appellant")),
    )
    op.create_index(op.f("ix_appellant_appeal_id"), "appellant", ["appeal_id"], unique=False)
    op.create_index(op.f("ix_appellant_member_id"), "appellant", ["member_id"], unique=False)
    op.create_index(op.f("ix_appellant_unit_id"), "appellant", ["unit_id"], unique=False)
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["branch_application.id"], name=op.f("fk_consultation_application_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_consultation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("application_id", "unit_id", name=op.f("uq_consultation_application_id_unit_id")),
    )
    op.create_index(op.f("ix_consultation_application_id"), "consultation", ["application_id"], unique=False)
    op.create_index(op.f("ix_consultation_unit_id"), "consultation", ["unit_id"], unique=False)
    op.create_table(
        "founder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("interim_role", sa.String(length=40), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["branch_application.id"], name=op.f("fk_founder_application_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_founder_member_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["member.id"], name=op.f("fk_founder_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_founder")),
        sa.UniqueConstraint("application_id", "member_id", name=op.f("uq_founder_application_id_member_id")),
    )
    op.create_index(op.f("ix_founder_application_id"), "founder", ["application_id"], unique=False)
    op.create_index(op.f("ix_founder_member_id"), "founder", ["member_id"], unique=False)
