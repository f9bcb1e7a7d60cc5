"""Amendments to documents: handed in, recorded, withdrawn, decided."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError
from democracy.services.documents.amending import Amending
from democracy.services.documents.deciding import Deciding
from democracy.services.motions.drafting import Arrival
from schema.context import Info
from schema.ids import key_of
from schema.mutations.document_results import ChangeInput, amendment_key, change_of, document_key, read_amendment
from schema.mutations.results import KEY, aware
from schema.types.amendment import Amendment
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="A unit that moves by a decision of its own.")
class AmendingUnitInput:
    """A unit."""

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    decision: str = strawberry.field(description="The meeting and paragraph that decided it.")


@strawberry.input(description="Input of `submitAmendment`.")
class SubmitAmendmentInput:
    """Handed in."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    change: ChangeInput = strawberry.field(description="What is to be changed.")
    reasons: str = strawberry.field(default="", description="Why, in Markdown.")
    unit: AmendingUnitInput | None = strawberry.field(
        default=None, description="The unit that moves, if it is one that you lead; else you do."
    )
    idempotency_key: str | None = KEY


SubmitAmendmentResult: TypeAlias = Annotated[
    Amendment | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SubmitAmendmentResult")
]


@strawberry.input(description="Input of `recordAmendment`.")
class RecordAmendmentInput:
    """Recorded."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    change: ChangeInput = strawberry.field(description="What is to be changed.")
    reasons: str = strawberry.field(default="", description="Why, in Markdown.")
    member_number: str | None = strawberry.field(default=None, description="The member who moves. This or `unit`.")
    unit: AmendingUnitInput | None = strawberry.field(default=None, description="The unit that moves.")
    channel: Channel = strawberry.field(description="How it came in.")
    received_at: datetime = strawberry.field(description="When it came in: what the deadline looks at.")
    idempotency_key: str | None = KEY


RecordAmendmentResult: TypeAlias = Annotated[
    Amendment | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RecordAmendmentResult")
]


@strawberry.input(description="Input of `withdrawAmendment`.")
class WithdrawAmendmentInput:
    """Withdrawn."""

    amendment_id: strawberry.ID = strawberry.field(description="The amendment.")
    asked: str | None = strawberry.field(default=None, description="For the secretary: how the mover asked for it.")
    idempotency_key: str | None = KEY


WithdrawAmendmentResult: TypeAlias = Annotated[
    Amendment | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawAmendmentResult")
]


@strawberry.input(description="Input of `decideAmendment`.")
class DecideAmendmentInput:
    """Decided."""

    amendment_id: strawberry.ID = strawberry.field(description="The amendment.")
    approved: bool = strawberry.field(description="True for bifall, false for avslag.")
    decision: str = strawberry.field(description="The meeting's decision: its paragraph.")
    text: str | None = strawberry.field(
        default=None, description="The words that were approved, where they are not the mover's."
    )
    idempotency_key: str | None = KEY


DecideAmendmentResult: TypeAlias = Annotated[
    Amendment | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideAmendmentResult")
]


@strawberry.input(description="Input of `reopenAmendment`.")
class ReopenAmendmentInput:
    """Reopened."""

    amendment_id: strawberry.ID = strawberry.field(description="The amendment.")
    reason: str = strawberry.field(description="Why the meeting takes it up again.")
    idempotency_key: str | None = KEY


ReopenAmendmentResult: TypeAlias = Annotated[
    Amendment | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReopenAmendmentResult")
]


@strawberry.type
class AmendmentMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Hand in an amendment (ändringsyrkande) before the deadline. Refused on a locked paragraph, with "
        "what it quotes. From the floor it is made with `makeProposal`."
    )
    async def submit_amendment(self, info: Info, input: SubmitAmendmentInput) -> SubmitAmendmentResult:
        """Handed in."""
        service = info.context.service(Amending, input.idempotency_key)
        key = await service.submit(
            document_key(input), change_of(input.change), input.reasons, _unit(input.unit), actor=info.context.actor
        )
        return await read_amendment(info, key)

    @strawberry.mutation(
        description="Record an amendment that came on paper, by post or by telephone (föra in). The deadline looks "
        "at the time it was received."
    )
    async def record_amendment(self, info: Info, input: RecordAmendmentInput) -> RecordAmendmentResult:
        """Recorded."""
        arrival = Arrival(input.channel, aware(input.received_at, "receivedAt"))
        service = info.context.service(Amending, input.idempotency_key)
        key = await service.record(
            document_key(input),
            change_of(input.change),
            _mover(input),
            arrival,
            input.reasons,
            actor=info.context.actor,
        )
        return await read_amendment(info, key)

    @strawberry.mutation(description="Take an amendment back before the meeting has opened (dra tillbaka).")
    async def withdraw_amendment(self, info: Info, input: WithdrawAmendmentInput) -> WithdrawAmendmentResult:
        """Withdrawn."""
        service = info.context.service(Amending, input.idempotency_key)
        key = await service.withdraw(amendment_key(input), input.asked, actor=info.context.actor)
        return await read_amendment(info, key)

    @strawberry.mutation(
        description="Enter the meeting's decision on an amendment that is not on its agenda by itself: its paragraph."
    )
    async def decide_amendment(self, info: Info, input: DecideAmendmentInput) -> DecideAmendmentResult:
        """Decided."""
        service = info.context.service(Deciding, input.idempotency_key)
        key = await service.decide(
            amendment_key(input), input.decision, input.text, approved=input.approved, actor=info.context.actor
        )
        return await read_amendment(info, key)

    @strawberry.mutation(description="The meeting takes a decided amendment up again (återuppta), with a reason.")
    async def reopen_amendment(self, info: Info, input: ReopenAmendmentInput) -> ReopenAmendmentResult:
        """Reopened."""
        service = info.context.service(Deciding, input.idempotency_key)
        key = await service.reopen(amendment_key(input), input.reason, actor=info.context.actor)
        return await read_amendment(info, key)


def _unit(given: AmendingUnitInput | None) -> tuple[UUID, str] | None:
    return (key_of(given.unit_id, "Unit", path="unit.unitId"), given.decision) if given else None


def _mover(given: RecordAmendmentInput) -> str | tuple[UUID, str]:
    unit = _unit(given.unit)
    if (given.member_number is None) == (unit is None):
        raise InvalidInputError(FieldError("memberNumber", "mover_or_unit"))
    return unit or given.member_number or ""
