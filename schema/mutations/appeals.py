"""Decisions are told to those whom they concern, and appealed."""

from datetime import date, datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.appeals.lodging import Lodged, Lodging
from democracy.services.appeals.rulings import Recorded, Rulings
from democracy.services.appeals.sides import AppealSides
from democracy.services.proceedings.persons import Person
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.case_results import appeal_key, members, read_appeal, read_ruling, ruling_key, serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.appeal import Appeal, Ruling
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.statutes.parameters.appeals import Decision


def _recorded(given: "RecordRulingInput") -> Recorded:
    return Recorded(
        given.kind, key_of(given.body_id, "Body", path="bodyId"), given.title, given.text, given.decision,
        given.decided_on, given.reasons,
        tuple(Person(each) for each in members(given.member_ids or [], "memberIds") or ()),
        tuple(key_of(each, "Unit", path=f"unitIds.{at}") for at, each in enumerate(given.unit_ids or ())),
        members(given.present_ids, "presentIds"),
    )  # fmt: skip


def _lodged(given: "LodgeAppealInput") -> Lodged:
    return Lodged(
        given.grounds, given.for_all, maybe_key(given.unit_id, "Unit", path="unitId"), person(given),
        aware(given.received_at, "receivedAt") if given.received_at else None, given.channel,
        maybe_key(given.sent_to_id, "Body", path="sentToId"),
    )  # fmt: skip


@strawberry.input(description="Input of `recordRuling`.")
class RecordRulingInput:
    """Recorded."""

    kind: Decision = strawberry.field(description="What kind.")
    body_id: strawberry.ID = strawberry.field(description="The body that decided.")
    title: str = strawberry.field(description="What it is about.")
    text: str = strawberry.field(description="What was decided.")
    reasons: str = strawberry.field(default="", description="Why.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    decided_on: date = strawberry.field(description="The day: the statutes of that day apply to an appeal.")
    member_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Members whom it concerns.")
    unit_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Units whom it concerns.")
    present_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Those who took part; they try no appeal."
    )
    idempotency_key: str | None = KEY


RecordRulingResult: TypeAlias = Annotated[
    Ruling | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RecordRulingResult")
]


@strawberry.input(description="Input of `notifyRuling`.")
class NotifyRulingInput:
    """Sent."""

    ruling_id: strawberry.ID = strawberry.field(description="The decision.")
    told_until: date | None = strawberry.field(
        default=None,
        description="The last day that you tell them, where that is later than the statutes say: it then holds.",
    )
    idempotency_key: str | None = KEY


NotifyRulingResult: TypeAlias = Annotated[
    Ruling | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("NotifyRulingResult")
]


@strawberry.input(description="Input of `confirmRulingNotice`.")
class ConfirmRulingNoticeInput:
    """Confirmed."""

    ruling_id: strawberry.ID = strawberry.field(description="The decision.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    received_at: datetime = strawberry.field(description="When it came.")
    told_until: date | None = strawberry.field(
        default=None, description="The last day that they were told, where that was later than the statutes say."
    )
    idempotency_key: str | None = KEY


ConfirmRulingNoticeResult: TypeAlias = Annotated[
    Ruling | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ConfirmRulingNoticeResult")
]


@strawberry.input(description="Input of `verifyRulingMinutes`.")
class VerifyRulingMinutesInput:
    """Verified."""

    ruling_id: strawberry.ID = strawberry.field(description="The decision.")
    on: date = strawberry.field(description="The day.")
    idempotency_key: str | None = KEY


VerifyRulingMinutesResult: TypeAlias = Annotated[
    Ruling | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("VerifyRulingMinutesResult")
]


@strawberry.input(description="Input of `lodgeAppeal`.")
class LodgeAppealInput:
    """Lodged."""

    ruling_id: strawberry.ID = strawberry.field(description="The decision.")
    grounds: str = strawberry.field(description="Markdown: what you want, and why.")
    for_all: bool = strawberry.field(
        default=False,
        description="In the name of everybody whom the decision concerns; each may take their own name off.",
    )
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="For a unit that you lead.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came, where the secretary records it for another."
    )
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it came.")
    sent_to_id: strawberry.ID | None = strawberry.field(
        default=None, description="The body that it was sent to, where that was another one."
    )
    idempotency_key: str | None = KEY


LodgeAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LodgeAppealResult")
]


@strawberry.input(description="Input of `leaveAppeal`.")
class LeaveAppealInput:
    """Taken off."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    idempotency_key: str | None = KEY


LeaveAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LeaveAppealResult")
]


@strawberry.input(description="Input of `withdrawAppeal`.")
class WithdrawAppealInput:
    """Taken back."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    idempotency_key: str | None = KEY


WithdrawAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawAppealResult")
]


@strawberry.input(description="Input of `requestAppealStatement`.")
class RequestAppealStatementInput:
    """Asked."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    idempotency_key: str | None = KEY


RequestAppealStatementResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RequestAppealStatementResult")
]


@strawberry.input(description="Input of `stateOnAppeal`.")
class StateOnAppealInput:
    """Stated."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    text: str = strawberry.field(description="Markdown.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


StateOnAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("StateOnAppealResult")
]


@strawberry.input(description="Input of `replyToStatement`.")
class ReplyToStatementInput:
    """Answered."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    text: str = strawberry.field(description="Markdown.")
    idempotency_key: str | None = KEY


ReplyToStatementResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReplyToStatementResult")
]


@strawberry.type
class AppealMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record a decision that somebody may appeal and that was made outside the system, with those "
        "whom it concerns. For the secretary of the body that decided."
    )
    async def record_ruling(self, info: Info, input: RecordRulingInput) -> RecordRulingResult:
        """Recorded."""
        service = serve(info, Rulings, input.idempotency_key)
        key = await service.record(_recorded(input), actor=info.context.actor)
        return await read_ruling(info, key)

    @strawberry.mutation(
        description="Send a decision to everybody whom it concerns (delge): by mail, or by letter. The information "
        "on appeal is written by the system."
    )
    async def notify_ruling(self, info: Info, input: NotifyRulingInput) -> NotifyRulingResult:
        """Sent."""
        service = serve(info, Rulings, input.idempotency_key)
        key = await service.notify(ruling_key(input), input.told_until, actor=info.context.actor)
        return await read_ruling(info, key)

    @strawberry.mutation(description="Record when somebody got a decision: their time for an appeal runs from then.")
    async def confirm_ruling_notice(self, info: Info, input: ConfirmRulingNoticeInput) -> ConfirmRulingNoticeResult:
        """Confirmed."""
        service = serve(info, Rulings, input.idempotency_key)
        key = await service.confirm(
            ruling_key(input),
            aware(input.received_at, "receivedAt"),
            person(input),
            input.told_until,
            actor=info.context.actor,
        )
        return await read_ruling(info, key)

    @strawberry.mutation(
        description="Record when the minutes of a decision were verified, where the time runs from that."
    )
    async def verify_ruling_minutes(self, info: Info, input: VerifyRulingMinutesInput) -> VerifyRulingMinutesResult:
        """Verified."""
        service = serve(info, Rulings, input.idempotency_key)
        key = await service.verify_minutes(ruling_key(input), input.on, actor=info.context.actor)
        return await read_ruling(info, key)

    @strawberry.mutation(
        description="Appeal a decision (överklaga). Late or not, it is taken in. A later appeal on the same decision "
        "joins the case."
    )
    async def lodge_appeal(self, info: Info, input: LodgeAppealInput) -> LodgeAppealResult:
        """Lodged."""
        service = serve(info, Lodging, input.idempotency_key)
        key = await service.lodge(ruling_key(input), _lodged(input), actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(description="Take your name off an appeal behind which others stand.")
    async def leave_appeal(self, info: Info, input: LeaveAppealInput) -> LeaveAppealResult:
        """Taken off."""
        service = serve(info, Lodging, input.idempotency_key)
        key = await service.leave(appeal_key(input), actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(description="Take the whole appeal back, when nobody else stands behind it.")
    async def withdraw_appeal(self, info: Info, input: WithdrawAppealInput) -> WithdrawAppealResult:
        """Taken back."""
        service = serve(info, Lodging, input.idempotency_key)
        key = await service.withdraw(appeal_key(input), actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(description="Ask the body that decided to reconsider or to state its view (begära yttrande).")
    async def request_appeal_statement(
        self, info: Info, input: RequestAppealStatementInput
    ) -> RequestAppealStatementResult:
        """Asked."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.request_statement(appeal_key(input), actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(
        description="State the view of the body that decided (yttrande). A late one is recorded and stops nothing."
    )
    async def state_on_appeal(self, info: Info, input: StateOnAppealInput) -> StateOnAppealResult:
        """Stated."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.state(appeal_key(input), input.text, input.decision, actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(description="Answer the statement as an appellant.")
    async def reply_to_statement(self, info: Info, input: ReplyToStatementInput) -> ReplyToStatementResult:
        """Answered."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.reply(appeal_key(input), input.text, actor=info.context.actor)
        return await read_appeal(info, key)
