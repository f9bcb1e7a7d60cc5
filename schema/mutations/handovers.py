"""Seats by right and handovers over the API."""

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.errors import NotFoundError
from democracy.services.handovers import Handovers
from democracy.services.seats_by_right import Seat, SeatsByRight
from schema.context import Info
from schema.ids import key_of
from schema.mutations.mandates import mandate_key, read_mandate
from schema.mutations.results import KEY
from schema.types.mandate import Mandate
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from schema.types.seat_by_right import SeatByRight


@strawberry.input(description="Input of `grantSeatByRight`.")
class GrantSeatByRightInput:
    """Granted."""

    body_id: strawberry.ID = strawberry.field(description="The nomination committee.")
    from_body_id: strawberry.ID = strawberry.field(description="The body whose place gives the seat.")
    from_role: MandateRole = strawberry.field(description="What they are there: CHAIR.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    first_day: date | None = strawberry.field(default=None, description="First day; today unless you say.")
    idempotency_key: str | None = KEY


GrantSeatByRightResult: TypeAlias = Annotated[
    SeatByRight | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("GrantSeatByRightResult")
]


@strawberry.input(description="Input of `endSeatByRight`.")
class EndSeatByRightInput:
    """Ended."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    last_day: date = strawberry.field(description="Its last day.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


EndSeatByRightResult: TypeAlias = Annotated[
    SeatByRight | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EndSeatByRightResult")
]


@strawberry.input(description="Input of `drawUpHandover`.")
class DrawUpHandoverInput:
    """Drawn up."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    idempotency_key: str | None = KEY


DrawUpHandoverResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DrawUpHandoverResult")
]


@strawberry.input(description="Input of `addHandoverLine`.")
class AddHandoverLineInput:
    """Added."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    text: str = strawberry.field(description="What is handed over: at most 500 characters.")
    idempotency_key: str | None = KEY


AddHandoverLineResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AddHandoverLineResult")
]


@strawberry.input(description="Input of `tickHandoverLine`.")
class TickHandoverLineInput:
    """Ticked."""

    line_id: strawberry.ID = strawberry.field(description="The line.")
    done: bool = strawberry.field(default=True, description="False takes the tick away.")
    idempotency_key: str | None = KEY


TickHandoverLineResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("TickHandoverLineResult")
]


@strawberry.input(description="Input of `finishHandover`.")
class FinishHandoverInput:
    """Finished."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    idempotency_key: str | None = KEY


FinishHandoverResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("FinishHandoverResult")
]


@strawberry.type
class HandoverMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record that a place in another body gives a seat by right (självskriven plats) in a nomination "
        "committee."
    )
    async def grant_seat_by_right(self, info: Info, input: GrantSeatByRightInput) -> GrantSeatByRightResult:
        """Granted."""
        other = key_of(input.from_body_id, "Body", path="fromBodyId")
        seat = Seat(other, input.from_role, input.decision, input.first_day)
        service = info.context.service(SeatsByRight, input.idempotency_key)
        body = key_of(input.body_id, "Body", path="bodyId")
        return await _read_seat(info, await service.grant(body, seat, actor=info.context.actor))

    @strawberry.mutation(description="Record that a place gives no seat by right any longer.")
    async def end_seat_by_right(self, info: Info, input: EndSeatByRightInput) -> EndSeatByRightResult:
        """Ended."""
        service = info.context.service(SeatsByRight, input.idempotency_key)
        seat = key_of(input.seat_id, "SeatByRight", path="seatId")
        return await _read_seat(info, await service.end(seat, input.last_day, input.decision, actor=info.context.actor))

    @strawberry.mutation(
        description="Draw up your handover list (överlämningslista): meetings, elections and tasks that your body has "
        "in hand, and your other roles. Again later: what is new is added."
    )
    async def draw_up_handover(self, info: Info, input: DrawUpHandoverInput) -> DrawUpHandoverResult:
        """Drawn up."""
        service = info.context.service(Handovers, input.idempotency_key)
        return await read_mandate(info, await service.draw_up(mandate_key(input), actor=info.context.actor))

    @strawberry.mutation(description="Add something to a handover list by hand: keys, papers, contacts.")
    async def add_handover_line(self, info: Info, input: AddHandoverLineInput) -> AddHandoverLineResult:
        """Added."""
        service = info.context.service(Handovers, input.idempotency_key)
        return await read_mandate(info, await service.add(mandate_key(input), input.text, actor=info.context.actor))

    @strawberry.mutation(description="Tick a line of a handover list off (bocka av), or take the tick away.")
    async def tick_handover_line(self, info: Info, input: TickHandoverLineInput) -> TickHandoverLineResult:
        """Ticked."""
        service = info.context.service(Handovers, input.idempotency_key)
        line = key_of(input.line_id, "HandoverLine", path="lineId")
        return await read_mandate(info, await service.tick(line, done=input.done, actor=info.context.actor))

    @strawberry.mutation(description="Say that everything has been handed over (avsluta överlämningen).")
    async def finish_handover(self, info: Info, input: FinishHandoverInput) -> FinishHandoverResult:
        """Finished."""
        service = info.context.service(Handovers, input.idempotency_key)
        return await read_mandate(info, await service.finish(mandate_key(input), actor=info.context.actor))


async def _read_seat(info: Info, key: UUID) -> SeatByRight:
    """The seat as it is now."""
    info.context.fresh()
    view = await info.context.loaders.posts.seat.load(key)
    if view is None:
        raise NotFoundError("seat_by_right", key)
    return SeatByRight.of(view)
