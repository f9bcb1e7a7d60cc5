"""An election is prepared: the post, how many, for how long; and the pledge that candidates sign."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.services.elections.preparing import ElectionPreparing, Post
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.election_results import read_election, read_pledge, serve
from schema.mutations.results import KEY
from schema.types.election import Election
from schema.types.election_parts import CandidatePledge
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `prepareElection`.")
class PrepareElectionInput:
    """Prepared."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting that elects.")
    body_id: strawberry.ID = strawberry.field(description="The body that those elected will sit in.")
    title: str = strawberry.field(
        default="", description="What is elected: ledamöter i styrelsen. Leave out for the role template's title."
    )
    role: MandateRole | None = strawberry.field(
        default=None, description="What those elected will be there: by the role template, or MEMBER, unless you say."
    )
    template_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The role template (uppdragsmall) that fills in what you leave out; unless you name one, the one "
        "in force for such a post.",
    )
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
    in_order: bool | None = strawberry.field(
        default=None, description="Substitutes step in in their order: by the role template, or true, unless you say."
    )
    must_be_filled: bool | None = strawberry.field(
        default=None, description="The post must always be filled: by the role template, or false, unless you say."
    )
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


@strawberry.type
class ElectionPreparingMutations:
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
        template_id=maybe_key(given.template_id, "RoleTemplate", path="templateId"),
    )
