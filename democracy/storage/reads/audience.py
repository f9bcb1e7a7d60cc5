"""Who of many listeners may hear of a meeting now: one statement for all members, one for all employees."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Member, Staff
from democracy.storage.accounts import employed
from democracy.storage.prepared import AT, DAY, IDS
from democracy.storage.tables.account import AccountRow, SessionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow, StaffRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to

_MEETING = bindparam("meeting_id", type_=Uuid())


async def listening(
    connection: AsyncConnection, meeting_id: UUID, sessions: Sequence[UUID], at: datetime, zone: ZoneInfo
) -> frozenset[UUID]:
    """Those of some sessions that are still signed in, as somebody who may see the meeting."""
    values = {"meeting_id": meeting_id, "ids": list(sessions), "at": at, "day": at.astimezone(zone).date()}
    found: set[UUID] = set()
    for statement in (_members(zone), _staff(zone)):
        found |= set((await connection.execute(statement, values)).scalars())
    return frozenset(found)


@cache
def _members(zone: ZoneInfo) -> Select[Any]:
    seen = meeting_visible_to(Member(cast("UUID", AccountRow.member_id)), AT, zone)
    return _open().join(MemberRow, MemberRow.id == AccountRow.member_id).where(MemberRow.erased_at.is_(None), seen)


@cache
def _staff(zone: ZoneInfo) -> Select[Any]:
    seen = meeting_visible_to(Staff(cast("UUID", AccountRow.staff_id)), AT, zone)
    return _open().join(StaffRow, StaffRow.id == AccountRow.staff_id).where(employed(DAY), seen)


def _open() -> Select[Any]:
    return (
        select(SessionRow.id)
        .join(AccountRow, AccountRow.id == SessionRow.account_id)
        .join(MeetingRow, MeetingRow.id == _MEETING)
        .where(any_of(SessionRow.id, IDS), SessionRow.revoked_at.is_(None), SessionRow.expires_at > AT)
    )
