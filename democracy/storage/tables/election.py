"""Elections of persons: what is elected, who stands, what the nomination committee wrote, how it came out.

Nothing here joins a voter with a choice once a vote has been closed.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import MandateRole
from democracy.storage.tables.base import Code, Table
from workflows.candidacy import CandidacyState
from workflows.election_facts import ElectionState, VoteMethod
from workflows.nomination_work import NominationWorkState
from workflows.pledge import PledgeState


class ElectionRow(Table):
    """One post, or several of the same kind, to be elected by a meeting."""

    __tablename__ = "election"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The body that those elected will sit in."""
    committee_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    """The nomination committee that proposes; None where nobody does."""
    fills_id: Mapped[UUID | None] = mapped_column(ForeignKey("election.id"))
    """A by-election: the election whose places it fills."""
    template_id: Mapped[UUID | None] = mapped_column(ForeignKey("role_template.id"))
    """The role template that was read."""
    state: Mapped[ElectionState]
    role: Mapped[MandateRole]
    title: Mapped[str]
    seats: Mapped[int]
    substitutes: Mapped[int]
    starts_on: Mapped[date | None]
    """First day of the term; None: when the statutes say that a mandate begins."""
    ends_on: Mapped[date | None]
    """Last day of the term."""
    expectations: Mapped[str]
    """Markdown: what is expected of whoever is elected."""
    eligibility: Mapped[str]
    """Who can be elected, in words."""
    in_order: Mapped[bool]
    """Substitutes step in in their order."""
    must_be_filled: Mapped[bool]
    nominations_close_at: Mapped[datetime | None]
    """First moment too late for a nomination."""
    numbers_decided_at: Mapped[datetime | None]
    names_out_at: Mapped[datetime | None]
    exception: Mapped[str | None]
    """Why the rule of equal representation is set aside."""
    round: Mapped[int] = mapped_column(default=0)
    """The ballot that was opened last: 0 before the first."""
    protocol: Mapped[str | None]
    """Canonical JSON of the count as far as it has come."""
    pending: Mapped[str | None] = mapped_column(Code)
    """What the count waits for: `lot` or `second_ballot`."""
    unmet: Mapped[bool] = mapped_column(default=False)
    """Those elected so far do not meet the rule of equal representation."""
    lot_round: Mapped[int | None]
    """The ballot after which the shares were mixed into a seed."""
    declared_at: Mapped[datetime | None]
    seated_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    """Why it was cancelled."""
    version: Mapped[int] = mapped_column(default=0)


class ElectionReferralRow(Table):
    """A meeting's decision to refer an election that it has not held to a coming one."""

    __tablename__ = "election_referral"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), index=True)
    from_meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    to_meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    reason: Mapped[str]
    at: Mapped[datetime]


class CandidacyRow(Table):
    """Somebody who has been nominated."""

    __tablename__ = "candidacy"
    __table_args__ = (UniqueConstraint("election_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    state: Mapped[CandidacyState]
    from_floor: Mapped[bool]
    """Added by the meeting itself."""
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    presentation: Mapped[str | None]
    """Markdown, by the candidate."""
    pledge_id: Mapped[UUID | None] = mapped_column(ForeignKey("pledge.id"))
    """The version that was signed."""
    named_at: Mapped[datetime | None]
    """When somebody with a protected identity agreed to be named to those who elect."""
    proposed: Mapped[int | None]
    """Place in the published proposal, those for seats first; None for others."""
    proposed_reasons: Mapped[str | None]
    position: Mapped[int | None]
    """Place among those elected, or among the substitutes."""
    confirmed_at: Mapped[datetime | None]
    """When whoever was elected declared that they accept."""


class NominationRow(Table):
    """Who nominated: a member, or a unit by a decision of its meeting."""

    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name="one_nominator"),
        UniqueConstraint("candidacy_id", "member_id"),
        UniqueConstraint("candidacy_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacy.id"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    decision: Mapped[str | None]
    received_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]


class NominationWorkRow(Table):
    """A committee's work on one election."""

    __tablename__ = "nomination_work"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), unique=True)
    state: Mapped[NominationWorkState]
    version: Mapped[int] = mapped_column(default=0)


class NominationDraftRow(Table):
    """One line of the committee's draft."""

    __tablename__ = "nomination_draft"

    work_id: Mapped[UUID] = mapped_column(ForeignKey("nomination_work.id"), primary_key=True)
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacy.id"), primary_key=True)
    position: Mapped[int]
    reasons: Mapped[str]


class NominationNoteRow(Table):
    """What somebody in the committee noted."""

    __tablename__ = "nomination_note"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_id: Mapped[UUID] = mapped_column(ForeignKey("nomination_work.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str]
    at: Mapped[datetime]


class PledgeRow(Table):
    """A version of a unit's candidate pledge."""

    __tablename__ = "pledge"
    __table_args__ = (UniqueConstraint("unit_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    state: Mapped[PledgeState]
    text: Mapped[str]
    decision: Mapped[str]
    adopted_at: Mapped[datetime]


class ElectionRoundRow(Table):
    """One ballot of an election."""

    __tablename__ = "election_round"

    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    method: Mapped[VoteMethod]
    secret: Mapped[bool]
    roll_id: Mapped[UUID] = mapped_column(ForeignKey("roll.id"))
    entitled: Mapped[int]
    seats: Mapped[int]
    candidates: Mapped[str]
    """JSON: the candidacies on the ballot."""
    urn_id: Mapped[UUID | None] = mapped_column(ForeignKey("urn.id"))
    """The sealed urn that its votes are cast into."""
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    content: Mapped[str | None]
    """Canonical JSON, once closed: each distinct ballot with its number; blank; invalid."""


class ElectionVoteRow(Table):
    """A voter's ballot from a device while the vote is open. Gone when it closes."""

    __tablename__ = "election_vote"

    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    names: Mapped[str]
    """JSON: candidacies in the order of their ids; none is a blank ballot."""
    votes: Mapped[int]


class ElectionCountRow(Table):
    """The papers of a ballot as one person typed them in."""

    __tablename__ = "election_count"

    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    teller_id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[str]
    at: Mapped[datetime]


class ElectionDemandRow(Table):
    """That a voter asked for a secret election."""

    __tablename__ = "election_demand"

    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    at: Mapped[datetime]


class ElectionShareRow(Table):
    """A share of a lot, committed to before the ballots open."""

    __tablename__ = "election_share"
    __table_args__ = (UniqueConstraint("election_id", "commitment"),)

    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    commitment: Mapped[str] = mapped_column(Code)
    share: Mapped[str | None]


class ElectionLotRow(Table):
    """A lot drawn by hand."""

    __tablename__ = "election_lot"

    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), primary_key=True)
    label: Mapped[str] = mapped_column(Code, primary_key=True)
    order: Mapped[str]
    """JSON: candidacies in the order in which they were drawn."""
    chair_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    first_witness_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    second_witness_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))


class ElectionSeatRow(Table):
    """The mandate that followed from an election."""

    __tablename__ = "election_seat"

    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"), primary_key=True)
    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"), index=True)
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacy.id"))
