"""The rolls of a meeting to be shown: figures to everybody who sees the meeting, names to those who take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, case, cast, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import Gender
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.reads.reader import Reader, views
from democracy.storage.roll_visibility import entry_visible_to
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import PresenceRow, RollEntryRow, RollRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to


@dataclass(frozen=True, slots=True)
class RollView:
    """A roll as it was fixed."""

    id: UUID
    meeting_id: UUID
    number: int
    fixed_at: datetime
    voters: int
    votes: int
    statutes_digest: str


@dataclass(frozen=True, slots=True)
class RollEntryView:
    """One voter of it."""

    member_id: UUID
    name: str
    unit_name: str | None
    votes: int


@dataclass(frozen=True, slots=True)
class HallView:
    """Figures of those who are at a meeting now."""

    meeting_id: UUID
    present: int
    remote: int
    voters: int
    votes: int


_ROLL = [getattr(RollRow, name) for name in RollView.__slots__[:-1]]
_ENTRY_ORDER = Order((MemberRow.sort_key.expression, cast(RollEntryRow.member_id, String)))


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, RollView]:
    """Those of `ids` whose meeting the reader may see."""
    rows = await connection.execute(_rolls(reader).where(any_of(RollRow.id, ids)))
    return {row.id: RollView(*row) for row in rows}


async def of_meetings(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[RollView]]:
    """Every roll of some meetings, the first one first."""
    statement = _rolls(reader).where(any_of(RollRow.meeting_id, ids)).order_by(RollRow.meeting_id, RollRow.number)
    found: dict[UUID, list[RollView]] = {}
    for view in views(RollView, await connection.execute(statement)):
        found.setdefault(view.meeting_id, []).append(view)
    return found


async def halls(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, HallView]:
    """Who is there now, in figures."""
    voting = PresenceRow.voting
    statement = (
        select(
            PresenceRow.meeting_id,
            func.count(),
            func.sum(case((PresenceRow.remote, 1), else_=0)),
            func.sum(case((voting, 1), else_=0)),
            func.sum(case((voting, PresenceRow.votes), else_=0)),
        )
        .where(any_of(PresenceRow.meeting_id, ids), PresenceRow.out_at.is_(None))
        .group_by(PresenceRow.meeting_id)
    )
    return {view.meeting_id: view for view in views(HallView, await connection.execute(statement))}


async def genders(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, dict[Gender, int]]:
    """How many of each gender are on a meeting's first roll; nothing of any later one.

    Two rolls that differ by one person would tell that person's gender.
    """
    rows = await connection.execute(
        select(RollRow.id, MemberRow.gender, func.count().label("number"))
        .join(RollEntryRow, RollEntryRow.roll_id == RollRow.id)
        .join(MemberRow, MemberRow.id == RollEntryRow.member_id)
        .where(any_of(RollRow.id, ids), RollRow.number == 1, MemberRow.gender.is_not(None))
        .group_by(RollRow.id, MemberRow.gender)
    )
    found: dict[UUID, dict[Gender, int]] = {}
    for row in rows:
        found.setdefault(row.id, {})[row.gender] = row.number
    return found


async def entries(connection: AsyncConnection, reader: Reader, roll_id: UUID, asked: Asked) -> Page[RollEntryView]:
    """A page of a roll's voters, by name; empty for whoever may not see the names."""
    statement: Any = (
        select(
            RollEntryRow.member_id,
            (MemberRow.given_name + " " + MemberRow.family_name).label("name"),
            UnitRow.name.label("unit_name"),
            RollEntryRow.votes,
        )
        .join(RollRow, RollRow.id == RollEntryRow.roll_id)
        .join(MeetingRow, MeetingRow.id == RollRow.meeting_id)
        .join(MemberRow, MemberRow.id == RollEntryRow.member_id)
        .outerjoin(UnitRow, UnitRow.id == RollEntryRow.unit_id)
        .where(RollEntryRow.roll_id == roll_id, entry_visible_to(reader.actor, reader.at, reader.zone))
    )
    found = await page(connection, statement, _ENTRY_ORDER, asked)
    rows = [RollEntryView(*row[: len(RollEntryView.__slots__)]) for row in found.rows]
    return Page(rows, found.cursors, found.has_next, found.has_previous)


def _rolls(reader: Reader) -> Select[Any]:
    return (
        select(*_ROLL, MeetingRow.statutes_digest)
        .join(MeetingRow, MeetingRow.id == RollRow.meeting_id)
        .where(meeting_visible_to(reader.actor, reader.at, reader.zone))
    )


async def current(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """For each meeting whose last roll still holds: that roll. It was fixed today, and those present are the same."""
    last = func.max(RollRow.number).over(partition_by=RollRow.meeting_id)
    newest = select(RollRow, last.label("last")).where(any_of(RollRow.meeting_id, ids)).subquery()
    here = and_(PresenceRow.meeting_id == newest.c.meeting_id, PresenceRow.out_at.is_(None), PresenceRow.voting)
    same = and_(
        RollEntryRow.roll_id == newest.c.id,
        RollEntryRow.member_id == PresenceRow.member_id,
        RollEntryRow.votes == PresenceRow.votes,
    )
    statement = select(newest.c.meeting_id, newest.c.id, newest.c.fixed_at, newest.c.voters).where(
        newest.c.number == newest.c.last,
        ~exists(select(1).select_from(PresenceRow).where(here, ~exists(select(1).where(same)))),
        newest.c.voters == select(func.count()).select_from(PresenceRow).where(here).scalar_subquery(),
    )
    rows = await connection.execute(statement)
    return {row.meeting_id: row.id for row in rows if row.fixed_at.astimezone(reader.zone).date() == reader.today}
