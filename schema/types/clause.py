"""An att-sats and what became of it."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from democracy.domain.kinds import Fault, Outcome
from democracy.storage.reads.motion_parts import ClauseView, CorrectionView, DecisionView, FollowUpView
from schema.context import Info
from schema.ids import global_id
from schema.types.node import Node


@strawberry.type(description="A decision (beslut) on one att-sats.")
class Decision(Node):
    """What the meeting decided."""

    outcome: Outcome = strawberry.field(description="What was decided.")
    wording: str | None = strawberry.field(description="The changed wording, where it was approved with one.")
    recipient: str | None = strawberry.field(description="Whom it was referred to.")
    deferred_to_id: strawberry.ID | None = strawberry.field(description="The meeting that it was deferred to.")
    reservation_id: strawberry.ID | None = strawberry.field(description="The reservation that was approved.")
    as_recommended: bool = strawberry.field(description="The same as the board recommended.")
    paragraph: str | None = strawberry.field(description="The § of the minutes.")
    votes_for: int | None = strawberry.field(description="Counted ja, where votes were counted.")
    votes_against: int | None = strawberry.field(description="Counted nej.")
    votes_abstained: int | None = strawberry.field(description="Counted avstår.")
    decided_at: datetime = strawberry.field(description="When.")
    replaced_at: datetime | None = strawberry.field(description="When the meeting reopened it; null while in force.")
    replaced_reason: str | None = strawberry.field(description="Why it was reopened.")

    @classmethod
    def of(cls, view: DecisionView) -> "Decision":
        """From what was read."""
        return cls(
            id=global_id("Decision", view.id),
            outcome=view.outcome,
            wording=view.wording,
            recipient=view.recipient,
            deferred_to_id=global_id("Meeting", view.deferred_to_id) if view.deferred_to_id else None,
            reservation_id=global_id("Reservation", view.reservation_id) if view.reservation_id else None,
            as_recommended=view.as_recommended,
            paragraph=view.paragraph,
            votes_for=view.votes_for,
            votes_against=view.votes_against,
            votes_abstained=view.votes_abstained,
            decided_at=view.decided_at,
            replaced_at=view.replaced_at,
            replaced_reason=view.replaced_reason,
        )


@strawberry.type(description="A task that a decision gave (uppföljning): who carries it out, by when, what came of it.")
class FollowUp:
    """A task."""

    body_id: strawberry.ID = strawberry.field(description="The body that carries it out.")
    body_name: str = strawberry.field(description="Its name.")
    due_on: date = strawberry.field(description="The last day.")
    report: str | None = strawberry.field(description="What was done.")
    reported_at: datetime | None = strawberry.field(description="When that was reported.")

    @classmethod
    def of(cls, view: FollowUpView) -> "FollowUp":
        """From what was read."""
        return cls(
            body_id=global_id("Body", view.body_id),
            body_name=view.body_name,
            due_on=view.due_on,
            report=view.report,
            reported_at=view.reported_at,
        )


@strawberry.type(description="What the board recommends (förslag till beslut) on one att-sats.")
class Recommendation:
    """A recommendation."""

    outcome: Outcome = strawberry.field(description="What is recommended.")
    wording: str | None = strawberry.field(description="The changed wording, where approval is recommended with one.")
    recipient: str | None = strawberry.field(description="Whom it would be referred to.")


@strawberry.type(description="A clerical error that was put right (rättelse).")
class Correction:
    """A correction."""

    part: str = strawberry.field(description="`title`, `reasoning` or `clause`.")
    before: str = strawberry.field(description="The wording before.")
    after: str = strawberry.field(description="The wording after.")
    reason: str = strawberry.field(description="Why.")
    approved_by: str = strawberry.field(description="Who approved it.")
    erratum: bool = strawberry.field(description="The papers had gone out: it went as a rättelseblad to their readers.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, view: CorrectionView) -> "Correction":
        """From what was read."""
        return cls(
            part=view.part,
            before=view.before,
            after=view.after,
            reason=view.reason,
            approved_by=view.approved_by,
            erratum=view.erratum,
            at=view.at,
        )


@strawberry.type(description="An att-sats: one thing that the meeting is asked to decide.")
class Clause(Node):
    """A clause."""

    key: strawberry.Private[UUID]
    motion_key: strawberry.Private[UUID]
    number: int = strawberry.field(description="Its number in the motion, from 1.")
    text: str = strawberry.field(description="Begins with `att`.")
    anchor_document: str | None = strawberry.field(description="The document that it wants changed, if it is one.")
    anchor_place: str | None = strawberry.field(description="The place there: page, line or paragraph (stycke).")
    fault: Fault | None = strawberry.field(description="The formal fault, if this att-sats was stopped.")
    fault_note: str | None = strawberry.field(description="The reason in words.")
    stopped_by: str | None = strawberry.field(description="The board's decision that stopped it.")

    @strawberry.field(description="What the board recommends, when it has replied and its reply may be seen.")
    async def recommendation(self, info: Info) -> Recommendation | None:
        """At most one."""
        case = await info.context.loaders.motion_case.load(self.motion_key)
        if case is None or not case.sees_reply:
            return None
        found = await info.context.loaders.recommendations.load(self.key)
        if not found:
            return None
        return Recommendation(outcome=found[0].outcome, wording=found[0].wording, recipient=found[0].recipient)

    @strawberry.field(description="The decision in force.")
    async def decision(self, info: Info) -> Decision | None:
        """At most one: the database sees to it."""
        found = [view for view in await info.context.loaders.decisions.load(self.key) if view.replaced_at is None]
        return Decision.of(found[0]) if found else None

    @strawberry.field(description="Every decision on it, the replaced ones too, in their order.")
    async def decisions(self, info: Info) -> list[Decision]:
        """Nothing is deleted."""
        return [Decision.of(view) for view in await info.context.loaders.decisions.load(self.key)]

    @strawberry.field(description="The task that the decision gave, when somebody has been named.")
    async def follow_up(self, info: Info) -> FollowUp | None:
        """At most one."""
        found = await info.context.loaders.follow_ups.load(self.key)
        return FollowUp.of(found[0]) if found else None

    @classmethod
    def of(cls, view: ClauseView) -> "Clause":
        """From what was read."""
        return cls(
            id=global_id("Clause", view.id),
            key=view.id,
            motion_key=view.motion_id,
            number=view.number,
            text=view.text,
            anchor_document=view.anchor_document,
            anchor_place=view.anchor_place,
            fault=view.fault,
            fault_note=view.fault_note,
            stopped_by=view.stopped_by,
        )
