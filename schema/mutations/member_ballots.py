"""Member ballots (medlemsomröstningar): drafted, ordered or demanded, prepared, opened, extended."""

from datetime import date, datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.ballots.draft import Alternative, Asked, BallotDraft
from schema.context import Info
from schema.ids import key_of
from schema.mutations.ballot_results import ballot_key, read_ballot, read_correction
from schema.mutations.results import KEY, VERSION, aware
from schema.types.member_ballot import ElectorateCorrection, MemberBallot
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.ballot_kinds import CorrectionKind, QuestionForm, SecrecyLevel


@strawberry.input(description="An alternative of a question.")
class BallotOptionInput:
    """What can be chosen."""

    code: str = strawberry.field(description="What stands on the sealed ballot: up to 16 lower-case letters or digits.")
    text: str = strawberry.field(description="In words.")


@strawberry.input(description="A question. Without alternatives it is answered with yes or no.")
class BallotQuestionInput:
    """What is asked."""

    text: str = strawberry.field(description="The question.")
    form: QuestionForm = strawberry.field(default=QuestionForm.ONE, description="How it is answered.")
    options: list[BallotOptionInput] | None = strawberry.field(default=None, description="The alternatives.")
    most: int | None = strawberry.field(default=None, description="TEXT: at most so many bytes.")

    def asked(self) -> Asked:
        """As the service takes it."""
        if self.options is None:
            return Asked(self.text, self.form, most=self.most)
        return Asked(self.text, self.form, [Alternative(each.code, each.text) for each in self.options], self.most)


@strawberry.input(description="What is known of a ballot when it is written down.")
class MemberBallotInput:
    """A draft."""

    body_id: strawberry.ID = strawberry.field(description="The body that orders it and decides upon it.")
    title: str = strawberry.field(description="What it is called.")
    background: str = strawberry.field(default="", description="Markdown: what led to the question.")
    questions: list[BallotQuestionInput] = strawberry.field(default_factory=list, description="What is asked.")
    sides: list[str] | None = strawberry.field(
        default=None, description="Who is given room to inform the voters; the yes side and the no side if left out."
    )
    urgent: bool = strawberry.field(default=False, description="Open for days instead of weeks.")
    agreement: bool = strawberry.field(default=False, description="About a negotiated agreement.")
    majority_possible: bool = strawberry.field(
        default=False, description="An agreement: the party can be in majority, or agree with one."
    )
    level: SecrecyLevel = strawberry.field(default=SecrecyLevel.CLOSED, description="From whom the vote is secret.")
    opens_at: datetime | None = strawberry.field(default=None, description="When it opens.")
    closes_at: datetime | None = strawberry.field(default=None, description="When it closes.")
    embargo_until: datetime | None = strawberry.field(default=None, description="Nobody else reads it before.")

    def draft(self) -> BallotDraft:
        """As the service takes it."""
        more = {} if self.sides is None else {"sides": tuple(self.sides)}
        return BallotDraft(
            body_id=key_of(self.body_id, "Body", path="ballot.bodyId"),
            title=self.title,
            background=self.background,
            questions=tuple(each.asked() for each in self.questions),
            urgent=self.urgent,
            agreement=self.agreement,
            majority_possible=self.majority_possible,
            level=self.level,
            opens_at=self.opens_at and aware(self.opens_at, "ballot.opensAt"),
            closes_at=self.closes_at and aware(self.closes_at, "ballot.closesAt"),
            embargo_until=self.embargo_until and aware(self.embargo_until, "ballot.embargoUntil"),
            **more,
        )


@strawberry.input(description="Input of `draftMemberBallot`.")
class DraftMemberBallotInput:
    """Written down."""

    ballot: MemberBallotInput = strawberry.field(description="The draft.")
    idempotency_key: str | None = KEY


DraftMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DraftMemberBallotResult")
]


@strawberry.input(description="Input of `editMemberBallot`.")
class EditMemberBallotInput:
    """Written anew."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    ballot: MemberBallotInput = strawberry.field(description="The draft.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


EditMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EditMemberBallotResult")
]


@strawberry.input(description="Input of `orderMemberBallot`.")
class OrderMemberBallotInput:
    """Ordered."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


OrderMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OrderMemberBallotResult")
]


@strawberry.input(description="Input of `demandMemberBallot`.")
class DemandMemberBallotInput:
    """Demanded."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    branch_id: strawberry.ID = strawberry.field(description="The branch.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    decided_on: date = strawberry.field(description="When its meeting decided.")
    idempotency_key: str | None = KEY


DemandMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DemandMemberBallotResult")
]


@strawberry.input(description="Input of `supportBallotDemand`.")
class SupportBallotDemandInput:
    """Supported."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    branch_id: strawberry.ID = strawberry.field(description="The branch.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    decided_on: date = strawberry.field(description="When its meeting decided.")
    idempotency_key: str | None = KEY


SupportBallotDemandResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SupportBallotDemandResult")
]


@strawberry.input(description="Input of `withdrawBallotSupport`.")
class WithdrawBallotSupportInput:
    """Support withdrawn."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    branch_id: strawberry.ID = strawberry.field(description="The branch.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


WithdrawBallotSupportResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawBallotSupportResult")
]


@strawberry.input(description="Input of `cancelMemberBallot`.")
class CancelMemberBallotInput:
    """Cancelled."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


CancelMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CancelMemberBallotResult")
]


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


@strawberry.input(description="Input of `openMemberBallot`.")
class OpenMemberBallotInput:
    """Opened."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


OpenMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenMemberBallotResult")
]


@strawberry.input(description="Input of `extendMemberBallot`.")
class ExtendMemberBallotInput:
    """Extended."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    closes_at: datetime = strawberry.field(description="When it closes instead.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


ExtendMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ExtendMemberBallotResult")
]


@strawberry.input(description="Input of `closeMemberBallot`.")
class CloseMemberBallotInput:
    """Closed."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


CloseMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseMemberBallotResult")
]


@strawberry.type
class MemberBallotMutations:
    """Root fields."""

    @strawberry.mutation(description="Write a member ballot down (utkast). Its statutes are those in force today.")
    async def draft_member_ballot(self, info: Info, input: DraftMemberBallotInput) -> DraftMemberBallotResult:
        """Written down."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.draft(input.ballot.draft(), actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(description="Write it anew, as long as it has not been announced.")
    async def edit_member_ballot(self, info: Info, input: EditMemberBallotInput) -> EditMemberBallotResult:
        """Written anew."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.edit(
            ballot_key(input), input.ballot.draft(), input.expected_version, actor=info.context.actor
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record the body's decision to hold the ballot (besluta om medlemsomröstning), §149."
    )
    async def order_member_ballot(self, info: Info, input: OrderMemberBallotInput) -> OrderMemberBallotResult:
        """Ordered."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.order(ballot_key(input), input.decision, actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record that a branch's meeting demands the ballot (kräva medlemsomröstning), §149. The members "
        "of every supporting branch are counted on this day."
    )
    async def demand_member_ballot(self, info: Info, input: DemandMemberBallotInput) -> DemandMemberBallotResult:
        """Demanded."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.demand(
            ballot_key(input),
            key_of(input.branch_id, "Unit", path="branchId"),
            input.decision,
            input.decided_on,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record that a branch's meeting supports the demand. When the branches hold members enough, the "
        "ballot is to be held."
    )
    async def support_ballot_demand(self, info: Info, input: SupportBallotDemandInput) -> SupportBallotDemandResult:
        """Supported."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.support(
            ballot_key(input),
            key_of(input.branch_id, "Unit", path="branchId"),
            input.decision,
            input.decided_on,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(description="Record that a branch's meeting no longer supports the demand.")
    async def withdraw_ballot_support(
        self, info: Info, input: WithdrawBallotSupportInput
    ) -> WithdrawBallotSupportResult:
        """Support withdrawn."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.withdraw_support(
            ballot_key(input),
            key_of(input.branch_id, "Unit", path="branchId"),
            input.decision,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record the body's decision not to hold it after all (ställa in). Only before it opens."
    )
    async def cancel_member_ballot(self, info: Info, input: CancelMemberBallotInput) -> CancelMemberBallotResult:
        """Cancelled."""
        service = info.context.ballot_ordering(input.idempotency_key)
        key = await service.cancel(ballot_key(input), input.decision, input.reason, actor=info.context.actor)
        return await read_ballot(info, key)

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

    @strawberry.mutation(
        description="Open the ballot when its time has come. The clock does it by itself; this is for a clock that "
        "stands still."
    )
    async def open_member_ballot(self, info: Info, input: OpenMemberBallotInput) -> OpenMemberBallotResult:
        """Opened."""
        service = info.context.ballot_holding(input.idempotency_key)
        key = await service.open(ballot_key(input), actor=info.context.actor)
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Let it be open longer (förlänga): a decision with a reason, made before it closes."
    )
    async def extend_member_ballot(self, info: Info, input: ExtendMemberBallotInput) -> ExtendMemberBallotResult:
        """Extended."""
        service = info.context.ballot_holding(input.idempotency_key)
        key = await service.extend(
            ballot_key(input),
            aware(input.closes_at, "closesAt"),
            input.decision,
            input.reason,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Close the ballot when its time has come, never before. The clock does it by itself."
    )
    async def close_member_ballot(self, info: Info, input: CloseMemberBallotInput) -> CloseMemberBallotResult:
        """Closed."""
        service = info.context.urn_closing(input.idempotency_key)
        key = await service.close(ballot_key(input), actor=info.context.actor)
        return await read_ballot(info, key)
