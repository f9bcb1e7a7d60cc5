"""Minutes: worded, handed over to be verified, signed, published."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.proceedings.minutes_signing import Signature
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.results import KEY, VERSION, aware, minutes_key, read_minutes
from schema.types.proceedings.minutes import Minutes
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound

MINUTES = strawberry.field(description="The minutes.")


@strawberry.input(description="Input of `editMinutes`.")
class EditMinutesInput:
    """Worded."""

    minutes_id: strawberry.ID = MINUTES
    item_id: strawberry.ID | None = strawberry.field(
        default=None, description="The item whose § it is; leave it out for the head."
    )
    text: str = strawberry.field(
        description="Markdown without headings. `{{key}}` places a bound line; those that are not placed follow the "
        "one before them. A full name of somebody whom the minutes name is removed if that person is erased."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="The section's `version` that you read. If somebody has worded it since: Conflict."
    )
    idempotency_key: str | None = KEY


EditMinutesResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EditMinutesResult")
]


@strawberry.input(description="Input of `openSigning`.")
class OpenSigningInput:
    """Handed over."""

    minutes_id: strawberry.ID = MINUTES
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


OpenSigningResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenSigningResult")
]


@strawberry.input(description="Input of `verifyMinutes`.")
class VerifyMinutesInput:
    """Signed."""

    minutes_id: strawberry.ID = MINUTES
    digest: str = strawberry.field(description="`digest` of what you read: nobody signs what they have not read.")
    item_id: strawberry.ID | None = strawberry.field(
        default=None, description="One § that is verified at once; leave it out for the whole."
    )
    dissent: str | None = strawberry.field(
        default=None, description="Where you disagree (avvikande mening): attached to your signature."
    )
    place: str | None = strawberry.field(default=None, description="Where you are.")
    member_number: str | None = strawberry.field(
        default=None, description="Somebody else, whose signature on paper the secretary records."
    )
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it came.")
    received_at: datetime | None = strawberry.field(default=None, description="When it was received; else now.")
    idempotency_key: str | None = KEY


VerifyMinutesResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("VerifyMinutesResult")
]


@strawberry.input(description="Input of `verifyItemAtOnce`.")
class VerifyItemAtOnceInput:
    """One § fixed."""

    minutes_id: strawberry.ID = MINUTES
    item_id: strawberry.ID = strawberry.field(description="The item whose § cannot wait.")
    idempotency_key: str | None = KEY


VerifyItemAtOnceResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("VerifyItemAtOnceResult")
]


@strawberry.input(description="Input of `takeBackMinutes`.")
class TakeBackMinutesInput:
    """Taken back."""

    minutes_id: strawberry.ID = MINUTES
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


TakeBackMinutesResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("TakeBackMinutesResult")
]


@strawberry.input(description="Input of `publishMinutes`.")
class PublishMinutesInput:
    """Published."""

    minutes_id: strawberry.ID = MINUTES
    idempotency_key: str | None = KEY


PublishMinutesResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PublishMinutesResult")
]


@strawberry.type
class MinutesMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Word one § of the minutes otherwise. Decisions, movers, figures and their order come from what "
        "happened, and stay."
    )
    async def edit_minutes(self, info: Info, input: EditMinutesInput) -> EditMinutesResult:
        """Worded."""
        item = maybe_key(input.item_id, "AgendaItem", path="itemId")
        service, minutes = info.context.minutes(input.idempotency_key), minutes_key(input)
        key = await service.edit(minutes, item, input.text, input.expected_version, actor=info.context.actor)
        return await read_minutes(info, key)

    @strawberry.mutation(
        description="Hand the minutes over to be verified (justering): the text is fixed, and chair, secretary and "
        "verifiers are asked to sign."
    )
    async def open_signing(self, info: Info, input: OpenSigningInput) -> OpenSigningResult:
        """Handed over."""
        service = info.context.minutes(input.idempotency_key)
        key = await service.open_signing(minutes_key(input), input.expected_version, actor=info.context.actor)
        return await read_minutes(info, key)

    @strawberry.mutation(
        description="Sign the minutes (justera), or one § that is verified at once. The last signature verifies."
    )
    async def verify_minutes(self, info: Info, input: VerifyMinutesInput) -> VerifyMinutesResult:
        """Signed."""
        given = Signature(
            digest=input.digest,
            item_id=maybe_key(input.item_id, "AgendaItem", path="itemId"),
            dissent=input.dissent,
            place=input.place,
            member_number=input.member_number,
            channel=input.channel,
            received_at=input.received_at and aware(input.received_at, "receivedAt"),
        )
        service = info.context.minutes_signing(input.idempotency_key)
        key = await service.sign(minutes_key(input), given, actor=info.context.actor)
        return await read_minutes(info, key)

    @strawberry.mutation(
        description="Verify one § at once (omedelbar justering): its text is fixed, and signed while the meeting goes "
        "on."
    )
    async def verify_item_at_once(self, info: Info, input: VerifyItemAtOnceInput) -> VerifyItemAtOnceResult:
        """One § fixed."""
        service, item = (
            info.context.minutes_at_once(input.idempotency_key),
            key_of(input.item_id, "AgendaItem", path="itemId"),
        )
        key = await service.verify_item(minutes_key(input), item, actor=info.context.actor)
        return await read_minutes(info, key)

    @strawberry.mutation(description="Take the minutes back and write on. Every signature falls.")
    async def take_back_minutes(self, info: Info, input: TakeBackMinutesInput) -> TakeBackMinutesResult:
        """Taken back."""
        service = info.context.minutes(input.idempotency_key)
        key = await service.take_back(minutes_key(input), input.reason, actor=info.context.actor)
        return await read_minutes(info, key)

    @strawberry.mutation(description="Publish verified minutes: everybody who sees the meeting reads them.")
    async def publish_minutes(self, info: Info, input: PublishMinutesInput) -> PublishMinutesResult:
        """Published."""
        service = info.context.minutes(input.idempotency_key)
        key = await service.publish(minutes_key(input), actor=info.context.actor)
        return await read_minutes(info, key)
