"""A mandate as a case: locked, judged, changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.errors import NotFoundError
from democracy.storage.in_force import holds, holds_in
from democracy.storage.member_visibility import member_visible_to
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role
from workflows.mandate import MandateFacts, MandateState


@dataclass(frozen=True)
class MandateCase:
    """A mandate with what the rules ask, and its row to be changed."""

    row: MandateRow
    state: MandateState
    facts: MandateFacts
    roles: frozenset[Role]


async def open_mandate(unit: Unit, mandate_id: UUID, *, actor: Actor) -> MandateCase:
    """Lock a mandate and judge it; NotFoundError when there is none, or the actor may not see its holder."""
    seen = member_visible_to(actor, unit.now, unit.zone)
    statement = (
        select(MandateRow, BodyRow.unit_id)
        .join(MemberRow, MemberRow.id == MandateRow.member_id)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(MandateRow.id == mandate_id, seen)
        .with_for_update(of=MandateRow)
        .execution_options(populate_existing=True)
    )
    found = (await unit.session.execute(statement)).first()
    if found is None:
        raise NotFoundError("mandate", mandate_id)
    row, unit_id = found
    return MandateCase(
        row, _state(row), _facts(row, unit.today), await _roles(unit.session, row, unit_id, actor, unit.today)
    )


def _state(row: MandateRow) -> MandateState:
    if row.released_on is not None:
        return MandateState.RELEASED
    return MandateState.HELD if row.resigned_on is None else MandateState.RESIGNED


def _facts(row: MandateRow, day: date) -> MandateFacts:
    leave = row.leave_from is not None and (row.leave_until is None or row.leave_until >= day)
    return MandateFacts(over=row.ends_on is not None and row.ends_on < day, on_leave=leave)


async def _roles(session: AsyncSession, row: MandateRow, unit_id: UUID, actor: Actor, day: date) -> frozenset[Role]:
    """The holder is responsible; the secretary of the body, or of its unit's board, records what it decides."""
    if not isinstance(actor, Member):
        return frozenset()
    own = {Role.RESPONSIBLE} if row.member_id == actor.id else set()
    keeps = holds(actor.id, row.body_id, day, MandateRole.SECRETARY) | holds_in(
        actor.id, unit_id, BodyKind.BOARD, day, MandateRole.SECRETARY
    )
    secretary = (await session.execute(select(keeps))).scalar_one()
    return frozenset(own | ({Role.SECRETARY} if secretary else set()))
