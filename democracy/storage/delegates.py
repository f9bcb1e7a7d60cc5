"""Delegates and substitutes as they are reported: who may be one, and what the unit has reported already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import BodyKind
from democracy.errors import NotFoundError
from democracy.storage.in_force import OFFICERS, holds_in, membership_in_force
from democracy.storage.roll_visibility import delegate_visible_to
from democracy.storage.statutes import Connected
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow, MembershipRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, RollRow, SeatsRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Unit
from workflows.delegate import DelegateState
from workflows.engine import Role
from workflows.statutes.kinds import Participant

STANDING = (DelegateState.REPORTED, DelegateState.ACCEPTED)


@dataclass(frozen=True)
class Candidate:
    """Somebody who is to be reported, as the register knows them."""

    id: UUID
    number: str | None
    born: date | None
    is_member: bool
    """Has a member's rights today, somewhere."""
    votes_in_unit: bool
    reported_by: str | None
    """Name of the unit that has reported them to the meeting already."""


async def candidates(
    session: AsyncSession, meeting_id: UUID, unit_id: UUID, members: Sequence[UUID], day: date
) -> dict[UUID, Candidate]:
    """Everybody named, locked in one order, so that two units cannot report the same person at once."""
    known = MemberRow.id.in_(members), MemberRow.erased_at.is_(None)
    await session.execute(select(MemberRow.id).where(*known).order_by(MemberRow.id).with_for_update(key_share=True))
    mine = and_(MembershipRow.member_id == MemberRow.id, membership_in_force(MembershipRow, day))
    votes = (
        exists(select(1))
        .select_from(MembershipRow)
        .where(mine, MembershipRow.voting, UnitAncestorRow.ancestor_id == unit_id)
        .where(UnitAncestorRow.unit_id == MembershipRow.unit_id)
    )
    elsewhere = (
        select(UnitRow.name)
        .join(DelegateRow, DelegateRow.unit_id == UnitRow.id)
        .where(DelegateRow.member_id == MemberRow.id, DelegateRow.meeting_id == meeting_id)
        .where(DelegateRow.state.in_(STANDING))
        .scalar_subquery()
    )
    rows = await session.execute(
        select(
            MemberRow.id, MemberRow.number, MemberRow.birth_date, exists(select(1)).where(mine), votes, elsewhere
        ).where(*known)
    )
    return {row[0]: Candidate(*row) for row in rows}


async def by_number(session: AsyncSession, numbers: Sequence[str]) -> dict[str, UUID]:
    """Members by their numbers; the erased are left out."""
    rows = await session.execute(
        select(MemberRow.number, MemberRow.id).where(MemberRow.number.in_(numbers), MemberRow.erased_at.is_(None))
    )
    return {str(row.number): row.id for row in rows}


async def lock_seats(session: AsyncSession, meeting_id: UUID, unit_id: UUID) -> int | None:
    """The seats of a unit at a meeting; None where none have been given to it. One report at a time fills them."""
    statement = (
        select(SeatsRow.seats)
        .join(AllotmentRow, AllotmentRow.id == SeatsRow.allotment_id)
        .where(AllotmentRow.meeting_id == meeting_id, SeatsRow.unit_id == unit_id)
        .with_for_update()
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def filled(session: AsyncSession, meeting_id: UUID, unit_id: UUID) -> dict[Participant, tuple[int, int]]:
    """How many of each kind a unit has, and the last position among them."""
    rows = await session.execute(
        select(DelegateRow.participant, func.count(), func.max(DelegateRow.position))
        .where(DelegateRow.meeting_id == meeting_id, DelegateRow.unit_id == unit_id)
        .where(DelegateRow.state.in_(STANDING))
        .group_by(DelegateRow.participant)
    )
    return {participant: (number, last) for participant, number, last in rows}


async def roll_fixed(session: AsyncSession, meeting_id: UUID) -> bool:
    """Whether the meeting has fixed a roll."""
    return bool((await session.execute(select(exists().where(RollRow.meeting_id == meeting_id)))).scalar_one())


async def unit_roles(session: AsyncSession, actor: Actor, unit_id: UUID, day: date) -> frozenset[Role]:
    """What the actor is in the unit that reports: its chair or its secretary, or nothing."""
    if not isinstance(actor, Member):
        return frozenset()
    leads = select(holds_in(actor.id, unit_id, BodyKind.BOARD, day, *OFFICERS))
    return frozenset({Role.BRANCH_OFFICER} if (await session.execute(leads)).scalar_one() else ())


async def seen_delegate(unit: Unit, delegate_id: UUID, actor: Actor) -> DelegateRow:
    """A reported place; NotFoundError where there is none, or the actor may not see it."""
    statement = (
        select(DelegateRow)
        .join(MeetingRow, MeetingRow.id == DelegateRow.meeting_id)
        .join(MemberRow, MemberRow.id == DelegateRow.member_id)
        .where(DelegateRow.id == delegate_id, delegate_visible_to(actor, unit.now, unit.zone))
    )
    row = (await unit.session.scalars(statement)).one_or_none()
    if row is None:
        raise NotFoundError("delegate", delegate_id)
    return row


async def open_delegate(session: AsyncSession, delegate_id: UUID) -> DelegateRow:
    """A reported place, locked; NotFoundError where there is none."""
    row = await session.get(DelegateRow, delegate_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("delegate", delegate_id)
    return row


async def codes(session: Connected, meeting_id: UUID) -> Sequence[tuple[UUID, str]]:
    """Everybody's code for checking in to a meeting, by member."""
    rows = await session.execute(
        select(DelegateRow.member_id, DelegateRow.check_in_code).where(
            DelegateRow.meeting_id == meeting_id,
            DelegateRow.state == DelegateState.ACCEPTED,
            DelegateRow.check_in_code.is_not(None),
        )
    )
    return [(row.member_id, row.check_in_code) for row in rows]
