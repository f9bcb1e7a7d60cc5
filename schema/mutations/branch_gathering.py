"""Members apply to form a branch."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel, MandateRole, UnitKind
from democracy.services.branches.gathering import Gathering, Wish
from schema.context import Info
from schema.ids import key_of
from schema.mutations.case_results import application_key, read_application, serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.branch_application import BranchApplication
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


def _wish(given: "ApplyForBranchInput | EditBranchApplicationInput") -> Wish:
    return Wish(given.name, given.area, given.reasons, given.proposed_statutes, given.kind)


@strawberry.input(description="Input of `applyForBranch`.")
class ApplyForBranchInput:
    """Begun."""

    unit_id: strawberry.ID = strawberry.field(description="The district, or your own branch in it.")
    name: str = strawberry.field(description="What the branch is to be called.")
    area: str = strawberry.field(default="", description="The area that it is to cover.")
    reasons: str = strawberry.field(default="", description="Markdown: why.")
    proposed_statutes: str = strawberry.field(default="", description="Markdown: the statutes that you propose.")
    kind: UnitKind = strawberry.field(
        default=UnitKind.LOCAL_BRANCH, description="What kind of branch: by place, trade or studies, or the light form."
    )
    interim_role: MandateRole | None = strawberry.field(default=None, description="Place in the interim board.")
    idempotency_key: str | None = KEY


ApplyForBranchResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ApplyForBranchResult")
]


@strawberry.input(description="Input of `editBranchApplication`.")
class EditBranchApplicationInput:
    """Written."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    name: str = strawberry.field(description="What the branch is to be called.")
    area: str = strawberry.field(default="", description="The area that it is to cover.")
    reasons: str = strawberry.field(default="", description="Markdown: why.")
    proposed_statutes: str = strawberry.field(default="", description="Markdown: the statutes that you propose.")
    kind: UnitKind = strawberry.field(
        default=UnitKind.LOCAL_BRANCH, description="What kind of branch: by place, trade or studies, or the light form."
    )
    idempotency_key: str | None = KEY


EditBranchApplicationResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EditBranchApplicationResult")
]


@strawberry.input(description="Input of `inviteFounder`.")
class InviteFounderInput:
    """Asked."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    interim_role: MandateRole | None = strawberry.field(default=None, description="Place in the interim board.")
    idempotency_key: str | None = KEY


InviteFounderResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("InviteFounderResult")
]


@strawberry.input(description="Input of `confirmFounding`.")
class ConfirmFoundingInput:
    """Signed."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    channel: Channel = strawberry.field(
        default=Channel.PAPER, description="How they signed, where you record it for another."
    )
    idempotency_key: str | None = KEY


ConfirmFoundingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ConfirmFoundingResult")
]


@strawberry.input(description="Input of `declineFounding`.")
class DeclineFoundingInput:
    """Said no."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    idempotency_key: str | None = KEY


DeclineFoundingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclineFoundingResult")
]


@strawberry.input(description="Input of `leaveFounding`.")
class LeaveFoundingInput:
    """Taken off."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    idempotency_key: str | None = KEY


LeaveFoundingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LeaveFoundingResult")
]


@strawberry.input(description="Input of `submitBranchApplication`.")
class SubmitBranchApplicationInput:
    """Handed in."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came, where the secretary records it."
    )
    idempotency_key: str | None = KEY


SubmitBranchApplicationResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("SubmitBranchApplicationResult"),
]


@strawberry.input(description="Input of `withdrawBranchApplication`.")
class WithdrawBranchApplicationInput:
    """Taken back."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    idempotency_key: str | None = KEY


WithdrawBranchApplicationResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("WithdrawBranchApplicationResult"),
]


@strawberry.type
class BranchGatheringMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Begin an application to form a branch (ansöka om partiförening). You have signed it by that; "
        "then ask others."
    )
    async def apply_for_branch(self, info: Info, input: ApplyForBranchInput) -> ApplyForBranchResult:
        """Begun."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.apply(
            key_of(input.unit_id, "Unit", path="unitId"), _wish(input), input.interim_role, actor=info.context.actor
        )
        return await read_application(info, key)

    @strawberry.mutation(description="Write the application anew, while names are gathered.")
    async def edit_branch_application(
        self, info: Info, input: EditBranchApplicationInput
    ) -> EditBranchApplicationResult:
        """Written."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.edit(application_key(input), _wish(input), actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(
        description="Ask somebody to found with you (fråga en grundare); or change their place in the interim board."
    )
    async def invite_founder(self, info: Info, input: InviteFounderInput) -> InviteFounderResult:
        """Asked."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.invite(application_key(input), person(input), input.interim_role, actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(
        description="Sign (skriva under). A founder or the secretary records it for a member who signed on paper."
    )
    async def confirm_founding(self, info: Info, input: ConfirmFoundingInput) -> ConfirmFoundingResult:
        """Signed."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.confirm(application_key(input), person(input), input.channel, actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(description="Say no to founding.")
    async def decline_founding(self, info: Info, input: DeclineFoundingInput) -> DeclineFoundingResult:
        """Said no."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.decline(application_key(input), person(input), actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(description="Take your name off an application (dra tillbaka sin underskrift).")
    async def leave_founding(self, info: Info, input: LeaveFoundingInput) -> LeaveFoundingResult:
        """Taken off."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.leave(application_key(input), person(input), actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(
        description="Hand the application in. The secretary may record one that came on paper, with the time at "
        "which it came."
    )
    async def submit_branch_application(
        self, info: Info, input: SubmitBranchApplicationInput
    ) -> SubmitBranchApplicationResult:
        """Handed in."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.submit(
            application_key(input),
            aware(input.received_at, "receivedAt") if input.received_at else None,
            actor=info.context.actor,
        )
        return await read_application(info, key)

    @strawberry.mutation(description="Take the whole application back, when nobody else stands behind it.")
    async def withdraw_branch_application(
        self, info: Info, input: WithdrawBranchApplicationInput
    ) -> WithdrawBranchApplicationResult:
        """Taken back."""
        service = serve(info, Gathering, input.idempotency_key)
        key = await service.withdraw(application_key(input), actor=info.context.actor)
        return await read_application(info, key)
