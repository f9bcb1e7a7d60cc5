"""Elections of persons: candidacies, a nomination committee's work, ballots, lots, and the mandates that follow."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pledge_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_pledge_unit_id_number")),
    )
    op.create_table(
        "election",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.Column("fills_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("substitutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("expectations", sa.Text(), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("in_order", sa.Boolean(), nullable=False),
        sa.Column("must_be_filled", sa.Boolean(), nullable=False),
        sa.Column("nominations_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("numbers_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("names_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=True),
        sa.Column("pending", sa.String(length=80), nullable=True),
        sa.Column("unmet", sa.Boolean(), nullable=False),
        sa.Column("lot_round", sa.Integer(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_election_body_id")),
        sa.ForeignKeyConstraint(["committee_id"], ["body.id"], name=op.f("fk_election_committee_id")),
        sa.ForeignKeyConstraint(["fills_id"], ["election.id"], name=op.f("fk_election_fills_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_election_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
    )
    op.create_index(op.f("ix_election_body_id"), "election", ["body_id"], unique=False)
    op.create_index(op.f("ix_election_meeting_id"), "election", ["meeting_id"], unique=False)
    op.create_table(
        "candidacy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("from_floor", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("presentation", sa.Text(), nullable=True),
        sa.Column("pledge_id", sa.Uuid(), nullable=True),
        sa.Column("proposed", sa.Integer(), nullable=True),
        sa.Column("proposed_reasons", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_candidacy_election_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_candidacy_member_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_candidacy_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("election_id", "member_id", name=op.f("uq_candidacy_election_id_member_id")),
    )
    op.create_index(op.f("ix_candidacy_member_id"), "candidacy", ["member_id"], unique=False)
    op.create_table(
        "election_count",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("teller_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_count_election_id")),
        sa.PrimaryKeyConstraint("election_id", "round", "teller_id", name=op.f("pk_election_count")),
    )
    op.create_table(
        "election_demand",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_demand_election_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_election_demand_member_id")),
        sa.PrimaryKeyConstraint("election_id", "member_id", name=op.f("pk_election_demand")),
    )
    op.create_table(
        "election_lot",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=False),
        sa.Column("first_witness_id", sa.Uuid(), nullable=False),
        sa.Column("second_witness_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["member.id"], name=op.f("fk_election_lot_chair_id")),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_lot_election_id")),
        sa.ForeignKeyConstraint(["first_witness_id"], ["member.id"], name=op.f("fk_election_lot_first_witness_id")),
        sa.ForeignKeyConstraint(["second_witness_id"], ["member.id"], name=op.f("fk_election_lot_second_witness_id")),
        sa.PrimaryKeyConstraint("election_id", "label", name=op.f("pk_election_lot")),
    )
    op.create_table(
        "election_round",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("roll_id", sa.Uuid(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_round_election_id")),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_election_round_roll_id")),
        sa.PrimaryKeyConstraint("election_id", "number", name=op.f("pk_election_round")),
    )
    op.create_table(
        "election_share",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.String(length=80), nullable=False),
        sa.Column("share", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_share_election_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_election_share_member_id")),
        sa.PrimaryKeyConstraint("election_id", "member_id", name=op.f("pk_election_share")),
        sa.UniqueConstraint("election_id", "commitment", name=op.f("uq_election_share_election_id_commitment")),
    )
    op.create_table(
        "election_vote",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_vote_election_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_election_vote_member_id")),
        sa.PrimaryKeyConstraint("election_id", "member_id", name=op.f("pk_election_vote")),
    )
    op.create_table(
        "nomination_work",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_nomination_work_election_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_work")),
        sa.UniqueConstraint("election_id", name=op.f("uq_nomination_work_election_id")),
    )
    op.create_table(
        "election_seat",
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("candidacy_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_election_seat_candidacy_id")),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_election_seat_election_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_election_seat_mandate_id")),
        sa.PrimaryKeyConstraint("mandate_id", name=op.f("pk_election_seat")),
    )
    op.create_index(op.f("ix_election_seat_election_id"), "election_seat", ["election_id"], unique=False)
    op.create_table(
        "nomination",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidacy_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_nomination_one_nominator")),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_nomination_candidacy_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_nomination_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nomination_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("candidacy_id", "member_id", name=op.f("uq_nomination_candidacy_id_member_id")),
        sa.UniqueConstraint("candidacy_id", "unit_id", name=op.f("uq_nomination_candidacy_id_unit_id")),
    )
    op.create_index(op.f("ix_nomination_member_id"), "nomination", ["member_id"], unique=False)
    op.create_table(
        "nomination_draft",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("candidacy_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_nomination_draft_candidacy_id")),
        sa.ForeignKeyConstraint(["work_id"], ["nomination_work.id"], name=op.f("fk_nomination_draft_work_id")),
        sa.PrimaryKeyConstraint("work_id", "candidacy_id", name=op.f("pk_nomination_draft")),
    )
    op.create_table(
        "nomination_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_nomination_note_member_id")),
        sa.ForeignKeyConstraint(["work_id"], ["nomination_work.id"], name=op.f("fk_nomination_note_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_note")),
    )
    op.create_index(op.f("ix_nomination_note_work_id"), "nomination_note", ["work_id"], unique=False)
