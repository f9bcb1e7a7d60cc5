"""Coming and going, and fixing the roll."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.actors import Actor
from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.proceedings.presence import Door
from democracy.storage.reads import presences
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.results import KEY, aware, meeting_key
from schema.types.proceedings.presence import Presence
from schema.types.proceedings.roll import Roll
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound

MEETING = strawberry.field(description="The meeting.")
WHO = "Somebody else, whom those who keep the door check in or out: the presidium, the secretaries, the office."
AT = "When it happened, if it is recorded afterwards."


@strawberry.input(description="Input of `checkIn`. With nothing but the meeting: yourself.")
class CheckInInput:
    """Coming."""

    meeting_id: strawberry.ID = MEETING
    code: str | None = strawberry.field(
        default=None,
        description="The code that a delegate was sent: for a screen by the door, where nobody is signed in.",
    )
    member_id: strawberry.ID | None = strawberry.field(default=None, description=WHO)
    member_number: str | None = strawberry.field(default=None, description="The same, by membership number.")
    remote: bool = strawberry.field(default=False, description="Takes part at a distance.")
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it was learnt.")
    received_at: datetime | None = strawberry.field(default=None, description=AT)
    idempotency_key: str | None = KEY


CheckInResult: TypeAlias = Annotated[
    Presence | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CheckInResult")
]


@strawberry.input(description="Input of `checkOut`. With nothing but the meeting: yourself.")
class CheckOutInput:
    """Going."""

    meeting_id: strawberry.ID = MEETING
    member_id: strawberry.ID | None = strawberry.field(default=None, description=WHO)
    member_number: str | None = strawberry.field(default=None, description="The same, by membership number.")
    for_good: bool = strawberry.field(
        default=False,
        description="A delegate who does not come back: the substitute who is there takes the place over.",
    )
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it was learnt.")
    received_at: datetime | None = strawberry.field(default=None, description=AT)
    idempotency_key: str | None = KEY


CheckOutResult: TypeAlias = Annotated[
    Presence | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CheckOutResult")
]


@strawberry.input(description="Input of `correctPresence`.")
class CorrectPresenceInput:
    """Corrected."""

    presence_id: strawberry.ID = strawberry.field(description="The presence.")
    in_at: datetime | None = strawberry.field(default=None, description="When they came; left out, as it stands.")
    out_at: datetime | None = strawberry.field(
        default=None, description="When they left; the same as `inAt` for somebody who was never there."
    )
    reason: str = strawberry.field(description="What was wrong.")
    idempotency_key: str | None = KEY


CorrectPresenceResult: TypeAlias = Annotated[
    Presence | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CorrectPresenceResult")
]


@strawberry.input(description="Input of `adjustVoterRoll`.")
class AdjustVoterRollInput:
    """Fixed."""

    meeting_id: strawberry.ID = MEETING
    idempotency_key: str | None = KEY


AdjustVoterRollResult: TypeAlias = Annotated[
    Roll | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdjustVoterRollResult")
]


@strawberry.type
class PresenceMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Check in (checka in): yourself, somebody else at the door, or whoever shows their code. Gives the "
        "rights that the statutes give; substitutes step in and out by their order."
    )
    async def check_in(self, info: Info, input: CheckInInput) -> CheckInResult:
        """Come."""
        actor = info.context.actor
        if input.code is not None:
            door = info.context.code_door(input.idempotency_key)
            key, who = await door.check_in(meeting_key(input), input.code, remote=input.remote, actor=actor)
            return await _read(info, key, who)
        service = info.context.presences(input.idempotency_key)
        return await _read(
            info, await service.check_in(meeting_key(input), _door(input), remote=input.remote, actor=actor), actor
        )

    @strawberry.mutation(
        description="Check out (checka ut). A substitute of the same unit who is there steps in until you come "
        "back, or for "
        "good. A vote that is going on keeps the roll that it began with."
    )
    async def check_out(self, info: Info, input: CheckOutInput) -> CheckOutResult:
        """Go."""
        service, actor = info.context.presences(input.idempotency_key), info.context.actor
        key = await service.check_out(meeting_key(input), _door(input), for_good=input.for_good, actor=actor)
        return await _read(info, key, actor)

    @strawberry.mutation(
        description="Correct when somebody came or left (rätta närvaron), with a reason, until the minutes are "
        "verified. "
        "Rolls that were fixed stay as they were."
    )
    async def correct_presence(self, info: Info, input: CorrectPresenceInput) -> CorrectPresenceResult:
        """Corrected."""
        service, actor = info.context.presences(input.idempotency_key), info.context.actor
        key = await service.correct(
            key_of(input.presence_id, "Presence", path="presenceId"),
            input.in_at and aware(input.in_at, "inAt"),
            input.out_at and aware(input.out_at, "outAt"),
            input.reason,
            actor=actor,
        )
        return await _read(info, key, actor)

    @strawberry.mutation(
        description="Fix the roll (justera röstlängden) as those present have votes now. Every roll that was "
        "fixed is kept."
    )
    async def adjust_voter_roll(self, info: Info, input: AdjustVoterRollInput) -> AdjustVoterRollResult:
        """Fixed."""
        key = await info.context.rolls(input.idempotency_key).adjust(meeting_key(input), actor=info.context.actor)
        info.context.fresh()
        view = await info.context.loaders.roll.roll.load(key)
        if view is None:
            raise NotFoundError("roll", key)
        return Roll.of(view)


def _door(given: CheckInInput | CheckOutInput) -> Door:
    return Door(
        member_id=maybe_key(given.member_id, "Member", path="memberId"),
        number=given.member_number,
        at=given.received_at and aware(given.received_at, "receivedAt"),
        channel=given.channel,
    )


async def _read(info: Info, key: UUID, who: Actor) -> Presence:
    """As `who` sees it: somebody with a code need not be signed in."""
    info.context.fresh()
    reader = replace(info.context.reader, actor=who)
    async with info.context.app.database.read() as connection:
        found = await presences.by_ids(connection, reader, [key])
    if key not in found:
        raise NotFoundError("presence", key)
    return Presence.of(found[key])
