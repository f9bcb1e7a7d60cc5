"""Minutes when somebody is out of reach, and when something in them turns out to be wrong."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.proceedings.minutes_addenda import Correction
from democracy.services.proceedings.minutes_signing import Signature
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.proceedings.minutes import MINUTES
from schema.mutations.results import KEY, aware, minutes_key, read_minutes
from schema.types.proceedings.minutes import Minutes
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound

ADDENDUM = strawberry.field(description="The correction.")


@strawberry.input(description="Input of `leaveOutSignatory`.")
class LeaveOutSignatoryInput:
    """Left out."""

    minutes_id: strawberry.ID = MINUTES
    member_id: strawberry.ID = strawberry.field(description="The verifier who is out of reach.")
    decision: str | None = strawberry.field(
        default=None, description="Who decided, and when: needed where the statutes ask for somebody else instead."
    )
    idempotency_key: str | None = KEY


LeaveOutSignatoryResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LeaveOutSignatoryResult")
]


@strawberry.input(description="Input of `replaceSignatory`.")
class ReplaceSignatoryInput:
    """Replaced."""

    minutes_id: strawberry.ID = MINUTES
    member_id: strawberry.ID = strawberry.field(description="Whoever is out of reach.")
    by_member_number: str = strawberry.field(description="Whoever signs instead: somebody who was at the meeting.")
    decision: str = strawberry.field(description="Who decided, and when.")
    idempotency_key: str | None = KEY


ReplaceSignatoryResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReplaceSignatoryResult")
]


@strawberry.input(description="Input of `correctMinutes`.")
class CorrectMinutesInput:
    """A correction proposed."""

    minutes_id: strawberry.ID = MINUTES
    item_id: strawberry.ID | None = strawberry.field(
        default=None, description="The item in whose § it stands; leave it out for the head."
    )
    before: str = strawberry.field(description="The words as they stand in the minutes.")
    after: str = strawberry.field(description="What they are to be.")
    reason: str = strawberry.field(description="What went wrong.")
    idempotency_key: str | None = KEY


CorrectMinutesResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CorrectMinutesResult")
]


@strawberry.input(description="Input of `signMinutesCorrection`.")
class SignMinutesCorrectionInput:
    """A correction signed."""

    addendum_id: strawberry.ID = ADDENDUM
    place: str | None = strawberry.field(default=None, description="Where you are.")
    member_number: str | None = strawberry.field(
        default=None, description="Somebody else, whose signature on paper the secretary records."
    )
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it came.")
    received_at: datetime | None = strawberry.field(default=None, description="When it was received; else now.")
    idempotency_key: str | None = KEY


SignMinutesCorrectionResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SignMinutesCorrectionResult")
]


@strawberry.input(description="Input of `withdrawMinutesCorrection`.")
class WithdrawMinutesCorrectionInput:
    """A correction withdrawn."""

    addendum_id: strawberry.ID = ADDENDUM
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


WithdrawMinutesCorrectionResult: TypeAlias = Annotated[
    Minutes | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawMinutesCorrectionResult")
]


@strawberry.type
class MinutesAfterwardsMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Leave out a verifier who has been out of reach past the statutes' days (»justerat av en av två«)."
    )
    async def leave_out_signatory(self, info: Info, input: LeaveOutSignatoryInput) -> LeaveOutSignatoryResult:
        """Left out."""
        member = key_of(input.member_id, "Member", path="memberId")
        service, minutes = info.context.minutes_signing(input.idempotency_key), minutes_key(input)
        key = await service.leave_out(minutes, member, input.decision, actor=info.context.actor)
        return await read_minutes(info, key)

    @strawberry.mutation(
        description="Let somebody else who was at the meeting sign instead of one who is out of reach."
    )
    async def replace_signatory(self, info: Info, input: ReplaceSignatoryInput) -> ReplaceSignatoryResult:
        """Replaced."""
        member = key_of(input.member_id, "Member", path="memberId")
        service, minutes = info.context.minutes_signing(input.idempotency_key), minutes_key(input)
        key = await service.replace(
            minutes, member, input.by_member_number, input.decision, actor=info.context.actor
        )  # fmt: skip
        return await read_minutes(info, key)

    @strawberry.mutation(
        description="Propose a correction of a clerical error in verified minutes (rättelse av skrivfel). The chair "
        "and the verifiers sign it; the original stays."
    )
    async def correct_minutes(self, info: Info, input: CorrectMinutesInput) -> CorrectMinutesResult:
        """A correction proposed."""
        item = maybe_key(input.item_id, "AgendaItem", path="itemId")
        given = Correction(item, input.before, input.after, input.reason)
        service = info.context.minutes_addenda(input.idempotency_key)
        key = await service.propose(minutes_key(input), given, actor=info.context.actor)
        return await read_minutes(info, key)

    @strawberry.mutation(description="Sign a correction of the minutes. With the last signature it is in force.")
    async def sign_minutes_correction(
        self, info: Info, input: SignMinutesCorrectionInput
    ) -> SignMinutesCorrectionResult:
        """A correction signed."""
        given = Signature(
            digest="",
            place=input.place,
            member_number=input.member_number,
            channel=input.channel,
            received_at=input.received_at and aware(input.received_at, "receivedAt"),
        )
        addendum = key_of(input.addendum_id, "MinutesAddendum", path="addendumId")
        service = info.context.minutes_addenda(input.idempotency_key)
        return await read_minutes(info, await service.sign(addendum, given, actor=info.context.actor))

    @strawberry.mutation(description="Withdraw a correction that not everybody has signed.")
    async def withdraw_minutes_correction(
        self, info: Info, input: WithdrawMinutesCorrectionInput
    ) -> WithdrawMinutesCorrectionResult:
        """A correction withdrawn."""
        addendum = key_of(input.addendum_id, "MinutesAddendum", path="addendumId")
        service = info.context.minutes_addenda(input.idempotency_key)
        return await read_minutes(info, await service.drop(addendum, input.reason, actor=info.context.actor))
