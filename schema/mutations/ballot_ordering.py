"""Ballots come about: drafted, ordered or demanded, supported, cancelled."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from schema.context import Info
from schema.ids import key_of
from schema.mutations.ballot_drafts import MemberBallotInput
from schema.mutations.ballot_results import ballot_key, read_ballot
from schema.mutations.results import KEY, VERSION
from schema.types.member_ballot import MemberBallot
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `draftMemberBallot`.")
class DraftMemberBallotInput:
    """Written down."""

    ballot: MemberBallotInput = strawberry.field(description="The draft.")
    idempotency_key: str | None = KEY


DraftMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DraftMemberBallotResult")
]


@strawberry.input(description="Input of `editMemberBallot`.")
class EditMemberBallotInput:
    """Written anew."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    ballot: MemberBallotInput = strawberry.field(description="The draft.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


EditMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EditMemberBallotResult")
]


@strawberry.input(description="Input of `orderMemberBallot`.")
class OrderMemberBallotInput:
    """Ordered."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


OrderMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OrderMemberBallotResult")
]


@strawberry.input(description="Input of `demandMemberBallot`.")
class DemandMemberBallotInput:
    """Demanded."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    branch_id: strawberry.ID = strawberry.field(description="The branch.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    decided_on: date = strawberry.field(description="When its meeting decided.")
    idempotency_key: str | None = KEY


DemandMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DemandMemberBallotResult")
]


@strawberry.input(description="Input of `supportBallotDemand`.")
class SupportBallotDemandInput:
    """Supported."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    branch_id: strawberry.ID = strawberry.field(description="The branch.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    decided_on: date = strawberry.field(description="When its meeting decided.")
    idempotency_key: str | None = KEY


SupportBallotDemandResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SupportBallotDemandResult")
]


@strawberry.input(description="Input of `withdrawBallotSupport`.")
class WithdrawBallotSupportInput:
    """Support withdrawn."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    branch_id: strawberry.ID = strawberry.field(description="The branch.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


WithdrawBallotSupportResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawBallotSupportResult")
]


@strawberry.input(description="Input of `cancelMemberBallot`.")
class CancelMemberBallotInput:
    """Cancelled."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


CancelMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CancelMemberBallotResult")
]


@strawberry.type
class BallotOrderingMutations:
    """Root fields."""

    @strawberry.mutation(description="Write a member ballot down (utkast). Its statutes are those in force today.")
    async def draft_member_ballot(self, info: Info, input: DraftMemberBallotInput) -> DraftMemberBallotResult:
        """Written down."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.draft(input.ballot.draft(), actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(description="Write it anew, as long as it has not been announced.")
    async def edit_member_ballot(self, info: Info, input: EditMemberBallotInput) -> EditMemberBallotResult:
        """Written anew."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.edit(
            ballot_key(input), input.ballot.draft(), input.expected_version, actor=info.context.actor
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record the body's decision to hold the ballot (besluta om medlemsomröstning), §149."
    )
    async def order_member_ballot(self, info: Info, input: OrderMemberBallotInput) -> OrderMemberBallotResult:
        """Ordered."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.order(ballot_key(input), input.decision, actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record that a branch's meeting demands the ballot (kräva medlemsomröstning), §149. The members "
        "of every supporting branch are counted on this day."
    )
    async def demand_member_ballot(self, info: Info, input: DemandMemberBallotInput) -> DemandMemberBallotResult:
        """Demanded."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.demand(
            ballot_key(input),
            key_of(input.branch_id, "Unit", path="branchId"),
            input.decision,
            input.decided_on,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record that a branch's meeting supports the demand. When the branches hold members enough, the "
        "ballot is to be held."
    )
    async def support_ballot_demand(self, info: Info, input: SupportBallotDemandInput) -> SupportBallotDemandResult:
        """Supported."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.support(
            ballot_key(input),
            key_of(input.branch_id, "Unit", path="branchId"),
            input.decision,
            input.decided_on,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(description="Record that a branch's meeting no longer supports the demand.")
    async def withdraw_ballot_support(
        self, info: Info, input: WithdrawBallotSupportInput
    ) -> WithdrawBallotSupportResult:
        """Support withdrawn."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.withdraw_support(
            ballot_key(input),
            key_of(input.branch_id, "Unit", path="branchId"),
            input.decision,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record the body's decision not to hold it after all (ställa in). Only before it opens."
    )
    async def cancel_member_ballot(self, info: Info, input: CancelMemberBallotInput) -> CancelMemberBallotResult:
        """Cancelled."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.cancel(ballot_key(input), input.decision, input.reason, actor=info.context.actor)
        return await read_ballot(info, key)
