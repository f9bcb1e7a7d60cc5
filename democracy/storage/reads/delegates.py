"""Delegates and substitutes to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import Channel
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.reads.reader import Reader
from democracy.storage.roll_visibility import delegate_visible_to
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import DelegateRow, PresenceRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from workflows.delegate import DelegateState
from workflows.statutes.kinds import Participant


@dataclass(frozen=True, slots=True)
class DelegateView:
    """A reported place with its holder."""

    id: UUID
    meeting_id: UUID
    unit_id: UUID
    member_id: UUID
    participant: Participant
    position: int
    state: DelegateState
    late: bool
    decision: str
    decided_on: date | None
    channel: Channel
    received_at: datetime
    recorded_at: datetime
    weight: int
    proxies: int
    replaces_id: UUID | None
    check_in_code: str | None
    statutes_digest: str
    unit_name: str
    name: str
    present: bool


_OWN = [getattr(DelegateRow, name) for name in DelegateView.__slots__[:-4]]


@dataclass(frozen=True)
class DelegateFilter:
    """Which of a meeting's."""

    meeting_id: UUID
    unit_id: UUID | None = None
    participants: tuple[Participant, ...] = ()
    states: tuple[DelegateState, ...] = ()


_ORDER = Order(
    (
        UnitRow.sort_key.expression,
        cast(DelegateRow.unit_id, String),
        cast(DelegateRow.participant, String),
        DelegateRow.position.expression,
        cast(DelegateRow.id, String),
    )
)
"""Unit by unit, delegates before substitutes, each in their order."""


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, DelegateView]:
    """Those of `ids` that the reader may see."""
    rows = await connection.execute(_select(reader).where(any_of(DelegateRow.id, ids)))
    return {row.id: DelegateView(*row) for row in rows}


async def listed(
    connection: AsyncConnection, reader: Reader, wanted: DelegateFilter, asked: Asked
) -> Page[DelegateView]:
    """A page."""
    found = await page(connection, _select(reader).where(*_which(wanted)), _ORDER, asked)
    rows = [DelegateView(*row[: len(DelegateView.__slots__)]) for row in found.rows]
    return Page(rows, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: DelegateFilter) -> int:
    """How many there are, as far as the reader may see them."""
    inside = _select(reader).where(*_which(wanted)).subquery()
    return (await connection.execute(select(func.count()).select_from(inside))).scalar_one()


def _which(wanted: DelegateFilter) -> list[Any]:
    return [
        DelegateRow.meeting_id == wanted.meeting_id,
        *([DelegateRow.unit_id == wanted.unit_id] if wanted.unit_id else []),
        *([DelegateRow.participant.in_(wanted.participants)] if wanted.participants else []),
        *([DelegateRow.state.in_(wanted.states)] if wanted.states else []),
    ]


def _select(reader: Reader) -> Select[Any]:
    there = exists().where(
        PresenceRow.meeting_id == DelegateRow.meeting_id,
        PresenceRow.member_id == DelegateRow.member_id,
        PresenceRow.out_at.is_(None),
    )
    return (
        select(
            *_OWN,
            MeetingRow.statutes_digest,
            UnitRow.name.label("unit_name"),
            (MemberRow.given_name + " " + MemberRow.family_name).label("name"),
            there.label("present"),
        )
        .join(MeetingRow, MeetingRow.id == DelegateRow.meeting_id)
        .join(UnitRow, UnitRow.id == DelegateRow.unit_id)
        .join(MemberRow, MemberRow.id == DelegateRow.member_id)
        .where(delegate_visible_to(reader.actor, reader.at, reader.zone))
    )
