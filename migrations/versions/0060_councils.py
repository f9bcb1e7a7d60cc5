"""Matters before councils and boards, and decisions in writing."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_route",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("sort", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_decision_route_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_route")),
    )
    op.create_index(op.f("ix_decision_route_unit_id"), "decision_route", ["unit_id"], unique=False)
    op.create_table(
        "council_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("sort", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("initiative", sa.String(length=40), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=True),
        sa.Column("costs", sa.Text(), nullable=True),
        sa.Column("consequences", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("principle_by", sa.Text(), nullable=True),
        sa.Column("principle_reason", sa.Text(), nullable=True),
        sa.Column("urgent_by", sa.Text(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("negotiators_id", sa.Uuid(), nullable=True),
        sa.Column("sounding_question", sa.Text(), nullable=True),
        sa.Column("sounding_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sounding_summary", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meetings_needed", sa.Integer(), nullable=True),
        sa.Column("answers_needed", sa.Integer(), nullable=True),
        sa.Column("protocol", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("reported_item_id", sa.Uuid(), nullable=True),
        sa.Column("in_force_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bound_body_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("report_by", sa.Date(), nullable=True),
        sa.Column("carried_out", sa.Text(), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=True),
        sa.Column("rationale_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_council_decision_body_id")),
        sa.ForeignKeyConstraint(["bound_body_id"], ["body.id"], name=op.f("fk_council_decision_bound_body_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_council_decision_item_id")),
        sa.ForeignKeyConstraint(["negotiators_id"], ["body.id"], name=op.f("fk_council_decision_negotiators_id")),
        sa.ForeignKeyConstraint(["raised_by"], ["member.id"], name=op.f("fk_council_decision_raised_by")),
        sa.ForeignKeyConstraint(
            ["reported_item_id"], ["agenda_item.id"], name=op.f("fk_council_decision_reported_item_id")
        ),
        sa.ForeignKeyConstraint(["responsible_id"], ["member.id"], name=op.f("fk_council_decision_responsible_id")),
        sa.ForeignKeyConstraint(
            ["statutes_digest"], ["resolved_statutes.digest"], name=op.f("fk_council_decision_statutes_digest")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_council_decision_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_decision")),
    )
    op.create_index(op.f("ix_council_decision_body_id"), "council_decision", ["body_id"], unique=False)
    op.create_index(op.f("ix_council_decision_unit_id"), "council_decision", ["unit_id"], unique=False)
    op.create_table(
        "council_asked",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("meeting_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reservation", sa.Text(), nullable=True),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["council_decision.id"], name=op.f("fk_council_asked_decision_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_council_asked_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_asked")),
        sa.UniqueConstraint("decision_id", "member_id", name=op.f("uq_council_asked_decision_id_member_id")),
    )
    op.create_table(
        "council_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["council_decision.id"], name=op.f("fk_council_attempt_decision_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_council_attempt_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_attempt")),
    )
    op.create_index(op.f("ix_council_attempt_decision_id"), "council_attempt", ["decision_id"], unique=False)
    op.create_table(
        "council_conflict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["council_decision.id"], name=op.f("fk_council_conflict_decision_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_council_conflict_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_conflict")),
        sa.UniqueConstraint("decision_id", "member_id", name=op.f("uq_council_conflict_decision_id_member_id")),
    )
    op.create_table(
        "council_opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["council_decision.id"], name=op.f("fk_council_opinion_decision_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_council_opinion_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_opinion")),
        sa.UniqueConstraint("decision_id", "unit_id", name=op.f("uq_council_opinion_decision_id_unit_id")),
    )
    op.create_table(
        "council_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["council_decision.id"], name=op.f("fk_council_paper_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_paper")),
    )
    op.create_index(op.f("ix_council_paper_decision_id"), "council_paper", ["decision_id"], unique=False)
    op.create_table(
        "council_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["council_decision.id"], name=op.f("fk_council_access_decision_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_council_access_member_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["council_paper.id"], name=op.f("fk_council_access_paper_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_council_access_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_access")),
    )
    op.create_index(op.f("ix_council_access_decision_id"), "council_access", ["decision_id"], unique=False)
