"""How the seats of a meeting were shared out, to be shown to everybody who sees the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, PresenceRow, SeatsRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from workflows.delegate import DelegateState
from workflows.statutes.kinds import Participant


@dataclass(frozen=True, slots=True)
class AllotmentView:
    """An allotment as it was frozen."""

    id: UUID
    meeting_id: UUID
    counted_on: date
    frozen_at: datetime
    protocol: str


@dataclass(frozen=True, slots=True)
class SeatsView:
    """One unit's seats, and how far it has filled them."""

    meeting_id: UUID
    unit_id: UUID
    code: str
    unit_name: str
    members: int
    seats: int
    delegates: int
    substitutes: int
    votes_now: int
    """Those of the unit who are there and vote."""


async def of_meetings(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, AllotmentView]:
    """The allotments of some meetings."""
    own = [getattr(AllotmentRow, name) for name in AllotmentView.__slots__]
    statement = (
        select(*own)
        .join(MeetingRow, MeetingRow.id == AllotmentRow.meeting_id)
        .where(any_of(AllotmentRow.meeting_id, ids), meeting_visible_to(reader.actor, reader.at, reader.zone))
    )
    return {row.meeting_id: AllotmentView(*row) for row in await connection.execute(statement)}


async def seats(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[SeatsView]]:
    """The units that send delegates to some meetings, in Swedish order."""
    statement = (
        select(
            AllotmentRow.meeting_id,
            UnitRow.id,
            UnitRow.code,
            UnitRow.name,
            SeatsRow.members,
            SeatsRow.seats,
            _reported(Participant.DELEGATE),
            _reported(Participant.SUBSTITUTE),
            _voting(),
        )
        .select_from(SeatsRow)
        .join(AllotmentRow, AllotmentRow.id == SeatsRow.allotment_id)
        .join(UnitRow, UnitRow.id == SeatsRow.unit_id)
        .join(MeetingRow, MeetingRow.id == AllotmentRow.meeting_id)
        .where(any_of(AllotmentRow.meeting_id, ids), meeting_visible_to(reader.actor, reader.at, reader.zone))
        .order_by(AllotmentRow.meeting_id, UnitRow.sort_key, UnitRow.id)
    )
    found: dict[UUID, list[SeatsView]] = {}
    for view in views(SeatsView, await connection.execute(statement)):
        found.setdefault(view.meeting_id, []).append(view)
    return found


def _reported(participant: Participant) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(DelegateRow)
        .where(
            DelegateRow.meeting_id == AllotmentRow.meeting_id,
            DelegateRow.unit_id == SeatsRow.unit_id,
            DelegateRow.participant == participant,
            DelegateRow.state == DelegateState.ACCEPTED,
        )
        .scalar_subquery()
    )


def _voting() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(PresenceRow)
        .join(DelegateRow, and_(DelegateRow.id == PresenceRow.delegate_id, DelegateRow.unit_id == SeatsRow.unit_id))
        .where(PresenceRow.meeting_id == AllotmentRow.meeting_id, PresenceRow.out_at.is_(None), PresenceRow.voting)
        .scalar_subquery()
    )
