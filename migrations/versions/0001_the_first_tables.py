"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counter",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_counter")),
    )
    op.create_table(
        "idempotency",
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("mutation", sa.String(length=80), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("input_digest", sa.String(length=80), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor", "mutation", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_at"), "idempotency", ["at"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("email_key", name=op.f("uq_member_email_key")),
        sa.UniqueConstraint("number", name=op.f("uq_member_number")),
    )
    op.create_index(op.f("ix_member_sort_key"), "member", ["sort_key"], unique=False)

    op.create_table(
        "resolved_statutes",
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_resolved_statutes")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workflow", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("dest", sa.String(length=80), nullable=False),
        sa.Column("paragraph", sa.String(length=80), nullable=False),
        sa.Column("statutes_digest", sa.String(length=80), nullable=True),
        sa.Column("actor_kind", sa.String(length=80), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index("ix_step_case_id_at", "step", ["case_id", "at"], unique=False)

    op.create_table(
        "throttle",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.create_index(op.f("ix_throttle_last_at"), "throttle", ["last_at"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index(op.f("ix_unit_sort_key"), "unit", ["sort_key"], unique=False)

    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_body_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("code", name=op.f("uq_body_code")),
    )
    op.create_index(op.f("ix_body_unit_id"), "body", ["unit_id"], unique=False)

    op.create_table(
        "chain",
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_chain_step_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_chain")),
        sa.UniqueConstraint("step_id", name=op.f("uq_chain_step_id")),
    )
    op.create_table(
        "kept_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("noun", sa.String(length=80), nullable=False),
        sa.Column("noun_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_kept_text_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_text")),
    )
    op.create_index(op.f("ix_kept_text_about_id"), "kept_text", ["about_id"], unique=False)
    op.create_index(op.f("ix_kept_text_step_id"), "kept_text", ["step_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("voting", sa.Boolean(), nullable=False),
        sa.Column("fee_paid_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("lapses_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_membership_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_unit_id_ended_on", "membership", ["unit_id", "ended_on"], unique=False)
    op.create_index("uq_membership_member_id_unit_id", "membership", ["member_id", "unit_id"], unique=True)
    op.create_index(
        "uq_membership_one_voting_unit",
        "membership",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("voting AND ended_on IS NULL"),
        postgresql_where=sa.text("voting AND ended_on IS NULL"),
    )

    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_staff_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email_key", name=op.f("uq_staff_email_key")),
    )
    op.create_index(op.f("ix_staff_unit_id"), "staff", ["unit_id"], unique=False)

    op.create_table(
        "statutes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_statutes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statutes")),
    )
    op.create_index(op.f("ix_statutes_digest"), "statutes", ["digest"], unique=False)
    op.create_index(op.f("ix_statutes_unit_id"), "statutes", ["unit_id"], unique=False)

    op.create_table(
        "unchained",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_unchained_step_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_unchained")),
        sa.UniqueConstraint("step_id", name=op.f("uq_unchained_step_id")),
    )
    op.create_table(
        "unit_ancestor",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("ancestor_id", sa.Uuid(), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ancestor_id"], ["unit.id"], name=op.f("fk_unit_ancestor_ancestor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_ancestor_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "ancestor_id", name=op.f("pk_unit_ancestor")),
    )
    op.create_index(op.f("ix_unit_ancestor_ancestor_id"), "unit_ancestor", ["ancestor_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_account_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("member_id", name=op.f("uq_account_member_id")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_account_staff_id")),
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("leave_from", sa.Date(), nullable=True),
        sa.Column("leave_until", sa.Date(), nullable=True),
        sa.Column("resigned_on", sa.Date(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_mandate_body_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_mandate_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index("ix_mandate_body_id_starts_on", "mandate", ["body_id", "starts_on"], unique=False)
    op.create_index(op.f("ix_mandate_member_id"), "mandate", ["member_id"], unique=False)
    op.create_index("uq_mandate_holder", "mandate", ["member_id", "body_id", "role", "starts_on"], unique=True)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statutes_digest", sa.String(length=80), nullable=False),
        sa.Column("notice_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motions_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replies_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("papers_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["body.id"], name=op.f("fk_meeting_board_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id")),
        sa.ForeignKeyConstraint(
            ["statutes_digest"], ["resolved_statutes.digest"], name=op.f("fk_meeting_statutes_digest")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_meeting_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_body_id_motions_close_at", "meeting", ["body_id", "motions_close_at"], unique=False)
    op.create_index(op.f("ix_meeting_unit_id"), "meeting", ["unit_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_outbox_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_outbox_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"], unique=False)
    op.create_index(op.f("ix_outbox_member_id"), "outbox", ["member_id"], unique=False)

    op.create_table(
        "motion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reasoning", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("receipt_number", sa.Integer(), nullable=True),
        sa.Column("document_number", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completion_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completion_note", sa.Text(), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("fault_note", sa.Text(), nullable=True),
        sa.Column("stopped_by", sa.Text(), nullable=True),
        sa.Column("laid_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("sent_as", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_motion_meeting_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["motion.id"], name=op.f("fk_motion_origin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        sa.UniqueConstraint("meeting_id", "document_number", name=op.f("uq_motion_meeting_id_document_number")),
        sa.UniqueConstraint("meeting_id", "receipt_number", name=op.f("uq_motion_meeting_id_receipt_number")),
    )
    op.create_index("ix_motion_meeting_id_state", "motion", ["meeting_id", "state"], unique=False)
    op.create_index(op.f("ix_motion_origin_id"), "motion", ["origin_id"], unique=False)

    op.create_table(
        "password_link",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_password_link_account_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_password_link")),
    )
    op.create_index(op.f("ix_password_link_account_id"), "password_link", ["account_id"], unique=False)
    op.create_index(op.f("ix_password_link_expires_at"), "password_link", ["expires_at"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_session_token_digest")),
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"], unique=False)
    op.create_index(op.f("ix_session_expires_at"), "session", ["expires_at"], unique=False)

    op.create_table(
        "clause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("anchor_document", sa.Text(), nullable=True),
        sa.Column("anchor_place", sa.Text(), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("fault_note", sa.Text(), nullable=True),
        sa.Column("stopped_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_clause_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("motion_id", "number", name=op.f("uq_clause_motion_id_number")),
    )
    op.create_table(
        "fault_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_fault_note_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_note")),
    )
    op.create_index(op.f("ix_fault_note_motion_id"), "fault_note", ["motion_id"], unique=False)

    op.create_table(
        "mover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_mover_one_mover")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_mover_member_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_mover_motion_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mover_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mover")),
        sa.UniqueConstraint("motion_id", "member_id", name=op.f("uq_mover_motion_id_member_id")),
        sa.UniqueConstraint("motion_id", "unit_id", name=op.f("uq_mover_motion_id_unit_id")),
    )
    op.create_index(op.f("ix_mover_member_id"), "mover", ["member_id"], unique=False)
    op.create_index(op.f("ix_mover_motion_id"), "mover", ["motion_id"], unique=False)
    op.create_index(op.f("ix_mover_unit_id"), "mover", ["unit_id"], unique=False)

    op.create_table(
        "reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reservation_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_reply_body_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_reply_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("motion_id", name=op.f("uq_reply_motion_id")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=True),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("erratum", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_correction_clause_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_correction_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_motion_id"), "correction", ["motion_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_follow_up_body_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_follow_up_clause_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_follow_up_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("clause_id", name=op.f("uq_follow_up_clause_id")),
    )
    op.create_index(op.f("ix_follow_up_body_id"), "follow_up", ["body_id"], unique=False)
    op.create_index(op.f("ix_follow_up_motion_id"), "follow_up", ["motion_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_recommendation_clause_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_recommendation_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("clause_id", name=op.f("uq_recommendation_clause_id")),
    )
    op.create_index(op.f("ix_recommendation_reply_id"), "recommendation", ["reply_id"], unique=False)

    op.create_table(
        "reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reservation_member_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_reservation_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("reply_id", "number", name=op.f("uq_reservation_reply_id_number")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("deferred_to_id", sa.Uuid(), nullable=True),
        sa.Column("reservation_id", sa.Uuid(), nullable=True),
        sa.Column("as_recommended", sa.Boolean(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstained", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_decision_clause_id")),
        sa.ForeignKeyConstraint(["deferred_to_id"], ["meeting.id"], name=op.f("fk_decision_deferred_to_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id")),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservation.id"], name=op.f("fk_decision_reservation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_clause_id"), "decision", ["clause_id"], unique=False)
    op.create_index(op.f("ix_decision_meeting_id"), "decision", ["meeting_id"], unique=False)
    op.create_index(
        "uq_decision_clause_in_force",
        "decision",
        ["clause_id"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    _create_search()


def _create_search() -> None:
    """The index of stems: FTS5 on SQLite, lexemes on PostgreSQL. Both compare stems as they were stored."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE motion_search USING fts5"
            '(motion_id UNINDEXED, stems, tokenize = "unicode61 remove_diacritics 0")'
        )
        return
    op.execute(
        "CREATE TABLE motion_search (motion_id uuid PRIMARY KEY REFERENCES motion (id), stems tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_motion_search_stems ON motion_search USING gin (stems)")


def downgrade() -> None:
    raise RuntimeError("There is nothing before the first tables: restore a backup instead.")
