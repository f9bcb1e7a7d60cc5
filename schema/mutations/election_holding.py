"""The meeting elects: numbers, acclamation, the vote."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from democracy.errors import FieldError, InvalidInputError
from democracy.services.elections.counting import Papers
from democracy.services.elections.holding import Acclaimed, ElectionHolding, ElectionVotes
from democracy.services.elections.preparing import ElectionPreparing, Numbers
from democracy.services.proceedings.persons import Person
from schema.context import Info
from schema.mutations.election_results import (
    candidacies,
    election_key,
    read_election,
    serve,
)
from schema.mutations.results import KEY
from schema.types.election import Election
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.election import VoteMethod


@strawberry.input(description="Papers with the same names on them.")
class PaperBallotInput:
    """A distinct ballot."""

    candidacy_ids: list[strawberry.ID] = strawberry.field(description="The names on it.")
    number: int = strawberry.field(description="How many such papers there are.")


@strawberry.input(description="Input of `decideElectionNumbers`.")
class DecideElectionNumbersInput:
    """Decided."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    seats: int = strawberry.field(description="How many members.")
    substitutes: int = strawberry.field(default=0, description="How many substitutes.")
    starts_on: date | None = strawberry.field(default=None, description="First day of the term.")
    ends_on: date | None = strawberry.field(default=None, description="Last day of the term.")
    idempotency_key: str | None = KEY


DecideElectionNumbersResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideElectionNumbersResult")
]


@strawberry.input(description="Input of `exceptFromRepresentation`.")
class ExceptFromRepresentationInput:
    """Excepted."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


ExceptFromRepresentationResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ExceptFromRepresentationResult")
]


@strawberry.input(description="Input of `electByAcclamation`.")
class ElectByAcclamationInput:
    """Acclaimed."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    member_candidacy_ids: list[strawberry.ID] = strawberry.field(description="Those elected, in their order.")
    substitute_candidacy_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Substitutes in their order."
    )
    order_by_lot: bool = strawberry.field(
        default=False, description="A lot, not a decision, has put the substitutes in their order."
    )
    witness_numbers: list[str] = strawberry.field(
        default_factory=list, description="The lot: membership numbers of its two witnesses."
    )
    idempotency_key: str | None = KEY


ElectByAcclamationResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ElectByAcclamationResult")
]


@strawberry.input(description="Input of `requestSecretElection`.")
class RequestSecretElectionInput:
    """Asked for."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    idempotency_key: str | None = KEY


RequestSecretElectionResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RequestSecretElectionResult")
]


@strawberry.input(description="Input of `openElection`.")
class OpenElectionInput:
    """Opened."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    method: VoteMethod = strawberry.field(description="On devices, on papers, or into a sealed urn.")
    secret: bool = strawberry.field(default=False, description="Secret (sluten): on papers; in an urn always.")
    idempotency_key: str | None = KEY


OpenElectionResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenElectionResult")
]


@strawberry.input(description="Input of `castElectionVote`.")
class CastElectionVoteInput:
    """Voted."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    candidacy_ids: list[strawberry.ID] = strawberry.field(description="Whom you vote for; nobody is a blank ballot.")
    idempotency_key: str | None = KEY


CastElectionVoteResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CastElectionVoteResult")
]


@strawberry.input(description="Input of `enterElectionPapers`.")
class EnterElectionPapersInput:
    """Typed in."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    ballots: list[PaperBallotInput] = strawberry.field(description="Distinct ballots with their number.")
    blank: int = strawberry.field(default=0, description="Blank ones.")
    invalid: int = strawberry.field(default=0, description="Those set aside: illegible, too many names.")
    idempotency_key: str | None = KEY


EnterElectionPapersResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EnterElectionPapersResult")
]


@strawberry.input(description="Input of `closeElection`.")
class CloseElectionInput:
    """Closed."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    idempotency_key: str | None = KEY


CloseElectionResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseElectionResult")
]


@strawberry.type
class ElectionHoldingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record what the meeting decides first: how many members and substitutes, and "
        "their term (antal och mandattid)."
    )
    async def decide_election_numbers(
        self, info: Info, input: DecideElectionNumbersInput
    ) -> DecideElectionNumbersResult:
        """Decided."""
        service = serve(info, ElectionPreparing, input.idempotency_key)
        numbers = Numbers(input.seats, input.substitutes, input.starts_on, input.ends_on)
        return await read_election(
            info, await service.decide_numbers(election_key(input), numbers, actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Record why the rule of equal representation is set aside in this election "
        "(undantag från könsfördelningen)."
    )
    async def except_from_representation(
        self, info: Info, input: ExceptFromRepresentationInput
    ) -> ExceptFromRepresentationResult:
        """Excepted."""
        service = serve(info, ElectionPreparing, input.idempotency_key)
        key = await service.except_representation(election_key(input), input.reason, actor=info.context.actor)
        return await read_election(info, key)

    @strawberry.mutation(
        description="Elect everybody who stands (val med acklamation): no more than there are seats. "
        "The order of the substitutes is the meeting's decision, or a lot's."
    )
    async def elect_by_acclamation(self, info: Info, input: ElectByAcclamationInput) -> ElectByAcclamationResult:
        """Acclaimed."""
        service = holding(info, input.idempotency_key)
        given = Acclaimed(
            candidacies(input.member_candidacy_ids, "memberCandidacyIds"),
            candidacies(input.substitute_candidacy_ids, "substituteCandidacyIds"),
            [Person(number=each) for each in input.witness_numbers],
            input.order_by_lot,
        )
        return await read_election(info, await service.acclaim(election_key(input), given, actor=info.context.actor))

    @strawberry.mutation(
        description="Ask for a secret election (begära sluten omröstning), where the statutes give that right."
    )
    async def request_secret_election(
        self, info: Info, input: RequestSecretElectionInput
    ) -> RequestSecretElectionResult:
        """Asked for."""
        service = holding(info, input.idempotency_key)
        return await read_election(info, await service.ask_secret(election_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Open the vote (öppna omröstningen), or the second ballot. The roll is fixed with it."
    )
    async def open_election(self, info: Info, input: OpenElectionInput) -> OpenElectionResult:
        """Opened."""
        service = holding(info, input.idempotency_key)
        key = await service.open(election_key(input), input.method, secret=input.secret, actor=info.context.actor)
        return await read_election(info, key)

    @strawberry.mutation(
        description="Vote on a device in an open election (rösta), or change your mind while it is "
        "open. No record joins you with your choice once it has closed."
    )
    async def cast_election_vote(self, info: Info, input: CastElectionVoteInput) -> CastElectionVoteResult:
        """Voted."""
        service = serve(info, ElectionVotes, None)
        names = candidacies(input.candidacy_ids, "candidacyIds")
        return await read_election(info, await service.cast(election_key(input), names, actor=info.context.actor))

    @strawberry.mutation(
        description="Type in the papers of a vote (skriva in sedlarna) as you have counted them. Two "
        "people do so, each by themselves."
    )
    async def enter_election_papers(self, info: Info, input: EnterElectionPapersInput) -> EnterElectionPapersResult:
        """Typed in."""
        service = holding(info, input.idempotency_key)
        key = await service.enter_papers(election_key(input), _papers(input), actor=info.context.actor)
        return await read_election(info, key)

    @strawberry.mutation(description="Close the vote (stänga omröstningen) and count it.")
    async def close_election(self, info: Info, input: CloseElectionInput) -> CloseElectionResult:
        """Closed."""
        service = holding(info, input.idempotency_key)
        return await read_election(info, await service.close(election_key(input), actor=info.context.actor))


def _papers(given: EnterElectionPapersInput) -> Papers:
    if min([given.blank, given.invalid, *(each.number for each in given.ballots)]) < 0:
        raise InvalidInputError(FieldError("ballots", "out_of_range", {"least": 0, "most": 100_000}))
    ballots = [
        ([key.hex for key in candidacies(each.candidacy_ids, f"ballots.{at}.candidacyIds")], each.number)
        for at, each in enumerate(given.ballots)
    ]
    return Papers.of(ballots, given.blank, given.invalid)


def holding(info: Info, key: str | None) -> ElectionHolding:
    """The service of the meeting that elects, with the urns of meetings."""
    context = info.context
    return ElectionHolding(context.app.database, context.at, key, urns=context.app.meeting_urns)
