"""The floor: asked for, given, ended; and what the meeting decides about speaking."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel, Gender
from democracy.errors import NotFoundError
from democracy.services.proceedings.floor import Request
from democracy.services.proceedings.floor_rules import Rules
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.results import KEY, aware, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.proceedings.speech import Speech
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import SpeechKind

MEETING = strawberry.field(description="The meeting.")
SPEECH = strawberry.field(description="The place on the list.")
SECONDS = "In seconds, 1 to 3600; null for no limit."


@strawberry.input(description="Input of `requestFloor`.")
class RequestFloorInput:
    """A request."""

    meeting_id: strawberry.ID = MEETING
    kind: SpeechKind = strawberry.field(default=SpeechKind.SPEECH, description="Why you ask.")
    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="Somebody else, whom the chair or the secretary writes in."
    )
    member_number: str | None = strawberry.field(default=None, description="The same, by membership number.")
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it was asked for.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it was asked for, if it is recorded afterwards: streck looks at this."
    )
    idempotency_key: str | None = KEY


RequestFloorResult: TypeAlias = Annotated[
    Speech | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RequestFloorResult")
]


@strawberry.input(description="Input of `withdrawRequest`.")
class WithdrawRequestInput:
    """Off the list."""

    speech_id: strawberry.ID = SPEECH
    idempotency_key: str | None = KEY


WithdrawRequestResult: TypeAlias = Annotated[
    Speech | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawRequestResult")
]


@strawberry.input(description="Input of `giveFloor`.")
class GiveFloorInput:
    """Given."""

    meeting_id: strawberry.ID = MEETING
    speech_id: strawberry.ID | None = strawberry.field(
        default=None, description="Somebody on the list; left out, whoever is next."
    )
    ends_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The speech that goes on as you see it: it is ended first. If another one goes on by now, somebody "
        "else was first, and nothing is done.",
    )
    idempotency_key: str | None = KEY


GiveFloorResult: TypeAlias = Annotated[
    Speech | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("GiveFloorResult")
]


@strawberry.input(description="Input of `endSpeech`.")
class EndSpeechInput:
    """Ended."""

    speech_id: strawberry.ID = SPEECH
    idempotency_key: str | None = KEY


EndSpeechResult: TypeAlias = Annotated[
    Speech | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EndSpeechResult")
]


@strawberry.input(description="Input of `putSpeechBack`.")
class PutSpeechBackInput:
    """Put back."""

    speech_id: strawberry.ID = SPEECH
    idempotency_key: str | None = KEY


PutSpeechBackResult: TypeAlias = Annotated[
    Speech | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PutSpeechBackResult")
]


@strawberry.input(description="Input of `decideFloorRules`: all of what holds from now on.")
class DecideFloorRulesInput:
    """Rules."""

    meeting_id: strawberry.ID = MEETING
    first_timers_first: bool = strawberry.field(
        default=False, description="Whoever has not yet spoken on the item goes before those who have."
    )
    preferred_gender: Gender | None = strawberry.field(
        default=None,
        description="The under-represented gender, WOMAN or MAN, goes first. A meeting never switches it.",
    )
    speech_seconds: int | None = strawberry.field(default=None, description=f"How long one speaks. {SECONDS}")
    reply_seconds: int | None = strawberry.field(default=None, description=f"How long a reply is. {SECONDS}")
    idempotency_key: str | None = KEY


DecideFloorRulesResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideFloorRulesResult")
]


@strawberry.input(description="Input of `setSpeechTime`.")
class SetSpeechTimeInput:
    """A limit."""

    meeting_id: strawberry.ID = MEETING
    seconds: int | None = strawberry.field(
        default=None, description="In seconds, 1 to 3600; null for as long as in the rest of the meeting."
    )
    idempotency_key: str | None = KEY


SetSpeechTimeResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SetSpeechTimeResult")
]


@strawberry.input(description="Input of `drawStreck`.")
class DrawStreckInput:
    """Streck."""

    meeting_id: strawberry.ID = MEETING
    closes_at: datetime | None = strawberry.field(
        default=None, description="The first moment too late: until then everybody may sign up. Left out, at once."
    )
    idempotency_key: str | None = KEY


DrawStreckResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DrawStreckResult")
]


@strawberry.input(description="Input of `liftStreck`.")
class LiftStreckInput:
    """Open again."""

    meeting_id: strawberry.ID = MEETING
    idempotency_key: str | None = KEY


LiftStreckResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LiftStreckResult")
]


@strawberry.type
class FloorMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Ask for the floor (begära ordet), for a reply (replik) or for a point of order (ordningsfråga). "
        "The chair or the secretary writes somebody else in, from the floor or from a slip."
    )
    async def request_floor(self, info: Info, input: RequestFloorInput) -> RequestFloorResult:
        """Asked for."""
        asked = Request(
            kind=input.kind,
            member_id=maybe_key(input.member_id, "Member", path="memberId"),
            number=input.member_number,
            channel=input.channel,
            received_at=input.received_at and aware(input.received_at, "receivedAt"),
        )
        service = info.context.floor(input.idempotency_key)
        return await _read(info, await service.request(meeting_key(input), asked, actor=info.context.actor))

    @strawberry.mutation(description="Leave the speakers' list (stryka sig).")
    async def withdraw_request(self, info: Info, input: WithdrawRequestInput) -> WithdrawRequestResult:
        """Off the list."""
        service = info.context.floor(input.idempotency_key)
        return await _read(info, await service.withdraw(_speech(input.speech_id), actor=info.context.actor))

    @strawberry.mutation(
        description="Give the floor (ge ordet) to whoever is next, or to somebody on the list: out of turn it is done "
        "with a warning. One speaks at a time."
    )
    async def give_floor(self, info: Info, input: GiveFloorInput) -> GiveFloorResult:
        """Given."""
        service, meeting = info.context.floor(input.idempotency_key), meeting_key(input)
        speech = maybe_key(input.speech_id, "Speech", path="speechId")
        ends = maybe_key(input.ends_id, "Speech", path="endsId")
        return await _read(info, await service.give(meeting, speech, ends, actor=info.context.actor))

    @strawberry.mutation(description="End a speech: the chair says thank you, or the speaker has finished.")
    async def end_speech(self, info: Info, input: EndSpeechInput) -> EndSpeechResult:
        """Ended."""
        service = info.context.floor(input.idempotency_key)
        return await _read(info, await service.end(_speech(input.speech_id), actor=info.context.actor))

    @strawberry.mutation(
        description="Take the floor back from somebody who got it by mistake, or was not there. Their place is kept."
    )
    async def put_speech_back(self, info: Info, input: PutSpeechBackInput) -> PutSpeechBackResult:
        """Put back."""
        service = info.context.floor(input.idempotency_key)
        return await _read(info, await service.put_back(_speech(input.speech_id), actor=info.context.actor))

    @strawberry.mutation(
        description="Record what the meeting has decided about the order of speakers and about time limits "
        "(talarordning och talartid). It replaces what was decided before."
    )
    async def decide_floor_rules(self, info: Info, input: DecideFloorRulesInput) -> DecideFloorRulesResult:
        """Decided."""
        rules = Rules(input.first_timers_first, input.preferred_gender, input.speech_seconds, input.reply_seconds)
        service = info.context.floor_rules(input.idempotency_key)
        return await read_meeting(info, await service.decide(meeting_key(input), rules, actor=info.context.actor))

    @strawberry.mutation(description="Set how long one speaks on the open item (talartid).")
    async def set_speech_time(self, info: Info, input: SetSpeechTimeInput) -> SetSpeechTimeResult:
        """Set."""
        service, meeting = info.context.floor_rules(input.idempotency_key), meeting_key(input)
        return await read_meeting(info, await service.set_speech_time(meeting, input.seconds, actor=info.context.actor))

    @strawberry.mutation(
        description="Close the speakers' list of the open item at a moment (dra streck i debatten). Replies and points "
        "of order go on."
    )
    async def draw_streck(self, info: Info, input: DrawStreckInput) -> DrawStreckResult:
        """Drawn."""
        service, meeting = info.context.floor_rules(input.idempotency_key), meeting_key(input)
        closes_at = input.closes_at and aware(input.closes_at, "closesAt")
        return await read_meeting(info, await service.draw_streck(meeting, closes_at, actor=info.context.actor))

    @strawberry.mutation(description="Open the speakers' list again (häva strecket).")
    async def lift_streck(self, info: Info, input: LiftStreckInput) -> LiftStreckResult:
        """Lifted."""
        service = info.context.floor_rules(input.idempotency_key)
        return await read_meeting(info, await service.lift_streck(meeting_key(input), actor=info.context.actor))


def _speech(given: strawberry.ID) -> UUID:
    return key_of(given, "Speech", path="speechId")


async def _read(info: Info, key: UUID) -> Speech:
    """The place on the list as it is now."""
    info.context.fresh()
    view = await info.context.loaders.floor.speech.load(key)
    if view is None:
        raise NotFoundError("speech", key)
    return Speech.of(view, info.context.at)
