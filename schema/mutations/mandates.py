"""Mandates over the API: leave, resignation, co-opting, extension, early end."""

from datetime import date
from typing import Annotated, Protocol, TypeAlias
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.services.mandate_terms import MandateTerms, Term
from democracy.services.mandates import Mandates
from schema.context import Info
from schema.ids import key_of
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY
from schema.types.mandate import Mandate
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from schema.types.unit import Body


@strawberry.input(description="Input of `takeLeave`.")
class TakeLeaveInput:
    """Left."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    first_day: date = strawberry.field(description="First day away.")
    last_day: date | None = strawberry.field(default=None, description="Last day away; leave out while it has none.")
    idempotency_key: str | None = KEY


TakeLeaveResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("TakeLeaveResult")
]


@strawberry.input(description="Input of `endLeave`.")
class EndLeaveInput:
    """Back."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    last_day: date = strawberry.field(description="Last day away.")
    idempotency_key: str | None = KEY


EndLeaveResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EndLeaveResult")
]


@strawberry.input(description="Input of `resignMandate`.")
class ResignMandateInput:
    """Resigned."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    idempotency_key: str | None = KEY


ResignMandateResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ResignMandateResult")
]


@strawberry.input(description="Input of `withdrawResignation`.")
class WithdrawResignationInput:
    """Stayed."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    idempotency_key: str | None = KEY


WithdrawResignationResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawResignationResult")
]


@strawberry.input(description="Input of `grantResignation`.")
class GrantResignationInput:
    """Granted."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    first_free_day: date = strawberry.field(description="First day without the mandate.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


GrantResignationResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("GrantResignationResult")
]


@strawberry.input(description="Input of `endMandate`.")
class EndMandateInput:
    """Ended."""

    mandate_id: strawberry.ID = strawberry.field(description="The mandate.")
    last_day: date = strawberry.field(description="Its last day.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


EndMandateResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EndMandateResult")
]


@strawberry.input(description="Input of `coOpt`.")
class CoOptInput:
    """Co-opted."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    first_day: date = strawberry.field(description="First day.")
    last_day: date | None = strawberry.field(default=None, description="Last day; leave out for until further notice.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


CoOptResult: TypeAlias = Annotated[
    Mandate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CoOptResult")
]


@strawberry.input(description="Input of `extendMandates`.")
class ExtendMandatesInput:
    """Extended."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    last_day: date = strawberry.field(description="The new last day.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    mandate_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Whose; leave out for all in the body that end before that day."
    )
    idempotency_key: str | None = KEY


ExtendMandatesResult: TypeAlias = Annotated[
    Body | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ExtendMandatesResult")
]


class OfMandate(Protocol):
    """An input that names a mandate."""

    mandate_id: strawberry.ID


def mandate_key(given: OfMandate) -> UUID:
    """The mandate that an input names."""
    return key_of(given.mandate_id, "Mandate", path="mandateId")


@strawberry.type
class MandateMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Leave your place for a while (ta ledigt): the first substitute in order stands in. The "
        "secretary may record it for you."
    )
    async def take_leave(self, info: Info, input: TakeLeaveInput) -> TakeLeaveResult:
        """By the service."""
        service = info.context.service(Mandates, input.idempotency_key)
        return await read_mandate(
            info,
            await service.take_leave(mandate_key(input), input.first_day, input.last_day, actor=info.context.actor),
        )

    @strawberry.mutation(description="Come back (avsluta ledigheten): whoever stood in leaves the place the same day.")
    async def end_leave(self, info: Info, input: EndLeaveInput) -> EndLeaveResult:
        """By the service."""
        service = info.context.service(Mandates, input.idempotency_key)
        return await read_mandate(
            info, await service.end_leave(mandate_key(input), input.last_day, actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Ask to be released (avsäga sig). The duty remains until those who elected have granted it."
    )
    async def resign_mandate(self, info: Info, input: ResignMandateInput) -> ResignMandateResult:
        """By the service."""
        service = info.context.service(Mandates, input.idempotency_key)
        return await read_mandate(info, await service.resign(mandate_key(input), actor=info.context.actor))

    @strawberry.mutation(description="Take a resignation back (ta tillbaka avsägelsen) before it is granted.")
    async def withdraw_resignation(self, info: Info, input: WithdrawResignationInput) -> WithdrawResignationResult:
        """By the service."""
        service = info.context.service(Mandates, input.idempotency_key)
        return await read_mandate(info, await service.stay(mandate_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Record that those who elected have granted the resignation (entlediga). The place is then "
        "vacant: a substitute is called in, or a by-election is prepared."
    )
    async def grant_resignation(self, info: Info, input: GrantResignationInput) -> GrantResignationResult:
        """By the service."""
        service = info.context.service(Mandates, input.idempotency_key)
        return await read_mandate(
            info,
            await service.release(mandate_key(input), input.first_free_day, input.decision, actor=info.context.actor),
        )

    @strawberry.mutation(
        description="Record that a mandate ends early (avsluta i förtid), by a decision or as its holder has moved."
    )
    async def end_mandate(self, info: Info, input: EndMandateInput) -> EndMandateResult:
        """By the service."""
        service = info.context.service(MandateTerms, input.idempotency_key)
        return await read_mandate(
            info, await service.end(mandate_key(input), input.last_day, input.decision, actor=info.context.actor)
        )

    @strawberry.mutation(description="Co-opt somebody (adjungera): they may speak in the body, and have no vote.")
    async def co_opt(self, info: Info, input: CoOptInput) -> CoOptResult:
        """Co-opted."""
        service = info.context.service(MandateTerms, input.idempotency_key)
        body, term = key_of(input.body_id, "Body", path="bodyId"), Term(input.first_day, input.last_day, input.decision)
        return await read_mandate(info, await service.co_opt(body, person(input), term, actor=info.context.actor))

    @strawberry.mutation(
        description="Let mandates last longer by a decision (förlängt mandat), such as a nomination committee's."
    )
    async def extend_mandates(self, info: Info, input: ExtendMandatesInput) -> ExtendMandatesResult:
        """Extended."""
        service = info.context.service(MandateTerms, input.idempotency_key)
        body = key_of(input.body_id, "Body", path="bodyId")
        chosen = [key_of(each, "Mandate", path=f"mandateIds.{at}") for at, each in enumerate(input.mandate_ids)]
        await service.extend(body, chosen, input.last_day, input.decision, actor=info.context.actor)
        info.context.fresh()
        view = await info.context.loaders.register.body.load(body)
        if view is None:
            raise NotFoundError("body", body)
        return Body.of(view)


async def read_mandate(info: Info, key: UUID) -> Mandate:
    """The mandate as it is now."""
    info.context.fresh()
    view = await info.context.loaders.register.mandate.load(key)
    if view is None:
        raise NotFoundError("mandate", key)
    return Mandate.of(view)
