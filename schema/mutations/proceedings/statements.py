"""Mutations of what people have noted beside a decision."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.proceedings import statements
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.proceedings.divisions import CHANNEL, FOR_WHOM, RECEIVED
from schema.mutations.results import KEY, aware
from schema.types.proceedings.statement import Statement
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import StatementKind

ITEM = strawberry.field(
    default=None, description="The item of the agenda; it may be left out where the matter is named."
)
MATTER = strawberry.field(default=None, description="The matter, where it is about one.")


@strawberry.input(description="Input of `recordReservation`.")
class RecordReservationInput:
    """A reservation."""

    matter_id: strawberry.ID = strawberry.field(description="The decided matter.")
    text: str | None = strawberry.field(default=None, description="In their own words (reservationstext).")
    proposal_id: strawberry.ID | None = strawberry.field(default=None, description="The proposal in whose favour.")
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `recordMinuteNote`.")
class RecordMinuteNoteInput:
    """A note."""

    item_id: strawberry.ID | None = ITEM
    matter_id: strawberry.ID | None = MATTER
    text: str = strawberry.field(description="What is to stand in the minutes.")
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `recordSpecialStatement`.")
class RecordSpecialStatementInput:
    """A special statement."""

    item_id: strawberry.ID | None = ITEM
    matter_id: strawberry.ID | None = MATTER
    text: str = strawberry.field(description="How they reasoned.")
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `withdrawStatement`.")
class WithdrawStatementInput:
    """Taken back."""

    statement_id: strawberry.ID = strawberry.field(description="The reservation, note or special statement.")
    idempotency_key: str | None = KEY


_Answers: TypeAlias = Statement | NotAllowed | NotFound | InvalidInput | Conflict
RecordReservationResult: TypeAlias = Annotated[_Answers, strawberry.union("RecordReservationResult")]
RecordMinuteNoteResult: TypeAlias = Annotated[_Answers, strawberry.union("RecordMinuteNoteResult")]
RecordSpecialStatementResult: TypeAlias = Annotated[_Answers, strawberry.union("RecordSpecialStatementResult")]
WithdrawStatementResult: TypeAlias = Annotated[_Answers, strawberry.union("WithdrawStatementResult")]


async def read_statement(info: Info, key: UUID) -> Statement:
    """The statement as it is now."""
    info.context.fresh()
    view = await info.context.loaders.divisions.statement.load(key)
    if view is None:
        raise NotFoundError("statement", key)
    return Statement.of(view)


@strawberry.type
class StatementMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Reserve yourself against a decision (reservera sig), until the meeting closes: whoever took part "
        "with a vote. It may carry a text, or name the proposal in whose favour."
    )
    async def record_reservation(self, info: Info, input: RecordReservationInput) -> RecordReservationResult:
        """A reservation."""
        given = statements.Statement(
            kind=StatementKind.RESERVATION,
            matter_id=key_of(input.matter_id, "Matter", path="matterId"),
            text=input.text,
            proposal_id=maybe_key(input.proposal_id, "Proposal", path="proposalId"),
            member_number=input.member_number,
            channel=input.channel,
            received_at=aware(input.received_at, "receivedAt") if input.received_at else None,
        )
        service = info.context.statements(input.idempotency_key)
        return await read_statement(info, await service.record(given, actor=info.context.actor))

    @strawberry.mutation(
        description="Ask for a note in the minutes (protokollsanteckning): everybody who is checked in at the meeting."
    )
    async def record_minute_note(self, info: Info, input: RecordMinuteNoteInput) -> RecordMinuteNoteResult:
        """A note."""
        return await _noted(info, StatementKind.MINUTE_NOTE, input)

    @strawberry.mutation(
        description="Hand in a special statement (särskilt yttrande), which explains how you reasoned."
    )
    async def record_special_statement(
        self, info: Info, input: RecordSpecialStatementInput
    ) -> RecordSpecialStatementResult:
        """A special statement."""
        return await _noted(info, StatementKind.SPECIAL_STATEMENT, input)

    @strawberry.mutation(
        description="Take back a reservation, note or special statement. That it was made stays in its history."
    )
    async def withdraw_statement(self, info: Info, input: WithdrawStatementInput) -> WithdrawStatementResult:
        """Taken back."""
        key = key_of(input.statement_id, "Statement", path="statementId")
        service = info.context.statements(input.idempotency_key)
        return await read_statement(info, await service.withdraw(key, actor=info.context.actor))


async def _noted(
    info: Info, kind: StatementKind, given: RecordMinuteNoteInput | RecordSpecialStatementInput
) -> Statement:
    noted = statements.Statement(
        kind=kind,
        item_id=maybe_key(given.item_id, "AgendaItem", path="itemId"),
        matter_id=maybe_key(given.matter_id, "Matter", path="matterId"),
        text=given.text,
        member_number=given.member_number,
        channel=given.channel,
        received_at=aware(given.received_at, "receivedAt") if given.received_at else None,
    )
    service = info.context.statements(given.idempotency_key)
    return await read_statement(info, await service.record(noted, actor=info.context.actor))
