"""Sharing out seats, and reporting who fills them."""

from datetime import date, datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.proceedings.allotment import DrawnLot
from democracy.services.proceedings.delegates import Named, Report
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.results import KEY, aware, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.proceedings.delegate import Delegate
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound

MEETING = strawberry.field(description="The meeting.")
DELEGATE = strawberry.field(description="The reported place.")


@strawberry.input(description="A lot drawn by hand for the last seat, before two witnesses.")
class DrawnLotInput:
    """A drawn lot."""

    order: list[str] = strawberry.field(description="The units' codes in the order in which they came up.")
    chair: str = strawberry.field(description="Who drew.")
    witnesses: list[str] = strawberry.field(description="The two who saw it.")


@strawberry.input(description="Input of `freezeAllotment`.")
class FreezeAllotmentInput:
    """Frozen."""

    meeting_id: strawberry.ID = MEETING
    lot: DrawnLotInput | None = strawberry.field(default=None, description="Where the last seat needs a lot.")
    reason: str = strawberry.field(default="", description="Why it is counted anew; needed the second time.")
    idempotency_key: str | None = KEY


FreezeAllotmentResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("FreezeAllotmentResult")
]


@strawberry.input(description="Somebody whom a unit has elected: by membership number, or by id.")
class ElectedInput:
    """One person."""

    member_number: str | None = strawberry.field(default=None, description="Medlemsnummer.")
    member_id: strawberry.ID | None = strawberry.field(default=None, description="The same by id.")
    weight: int = strawberry.field(default=1, description="Votes of the place, where the statutes allow more than 1.")
    proxies: int = strawberry.field(default=0, description="Proxies (fullmakter), where the statutes allow any.")


@strawberry.input(description="Input of `reportDelegates`.")
class ReportDelegatesInput:
    """A report."""

    meeting_id: strawberry.ID = MEETING
    unit_id: strawberry.ID = strawberry.field(description="The unit that has elected.")
    decision: str = strawberry.field(description="The decision that elected: meeting and paragraph.")
    decided_on: date | None = strawberry.field(default=None, description="Its day.")
    delegates: list[ElectedInput] = strawberry.field(default_factory=list, description="Delegates (ombud).")
    substitutes: list[ElectedInput] = strawberry.field(
        default_factory=list, description="Substitutes (ersättare), in the order in which they step in."
    )
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How the report came in.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came in, if it is recorded afterwards: the deadline looks at this."
    )
    idempotency_key: str | None = KEY


ReportDelegatesResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReportDelegatesResult")
]


@strawberry.input(description="Input of `acceptDelegate`.")
class AcceptDelegateInput:
    """Accepted."""

    delegate_id: strawberry.ID = DELEGATE
    idempotency_key: str | None = KEY


AcceptDelegateResult: TypeAlias = Annotated[
    Delegate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AcceptDelegateResult")
]


@strawberry.input(description="Input of `refuseDelegate`.")
class RefuseDelegateInput:
    """Refused."""

    delegate_id: strawberry.ID = DELEGATE
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


RefuseDelegateResult: TypeAlias = Annotated[
    Delegate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RefuseDelegateResult")
]


@strawberry.input(description="Input of `resignDelegate`.")
class ResignDelegateInput:
    """Given up."""

    delegate_id: strawberry.ID = DELEGATE
    idempotency_key: str | None = KEY


ResignDelegateResult: TypeAlias = Annotated[
    Delegate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ResignDelegateResult")
]


@strawberry.input(description="Input of `correctDelegate`.")
class CorrectDelegateInput:
    """Corrected."""

    delegate_id: strawberry.ID = DELEGATE
    member_number: str | None = strawberry.field(default=None, description="The right person; left out, the same.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="The right unit; left out, the same.")
    reason: str = strawberry.field(description="What was wrong.")
    idempotency_key: str | None = KEY


CorrectDelegateResult: TypeAlias = Annotated[
    Delegate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CorrectDelegateResult")
]


@strawberry.type
class DelegateMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Share out the meeting's seats (fastställa ombudsfördelningen) by the statutes' rule, from "
        "the register "
        "on the statutes' day. The working is kept. Done again it counts anew, with a reason, until the roll is fixed."
    )
    async def freeze_allotment(self, info: Info, input: FreezeAllotmentInput) -> FreezeAllotmentResult:
        """Frozen."""
        drawn = input.lot
        lot = DrawnLot(tuple(drawn.order), drawn.chair, tuple(drawn.witnesses)) if drawn else None
        service = info.context.allotments(input.idempotency_key)
        key = await service.freeze(meeting_key(input), lot, input.reason, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(
        description="Report whom a unit has elected (anmäla ombud och ersättare): everybody or nobody. By its chair or "
        "secretary, or by the office for a letter. After the roll is fixed the meeting decides on each (efteranmälan)."
    )
    async def report_delegates(self, info: Info, input: ReportDelegatesInput) -> ReportDelegatesResult:
        """Reported."""
        report = Report(
            meeting_id=meeting_key(input),
            unit_id=key_of(input.unit_id, "Unit", path="unitId"),
            decision=input.decision,
            delegates=_named(input.delegates, "delegates"),
            substitutes=_named(input.substitutes, "substitutes"),
            decided_on=input.decided_on,
            received_at=input.received_at and aware(input.received_at, "receivedAt"),
            channel=input.channel,
        )
        key = await info.context.delegations(input.idempotency_key).report(report, actor=info.context.actor)
        return await read_meeting(info, key)

    @strawberry.mutation(description="Record that the meeting takes a late report (ta emot efteranmälan).")
    async def accept_delegate(self, info: Info, input: AcceptDelegateInput) -> AcceptDelegateResult:
        """Accepted."""
        service = info.context.delegate_changes(input.idempotency_key)
        return await _read(info, await service.accept(_key(input), actor=info.context.actor))

    @strawberry.mutation(description="Record that the meeting does not take a late report (avvisa efteranmälan).")
    async def refuse_delegate(self, info: Info, input: RefuseDelegateInput) -> RefuseDelegateResult:
        """Refused."""
        service = info.context.delegate_changes(input.idempotency_key)
        return await _read(info, await service.refuse(_key(input), input.reason, actor=info.context.actor))

    @strawberry.mutation(
        description="Give a place up (avsäga sig): by its holder, or by the unit or the office for them. The "
        "unit may elect "
        "somebody else; a substitute who is there steps in."
    )
    async def resign_delegate(self, info: Info, input: ResignDelegateInput) -> ResignDelegateResult:
        """Given up."""
        service = info.context.delegate_changes(input.idempotency_key)
        return await _read(info, await service.resign(_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Enter the right person or unit for one that was wrongly reported (rätta anmälan). Answers "
        "with the "
        "place that takes the wrong one's; both stay in the history."
    )
    async def correct_delegate(self, info: Info, input: CorrectDelegateInput) -> CorrectDelegateResult:
        """Corrected."""
        service, unit = info.context.delegate_changes(input.idempotency_key), input.unit_id
        key = await service.correct(
            _key(input),
            input.reason,
            number=input.member_number,
            unit_id=maybe_key(unit, "Unit", path="unitId"),
            actor=info.context.actor,
        )
        return await _read(info, key)


_OfDelegate: TypeAlias = AcceptDelegateInput | RefuseDelegateInput | ResignDelegateInput | CorrectDelegateInput


def _key(given: _OfDelegate) -> UUID:
    return key_of(given.delegate_id, "Delegate", path="delegateId")


def _named(given: list[ElectedInput], path: str) -> tuple[Named, ...]:
    ids = [maybe_key(each.member_id, "Member", path=f"{path}.{index}") for index, each in enumerate(given)]
    return tuple(
        Named(key, each.member_number, each.weight, each.proxies) for key, each in zip(ids, given, strict=True)
    )


async def _read(info: Info, key: UUID) -> Delegate:
    info.context.fresh()
    view = await info.context.loaders.roll.delegate.load(key)
    if view is None:
        raise NotFoundError("delegate", key)
    return Delegate.of(view)
