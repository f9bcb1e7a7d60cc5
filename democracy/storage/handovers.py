"""Handovers as they are written, and what somebody holds when a list is drawn up."""

from uuid import UUID

from sqlalchemy import or_, select

from democracy.domain.actors import Actor
from democracy.domain.kinds import HandoverKind
from democracy.errors import NotFoundError
from democracy.storage.handover_case import HandoverCase, handover_cases
from democracy.storage.in_force import mandate_in_force
from democracy.storage.tables.election import ElectionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.motion import FollowUpRow, MotionRow
from democracy.storage.tables.post import HandoverLineRow, HandoverRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from workflows.election import ELECTION
from workflows.meeting import MEETING

Held = tuple[HandoverKind, UUID, str]


async def opened(unit: Unit, mandate_id: UUID, *, actor: Actor) -> HandoverCase:
    """Lock the mandate and judge its handover; NotFoundError for whoever does not see it."""
    await unit.session.flush()
    await unit.session.execute(select(MandateRow.id).where(MandateRow.id == mandate_id).with_for_update())
    cases = await handover_cases(unit.session, [mandate_id], actor=actor, at=unit.now, zone=unit.zone)
    if mandate_id not in cases:
        raise NotFoundError("mandate", mandate_id)
    return cases[mandate_id]


async def of_line(unit: Unit, line_id: UUID, *, actor: Actor) -> tuple[HandoverCase, HandoverLineRow]:
    """A line with its handover; NotFoundError likewise."""
    line = await unit.session.get(HandoverLineRow, line_id, populate_existing=True)
    found = await unit.session.get(HandoverRow, line.handover_id) if line else None
    if line is None or found is None:
        raise NotFoundError("handover_line", line_id)
    try:
        case = await opened(unit, found.mandate_id, actor=actor)
    except NotFoundError:
        raise NotFoundError("handover_line", line_id) from None
    await unit.session.refresh(line)
    return case, line


async def row(unit: Unit, handover_id: UUID) -> HandoverRow:
    """The row itself."""
    found = await unit.session.get(HandoverRow, handover_id)
    if found is None:
        raise NotFoundError("handover", handover_id)
    return found


async def listed(unit: Unit, handover_id: UUID) -> set[tuple[HandoverKind, UUID | None]]:
    """What stands on the list already."""
    line = HandoverLineRow
    found = await unit.session.execute(select(line.kind, line.reference_id).where(line.handover_id == handover_id))
    return {(each.kind, each.reference_id) for each in found}


async def held(unit: Unit, case: HandoverCase) -> list[Held]:
    """What the body has in hand today, and the holder's other roles."""
    return [*await _meetings(unit, case), *await _elections(unit, case), *await _tasks(unit, case),
            *await _roles(unit, case)]  # fmt: skip


async def _meetings(unit: Unit, case: HandoverCase) -> list[Held]:
    statement = (
        select(MeetingRow.id, MeetingRow.name)
        .where(MeetingRow.board_id == case.body_id, MeetingRow.state.not_in(tuple(MEETING.final)))
        .order_by(MeetingRow.starts_at, MeetingRow.id)
    )
    return [(HandoverKind.MEETING, each.id, each.name) for each in await unit.session.execute(statement)]


async def _elections(unit: Unit, case: HandoverCase) -> list[Held]:
    theirs = or_(ElectionRow.committee_id == case.body_id, MeetingRow.board_id == case.body_id)
    statement = (
        select(ElectionRow.id, ElectionRow.title)
        .join(MeetingRow, MeetingRow.id == ElectionRow.meeting_id)
        .where(theirs, ElectionRow.state.not_in(tuple(ELECTION.final)))
        .order_by(ElectionRow.id)
    )
    return [(HandoverKind.ELECTION, each.id, each.title) for each in await unit.session.execute(statement)]


async def _tasks(unit: Unit, case: HandoverCase) -> list[Held]:
    statement = (
        select(FollowUpRow.id, MotionRow.title)
        .join(MotionRow, MotionRow.id == FollowUpRow.motion_id)
        .where(FollowUpRow.body_id == case.body_id, FollowUpRow.reported_at.is_(None))
        .order_by(FollowUpRow.due_on, FollowUpRow.id)
    )
    return [(HandoverKind.FOLLOW_UP, each.id, each.title) for each in await unit.session.execute(statement)]


async def _roles(unit: Unit, case: HandoverCase) -> list[Held]:
    statement = (
        select(MandateRow.id, BodyRow.name)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(
            MandateRow.member_id == case.member_id,
            MandateRow.id != case.mandate_id,
            mandate_in_force(MandateRow, unit.today),
        )
        .order_by(BodyRow.sort_key, MandateRow.id)
    )
    return [(HandoverKind.ROLE, each.id, each.name) for each in await unit.session.execute(statement)]
