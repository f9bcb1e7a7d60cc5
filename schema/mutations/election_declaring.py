"""After the vote: lots, the second ballot, the outcome, and what follows from it."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.elections.declaring import Declaring, Drawn
from democracy.services.elections.seating import Seating
from democracy.services.proceedings.persons import Person
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.election_results import (
    candidacies,
    candidacy_key,
    election_key,
    read_candidacy,
    read_election,
    serve,
)
from schema.mutations.results import KEY
from schema.types.election import Election
from schema.types.election_parts import Candidacy
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `commitElectionLot`.")
class CommitElectionLotInput:
    """Committed."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    commitment: str = strawberry.field(description="SHA-256 over `LOT1-COMMIT`, a zero byte and your share, in hex.")
    idempotency_key: str | None = KEY


CommitElectionLotResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CommitElectionLotResult")
]


@strawberry.input(description="Input of `revealElectionLot`.")
class RevealElectionLotInput:
    """Revealed."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    share: str = strawberry.field(description="Your share in hex: 16 to 64 bytes.")
    idempotency_key: str | None = KEY


RevealElectionLotResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RevealElectionLotResult")
]


@strawberry.input(description="Input of `drawElectionLot`.")
class DrawElectionLotInput:
    """Drawn."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    order: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Drawn by hand: the candidacies as they came up. Leave out to draw from the shares."
    )
    witness_numbers: list[str] = strawberry.field(
        default_factory=list, description="By hand: membership numbers of the two witnesses."
    )
    idempotency_key: str | None = KEY


DrawElectionLotResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DrawElectionLotResult")
]


@strawberry.input(description="Input of `goOnToSecondBallot`.")
class GoOnToSecondBallotInput:
    """Gone on."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    idempotency_key: str | None = KEY


GoOnToSecondBallotResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("GoOnToSecondBallotResult")
]


@strawberry.input(description="Input of `declareElection`.")
class DeclareElectionInput:
    """Declared."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    substitute_candidacy_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Where the meeting decides on substitutes: in their order."
    )
    idempotency_key: str | None = KEY


DeclareElectionResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclareElectionResult")
]


@strawberry.input(description="Input of `chooseOtherPost`.")
class ChooseOtherPostInput:
    """Chosen."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidacy.")
    other_candidacy_id: strawberry.ID = strawberry.field(description="The candidacy whose post is kept.")
    idempotency_key: str | None = KEY


ChooseOtherPostResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ChooseOtherPostResult")
]


@strawberry.input(description="Input of `stepInSubstitute`.")
class StepInSubstituteInput:
    """Stepped in."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    candidacy_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom, where the post knows no order; otherwise the first."
    )
    idempotency_key: str | None = KEY


StepInSubstituteResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("StepInSubstituteResult")
]


@strawberry.type
class ElectionDeclaringMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Commit to a share of the lot before the ballots open (lämna en andel till lotten)."
    )
    async def commit_election_lot(self, info: Info, input: CommitElectionLotInput) -> CommitElectionLotResult:
        """Committed."""
        service = serve(info, Declaring, input.idempotency_key)
        return await read_election(
            info, await service.commit(election_key(input), input.commitment, actor=info.context.actor)
        )

    @strawberry.mutation(description="Reveal the share that you committed to (visa sin andel).")
    async def reveal_election_lot(self, info: Info, input: RevealElectionLotInput) -> RevealElectionLotResult:
        """Revealed."""
        service = serve(info, Declaring, input.idempotency_key)
        return await read_election(
            info, await service.reveal(election_key(input), input.share, actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Draw the lot that the count waits for (dra lotten): from the shares, or by hand "
        "before two witnesses."
    )
    async def draw_election_lot(self, info: Info, input: DrawElectionLotInput) -> DrawElectionLotResult:
        """Drawn."""
        service = serve(info, Declaring, input.idempotency_key)
        drawn = None
        if input.order is not None:
            witnesses = [Person(number=each) for each in input.witness_numbers]
            drawn = Drawn(candidacies(input.order, "order"), witnesses)
        return await read_election(info, await service.draw(election_key(input), drawn, actor=info.context.actor))

    @strawberry.mutation(
        description="Go on to a second ballot (andra omgång), §22. Until it opens candidates may "
        "step back where the statutes let them."
    )
    async def go_on_to_second_ballot(self, info: Info, input: GoOnToSecondBallotInput) -> GoOnToSecondBallotResult:
        """Gone on."""
        service = serve(info, Declaring, input.idempotency_key)
        return await read_election(info, await service.go_on(election_key(input), actor=info.context.actor))

    @strawberry.mutation(description="Declare who is elected (fastställa valet). The mandates follow by themselves.")
    async def declare_election(self, info: Info, input: DeclareElectionInput) -> DeclareElectionResult:
        """Declared."""
        service = serve(info, Declaring, input.idempotency_key)
        chosen = candidacies(input.substitute_candidacy_ids, "substituteCandidacyIds")
        return await read_election(info, await service.declare(election_key(input), chosen, actor=info.context.actor))

    @strawberry.mutation(description="Elected to two posts: give this one up and keep the other (välja uppdrag).")
    async def choose_other_post(self, info: Info, input: ChooseOtherPostInput) -> ChooseOtherPostResult:
        """Chosen."""
        service = serve(info, Seating, input.idempotency_key)
        other = key_of(input.other_candidacy_id, "Candidacy", path="otherCandidacyId")
        return await read_candidacy(info, await service.choose(candidacy_key(input), other, actor=info.context.actor))

    @strawberry.mutation(
        description="Call in a substitute for a vacant place (kalla in ersättare): for good, or while a leave lasts."
    )
    async def step_in_substitute(self, info: Info, input: StepInSubstituteInput) -> StepInSubstituteResult:
        """Stepped in."""
        service = serve(info, Seating, input.idempotency_key)
        chosen = maybe_key(input.candidacy_id, "Candidacy", path="candidacyId")
        return await read_election(info, await service.step_in(election_key(input), chosen, actor=info.context.actor))
