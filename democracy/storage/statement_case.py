"""A statement in the minutes as the rules see it; and what they ask of whoever would make one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor, Member
from democracy.errors import NotFoundError
from democracy.storage import statutes
from democracy.storage.prepared import local_day
from democracy.storage.rights import is_barred
from democracy.storage.roles import found, labelled, meeting_roles
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import StatementRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesRow
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from workflows.engine import Role
from workflows.item import ItemState
from workflows.meeting import MeetingState
from workflows.minutes import MinutesState
from workflows.proceedings import StatementKind
from workflows.statement import StatementFacts, StatementState
from workflows.statutes import Resolved
from workflows.statutes.kinds import Until

_OVER = (MeetingState.CLOSED, MeetingState.CANCELLED)


@dataclass(frozen=True)
class StatementCase:
    """A statement with its facts and the roles of one actor."""

    id: UUID
    state: StatementState
    facts: StatementFacts
    roles: frozenset[Role]
    statutes: str
    meeting_id: UUID


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


async def subject(session: AsyncSession, item_id: UUID | None, matter_id: UUID | None) -> Subject:
    """The item, or that of the matter; with the decision in force on the matter if one is named.

    Raises NotFoundError when there is no such thing, or the matter is not one of the item's own.
    """
    decision = None
    if matter_id is not None:
        matter = await session.get(MatterRow, matter_id)
        if matter is None or item_id not in (None, matter.item_id):
            raise NotFoundError("matter", matter_id)
        item_id = matter.item_id
        decided = select(MatterDecisionRow).where(
            MatterDecisionRow.matter_id == matter_id, MatterDecisionRow.replaced_at.is_(None)
        )
        decision = (await session.scalars(decided)).one_or_none()
    item = await session.get(AgendaItemRow, item_id) if item_id is not None else None
    if item is None:
        raise NotFoundError("item", item_id)
    return Subject(
        meeting_id=item.meeting_id,
        item_id=item.id,
        item_state=item.state,
        matter_id=matter_id,
        decided_at=decision.decided_at if decision else None,
        carried_id=decision.proposal_id if decision else None,
    )


def is_open(meeting: MeetingState, item: ItemState, minutes: MinutesState | None, until: Until) -> bool:
    """Whether the event after which nothing is added has still to come."""
    if until is Until.ITEM_DECIDED:
        return item not in (ItemState.CLOSED, ItemState.STRUCK)
    if until is Until.MINUTES_VERIFIED:
        return minutes not in (MinutesState.VERIFIED, MinutesState.PUBLISHED)
    return meeting not in _OVER


async def minutes_state(session: AsyncSession, meeting_id: UUID) -> MinutesState | None:
    """Where the minutes of a meeting stand; None before they are begun."""
    wanted = select(MinutesRow.state).where(MinutesRow.meeting_id == meeting_id)
    return (await session.execute(wanted)).scalar_one_or_none()


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


async def statement_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, StatementCase]:
    """Every statement of `ids` that the actor may see, by id: what may be done with one that has been made."""
    roles = meeting_roles(actor, local_day(at, zone))
    statement = (
        select(
            StatementRow.id, StatementRow.member_id, StatementRow.withdrawn_at, StatementRow.meeting_id,
            MeetingRow.statutes_digest, MeetingRow.state, AgendaItemRow.state.label("item_state"),
            MinutesRow.state.label("minutes_state"), *labelled(roles),
        )
        .join(MeetingRow, MeetingRow.id == StatementRow.meeting_id)
        .join(AgendaItemRow, AgendaItemRow.id == StatementRow.item_id)
        .outerjoin(MinutesRow, MinutesRow.meeting_id == StatementRow.meeting_id)
        .where(any_of(StatementRow.id, ids), meeting_visible_to(actor, at, zone))
    )  # fmt: skip
    rows: Sequence[Any] = (await connection.execute(statement)).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    return {row.id: _case(row, found(row, roles, actor), rules[row.statutes_digest], actor) for row in rows}


def _case(row: Any, roles: frozenset[Role], rules: Resolved, actor: Actor) -> StatementCase:
    until = rules.parameters.meetings.reservation_until
    own = isinstance(actor, Member) and actor.id == row.member_id
    return StatementCase(
        id=row.id,
        state=StatementState.WITHDRAWN if row.withdrawn_at else StatementState.RECORDED,
        facts=StatementFacts(
            open_until_done=is_open(row.state, row.item_state, row.minutes_state, until),
            own=own or Role.MEETING_SECRETARY in roles,
        ),
        roles=roles,
        statutes=row.statutes_digest,
        meeting_id=row.meeting_id,
    )


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
