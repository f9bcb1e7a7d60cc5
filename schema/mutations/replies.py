"""The board's replies and reservations."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Outcome
from democracy.services.motions.replies import Recommendation, Reply
from schema.context import Info
from schema.mutations.results import KEY, VERSION, aware, motion_key, read_motion
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="What the board recommends on one att-sats.")
class RecommendationInput:
    """A recommendation."""

    clause: int = strawberry.field(description="The att-sats by its number.")
    outcome: Outcome = strawberry.field(description="What is recommended.")
    wording: str | None = strawberry.field(default=None, description="The changed wording, for APPROVE_REWORDED.")
    recipient: str | None = strawberry.field(default=None, description="To whom, for REFER and REFER_BACK.")


@strawberry.input(description="Input of `adoptBoardReply`.")
class AdoptBoardReplyInput:
    """A reply."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    reasons: str = strawberry.field(description="Why, in Markdown.")
    recommendations: list[RecommendationInput] = strawberry.field(description="One for every att-sats.")
    decision: str = strawberry.field(description="The board's own meeting and paragraph.")
    present: int = strawberry.field(description="Members who took part, the barred (jäv) not counted.")
    reservation_until: datetime | None = strawberry.field(
        default=None, description="The first moment too late for a reservation."
    )
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


AdoptBoardReplyResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdoptBoardReplyResult")
]


@strawberry.input(description="Input of `recordReplyReservation`.")
class RecordReplyReservationInput:
    """A reservation."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    text: str = strawberry.field(description="What the member wants instead, and why.")
    member_number: str | None = strawberry.field(default=None, description="For the secretary: whose it is.")
    idempotency_key: str | None = KEY


RecordReplyReservationResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RecordReplyReservationResult")
]


@strawberry.type
class RepliesMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record the reply that the board has adopted (anta motionssvar): a recommendation on every att- "
        "sats, and reasons. Replaces an earlier one."
    )
    async def adopt_board_reply(self, info: Info, input: AdoptBoardReplyInput) -> AdoptBoardReplyResult:
        """A reply."""
        reply = Reply(
            reasons=input.reasons,
            recommendations=tuple(
                Recommendation(each.clause, each.outcome, each.wording, each.recipient)
                for each in input.recommendations
            ),
            decision=input.decision,
            present=input.present,
            reservation_until=input.reservation_until and aware(input.reservation_until, "reservationUntil"),
        )
        service = info.context.replies(input.idempotency_key)
        key = await service.adopt(motion_key(input), reply, input.expected_version, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Record a board member's reservation against the reply: your own, or as secretary for a member of "
        "the board."
    )
    async def record_reply_reservation(
        self, info: Info, input: RecordReplyReservationInput
    ) -> RecordReplyReservationResult:
        """A reservation."""
        service = info.context.replies(input.idempotency_key)
        key = await service.reserve(motion_key(input), input.text, input.member_number, actor=info.context.actor)
        return await read_motion(info, key)
