"""Reported places and presences as the rules see them, for reading what may be done with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import OFFICERS, holds_in
from democracy.storage.prepared import local_day
from democracy.storage.roles import Columns, found, labelled, meeting_roles
from democracy.storage.roll_visibility import delegate_visible_to, presence_visible_to
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.minutes import MinutesRow
from democracy.storage.tables.roll import DelegateRow, PresenceRow, RollRow
from democracy.storage.types import any_of
from democracy.storage.waivers import waived_column, waived_of
from workflows.delegate import DELEGATE, DelegateFacts, DelegateState
from workflows.engine import Role
from workflows.meeting import MeetingState
from workflows.presence import PresenceFacts, PresenceState

RUNNING = (MeetingState.CALLED, MeetingState.OPENED, MeetingState.ADJOURNED)
"""States in which people come and go: before the opening and over night too."""
COMING = (MeetingState.PLANNED, *RUNNING)
"""States in which a meeting's delegates may still change."""


@dataclass(frozen=True)
class DelegateCase:
    """A reported place with its facts and the roles of one actor."""

    state: DelegateState
    facts: DelegateFacts
    roles: frozenset[Role]
    statutes: str
    waived: frozenset[str]


@dataclass(frozen=True)
class PresenceCase:
    """Somebody's presence with its facts and the roles of one actor."""

    state: PresenceState
    facts: PresenceFacts
    roles: frozenset[Role]
    statutes: str


async def delegate_cases(
    connection: AsyncConnection, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, DelegateCase]:
    """Every reported place of `ids` that the actor may see."""
    roles = {**meeting_roles(actor, local_day(at, zone)), **_own(actor, DelegateRow.member_id)}
    if isinstance(actor, Member):
        day = local_day(at, zone)
        roles[Role.BRANCH_OFFICER] = holds_in(actor.id, DelegateRow.unit_id, BodyKind.BOARD, day, *OFFICERS)
    statement = (
        select(DelegateRow.id, DelegateRow.state, MeetingRow.state.label("meeting"), MeetingRow.statutes_digest)
        .add_columns(_roll_fixed().label("roll_fixed"), _verified().label("verified"), *labelled(roles))
        .add_columns(waived_column(DELEGATE.name, MeetingRow.id).label("waived"))
        .join(MeetingRow, MeetingRow.id == DelegateRow.meeting_id)
        .join(MemberRow, MemberRow.id == DelegateRow.member_id)
        .where(any_of(DelegateRow.id, ids), delegate_visible_to(actor, at, zone))
    )
    return {row.id: _delegate(row, roles, actor) for row in await connection.execute(statement)}


async def presence_cases(
    connection: AsyncConnection, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, PresenceCase]:
    """Every presence of `ids` that the actor may see."""
    roles = {**meeting_roles(actor, local_day(at, zone)), **_own(actor, PresenceRow.member_id)}
    statement = (
        select(PresenceRow.id, PresenceRow.out_at, MeetingRow.state.label("meeting"), MeetingRow.statutes_digest)
        .add_columns(_verified().label("verified"), *labelled(roles))
        .join(MeetingRow, MeetingRow.id == PresenceRow.meeting_id)
        .join(MemberRow, MemberRow.id == PresenceRow.member_id)
        .outerjoin(DelegateRow, DelegateRow.id == PresenceRow.delegate_id)
        .where(any_of(PresenceRow.id, ids), presence_visible_to(actor, at, zone))
    )
    return {
        row.id: PresenceCase(
            PresenceState.AWAY if row.out_at else PresenceState.PRESENT,
            PresenceFacts(meeting_running=row.meeting in RUNNING, minutes_verified=row.verified),
            found(row, roles, actor),
            row.statutes_digest,
        )
        for row in await connection.execute(statement)
    }


def _delegate(row: Any, roles: Columns, actor: Actor) -> DelegateCase:
    held = found(row, roles, actor)
    facts = DelegateFacts(
        meeting_coming=row.meeting in COMING,
        meeting_open=row.meeting is MeetingState.OPENED,
        limited=False,
        roll_fixed=row.roll_fixed,
        minutes_verified=row.verified,
        for_the_unit_only=not DELEGATE.rules["correct"].open_to(held - {Role.BRANCH_OFFICER}),
    )
    return DelegateCase(row.state, facts, held, row.statutes_digest, waived_of(row.waived))


def _own(actor: Actor, member: Any) -> dict[Role, ColumnElement[bool]]:
    return {Role.CONCERNED: member == literal(actor.id)} if isinstance(actor, Member) else {}


def _roll_fixed() -> ColumnElement[bool]:
    return exists(select(1).where(RollRow.meeting_id == MeetingRow.id))


def _verified() -> ColumnElement[bool]:
    return exists(select(1).where(MinutesRow.meeting_id == MeetingRow.id, MinutesRow.verified_at.is_not(None)))
