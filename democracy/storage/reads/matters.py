"""Matters with their proposals, orders and questions, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.kinds import Channel, Outcome
from democracy.storage.matter_case import matter_visible_to
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import (
    MatterDecisionRow,
    MatterRow,
    ProposalMoverRow,
    ProposalNomineeRow,
    ProposalRow,
    QuestionOrderRow,
    QuestionRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from workflows.matter import MatterState
from workflows.proceedings import Choice, MatterKind, PlaceOperation, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter's own columns."""

    id: UUID
    meeting_id: UUID
    item_id: UUID
    kind: MatterKind
    state: MatterState
    position: int
    title: str
    clause_id: UUID | None
    passage_id: UUID | None
    majority: str
    opened_at: datetime
    decided_at: datetime | None
    version: int
    item_number: int | None
    statutes_digest: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal's own columns."""

    id: UUID
    matter_id: UUID
    kind: ProposalKind
    state: ProposalState
    label: str
    text: str
    passage_id: UUID | None
    place: str | None
    operation: PlaceOperation | None
    adds_to_id: UUID | None
    reconciled_into_id: UUID | None
    recipient: str | None
    instruction: str | None
    reason: str | None
    back_by: str | None
    back_at_id: UUID | None
    from_board: bool
    of_motion: bool
    channel: Channel
    received_at: datetime
    recorded_at: datetime
    recorded_by: UUID | None
    version: int
    statutes_digest: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question's own columns."""

    id: UUID
    matter_id: UUID
    order_id: UUID
    kind: QuestionKind
    state: QuestionState
    position: int
    level: int
    proposals: str
    named_id: UUID | None
    answer: Choice | None
    named_at: datetime | None
    voting_approved_at: datetime | None
    counted: bool
    winner_id: UUID | None
    gavel_at: datetime | None
    confirmed_late: bool
    statutes_digest: str


@dataclass(frozen=True, slots=True)
class MoverView:
    """Somebody behind a proposal, or asked whether they accept it."""

    proposal_id: UUID
    member_id: UUID | None
    body_id: UUID | None
    accepted_at: datetime | None
    declined_at: datetime | None
    left_at: datetime | None
    given_name: str | None
    family_name: str | None
    protected: bool | None
    erased_at: datetime | None
    body_name: str | None


@dataclass(frozen=True, slots=True)
class NomineeView:
    """Somebody whom a proposal would elect."""

    proposal_id: UUID
    member_id: UUID
    given_name: str
    family_name: str
    protected: bool
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order of questions that somebody has proposed."""

    id: UUID
    matter_id: UUID
    by_chair: bool
    content: str
    proposed_at: datetime
    approved_at: datetime | None
    dropped_at: datetime | None


@dataclass(frozen=True, slots=True)
class MatterDecisionView:
    """A decision on a matter; one that a later replaced has the time and reason."""

    matter_id: UUID
    outcome: Outcome
    proposal_id: UUID | None
    wording: str | None
    unanimous: bool
    in_block: bool
    by_minority: bool
    decided_at: datetime
    replaced_at: datetime | None
    replaced_reason: str | None


async def matters_by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, MatterView]:
    """Those of `ids` that may be seen."""
    rows = await connection.execute(_matters(reader.stand_in, reader.zone), reader.values(ids))
    return {view.id: view for view in views(MatterView, rows)}


async def matters_of_items(
    connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]
) -> list[tuple[UUID | None, MatterView]]:
    """What items, and those within a block, give the meeting to decide, in order; each with the block that it is in."""
    rows = await connection.execute(_of_items(reader.stand_in, reader.zone), reader.values(ids))
    return [(row.parent_id, MatterView(*row[:-1])) for row in rows]


async def proposals_by_ids(
    connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]
) -> dict[UUID, ProposalView]:
    """Those of `ids` that may be seen."""
    rows = await connection.execute(_proposals(reader.stand_in, reader.zone), reader.values(ids))
    return {view.id: view for view in views(ProposalView, rows)}


async def questions_by_ids(
    connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]
) -> dict[UUID, QuestionView]:
    """Those of `ids` that may be seen."""
    rows = await connection.execute(_questions(reader.stand_in, reader.zone), reader.values(ids))
    return {view.id: view for view in views(QuestionView, rows)}


async def proposals_of(connection: AsyncConnection, matter_ids: Sequence[UUID]) -> list[ProposalView]:
    """The proposals of matters that have been found to be seen, in the order in which they were made."""
    statement = _selected(ProposalRow, ProposalView).where(any_of(ProposalRow.matter_id, matter_ids))
    return views(ProposalView, await connection.execute(statement.order_by(ProposalRow.recorded_at, ProposalRow.id)))


async def questions_of(connection: AsyncConnection, matter_ids: Sequence[UUID]) -> list[QuestionView]:
    """The questions of orders that stand, as they are put."""
    statement = _selected(QuestionRow, QuestionView).join(QuestionOrderRow, QuestionOrderRow.id == QuestionRow.order_id)
    wanted = statement.where(any_of(QuestionRow.matter_id, matter_ids), QuestionOrderRow.dropped_at.is_(None))
    return views(QuestionView, await connection.execute(wanted.order_by(QuestionRow.position, QuestionRow.level)))


async def orders_of(connection: AsyncConnection, matter_ids: Sequence[UUID]) -> list[OrderView]:
    """Every order that was proposed, the oldest first."""
    statement = select(*_own(QuestionOrderRow, OrderView)).where(any_of(QuestionOrderRow.matter_id, matter_ids))
    return views(OrderView, await connection.execute(statement.order_by(QuestionOrderRow.id)))


async def decisions_of(connection: AsyncConnection, matter_ids: Sequence[UUID]) -> list[MatterDecisionView]:
    """Every decision, the oldest first."""
    statement = select(*_own(MatterDecisionRow, MatterDecisionView))
    wanted = statement.where(any_of(MatterDecisionRow.matter_id, matter_ids)).order_by(MatterDecisionRow.id)
    return views(MatterDecisionView, await connection.execute(wanted))


async def movers_of(connection: AsyncConnection, proposal_ids: Sequence[UUID]) -> list[MoverView]:
    """Those behind proposals, in their order."""
    statement = (
        select(
            *_own(ProposalMoverRow, MoverView, 6), MemberRow.given_name, MemberRow.family_name, MemberRow.protected,
            MemberRow.erased_at, BodyRow.name,
        )
        .outerjoin(MemberRow, MemberRow.id == ProposalMoverRow.member_id)
        .outerjoin(BodyRow, BodyRow.id == ProposalMoverRow.body_id)
        .where(any_of(ProposalMoverRow.proposal_id, proposal_ids))
        .order_by(ProposalMoverRow.position)
    )  # fmt: skip
    return views(MoverView, await connection.execute(statement))


async def nominees_of(connection: AsyncConnection, proposal_ids: Sequence[UUID]) -> list[NomineeView]:
    """Those whom proposals would elect, in their order."""
    statement = (
        select(
            ProposalNomineeRow.proposal_id, ProposalNomineeRow.member_id, MemberRow.given_name, MemberRow.family_name,
            MemberRow.protected, MemberRow.erased_at,
        )
        .join(MemberRow, MemberRow.id == ProposalNomineeRow.member_id)
        .where(any_of(ProposalNomineeRow.proposal_id, proposal_ids))
        .order_by(ProposalNomineeRow.position)
    )  # fmt: skip
    return views(NomineeView, await connection.execute(statement))


def _own(table: Any, view: Any, count: int | None = None) -> list[Any]:
    return [getattr(table, name) for name in view.__slots__[:count] if hasattr(table, name)]


def _selected(table: Any, view: Any) -> Select[Any]:
    """A noun's own columns, and the statutes of its meeting."""
    statement = select(*_own(table, view), MeetingRow.statutes_digest)
    if table is MatterRow:
        statement = select(*_own(table, view), AgendaItemRow.number, MeetingRow.statutes_digest)
        return statement.join(AgendaItemRow, AgendaItemRow.id == MatterRow.item_id).join(
            MeetingRow, MeetingRow.id == MatterRow.meeting_id
        )
    return statement.join(MatterRow, MatterRow.id == table.matter_id).join(
        MeetingRow, MeetingRow.id == MatterRow.meeting_id
    )


@cache
def _matters(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return _selected(MatterRow, MatterView).where(any_of(MatterRow.id, IDS), matter_visible_to(actor, AT, zone))


@cache
def _of_items(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    within = or_(any_of(MatterRow.item_id, IDS), any_of(AgendaItemRow.parent_id, IDS))
    wanted = _selected(MatterRow, MatterView).add_columns(AgendaItemRow.parent_id)
    wanted = wanted.where(within, matter_visible_to(actor, AT, zone))
    return wanted.order_by(AgendaItemRow.position, MatterRow.position)


@cache
def _proposals(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return _selected(ProposalRow, ProposalView).where(any_of(ProposalRow.id, IDS), matter_visible_to(actor, AT, zone))


@cache
def _questions(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return _selected(QuestionRow, QuestionView).where(any_of(QuestionRow.id, IDS), matter_visible_to(actor, AT, zone))
