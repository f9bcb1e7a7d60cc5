"""A board decides on an application, and a founding meeting forms the branch."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.services.branches.deciding import BranchDeciding
from democracy.services.branches.founding import Elected, FoundingMeetings, FoundingMinutes
from democracy.services.cases.verdict import Verdict
from democracy.services.proceedings.persons import Person
from schema.context import Info
from schema.ids import key_of
from schema.mutations.case_results import application_key, members, read_application, serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.branch_application import BranchApplication
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Somebody elected to the new branch's board.")
class FoundingElectedInput:
    """A place."""

    member_id: strawberry.ID = strawberry.field(description="Who.")
    role: MandateRole = strawberry.field(description="Chair, secretary, treasurer, member or substitute.")


def _verdict(given: "DecideBranchApplicationInput") -> Verdict:
    return Verdict(
        given.decision, given.reasons, members(given.present_ids, "presentIds"), given.votes_for, given.votes_against,
        given.reservations,
    )  # fmt: skip


def _minutes(given: "HoldFoundingMeetingInput") -> FoundingMinutes:
    board = [(key_of(each.member_id, "Member", path=f"board.{at}.memberId"), each.role)
             for at, each in enumerate(given.board)]  # fmt: skip
    return FoundingMinutes(
        given.name, given.decision, aware(given.held_at, "heldAt"),
        tuple(Elected(Person(member), role) for member, role in board),
        _persons(given.auditor_ids, "auditorIds"),
        _persons(given.nomination_committee_ids, "nominationCommitteeIds"),
        given.statutes,
    )  # fmt: skip


def _persons(given: list[strawberry.ID], path: str) -> tuple[Person, ...]:
    return tuple(Person(each) for each in members(given, path) or ())


@strawberry.input(description="Input of `decideBranchApplication`.")
class DecideBranchApplicationInput:
    """Decided."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    approve: bool = strawberry.field(description="Approved, or refused.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reasons: str = strawberry.field(default="", description="Why.")
    present_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Those who took part; leave out for everybody with a vote who is not barred."
    )
    votes_for: int = strawberry.field(
        default=0, description="Votes for what was decided; both 0 where nobody asked for a count."
    )
    votes_against: int = strawberry.field(default=0, description="Votes against it.")
    reservations: str = strawberry.field(default="", description="Reservations against it.")
    idempotency_key: str | None = KEY


DecideBranchApplicationResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("DecideBranchApplicationResult"),
]


@strawberry.input(description="Input of `callFoundingMeeting`.")
class CallFoundingMeetingInput:
    """Called."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    at: datetime = strawberry.field(description="When.")
    place: str = strawberry.field(default="", description="Where.")
    idempotency_key: str | None = KEY


CallFoundingMeetingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CallFoundingMeetingResult")
]


@strawberry.input(description="Input of `cancelFoundingMeeting`.")
class CancelFoundingMeetingInput:
    """Cancelled."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


CancelFoundingMeetingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CancelFoundingMeetingResult")
]


@strawberry.input(description="Input of `holdFoundingMeeting`.")
class HoldFoundingMeetingInput:
    """Founded."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    name: str = strawberry.field(description="What the branch is called.")
    decision: str = strawberry.field(description="The paragraph that forms it.")
    held_at: datetime = strawberry.field(description="When it was decided.")
    board: list[FoundingElectedInput] = strawberry.field(description="Its board.")
    auditor_ids: list[strawberry.ID] = strawberry.field(description="Its auditors.")
    nomination_committee_ids: list[strawberry.ID] = strawberry.field(description="Its nomination committee.")
    statutes: str = strawberry.field(default="", description="Markdown: the statutes that it adopted.")
    idempotency_key: str | None = KEY


HoldFoundingMeetingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("HoldFoundingMeetingResult")
]


@strawberry.input(description="Input of `joinFoundedBranch`.")
class JoinFoundedBranchInput:
    """Moved."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    idempotency_key: str | None = KEY


JoinFoundedBranchResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("JoinFoundedBranchResult")
]


@strawberry.type
class BranchFoundingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record what the board decided. A refusal has reasons, and each founder may appeal it."
    )
    async def decide_branch_application(
        self, info: Info, input: DecideBranchApplicationInput
    ) -> DecideBranchApplicationResult:
        """Decided."""
        service = serve(info, BranchDeciding, input.idempotency_key)
        key = await service.decide(
            application_key(input), _verdict(input), approve=input.approve, actor=info.context.actor
        )
        return await read_application(info, key)

    @strawberry.mutation(
        description="Call the founding meeting (kalla till bildandemöte): the board, or when it is silent the body "
        "that the statutes name next."
    )
    async def call_founding_meeting(self, info: Info, input: CallFoundingMeetingInput) -> CallFoundingMeetingResult:
        """Called."""
        service = serve(info, FoundingMeetings, input.idempotency_key)
        key = await service.call(application_key(input), aware(input.at, "at"), input.place, actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(description="Take the call back. The right to form remains.")
    async def cancel_founding_meeting(
        self, info: Info, input: CancelFoundingMeetingInput
    ) -> CancelFoundingMeetingResult:
        """Cancelled."""
        service = serve(info, FoundingMeetings, input.idempotency_key)
        key = await service.cancel(application_key(input), input.reason, actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(
        description="Record what the founding meeting decided (bildandemöte): from that decision the branch exists."
    )
    async def hold_founding_meeting(self, info: Info, input: HoldFoundingMeetingInput) -> HoldFoundingMeetingResult:
        """Founded."""
        service = serve(info, FoundingMeetings, input.idempotency_key)
        key = await service.found(application_key(input), _minutes(input), actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(
        description="Move your membership to the new branch. The secretary records a form on paper for somebody else."
    )
    async def join_founded_branch(self, info: Info, input: JoinFoundedBranchInput) -> JoinFoundedBranchResult:
        """Moved."""
        service = serve(info, FoundingMeetings, input.idempotency_key)
        key = await service.join(application_key(input), person(input), actor=info.context.actor)
        return await read_application(info, key)
