"""A candidate signs the pledge anew, and accepts the election."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.elections.accepting import Accepting
from schema.context import Info
from schema.ids import key_of
from schema.mutations.election_results import candidacy_key, read_candidacy, serve
from schema.mutations.results import KEY
from schema.types.election_parts import Candidacy
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `signCandidatePledge`.")
class SignCandidatePledgeInput:
    """Signed."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidacy.")
    pledge_id: strawberry.ID = strawberry.field(description="The version that is in force.")
    idempotency_key: str | None = KEY


SignCandidatePledgeResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SignCandidatePledgeResult")
]


@strawberry.input(description="Input of `declareAcceptance`.")
class DeclareAcceptanceInput:
    """Accepted."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidacy.")
    idempotency_key: str | None = KEY


DeclareAcceptanceResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclareAcceptanceResult")
]


@strawberry.type
class ElectionAcceptingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Sign the candidate pledge (kandidatförsäkran) in the version in force, where it has been replaced "
        "since you signed."
    )
    async def sign_candidate_pledge(self, info: Info, input: SignCandidatePledgeInput) -> SignCandidatePledgeResult:
        """Signed."""
        service = serve(info, Accepting, input.idempotency_key)
        pledge = key_of(input.pledge_id, "CandidatePledge", path="pledgeId")
        return await read_candidacy(info, await service.sign(candidacy_key(input), pledge, actor=info.context.actor))

    @strawberry.mutation(
        description="You have been elected: declare that you accept (ta emot uppdraget). If you do not want it, resign."
    )
    async def declare_acceptance(self, info: Info, input: DeclareAcceptanceInput) -> DeclareAcceptanceResult:
        """Accepted."""
        service = serve(info, Accepting, input.idempotency_key)
        return await read_candidacy(info, await service.declare(candidacy_key(input), actor=info.context.actor))
