"""Writing a motion, alone or with others, handing it in and taking it back."""

from datetime import date, datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Category, Channel
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.content import Content, from_pasted
from democracy.services.motions.drafting import Arrival, UnitMover
from democracy.storage.motions import ClauseText
from schema.context import Info
from schema.ids import key_of
from schema.mutations.results import KEY, VERSION, aware, meeting_key, motion_key, read_motion
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound

ASKED = strawberry.field(
    default=None,
    description="For the secretary, who does it for a mover: how the mover asked for it, such as `brev 3 mars`.",
)


@strawberry.input(description="An att-sats as its mover writes it.")
class ClauseInput:
    """A clause."""

    text: str = strawberry.field(description="Begins with `att`.")
    anchor_document: str | None = strawberry.field(default=None, description="The document that it wants changed.")
    anchor_place: str | None = strawberry.field(default=None, description="The place there, such as `stycke 17`.")


@strawberry.input(description="The text of a motion: either pasted from a word processor, or part by part.")
class MotionTextInput:
    """Text."""

    pasted: str | None = strawberry.field(default=None, description="Is split into the parts; correct them afterwards.")
    title: str | None = strawberry.field(default=None, description="Rubrik.")
    reasoning: str | None = strawberry.field(default=None, description="Brödtext, in Markdown.")
    clauses: list[ClauseInput] | None = strawberry.field(default=None, description="The att-satser in their order.")
    category: Category = strawberry.field(default=Category.GENERAL, description="What it is about.")

    def content(self) -> Content:
        """The parts; InvalidInputError where both ways are used, or neither."""
        parts = (self.title, self.reasoning, self.clauses)
        if (self.pasted is not None) == any(part is not None for part in parts):
            raise InvalidInputError(FieldError("text", "one_text"))
        if self.pasted is not None:
            return from_pasted(self.pasted, self.category)
        clauses = tuple(ClauseText(each.text, each.anchor_document, each.anchor_place) for each in self.clauses or ())
        return Content(self.title or "", self.reasoning or "", clauses, self.category)


@strawberry.input(description="A unit as mover, by a decision of its meeting.")
class UnitMoverInput:
    """A unit's decision."""

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    decision: str = strawberry.field(description="The meeting and paragraph that decided to move.")
    decided_on: date = strawberry.field(description="The day of that decision.")

    def mover(self) -> UnitMover:
        """As the service takes it."""
        return UnitMover(key_of(self.unit_id, "Unit", path="unit.unitId"), self.decision, self.decided_on)


@strawberry.input(description="Input of `createMotion`.")
class CreateMotionInput:
    """A draft."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    text: MotionTextInput = strawberry.field(description="Its text.")
    unit: UnitMoverInput | None = strawberry.field(default=None, description="The unit, when it is the mover.")
    idempotency_key: str | None = KEY


CreateMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CreateMotionResult")
]


@strawberry.input(description="Input of `updateMotion`.")
class UpdateMotionInput:
    """A new text."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    text: MotionTextInput = strawberry.field(description="The whole new text.")
    expected_version: int | None = VERSION
    asked: str | None = ASKED
    idempotency_key: str | None = KEY


UpdateMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("UpdateMotionResult")
]


@strawberry.input(description="Input of `inviteCoMover`.")
class InviteCoMoverInput:
    """An invitation."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    member_number: str | None = strawberry.field(default=None, description="The member.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Or the unit.")
    idempotency_key: str | None = KEY


InviteCoMoverResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("InviteCoMoverResult")
]


@strawberry.input(description="Input of `confirmCoMover`.")
class ConfirmCoMoverInput:
    """A confirmation."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    unit: UnitMoverInput | None = strawberry.field(default=None, description="For a unit: its decision.")
    member_number: str | None = strawberry.field(default=None, description="For the secretary: who has confirmed.")
    channel: Channel = strawberry.field(default=Channel.PAPER, description="For the secretary: how it came.")
    idempotency_key: str | None = KEY


ConfirmCoMoverResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ConfirmCoMoverResult")
]


@strawberry.input(description="Input of `declineCoMover`.")
class DeclineCoMoverInput:
    """A refusal."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    idempotency_key: str | None = KEY


DeclineCoMoverResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclineCoMoverResult")
]


@strawberry.input(description="Input of `leaveMotion`.")
class LeaveMotionInput:
    """A name taken off."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    idempotency_key: str | None = KEY


LeaveMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LeaveMotionResult")
]


@strawberry.input(description="Input of `submitMotion`.")
class SubmitMotionInput:
    """Handed in."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    expected_version: int | None = VERSION
    asked: str | None = ASKED
    idempotency_key: str | None = KEY


SubmitMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SubmitMotionResult")
]


@strawberry.input(description="Input of `recordMotion`.")
class RecordMotionInput:
    """Recorded."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    text: MotionTextInput = strawberry.field(description="Its text.")
    member_number: str | None = strawberry.field(default=None, description="The mover, if it is a member.")
    unit: UnitMoverInput | None = strawberry.field(default=None, description="The mover, if it is a unit.")
    channel: Channel = strawberry.field(description="How it came.")
    received_at: datetime = strawberry.field(description="When it came.")
    idempotency_key: str | None = KEY


RecordMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RecordMotionResult")
]


@strawberry.input(description="Input of `withdrawMotion`.")
class WithdrawMotionInput:
    """Withdrawn."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    asked: str | None = ASKED
    idempotency_key: str | None = KEY


WithdrawMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawMotionResult")
]


@strawberry.type
class DraftingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Begin a motion: your own, or that of a unit that you lead. It is a draft until submitted."
    )
    async def create_motion(self, info: Info, input: CreateMotionInput) -> CreateMotionResult:
        """A draft."""
        service = info.context.drafting(input.idempotency_key)
        key = await service.create(
            meeting_key(input),
            input.text.content(),
            input.unit.mover() if input.unit else None,
            actor=info.context.actor,
        )
        return await read_motion(info, key)

    @strawberry.mutation(description="Change the text of a draft, or of a motion that was returned for completion.")
    async def update_motion(self, info: Info, input: UpdateMotionInput) -> UpdateMotionResult:
        """A new text."""
        service = info.context.drafting(input.idempotency_key)
        key = await service.update(
            motion_key(input), input.text.content(), input.expected_version, input.asked, actor=info.context.actor
        )
        return await read_motion(info, key)

    @strawberry.mutation(description="Ask another member, or another unit, to stand behind the motion (medmotionär).")
    async def invite_co_mover(self, info: Info, input: InviteCoMoverInput) -> InviteCoMoverResult:
        """An invitation."""
        service, motion = info.context.drafting(input.idempotency_key), motion_key(input)
        if (input.member_number is None) == (input.unit_id is None):
            raise InvalidInputError(FieldError("memberNumber", "mover_or_unit"))
        if input.member_number is not None:
            key = await service.invite(motion, input.member_number, actor=info.context.actor)
        else:
            unit = key_of(input.unit_id or "", "Unit", path="unitId")
            key = await service.invite_unit(motion, unit, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Stand behind a motion that you, or your unit, were invited to. The secretary may record that a "
        "member confirmed on paper or by telephone."
    )
    async def confirm_co_mover(self, info: Info, input: ConfirmCoMoverInput) -> ConfirmCoMoverResult:
        """A confirmation."""
        service, motion = info.context.drafting(input.idempotency_key), motion_key(input)
        if input.member_number is not None:
            key = await service.confirm_for(motion, input.member_number, input.channel, actor=info.context.actor)
        else:
            key = await service.confirm(motion, input.unit.mover() if input.unit else None, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="Say no to an invitation to stand behind a motion. Afterwards the draft is no longer yours to see, "
        "so the answer is NotFound."
    )
    async def decline_co_mover(self, info: Info, input: DeclineCoMoverInput) -> DeclineCoMoverResult:
        """A refusal."""
        service = info.context.drafting(input.idempotency_key)
        key = await service.decline(motion_key(input), actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="Take your own name off a motion behind which others stand.")
    async def leave_motion(self, info: Info, input: LeaveMotionInput) -> LeaveMotionResult:
        """A name taken off."""
        service = info.context.drafting(input.idempotency_key)
        key = await service.leave(motion_key(input), actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="Hand the motion in (lämna in). It gets its receipt number.")
    async def submit_motion(self, info: Info, input: SubmitMotionInput) -> SubmitMotionResult:
        """Handed in."""
        service = info.context.drafting(input.idempotency_key)
        key = await service.submit(motion_key(input), input.expected_version, input.asked, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(
        description="For the secretary: record a motion that came on paper, by post or by telephone. The "
        "deadline looks "
        "at the time when it was received; a late one is recorded for the board to stop."
    )
    async def record_motion(self, info: Info, input: RecordMotionInput) -> RecordMotionResult:
        """Recorded."""
        service = info.context.drafting(input.idempotency_key)
        if (input.member_number is None) == (input.unit is None):
            raise InvalidInputError(FieldError("memberNumber", "mover_or_unit"))
        mover = input.unit.mover() if input.unit else input.member_number or ""
        arrival = Arrival(input.channel, aware(input.received_at, "receivedAt"))
        meeting = meeting_key(input)
        key = await service.record(meeting, input.text.content(), mover, arrival, actor=info.context.actor)
        return await read_motion(info, key)

    @strawberry.mutation(description="Take the motion back (dra tillbaka). It keeps its number.")
    async def withdraw_motion(self, info: Info, input: WithdrawMotionInput) -> WithdrawMotionResult:
        """Withdrawn."""
        service = info.context.drafting(input.idempotency_key)
        key = await service.withdraw(motion_key(input), input.asked, actor=info.context.actor)
        return await read_motion(info, key)
