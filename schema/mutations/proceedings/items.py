"""An item of the agenda is opened, adjourned, closed; the meeting is adjourned and resumed."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.proceedings.items import Items
from schema.context import Info
from schema.mutations.proceedings.results import item_key, read_item
from schema.mutations.results import KEY, aware, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.proceedings.agenda_item import AgendaItem
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `openItem`.")
class OpenItemInput:
    """Opened."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    idempotency_key: str | None = KEY


OpenItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenItemResult")
]


@strawberry.input(description="Input of `adjournItem`.")
class AdjournItemInput:
    """Adjourned."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    until: datetime | None = strawberry.field(default=None, description="When it goes on, if that was said.")
    reason: str | None = strawberry.field(default=None, description="Why.")
    idempotency_key: str | None = KEY


AdjournItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdjournItemResult")
]


@strawberry.input(description="Input of `closeItem`.")
class CloseItemInput:
    """Closed."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    idempotency_key: str | None = KEY


CloseItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseItemResult")
]


@strawberry.input(description="Input of `reopenItem`.")
class ReopenItemInput:
    """Taken up again."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


ReopenItemResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReopenItemResult")
]


@strawberry.input(description="Input of `judgeNotice`.")
class JudgeNoticeInput:
    """Judged."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    proper: bool = strawberry.field(description="Whether the meeting finds that it was properly called.")
    reason: str | None = strawberry.field(default=None, description="Why.")
    idempotency_key: str | None = KEY


JudgeNoticeResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("JudgeNoticeResult")
]


@strawberry.input(description="Input of `adjournMeeting`.")
class AdjournMeetingInput:
    """Adjourned."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    until: datetime | None = strawberry.field(default=None, description="When it goes on, if that was said.")
    reason: str | None = strawberry.field(default=None, description="Why.")
    idempotency_key: str | None = KEY


AdjournMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdjournMeetingResult")
]


@strawberry.input(description="Input of `resumeMeeting`.")
class ResumeMeetingInput:
    """Resumed."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    idempotency_key: str | None = KEY


ResumeMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ResumeMeetingResult")
]


@strawberry.type
class ItemsMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Open an item (öppna punkten): it gets its §. The one before it is closed where nothing is left to "
        "decide. Refused, naming the question, where an outcome was named and the gavel did not fall."
    )
    async def open_item(self, info: Info, input: OpenItemInput) -> OpenItemResult:
        """Opened."""
        service = info.context.service(Items, input.idempotency_key)
        return await read_item(info, await service.open(item_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Adjourn the open item (ajournera): another may be opened meanwhile. `openItem` takes it up again."
    )
    async def adjourn_item(self, info: Info, input: AdjournItemInput) -> AdjournItemResult:
        """Adjourned."""
        service, until = info.context.service(Items, input.idempotency_key), _until(input.until)
        key = await service.adjourn(item_key(input), until, input.reason, actor=info.context.actor)
        return await read_item(info, key)

    @strawberry.mutation(description="Close the open item (avsluta punkten): everything under it has been decided.")
    async def close_item(self, info: Info, input: CloseItemInput) -> CloseItemResult:
        """Closed."""
        service = info.context.service(Items, input.idempotency_key)
        return await read_item(info, await service.close(item_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Take up a closed item again (återuppta), so that a matter under it can be reopened. It keeps "
        "its §."
    )
    async def reopen_item(self, info: Info, input: ReopenItemInput) -> ReopenItemResult:
        """Taken up again."""
        service = info.context.service(Items, input.idempotency_key)
        return await read_item(info, await service.reopen(item_key(input), input.reason, actor=info.context.actor))

    @strawberry.mutation(
        description="Record whether the meeting finds that it was properly called (behörigt kallat): its own first "
        "decision, whatever the system says of the notice."
    )
    async def judge_notice(self, info: Info, input: JudgeNoticeInput) -> JudgeNoticeResult:
        """Judged."""
        service = info.context.meetings(input.idempotency_key)
        key = await service.judge_notice(
            meeting_key(input), input.reason, proper=input.proper, actor=info.context.actor
        )
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Adjourn the meeting (ajournera): for lunch, over night, to another day. Nothing is opened or "
        "decided "
        "until it is resumed."
    )
    async def adjourn_meeting(self, info: Info, input: AdjournMeetingInput) -> AdjournMeetingResult:
        """Adjourned."""
        service, until = info.context.meetings(input.idempotency_key), _until(input.until)
        key = await service.adjourn(meeting_key(input), until, input.reason, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Resume the meeting (återuppta). On a new day `warnings` asks for the roll to be fixed anew."
    )
    async def resume_meeting(self, info: Info, input: ResumeMeetingInput) -> ResumeMeetingResult:
        """Resumed."""
        service = info.context.meetings(input.idempotency_key)
        return await read_meeting(info, await service.resume(meeting_key(input), actor=info.context.actor))


def _until(given: datetime | None) -> datetime | None:
    return given and aware(given, "until")
