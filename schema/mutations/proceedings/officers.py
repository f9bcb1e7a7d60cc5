"""Who the meeting elects, who has the gavel, and who is barred."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.proceedings.barring import Barring, Declared
from democracy.services.proceedings.officers import Officers
from schema.context import Info
from schema.mutations.proceedings.results import MEMBER, NUMBER, item_key, person, read_item
from schema.mutations.results import KEY, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.proceedings.agenda_item import AgendaItem
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import OfficerRole


@strawberry.input(description="Input of `electOfficer`.")
class ElectOfficerInput:
    """Elected."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    role: OfficerRole = strawberry.field(description="What they are elected to be.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    idempotency_key: str | None = KEY


ElectOfficerResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ElectOfficerResult")
]


@strawberry.input(description="Input of `releaseOfficer`.")
class ReleaseOfficerInput:
    """Released."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    role: OfficerRole = strawberry.field(description="What they are elected to be.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    reason: str | None = strawberry.field(default=None, description="Why.")
    idempotency_key: str | None = KEY


ReleaseOfficerResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReleaseOfficerResult")
]


@strawberry.input(description="Input of `passGavel`.")
class PassGavelInput:
    """Passed on."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    for_open_item: bool = strawberry.field(
        default=True, description="For the item that is open, after which it goes back; otherwise from now on."
    )
    idempotency_key: str | None = KEY


PassGavelResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PassGavelResult")
]


@strawberry.input(description="Input of `declareConflict`.")
class DeclareConflictInput:
    """Declared."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    reason: str = strawberry.field(description="On what ground.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    channel: Channel = strawberry.field(
        default=Channel.DIGITAL, description="How it was said, where it is recorded for another."
    )
    idempotency_key: str | None = KEY


DeclareConflictResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclareConflictResult")
]


@strawberry.input(description="Input of `liftConflict`.")
class LiftConflictInput:
    """Lifted."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


LiftConflictResult: TypeAlias = Annotated[
    AgendaItem | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LiftConflictResult")
]


@strawberry.type
class OfficersMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record that the meeting has elected somebody (mötesfunktionär): to preside, keep the minutes, "
        "verify "
        "or count. They need not be a delegate, nor of this district."
    )
    async def elect_officer(self, info: Info, input: ElectOfficerInput) -> ElectOfficerResult:
        """Elected."""
        service = info.context.service(Officers, input.idempotency_key)
        key = await service.elect(meeting_key(input), input.role, person(input), actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(description="Record that somebody leaves what the meeting elected them to.")
    async def release_officer(self, info: Info, input: ReleaseOfficerInput) -> ReleaseOfficerResult:
        """Released."""
        service, who = info.context.service(Officers, input.idempotency_key), person(input)
        key = await service.release(meeting_key(input), input.role, who, input.reason, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Pass the gavel on (lämna över klubban): for discharge, or whenever the chair is barred or tired. "
        "Refused for whoever is barred from the open item."
    )
    async def pass_gavel(self, info: Info, input: PassGavelInput) -> PassGavelResult:
        """Passed on."""
        service, who = info.context.service(Officers, input.idempotency_key), person(input)
        key = await service.pass_gavel(meeting_key(input), who, for_item=input.for_open_item, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Say that you are barred from an item (anmäla jäv): you take no part in it, and the base of its "
        "votes "
        "is the smaller. With `memberId` or `memberNumber` the chair or the secretary records it for another."
    )
    async def declare_conflict(self, info: Info, input: DeclareConflictInput) -> DeclareConflictResult:
        """Declared."""
        service, declared = info.context.service(Barring, input.idempotency_key), Declared(input.reason, input.channel)
        who = person(input) if input.member_id or input.member_number else None
        return await read_item(info, await service.declare(item_key(input), declared, who, actor=info.context.actor))

    @strawberry.mutation(description="Record that the meeting finds that somebody is not barred (häva jäv).")
    async def lift_conflict(self, info: Info, input: LiftConflictInput) -> LiftConflictResult:
        """Lifted."""
        service, who = info.context.service(Barring, input.idempotency_key), person(input)
        return await read_item(info, await service.lift(item_key(input), who, input.reason, actor=info.context.actor))
