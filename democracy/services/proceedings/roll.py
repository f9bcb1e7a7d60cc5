"""The roll (röstlängd) as it is fixed before a counted vote."""

from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.use_case import Service, use_case
from democracy.storage import rolls
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.rolls import Entry
from democracy.storage.unit_of_work import Unit
from workflows.engine import StepDenied
from workflows.meeting import MeetingState
from workflows.roll import ROLL, RollFacts, RollState


class Rolls(Service):
    """Use cases of the roll."""

    @use_case
    async def adjust(self, unit: Unit, meeting_id: UUID, *, actor: Actor) -> UUID:
        """Fix the roll (justera röstlängden) as those present have votes now. Returns the roll's id."""
        case = await unit.meetings.hold(meeting_id, actor=actor)
        return await _fix(unit, case, await rolls.present_voters(unit.session, meeting_id), actor)


async def fix_roll(unit: Unit, meeting_id: UUID, *, actor: Actor) -> UUID:
    """The roll that a counted vote rests on: the last one while it still holds, otherwise it is fixed anew.

    It no longer holds when somebody with a vote has come, gone or changed places, or a new day has begun.
    Raises StepDenied for whoever may not fix it, and where nobody votes.
    """
    current = await current_roll(unit, meeting_id)
    if current is not None:
        return current
    present = await rolls.present_voters(unit.session, meeting_id)
    return await _fix(unit, await unit.meetings.case(meeting_id, actor=actor), present, actor)


async def current_roll(unit: Unit, meeting_id: UUID) -> UUID | None:
    """The last roll that was fixed, if it still holds: today's, and true of those present."""
    last = await rolls.latest(unit.session, meeting_id)
    if last is None:
        return None
    roll_id, fixed_at = last
    same_day = fixed_at.astimezone(unit.zone).date() == unit.today
    unchanged = await rolls.entries(unit.session, roll_id) == await rolls.present_voters(unit.session, meeting_id)
    return roll_id if same_day and unchanged else None


async def voters(unit: Unit, roll_id: UUID, item_id: UUID | None = None) -> list[Entry]:
    """Who votes by a roll, each with their votes; without those barred on the item."""
    return await rolls.entries(unit.session, roll_id, item_id)


async def _fix(unit: Unit, case: MeetingCase, present: list[Entry], actor: Actor) -> UUID:
    facts = RollFacts(meeting_open=case.state is MeetingState.OPENED, voters=len(present))
    try:
        step = ROLL.step("adjust", RollState.DRAFT, facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    roll = await rolls.keep_roll(unit.session, case.id, present, unit.now)
    outcome = {"number": roll.number, "voters": roll.voters, "votes": roll.votes}
    unit.record(step, roll.id, by=actor, statutes=case.statutes, outcome=outcome, meeting=case.id)
    return roll.id
