"""Ballots are held: opened, extended, closed."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from schema.context import Info
from schema.mutations.ballot_results import ballot_key, read_ballot
from schema.mutations.results import KEY, aware
from schema.types.member_ballot import MemberBallot
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `openMemberBallot`.")
class OpenMemberBallotInput:
    """Opened."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


OpenMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenMemberBallotResult")
]


@strawberry.input(description="Input of `extendMemberBallot`.")
class ExtendMemberBallotInput:
    """Extended."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    closes_at: datetime = strawberry.field(description="When it closes instead.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


ExtendMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ExtendMemberBallotResult")
]


@strawberry.input(description="Input of `closeMemberBallot`.")
class CloseMemberBallotInput:
    """Closed."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


CloseMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseMemberBallotResult")
]


@strawberry.type
class BallotHoldingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Open the ballot when its time has come. The clock does it by itself; this is for a clock that "
        "stands still."
    )
    async def open_member_ballot(self, info: Info, input: OpenMemberBallotInput) -> OpenMemberBallotResult:
        """Opened."""
        service = info.context.ballot_holding(input.idempotency_key)
        key = await service.open(ballot_key(input), actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Let it be open longer (förlänga): a decision with a reason, made before it closes."
    )
    async def extend_member_ballot(self, info: Info, input: ExtendMemberBallotInput) -> ExtendMemberBallotResult:
        """Extended."""
        service = info.context.ballot_holding(input.idempotency_key)
        key = await service.extend(
            ballot_key(input),
            aware(input.closes_at, "closesAt"),
            input.decision,
            input.reason,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Close the ballot when its time has come, never before. The clock does it by itself."
    )
    async def close_member_ballot(self, info: Info, input: CloseMemberBallotInput) -> CloseMemberBallotResult:
        """Closed."""
        service = info.context.urn_closing(input.idempotency_key)
        key = await service.close(ballot_key(input), actor=info.context.actor)
        return await read_ballot(info, key)
