"""Sending a motion on."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import SentAs
from democracy.services.motions.forwarding import Sending
from schema.context import Info
from schema.mutations.results import KEY, meeting_key, motion_key, read_motion
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `sendMotionOn`.")
class SendMotionOnInput:
    """Sent on."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    meeting_id: strawberry.ID = strawberry.field(description="The meeting that it goes to.")
    sent_as: SentAs = strawberry.field(description="How your unit stands to it.")
    decision: str = strawberry.field(description="Your unit's meeting and paragraph.")
    decided_on: date = strawberry.field(description="The day of that decision.")
    idempotency_key: str | None = KEY


SendMotionOnResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SendMotionOnResult")
]


@strawberry.input(description="Input of `carryMotionOver`.")
class CarryMotionOverInput:
    """Carried over."""

    motion_id: strawberry.ID = strawberry.field(description="The motion whose deferred or referred att-satser wait.")
    meeting_id: strawberry.ID = strawberry.field(description="The meeting of the same body that is to treat them.")
    idempotency_key: str | None = KEY


CarryMotionOverResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CarryMotionOverResult")
]


@strawberry.type
class ForwardingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Send a decided motion on to a meeting higher up, from branch to district to congress. The answer "
        "is the motion that it becomes there; the chain is kept in `origin` and `sentOn`."
    )
    async def send_motion_on(self, info: Info, input: SendMotionOnInput) -> SendMotionOnResult:
        """Sent on."""
        sending = Sending(meeting_key(input), input.sent_as, input.decision, input.decided_on)
        service = info.context.forwarding(input.idempotency_key)
        key = await service.send_on(motion_key(input), sending, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Carry what a meeting deferred (bordlagt) or referred back (återremitterat) over to a later "
        "meeting, where none was known when it closed; otherwise closing does it. The answer is the motion there."
    )
    async def carry_motion_over(self, info: Info, input: CarryMotionOverInput) -> CarryMotionOverResult:
        """Carried over."""
        service = info.context.carrying(input.idempotency_key)
        key = await service.carry_over(motion_key(input), meeting_key(input), actor=info.context.actor)
        return await read_motion(info, key)
