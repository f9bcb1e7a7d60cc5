"""A statement in the minutes as the rules see it; and what they ask of whoever would make one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.errors import NotFoundError
from democracy.storage.rights import is_barred
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import StatementRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow
from democracy.storage.tables.minutes import MinutesRow
from democracy.storage.tables.roll import PresenceRow
from workflows.item import ItemState
from workflows.meeting import MeetingState
from workflows.minutes import MinutesState
from workflows.proceedings import StatementKind
from workflows.statutes.kinds import Until

_OVER = (MeetingState.CLOSED, MeetingState.CANCELLED)


@dataclass(frozen=True)
class Subject:
    """What a statement is about."""

    meeting_id: UUID
    item_id: UUID
    item_state: ItemState
    matter_id: UUID | None
    decided_at: datetime | None
    carried_id: UUID | None
    """The proposal that the decision in force approved."""


async def subject(session: AsyncSession, item_id: UUID, matter_id: UUID | None) -> Subject:
    """The item, with the decision in force on the matter if one is named.

    Raises NotFoundError when there is no such item, or the matter is not one of its own.
    """
    item = await session.get(AgendaItemRow, item_id)
    if item is None:
        raise NotFoundError("item", item_id)
    decision = None
    if matter_id is not None:
        matter = await session.get(MatterRow, matter_id)
        if matter is None or matter.item_id != item_id:
            raise NotFoundError("matter", matter_id)
        decided = select(MatterDecisionRow).where(
            MatterDecisionRow.matter_id == matter_id, MatterDecisionRow.replaced_at.is_(None)
        )
        decision = (await session.scalars(decided)).one_or_none()
    return Subject(
        meeting_id=item.meeting_id,
        item_id=item_id,
        item_state=item.state,
        matter_id=matter_id,
        decided_at=decision.decided_at if decision else None,
        carried_id=decision.proposal_id if decision else None,
    )


async def is_open(session: AsyncSession, about: Subject, meeting_state: MeetingState, until: Until) -> bool:
    """Whether the event after which nothing is added has still to come."""
    if until is Until.ITEM_DECIDED:
        return about.item_state not in (ItemState.CLOSED, ItemState.STRUCK)
    if until is Until.MINUTES_VERIFIED:
        unverified = (MinutesState.WRITING, MinutesState.SIGNING)
        found = select(MinutesRow.state).where(MinutesRow.meeting_id == about.meeting_id)
        state = (await session.execute(found)).scalar_one_or_none()
        return state is None or state in unverified
    return meeting_state not in _OVER


async def was_there(session: AsyncSession, about: Subject, member_id: UUID, *, voting: bool) -> bool:
    """Whether somebody is in the meeting, or was when the matter was decided; with a vote and not barred, if asked."""
    here = PresenceRow.meeting_id == about.meeting_id, PresenceRow.member_id == member_id
    now = PresenceRow.out_at.is_(None)
    if about.decided_at is not None:
        left_later = or_(PresenceRow.out_at.is_(None), PresenceRow.out_at > about.decided_at)
        then = and_(PresenceRow.in_at <= about.decided_at, left_later)
        when = then if voting else or_(then, now)
    else:
        when = now
    wanted = [PresenceRow.voting, ~is_barred(member_id, about.item_id)] if voting else []
    return bool((await session.execute(select(exists().where(*here, when, *wanted)))).scalar_one())


async def made_before(session: AsyncSession, about: Subject, member_id: UUID, kind: StatementKind) -> bool:
    """Whether somebody has made one of the kind on the same matter, which stands."""
    statement = select(StatementRow.id).where(
        StatementRow.item_id == about.item_id,
        StatementRow.matter_id.is_(None) if about.matter_id is None else StatementRow.matter_id == about.matter_id,
        StatementRow.member_id == member_id,
        StatementRow.kind == kind,
        StatementRow.withdrawn_at.is_(None),
    )
    return (await session.execute(statement.limit(1))).first() is not None
