"""An election that is not held, or goes on to another meeting."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.elections.referring import Referring
from schema.context import Info
from schema.ids import key_of
from schema.mutations.election_holding import holding
from schema.mutations.election_results import election_key, read_election, serve
from schema.mutations.results import KEY, read_meeting
from schema.types.election import Election
from schema.types.meeting import Meeting
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `cancelElection`.")
class CancelElectionInput:
    """Cancelled."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


CancelElectionResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CancelElectionResult")
]


@strawberry.input(description="Input of `referElection`.")
class ReferElectionInput:
    """Referred."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    meeting_id: strawberry.ID = strawberry.field(description="The coming meeting of the same unit.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


ReferElectionResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReferElectionResult")
]


@strawberry.type
class ElectionEndingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record that an election is not held, or that its vote went wrong (ställa in): "
        "then a new one is prepared."
    )
    async def cancel_election(self, info: Info, input: CancelElectionInput) -> CancelElectionResult:
        """Cancelled."""
        service = holding(info, input.idempotency_key)
        return await read_election(
            info, await service.cancel(election_key(input), input.reason, actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Record that the meeting refers an election to a coming one (hänskjuta valet), with its names and "
        "the nomination committee's work. Numbers are decided anew. The answer is the meeting that leaves it."
    )
    async def refer_election(self, info: Info, input: ReferElectionInput) -> ReferElectionResult:
        """Referred."""
        service = serve(info, Referring, input.idempotency_key)
        meeting = key_of(input.meeting_id, "Meeting", path="meetingId")
        return await read_meeting(
            info, await service.refer(election_key(input), meeting, input.reason, actor=info.context.actor)
        )
