"""Meetings."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import MeetingKind
from democracy.services.meetings import Plan
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.results import KEY, VERSION, aware, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `planMeeting`.")
class PlanMeetingInput:
    """Planned."""

    body_id: strawberry.ID = strawberry.field(description="The body that meets.")
    board_id: strawberry.ID = strawberry.field(description="The board that prepares it and answers its motions.")
    kind: MeetingKind = strawberry.field(description="What kind of meeting.")
    name: str = strawberry.field(description="Its name.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime | None = strawberry.field(default=None, description="When it is meant to end.")
    place: str | None = strawberry.field(default=None, description="Where.")
    purpose: str | None = strawberry.field(default=None, description="What it is for (syfte), for its notice.")
    remote_access: str | None = strawberry.field(
        default=None, description="How to take part at a distance; shown to those who may attend and to nobody else."
    )
    unit_ids: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="The units below that a conference is for, where it is not for all of them: only they are given "
        "seats and send delegates.",
    )
    idempotency_key: str | None = KEY


PlanMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PlanMeetingResult")
]


@strawberry.input(description="Input of `callMeeting`.")
class CallMeetingInput:
    """Called."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


CallMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CallMeetingResult")
]


@strawberry.input(description="Input of `sendPapers`.")
class SendPapersInput:
    """Papers sent."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    idempotency_key: str | None = KEY


SendPapersResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SendPapersResult")
]


@strawberry.input(description="Input of `moveMeeting`.")
class MoveMeetingInput:
    """Moved."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime | None = strawberry.field(default=None, description="When it is meant to end.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


MoveMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("MoveMeetingResult")
]


@strawberry.input(description="Input of `openMeeting`.")
class OpenMeetingInput:
    """Opened."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    idempotency_key: str | None = KEY


OpenMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenMeetingResult")
]


@strawberry.input(description="Input of `closeMeeting`.")
class CloseMeetingInput:
    """Closed."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    idempotency_key: str | None = KEY


CloseMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseMeetingResult")
]


@strawberry.input(description="Input of `cancelMeeting`.")
class CancelMeetingInput:
    """Cancelled."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    reason: str = strawberry.field(description="Why.")
    successor_id: strawberry.ID | None = strawberry.field(
        default=None, description="The coming meeting that takes over its motions; needed where motions have come in."
    )
    idempotency_key: str | None = KEY


CancelMeetingResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CancelMeetingResult")
]


@strawberry.type
class MeetingsMutations:
    """Root fields."""

    @strawberry.mutation(description="Plan a meeting of a body. Its deadlines follow from the statutes.")
    async def plan_meeting(self, info: Info, input: PlanMeetingInput) -> PlanMeetingResult:
        """Planned."""
        plan = Plan(
            body_id=key_of(input.body_id, "Body", path="bodyId"),
            board_id=key_of(input.board_id, "Body", path="boardId"),
            kind=input.kind,
            name=input.name,
            starts_at=aware(input.starts_at, "startsAt"),
            ends_at=input.ends_at and aware(input.ends_at, "endsAt"),
            place=input.place,
            purpose=input.purpose,
            remote_access=input.remote_access,
            unit_ids=tuple(key_of(each, "Unit", path="unitIds") for each in input.unit_ids or ()),
        )
        key = await info.context.meetings(input.idempotency_key).plan(plan, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Send the notice (kallelse). A late one is recorded with a warning: whether it was proper, the "
        "meeting decides."
    )
    async def call_meeting(self, info: Info, input: CallMeetingInput) -> CallMeetingResult:
        """Called."""
        service = info.context.meetings(input.idempotency_key)
        key = await service.call(meeting_key(input), input.expected_version, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Send the papers out (skicka ut handlingarna): from now on every member below the unit reads them."
    )
    async def send_papers(self, info: Info, input: SendPapersInput) -> SendPapersResult:
        """Papers sent."""
        service = info.context.meetings(input.idempotency_key)
        key = await service.send_papers(meeting_key(input), actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(description="Move the meeting to another time (flytta). Its deadlines are derived anew.")
    async def move_meeting(self, info: Info, input: MoveMeetingInput) -> MoveMeetingResult:
        """Moved."""
        starts_at = aware(input.starts_at, "startsAt")
        ends_at = input.ends_at and aware(input.ends_at, "endsAt")
        service, meeting = info.context.meetings(input.idempotency_key), meeting_key(input)
        key = await service.move(meeting, starts_at, ends_at, input.reason, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(description="Open the meeting (öppna): from now on its motions belong to it.")
    async def open_meeting(self, info: Info, input: OpenMeetingInput) -> OpenMeetingResult:
        """Opened."""
        service = info.context.meetings(input.idempotency_key)
        key = await service.open(meeting_key(input), actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(description="Close the meeting (avsluta). Motions that gave nobody a task are closed with it.")
    async def close_meeting(self, info: Info, input: CloseMeetingInput) -> CloseMeetingResult:
        """Closed."""
        service = info.context.meetings(input.idempotency_key)
        key = await service.close(meeting_key(input), actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(description="Cancel the meeting (ställa in), with a reason.")
    async def cancel_meeting(self, info: Info, input: CancelMeetingInput) -> CancelMeetingResult:
        """Cancelled."""
        service = info.context.meetings(input.idempotency_key)
        successor = maybe_key(input.successor_id, "Meeting", path="successorId")
        key = await service.cancel(meeting_key(input), input.reason, successor, actor=info.context.actor)
        return await read_meeting(info, key)
