"""Whether a motion may be treated."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Fault
from democracy.services.motions.admission import Ground
from schema.context import Info
from schema.mutations.results import KEY, aware, clause_key, motion_key, read_motion
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Why something is stopped, and the board's decision that stops it.")
class GroundInput:
    """A ground."""

    fault: Fault = strawberry.field(description="The formal fault.")
    note: str = strawberry.field(description="The reason in words; it stands in the papers.")
    decision: str = strawberry.field(description="The board's meeting and paragraph.")

    def ground(self) -> Ground:
        """As the service takes it."""
        return Ground(self.fault, self.note, self.decision)


@strawberry.input(description="Input of `noteFault`.")
class NoteFaultInput:
    """A note."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    fault: Fault = strawberry.field(description="Which fault.")
    note: str = strawberry.field(description="In words.")
    idempotency_key: str | None = KEY


NoteFaultResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("NoteFaultResult")
]


@strawberry.input(description="Input of `admitMotion`.")
class AdmitMotionInput:
    """Admitted."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    idempotency_key: str | None = KEY


AdmitMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdmitMotionResult")
]


@strawberry.input(description="Input of `returnMotion`.")
class ReturnMotionInput:
    """Returned."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    note: str = strawberry.field(description="What is missing.")
    due_at: datetime = strawberry.field(description="The first moment too late.")
    idempotency_key: str | None = KEY


ReturnMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReturnMotionResult")
]


@strawberry.input(description="Input of `refuseMotion`.")
class RefuseMotionInput:
    """Stopped."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    ground: GroundInput = strawberry.field(description="On what ground.")
    idempotency_key: str | None = KEY


RefuseMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RefuseMotionResult")
]


@strawberry.input(description="Input of `refuseClause`.")
class RefuseClauseInput:
    """Stopped in part."""

    clause_id: strawberry.ID = strawberry.field(description="The att-sats.")
    ground: GroundInput = strawberry.field(description="On what ground.")
    idempotency_key: str | None = KEY


RefuseClauseResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RefuseClauseResult")
]


@strawberry.input(description="Input of `takeUpMotion`.")
class TakeUpMotionInput:
    """Taken up."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    idempotency_key: str | None = KEY


TakeUpMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("TakeUpMotionResult")
]


@strawberry.input(description="Input of `layAsideMotion`.")
class LayAsideMotionInput:
    """Laid aside."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    idempotency_key: str | None = KEY


LayAsideMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LayAsideMotionResult")
]


@strawberry.type
class AdmissionMutations:
    """Root fields."""

    @strawberry.mutation(description="Note a formal fault for the board. It stops nothing by itself.")
    async def note_fault(self, info: Info, input: NoteFaultInput) -> NoteFaultResult:
        """A note."""
        service = info.context.admission(input.idempotency_key)
        key = await service.note_fault(motion_key(input), input.fault, input.note, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="Take the motion up for treatment (ta upp till behandling).")
    async def admit_motion(self, info: Info, input: AdmitMotionInput) -> AdmitMotionResult:
        """Admitted."""
        service = info.context.admission(input.idempotency_key)
        key = await service.admit(motion_key(input), actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Send the motion back to be completed (återlämna för komplettering). It keeps its number and the "
        "time it came in."
    )
    async def return_motion(self, info: Info, input: ReturnMotionInput) -> ReturnMotionResult:
        """Returned."""
        service = info.context.admission(input.idempotency_key)
        key = await service.return_(
            motion_key(input), input.note, aware(input.due_at, "dueAt"), actor=info.context.actor
        )
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Stop a motion for a formal fault (avvisa), by the board's decision. It stands in the papers with "
        "its reason."
    )
    async def refuse_motion(self, info: Info, input: RefuseMotionInput) -> RefuseMotionResult:
        """Stopped."""
        service = info.context.admission(input.idempotency_key)
        key = await service.refuse(motion_key(input), input.ground.ground(), actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="Stop one att-sats for a formal fault; the rest of the motion goes on.")
    async def refuse_clause(self, info: Info, input: RefuseClauseInput) -> RefuseClauseResult:
        """Stopped in part."""
        service = info.context.admission(input.idempotency_key)
        key = await service.refuse_clause(clause_key(input), input.ground.ground(), actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="Record that the open meeting takes up a motion that was stopped.")
    async def take_up_motion(self, info: Info, input: TakeUpMotionInput) -> TakeUpMotionResult:
        """Taken up."""
        service = info.context.admission(input.idempotency_key)
        key = await service.take_up(motion_key(input), actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="Record that the meeting has been told of a stopped motion and leaves it there.")
    async def lay_aside_motion(self, info: Info, input: LayAsideMotionInput) -> LayAsideMotionResult:
        """Laid aside."""
        service = info.context.admission(input.idempotency_key)
        key = await service.lay_aside(motion_key(input), actor=info.context.actor)
        return await read_motion(info, key)
