"""The units that a conference is called for where it is not for all of them: only the branches of a city, say."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.tables.agenda import MeetingUnitRow
from democracy.storage.tables.unit import UnitAncestorRow
from democracy.storage.types import any_of


async def outside(session: AsyncSession, unit_id: UUID, those: Sequence[UUID]) -> set[UUID]:
    """Which of these units are not below a unit."""
    below = select(UnitAncestorRow.unit_id).where(
        UnitAncestorRow.ancestor_id == unit_id, any_of(UnitAncestorRow.unit_id, those)
    )
    return set(those) - (set(await session.scalars(below)) - {unit_id})


async def not_called(session: AsyncSession, meeting_id: UUID, those: Sequence[UUID]) -> set[UUID]:
    """Which of these units a meeting is not called for; none where it is called for all."""
    called = set(await session.scalars(select(MeetingUnitRow.unit_id).where(MeetingUnitRow.meeting_id == meeting_id)))
    return set(those) - called if called else set()


def call_for(session: AsyncSession, meeting_id: UUID, those: Sequence[UUID]) -> None:
    """Let a meeting be for these units only."""
    session.add_all(MeetingUnitRow(meeting_id=meeting_id, unit_id=each) for each in those)
