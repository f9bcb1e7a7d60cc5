"""A decision that can be appealed: who sees it, and how the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import OFFICERS, belongs_under, employed_above, holds, mandate_in_force
from democracy.storage.prepared import AT, DAY, IDS, filled_in, local_day, stand_in
from democracy.storage.roles import Columns, found, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.ruling import RulingNoticeRow, RulingRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from workflows.engine import Role
from workflows.ruling import RulingFacts, RulingState
from workflows.statutes.parameters.appeals import Decision

_NOTICE, _TOLD, _BODY, _LEADS = (
    aliased(RulingNoticeRow), aliased(RulingNoticeRow), aliased(BodyRow), aliased(MandateRow),
)  # fmt: skip


@dataclass(frozen=True)
class RulingCase:
    """A decision that can be appealed, with its facts and the roles of one actor."""

    id: UUID
    state: RulingState
    facts: RulingFacts
    roles: frozenset[Role]
    statutes: str
    kind: Decision
    unit_id: UUID
    body_id: UUID
    office_id: UUID
    case_id: UUID | None

    @property
    def sees_concerned(self) -> bool:
        """Whom it was told to is known to the body that decided and to those who try it."""
        return bool(self.roles & {Role.SECRETARY, Role.BOARD, Role.STAFF})


def ruling_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Those whom it concerns, once told; the body that decided, the body that tries it, and their offices.

    A decision that every member may appeal is read by every member below.
    """
    if isinstance(actor, Clock | Operator):
        return true()
    day = local_day(at, zone)
    if isinstance(actor, Staff):
        return employed_above(actor.id, RulingRow.unit_id, day)
    if not isinstance(actor, Member):
        return false()
    told = RulingRow.state != RulingState.NEW
    return or_(
        and_(told, is_concerned(actor.id, day)),
        holds(actor.id, RulingRow.office_id, day),
        holds(actor.id, RulingRow.appeal_office_id, day),
        and_(told, RulingRow.open_to_members, belongs_under(actor.id, RulingRow.unit_id, day)),
    )


def ruling_roles(actor: Actor, day: date) -> Columns:
    """One boolean column for each role that the actor may have in it."""
    if isinstance(actor, Staff):
        return {Role.STAFF: employed_above(actor.id, RulingRow.unit_id, day)}
    if not isinstance(actor, Member):
        return {}
    return {
        Role.CONCERNED: is_concerned(actor.id, day),
        Role.SECRETARY: holds(actor.id, RulingRow.office_id, day, MandateRole.SECRETARY),
        Role.BOARD: or_(holds(actor.id, RulingRow.office_id, day), holds(actor.id, RulingRow.appeal_office_id, day)),
    }


def is_concerned(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The decision concerns the member, or a unit that they lead."""
    own = exists(select(1).where(_TOLD.ruling_id == RulingRow.id, _TOLD.member_id == member_id))
    led = exists(
        select(1)
        .select_from(_NOTICE)
        .join(_BODY, and_(_BODY.unit_id == _NOTICE.unit_id, _BODY.kind == BodyKind.BOARD))
        .join(_LEADS, _LEADS.body_id == _BODY.id)
        .where(
            _NOTICE.ruling_id == RulingRow.id,
            _LEADS.member_id == member_id,
            _LEADS.role.in_(OFFICERS),
            mandate_in_force(_LEADS, day),
        )
    )
    return or_(own, led)


async def ruling_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, RulingCase]:
    """Every such decision of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {
        row.id: RulingCase(
            row.id,
            row.state,
            RulingFacts(concerned=row.concerned, unreached=row.unreached, last_moment=row.last_moment),
            found(row, roles, actor),
            row.statutes_digest,
            row.kind,
            row.unit_id,
            row.body_id,
            row.office_id,
            row.case_id,
        )
        for row in rows
    }


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = ruling_roles(actor, DAY)
    told = aliased(RulingNoticeRow)
    own = select(func.count(told.id)).where(told.ruling_id == RulingRow.id)
    unreached = own.where(told.received_at.is_(None))
    statement = select(
        RulingRow.id, RulingRow.state, RulingRow.statutes_digest, RulingRow.kind, RulingRow.unit_id, RulingRow.body_id,
        RulingRow.office_id, RulingRow.case_id, RulingRow.last_moment,
        own.scalar_subquery().label("concerned"),
        unreached.scalar_subquery().label("unreached"),
        *labelled(roles),
    ).where(any_of(RulingRow.id, IDS), ruling_visible_to(actor, AT, zone))  # fmt: skip
    return cast("Select[Any]", statement), roles
