"""Elections come about: prepared, nominated for, proposed."""

from datetime import date, datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.services.elections.committee import Committee, Line
from democracy.services.elections.nominating import Nominating, Nomination
from democracy.services.elections.preparing import ElectionPreparing, Post
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.election_results import (
    candidacy_key,
    election_key,
    read_candidacy,
    read_election,
    read_pledge,
    serve,
)
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.election import Election
from schema.types.election_parts import Candidacy, CandidatePledge
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="One place of the committee's draft.")
class NominationLineInput:
    """A line."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidate.")
    reasons: str = strawberry.field(default="", description="Why.")


@strawberry.input(description="Input of `prepareElection`.")
class PrepareElectionInput:
    """Prepared."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting that elects.")
    body_id: strawberry.ID = strawberry.field(description="The body that those elected will sit in.")
    title: str = strawberry.field(description="What is elected: ledamöter i styrelsen.")
    role: MandateRole = strawberry.field(default=MandateRole.MEMBER, description="What those elected will be there.")
    seats: int | None = strawberry.field(
        default=None, description="How many; in a by-election as many as are vacant unless you say."
    )
    substitutes: int = strawberry.field(default=0, description="How many substitutes.")
    starts_on: date | None = strawberry.field(default=None, description="First day of the term.")
    ends_on: date | None = strawberry.field(
        default=None, description="Last day of the term; by the statutes unless you say."
    )
    expectations: str = strawberry.field(
        default="", description="Markdown: what is expected of whoever is elected (uppdragsmall)."
    )
    eligibility: str = strawberry.field(default="", description="Who can be elected.")
    in_order: bool = strawberry.field(default=True, description="Substitutes step in in their order.")
    must_be_filled: bool = strawberry.field(default=False, description="The post must always be filled.")
    committee_id: strawberry.ID | None = strawberry.field(
        default=None, description="The nomination committee that proposes."
    )
    fills_id: strawberry.ID | None = strawberry.field(
        default=None, description="By-election: the election whose places it fills."
    )
    idempotency_key: str | None = KEY


PrepareElectionResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PrepareElectionResult")
]


@strawberry.input(description="Input of `adoptCandidatePledge`.")
class AdoptCandidatePledgeInput:
    """Adopted."""

    unit_id: strawberry.ID = strawberry.field(description="The unit whose candidates sign it.")
    text: str = strawberry.field(description="Markdown.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


AdoptCandidatePledgeResult: TypeAlias = Annotated[
    CandidatePledge | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdoptCandidatePledgeResult")
]


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


@strawberry.input(description="Input of `noteInCommittee`.")
class NoteInCommitteeInput:
    """Noted."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    text: str = strawberry.field(description="The note.")
    idempotency_key: str | None = KEY


NoteInCommitteeResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("NoteInCommitteeResult")
]


@strawberry.input(description="Input of `draftNominations`.")
class DraftNominationsInput:
    """Drafted."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    lines: list[NominationLineInput] = strawberry.field(
        description="Those for the seats in their order, then those for substitutes."
    )
    idempotency_key: str | None = KEY


DraftNominationsResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DraftNominationsResult")
]


@strawberry.input(description="Input of `publishNominations`.")
class PublishNominationsInput:
    """Published."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    idempotency_key: str | None = KEY


PublishNominationsResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PublishNominationsResult")
]


@strawberry.type
class ElectionNominatingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Write down what a meeting is to elect (förbereda ett val). From now on people "
        "are nominated for it."
    )
    async def prepare_election(self, info: Info, input: PrepareElectionInput) -> PrepareElectionResult:
        """Prepared."""
        service = serve(info, ElectionPreparing, input.idempotency_key)
        key = await service.prepare(
            key_of(input.meeting_id, "Meeting", path="meetingId"), _post(input), actor=info.context.actor
        )
        return await read_election(info, key)

    @strawberry.mutation(
        description="Record the candidate pledge (kandidatförsäkran) that a board has adopted. It "
        "replaces the version before."
    )
    async def adopt_candidate_pledge(self, info: Info, input: AdoptCandidatePledgeInput) -> AdoptCandidatePledgeResult:
        """Adopted."""
        service = serve(info, ElectionPreparing, input.idempotency_key)
        unit = key_of(input.unit_id, "Unit", path="unitId")
        key = await service.adopt_pledge(unit, input.text, input.decision, actor=info.context.actor)
        return await read_pledge(info, key)

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
        key = await service.accept(candidacy_key(input), pledge, actor=info.context.actor)
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

    @strawberry.mutation(
        description="Note something for the nomination committee alone (valberedningens anteckning). "
        "Nobody else ever sees it."
    )
    async def note_in_committee(self, info: Info, input: NoteInCommitteeInput) -> NoteInCommitteeResult:
        """Noted."""
        service = serve(info, Committee, input.idempotency_key)
        key = await service.note(election_key(input), input.text, actor=info.context.actor)
        return await read_election(info, key)

    @strawberry.mutation(
        description="Write the nomination committee's draft (utkast till förslag), with reasons. "
        "Nobody else sees it before it is published."
    )
    async def draft_nominations(self, info: Info, input: DraftNominationsInput) -> DraftNominationsResult:
        """Drafted."""
        service = serve(info, Committee, input.idempotency_key)
        lines = [
            Line(key_of(each.candidacy_id, "Candidacy", path=f"lines.{at}.candidacyId"), each.reasons)
            for at, each in enumerate(input.lines)
        ]
        key = await service.propose(election_key(input), lines, actor=info.context.actor)
        return await read_election(info, key)

    @strawberry.mutation(
        description="Let the names out: with the nomination committee's proposal (valberedningens "
        "förslag) where there is one."
    )
    async def publish_nominations(self, info: Info, input: PublishNominationsInput) -> PublishNominationsResult:
        """Published."""
        service = serve(info, Committee, input.idempotency_key)
        return await read_election(info, await service.publish(election_key(input), actor=info.context.actor))


def _post(given: PrepareElectionInput) -> Post:
    return Post(
        body_id=key_of(given.body_id, "Body", path="bodyId"),
        title=given.title,
        role=given.role,
        seats=given.seats,
        substitutes=given.substitutes,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        expectations=given.expectations,
        eligibility=given.eligibility,
        in_order=given.in_order,
        must_be_filled=given.must_be_filled,
        committee_id=maybe_key(given.committee_id, "Body", path="committeeId"),
        fills_id=maybe_key(given.fills_id, "Election", path="fillsId"),
    )
