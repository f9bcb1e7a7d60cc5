"""The agenda (dagordning): drafted by the board, approved by the meeting."""

from dataclasses import replace
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.services.proceedings.agenda import Agenda, Item
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.proceedings.results import item_key, read_item
from schema.mutations.results import KEY, VERSION, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.proceedings.agenda_item import AgendaItem
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import Formality, ItemKind


@strawberry.input(description="Input of `addAgendaItem`.")
class AddAgendaItemInput:
    """Added."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    kind: ItemKind = strawberry.field(description="What it is about.")
    title: str = strawberry.field(description="What it is called.")
    purpose: str | None = strawberry.field(default=None, description="What is to come of it (syfte).")
    presenter: str | None = strawberry.field(default=None, description="Who presents it (föredragande).")
    minutes_planned: int | None = strawberry.field(default=None, description="Its time budget, in minutes.")
    formality: Formality | None = strawberry.field(default=None, description="FORMALITIES: what the meeting decides.")
    motion_id: strawberry.ID | None = strawberry.field(
        default=None, description="MOTION: a motion to this meeting that has no item. `scheduleMotion` gives it one."
    )
    document_id: strawberry.ID | None = strawberry.field(default=None, description="PROPOSAL: its document.")
    block_id: strawberry.ID | None = strawberry.field(default=None, description="The block of motions it belongs to.")
    position: int | None = strawberry.field(default=None, description="Its place, from 1; last if left out.")
    reason: str | None = strawberry.field(
        default=None, description="What the meeting decided; needed once it has approved its agenda."
    )
    idempotency_key: str | None = KEY


AddAgendaItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AddAgendaItemResult")
]


@strawberry.input(description="Input of `editAgendaItem`.")
class EditAgendaItemInput:
    """Changed."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    title: str = strawberry.field(description="What it is called.")
    purpose: str | None = strawberry.field(default=None, description="What is to come of it (syfte).")
    presenter: str | None = strawberry.field(default=None, description="Who presents it (föredragande).")
    minutes_planned: int | None = strawberry.field(default=None, description="Its time budget, in minutes.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


EditAgendaItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EditAgendaItemResult")
]


@strawberry.input(description="Input of `strikeAgendaItem`.")
class StrikeAgendaItemInput:
    """Struck."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    reason: str | None = strawberry.field(default=None, description="Why; needed once the meeting has opened.")
    idempotency_key: str | None = KEY


StrikeAgendaItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("StrikeAgendaItemResult")
]


@strawberry.input(description="Input of `restoreAgendaItem`.")
class RestoreAgendaItemInput:
    """Put back."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    reason: str | None = strawberry.field(
        default=None, description="What the meeting decided; needed once it has approved its agenda."
    )
    idempotency_key: str | None = KEY


RestoreAgendaItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RestoreAgendaItemResult")
]


@strawberry.input(description="Input of `orderAgenda`.")
class OrderAgendaInput:
    """Put in order."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    item_ids: list[strawberry.ID] = strawberry.field(description="Every item that is not struck, once, in order.")
    idempotency_key: str | None = KEY


OrderAgendaResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OrderAgendaResult")
]


@strawberry.input(description="Input of `setAgenda`.")
class SetAgendaInput:
    """Approved."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    item_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Every item that is not struck, once, in another order than it has."
    )
    reason: str | None = strawberry.field(default=None, description="Approved before: what the meeting decided.")
    idempotency_key: str | None = KEY


SetAgendaResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SetAgendaResult")
]


@strawberry.type
class AgendaMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Put an item on the agenda (dagordningspunkt). Before the meeting its office does so, once it has "
        "opened the meeting itself."
    )
    async def add_agenda_item(self, info: Info, input: AddAgendaItemInput) -> AddAgendaItemResult:
        """Added."""
        item = replace(
            _about(input),
            kind=input.kind,
            formality=input.formality,
            motion_id=maybe_key(input.motion_id, "Motion", path="motionId"),
            document_id=maybe_key(input.document_id, "Document", path="documentId"),
            block_id=maybe_key(input.block_id, "AgendaItem", path="blockId"),
        )
        service = info.context.service(Agenda, input.idempotency_key)
        key = await service.add(meeting_key(input), item, input.position, input.reason, actor=info.context.actor)
        return await read_item(info, key)

    @strawberry.mutation(description="Change what an item is called and for, who presents it, and its time budget.")
    async def edit_agenda_item(self, info: Info, input: EditAgendaItemInput) -> EditAgendaItemResult:
        """Changed."""
        service = info.context.service(Agenda, input.idempotency_key)
        key = await service.edit(item_key(input), _about(input), input.expected_version, actor=info.context.actor)
        return await read_item(info, key)

    @strawberry.mutation(
        description="Take an item off the agenda (stryka). A motion has to be decided, withdrawn or deferred first."
    )
    async def strike_agenda_item(self, info: Info, input: StrikeAgendaItemInput) -> StrikeAgendaItemResult:
        """Struck."""
        service = info.context.service(Agenda, input.idempotency_key)
        return await read_item(info, await service.strike(item_key(input), input.reason, actor=info.context.actor))

    @strawberry.mutation(description="Put back an item that was struck (återinföra).")
    async def restore_agenda_item(self, info: Info, input: RestoreAgendaItemInput) -> RestoreAgendaItemResult:
        """Put back."""
        service = info.context.service(Agenda, input.idempotency_key)
        return await read_item(info, await service.restore(item_key(input), input.reason, actor=info.context.actor))

    @strawberry.mutation(description="Put the agenda in order before the meeting has opened.")
    async def order_agenda(self, info: Info, input: OrderAgendaInput) -> OrderAgendaResult:
        """Put in order."""
        service = info.context.service(Agenda, input.idempotency_key)
        key = await service.order(meeting_key(input), _keys(input.item_ids), actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(description="Record that the meeting approves its agenda (fastställer dagordningen).")
    async def set_agenda(self, info: Info, input: SetAgendaInput) -> SetAgendaResult:
        """Approved."""
        service = info.context.service(Agenda, input.idempotency_key)
        items = None if input.item_ids is None else _keys(input.item_ids)
        key = await service.set(meeting_key(input), items, input.reason, actor=info.context.actor)
        return await read_meeting(info, key)


def _about(given: AddAgendaItemInput | EditAgendaItemInput) -> Item:
    return Item(
        ItemKind.OTHER, given.title, purpose=given.purpose, presenter=given.presenter, minutes=given.minutes_planned
    )


def _keys(given: list[strawberry.ID]) -> list[UUID]:
    return [key_of(each, "AgendaItem", path="itemIds") for each in given]
