"""Who is at a meeting, and the places that they may vote for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor
from democracy.domain.kinds import MandateRole
from democracy.domain.seating import Place, Reserve
from democracy.errors import NotFoundError
from democracy.storage.in_force import mandate_in_force
from democracy.storage.roll_visibility import presence_visible_to
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.minutes import MinutesRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, PresenceRow, SeatsRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from workflows.delegate import DelegateState
from workflows.statutes.kinds import Participant


@dataclass(frozen=True)
class Pool:
    """Seats with the delegates who hold them, and the substitutes who may step in for them."""

    seats: int
    places: tuple[Place, ...]
    reserves: tuple[Reserve, ...]

    @property
    def reported(self) -> dict[UUID, UUID]:
        """The place of each of them, by member."""
        return {each.member_id: each.id for each in self.places} | {each.member_id: each.id for each in self.reserves}

    @property
    def members(self) -> frozenset[UUID]:
        """Everybody in it."""
        return frozenset(self.reported)


async def lock_member(session: AsyncSession, member_id: UUID) -> bool:
    """Let one use case at a time decide whether somebody is there; False when there is no such person."""
    statement = select(MemberRow.id).where(MemberRow.id == member_id, MemberRow.erased_at.is_(None))
    found = await session.execute(statement.with_for_update(key_share=True))
    return found.scalar_one_or_none() is not None


async def present(session: AsyncSession, meeting_id: UUID, members: Sequence[UUID]) -> list[PresenceRow]:
    """The rows of those of some people who are there now."""
    statement = select(PresenceRow).where(
        PresenceRow.meeting_id == meeting_id, PresenceRow.member_id.in_(members), PresenceRow.out_at.is_(None)
    )
    return list((await session.scalars(statement.execution_options(populate_existing=True))).all())


async def accepted(session: AsyncSession, meeting_id: UUID, member_id: UUID) -> DelegateRow | None:
    """The place that somebody has been reported to, if it is theirs."""
    statement = select(DelegateRow).where(
        DelegateRow.meeting_id == meeting_id,
        DelegateRow.member_id == member_id,
        DelegateRow.state == DelegateState.ACCEPTED,
    )
    return (await session.scalars(statement.execution_options(populate_existing=True))).one_or_none()


async def pool_of(session: AsyncSession, meeting_id: UUID, unit_id: UUID | None) -> Pool:
    """A unit's places at a meeting, or all of them where substitutes may come from any unit.

    Locks them, so that one use case at a time moves votes between a delegate and a substitute.
    """
    own = [] if unit_id is None else [DelegateRow.unit_id == unit_id]
    statement = (
        select(DelegateRow)
        .where(DelegateRow.meeting_id == meeting_id, DelegateRow.state == DelegateState.ACCEPTED, *own)
        .order_by(DelegateRow.position, DelegateRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = (await session.scalars(statement)).all()
    places = tuple(
        Place(row.id, row.member_id, row.weight, row.proxies) for row in rows if row.participant is Participant.DELEGATE
    )
    reserves = tuple(Reserve(row.id, row.member_id) for row in rows if row.participant is Participant.SUBSTITUTE)
    return Pool(await _seats(session, meeting_id, unit_id, len(places)), places, reserves)


async def units_with_delegates(session: AsyncSession, meeting_id: UUID) -> list[UUID]:
    """The units that have reported somebody."""
    statement = select(DelegateRow.unit_id).where(DelegateRow.meeting_id == meeting_id).distinct()
    return list(await session.scalars(statement.order_by(DelegateRow.unit_id)))


async def _seats(session: AsyncSession, meeting_id: UUID, unit_id: UUID | None, filled: int) -> int:
    own = [] if unit_id is None else [SeatsRow.unit_id == unit_id]
    rows = await session.scalars(
        select(SeatsRow.seats)
        .join(AllotmentRow, AllotmentRow.id == SeatsRow.allotment_id)
        .where(AllotmentRow.meeting_id == meeting_id, *own)
    )
    allotted = rows.all()
    return sum(allotted) if allotted else filled


async def pool_of_body(session: AsyncSession, body_id: UUID, roles: Sequence[MandateRole], day: date) -> Pool:
    """The places of a body that is elected for a term. Whoever is on leave has a place and does not fill it."""
    await session.execute(select(BodyRow.id).where(BodyRow.id == body_id).with_for_update(key_share=True))
    rows = await session.scalars(
        select(MandateRow)
        .where(
            MandateRow.body_id == body_id,
            MandateRow.role.in_((*roles, MandateRole.SUBSTITUTE)),
            MandateRow.starts_on <= day,
            or_(MandateRow.ends_on.is_(None), MandateRow.ends_on >= day),
            or_(MandateRow.released_on.is_(None), MandateRow.released_on > day),
        )
        .order_by(MandateRow.position, MandateRow.id)
    )
    held = rows.all()
    acting = set(
        await session.scalars(
            select(MandateRow.id).where(MandateRow.body_id == body_id, mandate_in_force(MandateRow, day))
        )
    )
    places = tuple(Place(row.id, row.member_id) for row in held if row.role in roles and row.id in acting)
    reserves = tuple(
        Reserve(row.id, row.member_id) for row in held if row.role is MandateRole.SUBSTITUTE and row.id in acting
    )
    return Pool(sum(row.role in roles for row in held), places, reserves)


async def shared_out(session: AsyncSession, meeting_id: UUID) -> bool:
    """Whether the seats of a meeting have been shared out."""
    return bool((await session.execute(select(exists().where(AllotmentRow.meeting_id == meeting_id)))).scalar_one())


async def seen_presence(unit: Unit, presence_id: UUID, actor: Actor) -> PresenceRow:
    """Somebody's presence; NotFoundError where there is none, or the actor may not see it."""
    statement = (
        select(PresenceRow)
        .join(MeetingRow, MeetingRow.id == PresenceRow.meeting_id)
        .join(MemberRow, MemberRow.id == PresenceRow.member_id)
        .outerjoin(DelegateRow, DelegateRow.id == PresenceRow.delegate_id)
        .where(PresenceRow.id == presence_id, presence_visible_to(actor, unit.now, unit.zone))
    )
    row = (await unit.session.scalars(statement)).one_or_none()
    if row is None:
        raise NotFoundError("presence", presence_id)
    return row


async def minutes_verified(session: AsyncSession, meeting_id: UUID) -> bool:
    """Whether what happened in the meeting stands fast."""
    fast = exists().where(MinutesRow.meeting_id == meeting_id, MinutesRow.verified_at.is_not(None))
    return bool((await session.execute(select(fast))).scalar_one())


async def delegate(session: AsyncSession, delegate_id: UUID) -> DelegateRow:
    """A reported place, to be changed; NotFoundError where there is none."""
    row = await session.get(DelegateRow, delegate_id)
    if row is None:
        raise NotFoundError("delegate", delegate_id)
    return row
