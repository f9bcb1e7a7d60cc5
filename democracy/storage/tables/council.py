"""Matters before a council or a board: papers and who opened them, soundings, written procedures, what came of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Table
from workflows.council_decision_facts import CouncilDecisionState
from workflows.council_kinds import (
    Confidentiality,
    CouncilAnswer,
    CouncilOutcome,
    Initiative,
    MatterSort,
    PoliticalPosition,
    Route,
)


class CouncilDecisionRow(Table):
    """One matter. Its id tells no time: it may be confidential that there is one."""

    __tablename__ = "council_decision"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The council or board that decides."""
    state: Mapped[CouncilDecisionState]
    sort: Mapped[MatterSort]
    title: Mapped[str]
    summary: Mapped[str]
    """Markdown."""
    initiative: Mapped[Initiative]
    raised_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    raised_at: Mapped[datetime]
    """When it was received; `created_at` is when it was recorded."""
    created_at: Mapped[datetime]
    alternatives: Mapped[str | None]
    """The report: one way to choose per line."""
    costs: Mapped[str | None]
    consequences: Mapped[str | None]
    report: Mapped[str | None]
    principle_by: Mapped[str | None]
    """The decision that declared it important in principle: body, meeting and paragraph."""
    principle_reason: Mapped[str | None]
    urgent_by: Mapped[str | None]
    level: Mapped[Confidentiality | None]
    """None until it is set: chair, secretary and whoever raised it alone know of the matter."""
    embargo_until: Mapped[datetime | None]
    """From then on every member of the unit reads it, whatever its level."""
    negotiators_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    sounding_question: Mapped[str | None]
    sounding_until: Mapped[datetime | None]
    sounding_summary: Mapped[str | None]
    question: Mapped[str | None]
    opened_by: Mapped[str | None]
    """The decision to ask in writing."""
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    meetings_needed: Mapped[int | None]
    answers_needed: Mapped[int | None]
    protocol: Mapped[str | None]
    """Canonical JSON of the figures of a written procedure that led to a decision."""
    minutes: Mapped[str | None]
    """Of the written procedure, or of its having been stopped."""
    outcome: Mapped[CouncilOutcome | None]
    decision_text: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    """The item under which a meeting decided."""
    reported_item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    in_force_from: Mapped[datetime | None]
    bound_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    """The group that is bound by it, politically."""
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    report_by: Mapped[date | None]
    carried_out: Mapped[str | None]
    carried_out_at: Mapped[datetime | None]
    rationale: Mapped[str | None]
    rationale_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None]
    statutes_digest: Mapped[str] = mapped_column(ForeignKey("resolved_statutes.digest"))
    version: Mapped[int] = mapped_column(default=0)


class CouncilPaperRow(Table):
    """A paper of a matter."""

    __tablename__ = "council_paper"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("council_decision.id"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    """Markdown."""
    added_at: Mapped[datetime]


class CouncilAccessRow(Table):
    """That somebody opened a paper."""

    __tablename__ = "council_access"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("council_decision.id"), index=True)
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("council_paper.id"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class CouncilConflictRow(Table):
    """That somebody takes no part in a matter, because of a conflict of interest."""

    __tablename__ = "council_conflict"
    __table_args__ = (UniqueConstraint("decision_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("council_decision.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str]
    at: Mapped[datetime]


class CouncilOpinionRow(Table):
    """A unit that is asked for its opinion, and what it answers."""

    __tablename__ = "council_opinion"
    __table_args__ = (UniqueConstraint("decision_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("council_decision.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str | None]
    channel: Mapped[Channel | None]
    received_at: Mapped[datetime | None]


class CouncilAskedRow(Table):
    """Somebody who is asked in a written procedure: sought, answered, asked for a meeting, reserved."""

    __tablename__ = "council_asked"
    __table_args__ = (UniqueConstraint("decision_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("council_decision.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    answer: Mapped[CouncilAnswer | None]
    """Erased when the procedure is stopped."""
    answered_at: Mapped[datetime | None]
    """When it was received."""
    channel: Mapped[Channel | None]
    recorded_by: Mapped[UUID | None]
    """The officer who wrote down what somebody said on the telephone."""
    meeting_asked_at: Mapped[datetime | None]
    reservation: Mapped[str | None]
    reserved_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    """Signed the minutes of the procedure."""


class CouncilAttemptRow(Table):
    """An attempt to reach somebody who is asked."""

    __tablename__ = "council_attempt"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("council_decision.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[Channel]
    note: Mapped[str | None]
    at: Mapped[datetime]


class DecisionRouteRow(Table):
    """A unit's policy: for one sort of matter, a route that is closed, and on what ground."""

    __tablename__ = "decision_route"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    sort: Mapped[MatterSort]
    route: Mapped[Route]
    closed: Mapped[bool]
    ground: Mapped[str]
    """The decision: body, meeting and paragraph."""
    since: Mapped[datetime]


class PoliticalPositionRow(Table):
    """The party's position in the assembly that a council follows, from a day."""

    __tablename__ = "political_position"
    __table_args__ = (UniqueConstraint("body_id", "starts_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    """The council whose seats follow it."""
    position: Mapped[PoliticalPosition]
    starts_on: Mapped[date]
    decision: Mapped[str]
    """The body's decision: meeting and paragraph."""
    decided_at: Mapped[datetime]
