"""Ballots are prepared: informed of, given an electorate, announced, corrected."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from schema.context import Info
from schema.ids import key_of
from schema.mutations.ballot_results import ballot_key, read_ballot, read_correction
from schema.mutations.results import KEY
from schema.types.ballot_parts import ElectorateCorrection
from schema.types.member_ballot import MemberBallot
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.ballot_kinds import CorrectionKind


@strawberry.input(description="Input of `informMemberBallot`.")
class InformMemberBallotInput:
    """Informed."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    side: str = strawberry.field(description="The side's name.")
    text: str | None = strawberry.field(default=None, description="Markdown.")
    author: str | None = strawberry.field(default=None, description="Who answers for it.")
    idempotency_key: str | None = KEY


InformMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("InformMemberBallotResult")
]


@strawberry.input(description="Input of `fixElectorate`.")
class FixElectorateInput:
    """Electorate counted."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    counted_on: date = strawberry.field(description="The day on which members are counted.")
    idempotency_key: str | None = KEY


FixElectorateResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("FixElectorateResult")
]


@strawberry.input(description="Input of `announceMemberBallot`.")
class AnnounceMemberBallotInput:
    """Announced."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


AnnounceMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AnnounceMemberBallotResult")
]


@strawberry.input(description="Input of `proposeElectorateCorrection`.")
class ProposeElectorateCorrectionInput:
    """Correction proposed."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    member_id: strawberry.ID = strawberry.field(description="Whom it is about.")
    kind: CorrectionKind = strawberry.field(description="Add or remove.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


ProposeElectorateCorrectionResult: TypeAlias = Annotated[
    ElectorateCorrection | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("ProposeElectorateCorrectionResult"),
]


@strawberry.input(description="Input of `approveElectorateCorrection`.")
class ApproveElectorateCorrectionInput:
    """Correction approved."""

    correction_id: strawberry.ID = strawberry.field(description="The correction.")
    idempotency_key: str | None = KEY


ApproveElectorateCorrectionResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("ApproveElectorateCorrectionResult"),
]


@strawberry.type
class BallotPreparingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Enter what one side says to the voters; without a text, that it was asked and left its room empty."
    )
    async def inform_member_ballot(self, info: Info, input: InformMemberBallotInput) -> InformMemberBallotResult:
        """Informed."""
        service = info.context.ballot_preparing(input.idempotency_key)
        key = await service.inform(ballot_key(input), input.side, input.text, input.author, actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(description="Count the electorate (röstlängden) for a day, from the register as it stands.")
    async def fix_electorate(self, info: Info, input: FixElectorateInput) -> FixElectorateResult:
        """Electorate counted."""
        service = info.context.ballot_preparing(input.idempotency_key)
        key = await service.fix_electorate(ballot_key(input), input.counted_on, actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Announce it (utlysa): from now on its question stands, and its electorate's digest is published."
    )
    async def announce_member_ballot(self, info: Info, input: AnnounceMemberBallotInput) -> AnnounceMemberBallotResult:
        """Announced."""
        service = info.context.ballot_preparing(input.idempotency_key)
        key = await service.announce(ballot_key(input), actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Propose that somebody is added to or removed from the electorate. A second officer puts it in "
        "force."
    )
    async def propose_electorate_correction(
        self, info: Info, input: ProposeElectorateCorrectionInput
    ) -> ProposeElectorateCorrectionResult:
        """Correction proposed."""
        service = info.context.ballot_preparing(input.idempotency_key)
        key = await service.propose_correction(
            ballot_key(input),
            key_of(input.member_id, "Member", path="memberId"),
            input.kind,
            input.reason,
            actor=info.context.actor,
        )
        return await read_correction(info, key)

    @strawberry.mutation(
        description="Put a correction of the electorate in force, as another officer than the one who proposed it."
    )
    async def approve_electorate_correction(
        self, info: Info, input: ApproveElectorateCorrectionInput
    ) -> ApproveElectorateCorrectionResult:
        """Correction approved."""
        service = info.context.ballot_preparing(input.idempotency_key)
        key = await service.approve_correction(
            key_of(input.correction_id, "ElectorateCorrection", path="correctionId"), actor=info.context.actor
        )
        return await read_ballot(info, key)
