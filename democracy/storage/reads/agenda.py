"""The agenda to be shown: items, who is barred from them, officers, and rules that are set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.storage.item_case import item_visible_to
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.agenda import (
    AgendaItemRow,
    BarredRow,
    GavelRow,
    InterpretationRow,
    MeetingOfficerRow,
    WaiverRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.types import any_of
from workflows.item import ItemState
from workflows.proceedings import Formality, ItemKind, OfficerRole


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item's own columns."""

    id: UUID
    meeting_id: UUID
    parent_id: UUID | None
    kind: ItemKind
    formality: Formality | None
    state: ItemState
    position: int
    number: int | None
    title: str
    purpose: str | None
    presenter: str | None
    motion_id: UUID | None
    document_id: UUID | None
    minutes_planned: int | None
    opened_at: datetime | None
    adjourned_until: datetime | None
    proposals_close_at: datetime | None
    speakers_close_at: datetime | None
    speech_seconds: int | None
    closed_at: datetime | None
    version: int
    statutes_digest: str
    entitled: int
    """Votes of those present now who are not barred from it."""


@dataclass(frozen=True, slots=True)
class BarredView:
    """Somebody who takes no part in an item."""

    item_id: UUID
    member_id: UUID
    name: str | None
    """None where the person has been erased."""
    reason: str
    declared_at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfficerView:
    """Somebody whom the meeting has elected."""

    meeting_id: UUID
    member_id: UUID
    name: str | None
    role: OfficerRole
    position: int
    item_id: UUID | None
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class WaiverView:
    """A rule that the meeting has set aside."""

    id: UUID
    meeting_id: UUID
    item_id: UUID | None
    workflow: str
    code: str
    reason: str
    objections: str | None
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    decided_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class InterpretationView:
    """How the meeting read an unclear paragraph."""

    id: UUID
    meeting_id: UUID
    item_id: UUID | None
    paragraph: str
    parameter: str | None
    value: str | None
    text: str
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    decided_at: datetime


_OWN = [getattr(AgendaItemRow, name) for name in ItemView.__slots__[:-2]]
_NAME = (MemberRow.given_name + " " + MemberRow.family_name).label("name")
_KNOWN = MemberRow.erased_at.is_(None)


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, ItemView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(AgendaItemRow.id, IDS))
    return {view.id: view for view in views(ItemView, await connection.execute(statement, reader.values(ids)))}


async def of_meetings(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> list[ItemView]:
    """The items of meetings in their order, as far as they may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(AgendaItemRow.meeting_id, IDS))
    ordered = statement.order_by(AgendaItemRow.position, AgendaItemRow.id)
    return views(ItemView, await connection.execute(ordered, reader.values(ids)))


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN, MeetingRow.statutes_digest, _entitled().label("entitled"))
        .join(MeetingRow, MeetingRow.id == AgendaItemRow.meeting_id)
        .where(item_visible_to(actor, AT, zone))
    )


def _entitled() -> Any:
    barred = (
        exists()
        .where(
            BarredRow.item_id == AgendaItemRow.id,
            BarredRow.member_id == PresenceRow.member_id,
            BarredRow.lifted_at.is_(None),
        )
        .correlate(AgendaItemRow, PresenceRow)
    )
    return (
        select(func.coalesce(func.sum(PresenceRow.votes), 0))
        .where(
            PresenceRow.meeting_id == AgendaItemRow.meeting_id,
            PresenceRow.out_at.is_(None),
            PresenceRow.voting,
            ~barred,
        )
        .scalar_subquery()
    )


async def barred(connection: AsyncConnection, ids: Sequence[UUID]) -> list[BarredView]:
    """Who is, or was, barred from these items. Whether an item may be seen has been asked before."""
    statement = (
        select(
            BarredRow.item_id, BarredRow.member_id, _NAME, BarredRow.reason, BarredRow.declared_at, BarredRow.lifted_at
        )
        .outerjoin(MemberRow, and_(MemberRow.id == BarredRow.member_id, _KNOWN))
        .where(any_of(BarredRow.item_id, ids))
        .order_by(BarredRow.declared_at, BarredRow.id)
    )
    return views(BarredView, await connection.execute(statement))


async def officers(connection: AsyncConnection, ids: Sequence[UUID]) -> list[OfficerView]:
    """Whom these meetings have elected, the present ones and those who have left."""
    row = MeetingOfficerRow
    statement = (
        select(row.meeting_id, row.member_id, _NAME, row.role, row.position, row.item_id, row.since, row.until)
        .outerjoin(MemberRow, and_(MemberRow.id == row.member_id, _KNOWN))
        .where(any_of(row.meeting_id, ids))
        .order_by(row.role, row.position, row.id)
    )
    return views(OfficerView, await connection.execute(statement))


async def gavels(connection: AsyncConnection, ids: Sequence[UUID]) -> list[OfficerView]:
    """Who has the gavel in these meetings now, because it was passed on."""
    row = GavelRow
    statement = (
        select(row.meeting_id, row.member_id, _NAME, row.item_id, row.since)
        .outerjoin(MemberRow, and_(MemberRow.id == row.member_id, _KNOWN))
        .where(any_of(row.meeting_id, ids), row.until.is_(None))
    )
    return [
        OfficerView(each.meeting_id, each.member_id, each.name, OfficerRole.CHAIR, 0, each.item_id, each.since, None)
        for each in await connection.execute(statement)
    ]


async def waivers(connection: AsyncConnection, ids: Sequence[UUID]) -> list[WaiverView]:
    """What these meetings have set aside, the earliest first."""
    columns = [getattr(WaiverRow, name) for name in WaiverView.__slots__]
    statement = select(*columns).where(any_of(WaiverRow.meeting_id, ids))
    return views(WaiverView, await connection.execute(statement.order_by(WaiverRow.decided_at, WaiverRow.id)))


async def interpretations(connection: AsyncConnection, ids: Sequence[UUID]) -> list[InterpretationView]:
    """How these meetings have read unclear paragraphs, the earliest first."""
    row = InterpretationRow
    statement = select(*(getattr(row, name) for name in InterpretationView.__slots__))
    ordered = statement.where(any_of(row.meeting_id, ids)).order_by(row.decided_at, row.id)
    return views(InterpretationView, await connection.execute(ordered))
