"""A matter before a council as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, not_, or_, select

from democracy.domain.actors import Actor, Member, Staff
from democracy.domain.kinds import BodyKind
from democracy.storage.council_visibility import (
    CHAIRS,
    SEATS,
    carries_out,
    council_visible_to,
    is_asked,
    is_barred,
    keeps_records,
    leads_asked,
    leads_silent,
    may_read_papers,
    presides_over,
)
from democracy.storage.in_force import VOTING_ROLES, employed_above, holds, holds_in
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.council import (
    CouncilAskedRow,
    CouncilAttemptRow,
    CouncilConflictRow,
    CouncilDecisionRow,
)
from democracy.storage.types import any_of
from workflows.council_decision import CouncilDecisionFacts, CouncilDecisionState
from workflows.engine import Role

_C, _A = CouncilDecisionRow, CouncilAskedRow
SIGNATURES = 2
"""The chair's and somebody else's: so many verify the minutes of a written procedure."""


@dataclass(frozen=True)
class CouncilCase:
    """A matter with its facts and the roles of one actor."""

    id: UUID
    state: CouncilDecisionState
    version: int
    facts: CouncilDecisionFacts
    roles: frozenset[Role]
    statutes: str
    unit_id: UUID
    body_id: UUID


async def council_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, CouncilCase]:
    """Every matter of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {
        row.id: CouncilCase(
            row.id, row.state, row.version, _facts(row, at), found(row, roles, actor),
            row.statutes_digest, row.unit_id, row.body_id,
        )
        for row in rows
    }  # fmt: skip


def _facts(row: Any, at: datetime) -> CouncilDecisionFacts:
    """While the window is open nobody is told how many have answered, not even by a reason why something waits."""
    over = row.closes_at is not None and at >= row.closes_at
    return CouncilDecisionFacts(
        level_set=row.level is not None,
        embargo_until=row.embargo_until,
        may_read=row.may_read,
        barred=row.barred,
        entitled=row.entitled,
        asked=row.unit_asked,
        opinion_until=row.sounding_until,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        entitled_count=row.asked_count,
        answered=row.answered if over else 0,
        answers_needed=row.answers_needed or 0,
        meetings_asked=row.meetings_asked if over else 0,
        meetings_needed=row.meetings_needed or 0,
        has_answered=row.own_answered,
        asked_for_meeting=row.own_meeting,
        never_sought=row.never_sought,
        reserved=row.own_reserved,
        written=row.protocol is not None,
        reported=row.reported_item_id is not None,
        assigned=row.responsible_id is not None,
        reported_back=row.carried_out_at is not None,
        explained=row.rationale_at is not None,
        signed=row.own_signed,
        minutes_verified=row.signed_count >= SIGNATURES and row.chair_signed,
    )


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = council_roles(actor, DAY)
    statement = select(
        _C.id, _C.state, _C.version, _C.statutes_digest, _C.unit_id, _C.body_id, _C.level, _C.embargo_until,
        _C.sounding_until, _C.opens_at, _C.closes_at, _C.answers_needed, _C.meetings_needed, _C.protocol,
        _C.reported_item_id, _C.responsible_id, _C.carried_out_at, _C.rationale_at,
        func.coalesce(may_read_papers(actor, AT, zone), literal(value=False)).label("may_read"),
        _count().label("asked_count"),
        _count(_A.answer.is_not(None)).label("answered"),
        _count(_A.meeting_asked_at.is_not(None)).label("meetings_asked"),
        _count(_A.answer.is_(None), not_(_sought())).label("never_sought"),
        _count(_A.signed_at.is_not(None)).label("signed_count"),
        exists(
            select(1).where(
                _A.decision_id == _C.id, _A.signed_at.is_not(None), holds(_A.member_id, _C.body_id, DAY, *CHAIRS)  # type: ignore[arg-type]  # a column instead of a value
            )
        ).label("chair_signed"),
        *_own(actor),
        *labelled(roles),
    ).where(any_of(_C.id, IDS), council_visible_to(actor, AT, zone))  # fmt: skip
    return cast("Select[Any]", statement), roles


def council_roles(actor: Actor, day: Any) -> Columns:
    """One boolean column for each role that the actor may have in a matter."""
    if isinstance(actor, Staff):
        return {Role.STAFF: employed_above(actor.id, _C.unit_id, day)}
    if not isinstance(actor, Member):
        return {}
    return {
        Role.PRESIDIUM: presides_over(actor.id, day),
        Role.SECRETARY: keeps_records(actor.id, day),
        Role.BOARD: holds_in(actor.id, _C.unit_id, BodyKind.BOARD, day, *VOTING_ROLES),
        Role.DELEGATE: or_(holds(actor.id, _C.body_id, day, *SEATS), is_asked(actor.id)),
        Role.MOVER: func.coalesce(_C.raised_by == actor.id, literal(value=False)),
        Role.RESPONSIBLE: func.coalesce(carries_out(actor.id, day), literal(value=False)),
        Role.BRANCH_OFFICER: leads_asked(actor.id, day),
    }


def _own(actor: Actor) -> list[ColumnElement[Any]]:
    """What the actor has done in the matter themselves."""
    if not isinstance(actor, Member):
        names = ("barred", "entitled", "unit_asked", "own_answered", "own_meeting", "own_reserved", "own_signed")
        return [literal(value=False).label(name) for name in names]
    seat = or_(holds(actor.id, _C.body_id, DAY, *SEATS), is_asked(actor.id))
    return [
        is_barred(actor.id).label("barred"),
        seat.label("entitled"),
        leads_silent(actor.id, DAY).label("unit_asked"),
        _mine(actor.id, _A.answer.is_not(None)).label("own_answered"),
        _mine(actor.id, _A.meeting_asked_at.is_not(None)).label("own_meeting"),
        _mine(actor.id, _A.reserved_at.is_not(None)).label("own_reserved"),
        _mine(actor.id, _A.signed_at.is_not(None)).label("own_signed"),
    ]


def _mine(member_id: UUID, *conditions: Any) -> ColumnElement[bool]:
    return exists(select(1).where(_A.decision_id == _C.id, _A.member_id == member_id, *conditions))


def _count(*conditions: Any) -> Any:
    """How many are asked, without those who have declared a conflict of interest since."""
    conflict = CouncilConflictRow
    barred = exists(select(1).where(conflict.decision_id == _A.decision_id, conflict.member_id == _A.member_id))
    counted = select(func.count()).select_from(_A).where(_A.decision_id == _C.id, not_(barred), *conditions)
    return counted.correlate(_C).scalar_subquery()


def _sought() -> ColumnElement[bool]:
    attempt = CouncilAttemptRow
    return exists(select(1).where(and_(attempt.decision_id == _A.decision_id, attempt.member_id == _A.member_id)))
