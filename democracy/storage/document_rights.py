"""Who may hand in an amendment before the meeting."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.kinds import MandateRole, UnitKind
from democracy.storage.in_force import VOTING_ROLES, holds, membership_in_force
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MembershipRow
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from workflows.statutes import Resolved, Sender
from workflows.statutes.kinds import Participant, Right

_SENDERS = {UnitKind.DISTRICT: Sender.DISTRICT}
_ABOVE_BRANCHES = (UnitKind.PARTY, UnitKind.ASSOCIATION)


async def member_may_amend(
    session: AsyncSession, meeting: MeetingRow, rules: Resolved, member_id: UUID, day: date
) -> bool:
    """Whoever may move a motion there, is reported as a delegate, or has a seat that gives the right to propose."""
    motions, kind = rules.parameters.motions, meeting.kind
    body = kind.body
    if motions.may_send_to(Sender.MEMBER, kind):
        latest = day - timedelta(days=motions.min_days_of_membership)
        if await _belongs(session, meeting.unit_id, member_id, day, latest):
            return True
    ways: list[ColumnElement[bool]] = [
        exists(
            select(1).where(
                DelegateRow.meeting_id == meeting.id, DelegateRow.member_id == member_id, DelegateRow.ended_at.is_(None)
            )
        )
    ]
    if body is not None and rules.parameters.rights.allows(body, Participant.DELEGATE, Right.PROPOSE):
        ways.append(holds(member_id, meeting.body_id, day, MandateRole.DELEGATE))
    if body is not None and rules.parameters.rights.allows(body, Participant.BOARD_MEMBER, Right.PROPOSE):
        ways.append(holds(member_id, meeting.board_id, day, *VOTING_ROLES))
    return bool((await session.execute(select(or_(*ways)))).scalar_one())


async def unit_may_amend(session: AsyncSession, meeting: MeetingRow, rules: Resolved, unit_id: UUID) -> bool:
    """Whether a unit below may move there by a decision of its own."""
    statement = (
        select(UnitRow.kind)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == UnitRow.id)
        .where(UnitRow.id == unit_id, UnitAncestorRow.ancestor_id == meeting.unit_id)
    )
    kind = (await session.execute(statement)).scalar_one_or_none()
    if kind is None or kind in _ABOVE_BRANCHES:
        return False
    return rules.parameters.motions.may_send_to(_SENDERS.get(kind, Sender.LOCAL), meeting.kind)


async def _belongs(session: AsyncSession, unit_id: UUID, member_id: UUID, day: date, latest: date) -> bool:
    since = (
        select(func.min(MembershipRow.effective_on))
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == MembershipRow.unit_id)
        .where(
            and_(
                MembershipRow.member_id == member_id,
                UnitAncestorRow.ancestor_id == unit_id,
                membership_in_force(MembershipRow, day),
            )
        )
    )
    first = (await session.execute(since)).scalar_one_or_none()
    return first is not None and first <= latest
