"""On the agenda, decided, reopened."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Outcome
from democracy.services.motions.decisions import Verdict, Votes
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.results import KEY, clause_key, meeting_key, motion_key, read_meeting, read_motion
from schema.types.meeting import Meeting
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Counted votes.")
class VotesInput:
    """Figures."""

    for_: int = strawberry.field(name="for", description="Ja.")
    against: int = strawberry.field(description="Nej.")
    abstained: int = strawberry.field(default=0, description="Avstår.")


@strawberry.input(description="Input of `scheduleMotion`.")
class ScheduleMotionInput:
    """Scheduled."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    idempotency_key: str | None = KEY


ScheduleMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ScheduleMotionResult")
]


@strawberry.input(description="Input of `decideClause`.")
class DecideClauseInput:
    """A decision."""

    clause_id: strawberry.ID = strawberry.field(description="The att-sats.")
    outcome: Outcome = strawberry.field(description="What was decided.")
    wording: str | None = strawberry.field(default=None, description="The changed wording, for APPROVE_REWORDED.")
    recipient: str | None = strawberry.field(default=None, description="To whom, for REFER and REFER_BACK.")
    deferred_to_id: strawberry.ID | None = strawberry.field(default=None, description="The meeting, for DEFER.")
    reservation_id: strawberry.ID | None = strawberry.field(default=None, description="The reservation approved.")
    paragraph: str | None = strawberry.field(default=None, description="The § of the minutes.")
    votes: VotesInput | None = strawberry.field(default=None, description="Figures, where votes were counted.")
    idempotency_key: str | None = KEY


DecideClauseResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideClauseResult")
]


@strawberry.input(description="Input of `decideAsRecommended`.")
class DecideAsRecommendedInput:
    """A block."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    motion_ids: list[strawberry.ID] = strawberry.field(description="The selection, at most 1000.")
    paragraph: str | None = strawberry.field(default=None, description="The § of the minutes.")
    idempotency_key: str | None = KEY


DecideAsRecommendedResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideAsRecommendedResult")
]


@strawberry.input(description="Input of `reopenClause`.")
class ReopenClauseInput:
    """Reopened."""

    clause_id: strawberry.ID = strawberry.field(description="The att-sats.")
    reason: str = strawberry.field(description="Why.")
    votes: VotesInput | None = strawberry.field(default=None, description="Figures, where the vote on it was counted.")
    idempotency_key: str | None = KEY


ReopenClauseResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReopenClauseResult")
]


@strawberry.type
class DecisionsMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Put the motion on the agenda (sätta på dagordningen). It gets its number in the papers."
    )
    async def schedule_motion(self, info: Info, input: ScheduleMotionInput) -> ScheduleMotionResult:
        """Scheduled."""
        service = info.context.decisions(input.idempotency_key)
        key = await service.schedule(motion_key(input), actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Record what the meeting decided on one att-sats. When the last one is decided, so is the motion."
    )
    async def decide_clause(self, info: Info, input: DecideClauseInput) -> DecideClauseResult:
        """A decision."""
        verdict = Verdict(
            outcome=input.outcome,
            wording=input.wording,
            recipient=input.recipient,
            deferred_to=maybe_key(input.deferred_to_id, "Meeting", path="deferredToId"),
            reservation=maybe_key(input.reservation_id, "Reservation", path="reservationId"),
            paragraph=input.paragraph,
            votes=Votes(input.votes.for_, input.votes.against, input.votes.abstained) if input.votes else None,
        )
        service = info.context.decisions(input.idempotency_key)
        key = await service.decide(clause_key(input), verdict, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Record one decision for a selection of motions: every att-sats without a decision as the board "
        "proposes (klumpbeslut). All or none."
    )
    async def decide_as_recommended(self, info: Info, input: DecideAsRecommendedInput) -> DecideAsRecommendedResult:
        """A block."""
        motions = [key_of(each, "Motion", path="motionIds") for each in input.motion_ids]
        service, meeting = info.context.decisions(input.idempotency_key), meeting_key(input)
        key = await service.decide_as_recommended(meeting, motions, input.paragraph, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Record that the meeting takes up a decided att-sats again (återuppta). The old decision remains, "
        "replaced."
    )
    async def reopen_clause(self, info: Info, input: ReopenClauseInput) -> ReopenClauseResult:
        """Reopened."""
        service = info.context.decisions(input.idempotency_key)
        votes = Votes(input.votes.for_, input.votes.against, input.votes.abstained) if input.votes else None
        key = await service.reopen(clause_key(input), input.reason, votes, actor=info.context.actor)
        return await read_motion(info, key)
