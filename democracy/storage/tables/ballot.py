"""Member ballots: the question, who asked for it, who may vote, what was objected. Never how anybody voted."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, Table
from workflows.ballot_kinds import CorrectionKind, EnvelopeFault, ObjectionFinding, QuestionForm, SecrecyLevel
from workflows.member_ballot_facts import MemberBallotState
from workflows.statutes.parameters.ballots import Effect


class MemberBallotRow(Table):
    """A ballot among the members of a unit and of the units below it."""

    __tablename__ = "member_ballot"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The body that orders it, carries it out and, where it is advisory, decides upon its outcome."""
    state: Mapped[MemberBallotState]
    title: Mapped[str]
    background: Mapped[str]
    """Markdown."""
    effect: Mapped[Effect]
    urgent: Mapped[bool]
    agreement: Mapped[bool]
    """A negotiated agreement: approve it or reject it."""
    majority_possible: Mapped[bool]
    """For an agreement: the party can be in majority, or agree with one."""
    level: Mapped[SecrecyLevel]
    decision: Mapped[str | None]
    """The decision that ordered it, or first demanded it: meeting and paragraph."""
    may_order: Mapped[bool]
    """The statutes it follows name the body among those that order ballots."""
    support_needed: Mapped[int | None]
    """Members whose branches have to stand behind a demand; None where the statutes know no such right."""
    demanded_on: Mapped[date | None]
    """Local day on which the members of the branches behind a demand are counted."""
    counted_on: Mapped[date | None]
    """Local day on which the electorate was counted."""
    embargo_until: Mapped[datetime | None]
    """Its texts are read by the electorate from this moment."""
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    earliest_close_at: Mapped[datetime | None]
    """It is open at least until then: the time that the statutes ask for, after it opens."""
    objections_until: Mapped[datetime | None]
    electorate_digest: Mapped[str | None] = mapped_column(Code)
    electorate_size: Mapped[int | None]
    announced_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    """When somebody last held roll and urn against what has been published."""
    opened_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    protocol: Mapped[str | None]
    """Canonical JSON of the count."""
    certified_at: Mapped[datetime | None]
    certified_by: Mapped[str | None]
    """The body's decision: meeting and paragraph."""
    published_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """Advisory: what the body decided upon it."""
    outcome_by: Mapped[str | None]
    ended_reason: Mapped[str | None]
    """Why it was cancelled or annulled."""
    statutes_digest: Mapped[str] = mapped_column(ForeignKey("resolved_statutes.digest"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)


class BallotQuestionRow(Table):
    """One question of a ballot."""

    __tablename__ = "ballot_question"
    __table_args__ = (UniqueConstraint("ballot_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"))
    number: Mapped[int]
    form: Mapped[QuestionForm]
    text: Mapped[str]
    most: Mapped[int | None]
    """Free text: at most so many bytes."""


class BallotOptionRow(Table):
    """One alternative of a question."""

    __tablename__ = "ballot_option"
    __table_args__ = (UniqueConstraint("question_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("ballot_question.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(Code)
    """What stands on the sealed ballot: `ja`, `nej`, `a`."""
    text: Mapped[str]


class BallotSideRow(Table):
    """What one side has to say to the voters."""

    __tablename__ = "ballot_side"
    __table_args__ = (UniqueConstraint("ballot_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"))
    position: Mapped[int]
    name: Mapped[str]
    """The side, such as `Ja-sidan`."""
    author: Mapped[str | None]
    text: Mapped[str | None]
    """Markdown; None until it has come in."""
    passed_at: Mapped[datetime | None]
    """The side was asked and left its room empty."""


class BallotSupportRow(Table):
    """That a branch stands behind the demand for a ballot: a decision of its meeting."""

    __tablename__ = "ballot_support"
    __table_args__ = (UniqueConstraint("ballot_id", "unit_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    decision: Mapped[str]
    decided_on: Mapped[date]
    members: Mapped[int]
    """Members voting in it on the day of the demand."""
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ElectorRow(Table):
    """Somebody who may vote in a ballot."""

    __tablename__ = "elector"

    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    """The voting unit on the day that the electorate was counted."""
    removed_at: Mapped[datetime | None]
    """Taken out by a correction."""


class ElectorCorrectionRow(Table):
    """A correction of the electorate after it was announced: with a reason and two officers."""

    __tablename__ = "elector_correction"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[CorrectionKind]
    reason: Mapped[str]
    first_officer: Mapped[UUID]
    second_officer: Mapped[UUID | None]
    proposed_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]


class PostalVoteRow(Table):
    """That an envelope came in from somebody; what is in it is unknown here."""

    __tablename__ = "postal_vote"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"), index=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    """None where nobody can tell."""
    set_aside: Mapped[bool]
    """Unopened, and it will remain so."""
    fault: Mapped[EnvelopeFault | None]
    """Why it was set aside."""
    received_on: Mapped[date]


class PaperCountRow(Table):
    """The papers of a ballot as one of two tellers counted them."""

    __tablename__ = "paper_count"
    __table_args__ = (UniqueConstraint("ballot_id", "teller_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"))
    teller_id: Mapped[UUID]
    ballots: Mapped[str]
    """Canonical JSON: each distinct paper with its number, and how many could not be read as votes."""
    at: Mapped[datetime]


class BallotObjectionRow(Table):
    """An objection against a ballot, and the body's answer."""

    __tablename__ = "ballot_objection"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str]
    channel: Mapped[Channel]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    finding: Mapped[ObjectionFinding | None]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    """The body's decision: meeting and paragraph."""
    answered_at: Mapped[datetime | None]


class BallotTurnoutRow(Table):
    """How many have voted in a unit, or in several small ones together, as was shown on one day."""

    __tablename__ = "ballot_turnout"
    __table_args__ = (UniqueConstraint("ballot_id", "day", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("member_ballot.id"))
    day: Mapped[date]
    position: Mapped[int]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    """None for the small units that are shown together."""
    units: Mapped[int]
    electors: Mapped[int]
    voted: Mapped[int | None]
    """None where fewer than five have voted, or are left: it was never written down."""
