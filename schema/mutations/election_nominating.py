"""Who stands: nominated, presented, with the pledge signed, or stepped back."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.elections.nominating import Nominating, Nomination
from schema.context import Info
from schema.ids import maybe_key
from schema.mutations.election_results import candidacy_key, election_key, read_candidacy, serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.election_parts import Candidacy
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `nominate`.")
class NominateInput:
    """Nominated."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="The unit that nominates; leave out to nominate yourself as a member."
    )
    decision: str = strawberry.field(default="", description="For a unit: the decision of its meeting.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came in, where the secretary records it."
    )
    idempotency_key: str | None = KEY


NominateResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("NominateResult")
]


@strawberry.input(description="Input of `addCandidate`.")
class AddCandidateInput:
    """Added."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    idempotency_key: str | None = KEY


AddCandidateResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AddCandidateResult")
]


@strawberry.input(description="Input of `presentCandidate`.")
class PresentCandidateInput:
    """Presented."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidacy.")
    text: str = strawberry.field(description="Markdown.")
    idempotency_key: str | None = KEY


PresentCandidateResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PresentCandidateResult")
]


@strawberry.input(description="Input of `acceptNomination`.")
class AcceptNominationInput:
    """Accepted."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidacy.")
    pledge_id: strawberry.ID | None = strawberry.field(
        default=None, description="The candidate pledge that you have read and sign: the version in force."
    )
    show_name: bool = strawberry.field(
        default=False,
        description="With a protected identity (skyddad identitet): that you agree to be named to those who elect.",
    )
    idempotency_key: str | None = KEY


AcceptNominationResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AcceptNominationResult")
]


@strawberry.input(description="Input of `declineNomination`.")
class DeclineNominationInput:
    """Declined."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidacy.")
    idempotency_key: str | None = KEY


DeclineNominationResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclineNominationResult")
]


@strawberry.input(description="Input of `withdrawCandidacy`.")
class WithdrawCandidacyInput:
    """Stepped back."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidacy.")
    idempotency_key: str | None = KEY


WithdrawCandidacyResult: TypeAlias = Annotated[
    Candidacy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawCandidacyResult")
]


@strawberry.type
class ElectionNominatingMutations:
    """Root fields."""

    @strawberry.mutation(description="Nominate somebody (nominera), as a member or for a unit. The nominee is asked.")
    async def nominate(self, info: Info, input: NominateInput) -> NominateResult:
        """Nominated."""
        service = serve(info, Nominating, input.idempotency_key)
        given = Nomination(
            person(input),
            maybe_key(input.unit_id, "Unit", path="unitId"),
            input.decision,
            aware(input.received_at, "receivedAt") if input.received_at else None,
        )
        key = await service.nominate(election_key(input), given, actor=info.context.actor)
        return await read_candidacy(info, key)

    @strawberry.mutation(description="Add a name at the meeting (nominera från golvet), where the statutes let it.")
    async def add_candidate(self, info: Info, input: AddCandidateInput) -> AddCandidateResult:
        """Added."""
        service = serve(info, Nominating, input.idempotency_key)
        key = await service.add(election_key(input), person(input), actor=info.context.actor)
        return await read_candidacy(info, key)

    @strawberry.mutation(description="Write the presentation of a candidate (kandidatpresentation).")
    async def present_candidate(self, info: Info, input: PresentCandidateInput) -> PresentCandidateResult:
        """Presented."""
        service = serve(info, Nominating, input.idempotency_key)
        key = await service.present(candidacy_key(input), input.text, actor=info.context.actor)
        return await read_candidacy(info, key)

    @strawberry.mutation(description="Accept (tacka ja), with the candidate pledge signed in its current version.")
    async def accept_nomination(self, info: Info, input: AcceptNominationInput) -> AcceptNominationResult:
        """Accepted."""
        service = serve(info, Nominating, input.idempotency_key)
        pledge = maybe_key(input.pledge_id, "CandidatePledge", path="pledgeId")
        key = await service.accept(candidacy_key(input), pledge, show_name=input.show_name, actor=info.context.actor)
        return await read_candidacy(info, key)

    @strawberry.mutation(description="Decline (tacka nej).")
    async def decline_nomination(self, info: Info, input: DeclineNominationInput) -> DeclineNominationResult:
        """Declined."""
        service = serve(info, Nominating, input.idempotency_key)
        return await read_candidacy(info, await service.decline(candidacy_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Step back (dra tillbaka sin kandidatur): before the vote, or between two ballots."
    )
    async def withdraw_candidacy(self, info: Info, input: WithdrawCandidacyInput) -> WithdrawCandidacyResult:
        """Stepped back."""
        service = serve(info, Nominating, input.idempotency_key)
        return await read_candidacy(info, await service.withdraw(candidacy_key(input), actor=info.context.actor))
