"""Mutations of an item's proposals: yrkandestopp, blocks of motions (klump)."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.proceedings.blocks import AllTo
from democracy.services.proceedings.receipt import Receipt
from schema.context import Info
from schema.ids import key_of
from schema.mutations.proceedings.handed import CHANNEL, FOR_WHOM, RECEIVED, receipt_of
from schema.mutations.proceedings.results import read_item
from schema.mutations.results import KEY, aware
from schema.types.proceedings.agenda_item import AgendaItem
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import ProposalKind


@strawberry.input(description="One decision for a whole block in the place of the board's proposals.")
class AllToInput:
    """All to."""

    kind: ProposalKind = strawberry.field(description="REFER, NOTED or CONSIDERED_ANSWERED.")
    recipient: str | None = strawberry.field(default=None, description="REFER: to whom.")
    member_number: str | None = strawberry.field(
        default=None, description="Member number of whoever proposed it, where it was another than you."
    )


@strawberry.input(description="Input of `decideBlock`.")
class DecideBlockInput:
    """A block."""

    item_id: strawberry.ID = strawberry.field(description="The block, an item of the agenda.")
    all_to: AllToInput | None = strawberry.field(
        default=None, description="Where the meeting refers or notes everything; otherwise as the board proposes."
    )
    unanimous: bool = strawberry.field(default=False, description="The chair says that the meeting is unanimous.")
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `liftFromBlock`.")
class LiftFromBlockInput:
    """Lifted out."""

    item_id: strawberry.ID = strawberry.field(description="The item that is to be taken up by itself.")
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `setProposalDeadline`.")
class SetProposalDeadlineInput:
    """Yrkandestopp."""

    item_id: strawberry.ID = strawberry.field(description="The item; a block's holds for the items in it.")
    closes_at: datetime | None = strawberry.field(
        default=None, description="The first moment too late for a proposal in the matter itself; null lifts the stop."
    )
    decided: bool = strawberry.field(
        default=False, description="The meeting has decided it: needed where the statutes leave it to the meeting."
    )
    idempotency_key: str | None = KEY


SetProposalDeadlineResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SetProposalDeadlineResult")
]
DecideBlockResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideBlockResult")
]
LiftFromBlockResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LiftFromBlockResult")
]


@strawberry.type
class BlockMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Let the gavel fall on a whole block (klumpbeslut): each matter in it gets a decision of its own, "
        "as the board proposes or all in the same way. All or none."
    )
    async def decide_block(self, info: Info, input: DecideBlockInput) -> DecideBlockResult:
        """Decided."""
        item = key_of(input.item_id, "AgendaItem", path="itemId")
        given = input.all_to
        all_to = AllTo(given.kind, given.recipient, Receipt(number=given.member_number)) if given else None
        service = info.context.blocks(input.idempotency_key)
        await service.decide(item, all_to, unanimous=input.unanimous, actor=info.context.actor)
        return await read_item(info, item)

    @strawberry.mutation(
        description="Lift an item out of its block (lyfta ut), until the gavel has fallen on it: then it is debated "
        "and decided by itself."
    )
    async def lift_from_block(self, info: Info, input: LiftFromBlockInput) -> LiftFromBlockResult:
        """Lifted out."""
        item = key_of(input.item_id, "AgendaItem", path="itemId")
        service = info.context.blocks(input.idempotency_key)
        await service.lift(item, receipt_of(input), actor=info.context.actor)
        return await read_item(info, item)

    @strawberry.mutation(
        description="Set or lift yrkandestopp on an item: after it only formal proposals, reconciling (jämkning) and "
        "withdrawing are left, unless the meeting waives it."
    )
    async def set_proposal_deadline(self, info: Info, input: SetProposalDeadlineInput) -> SetProposalDeadlineResult:
        """Set."""
        item = key_of(input.item_id, "AgendaItem", path="itemId")
        closes_at = aware(input.closes_at, "closesAt") if input.closes_at else None
        service = info.context.proposal_stop(input.idempotency_key)
        await service.set(item, closes_at, decided=input.decided, actor=info.context.actor)
        return await read_item(info, item)
