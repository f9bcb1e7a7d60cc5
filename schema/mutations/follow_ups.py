"""Tasks, reports and the end of a case."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from schema.context import Info
from schema.ids import key_of
from schema.mutations.results import KEY, clause_key, motion_key, read_motion
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `assignFollowUp`.")
class AssignFollowUpInput:
    """A task."""

    clause_id: strawberry.ID = strawberry.field(description="The att-sats.")
    body_id: strawberry.ID = strawberry.field(description="The body.")
    due_on: date = strawberry.field(description="The last day.")
    idempotency_key: str | None = KEY


AssignFollowUpResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AssignFollowUpResult")
]


@strawberry.input(description="Input of `reportFollowUp`.")
class ReportFollowUpInput:
    """A report."""

    clause_id: strawberry.ID = strawberry.field(description="The att-sats.")
    report: str = strawberry.field(description="What was done.")
    idempotency_key: str | None = KEY


ReportFollowUpResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReportFollowUpResult")
]


@strawberry.input(description="Input of `closeMotion`.")
class CloseMotionInput:
    """Closed."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    idempotency_key: str | None = KEY


CloseMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseMotionResult")
]


@strawberry.type
class FollowUpsMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Name the body that carries out what an att-sats decided, and by when (uppföljning)."
    )
    async def assign_follow_up(self, info: Info, input: AssignFollowUpInput) -> AssignFollowUpResult:
        """A task."""
        service = info.context.follow_ups(input.idempotency_key)
        key = await service.assign(
            clause_key(input), key_of(input.body_id, "Body", path="bodyId"), input.due_on, actor=info.context.actor
        )
        return await read_motion(info, key)

    @strawberry.mutation(description="Report how a task was carried out (återrapport).")
    async def report_follow_up(self, info: Info, input: ReportFollowUpInput) -> ReportFollowUpResult:
        """A report."""
        service = info.context.follow_ups(input.idempotency_key)
        key = await service.report(clause_key(input), input.report, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="End the case: everything that was decided has been carried out and reported.")
    async def close_motion(self, info: Info, input: CloseMotionInput) -> CloseMotionResult:
        """Closed."""
        service = info.context.follow_ups(input.idempotency_key)
        key = await service.close(motion_key(input), actor=info.context.actor)
        return await read_motion(info, key)
