"""What the use cases of a division share: open it, take a step, keep the record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.storage import divisions
from democracy.storage.division_case import DivisionCase, division_cases
from democracy.storage.ledger import Text
from democracy.storage.tables.division import DivisionRow
from democracy.storage.unit_of_work import Unit
from workflows.division import DIVISION, DivisionFacts
from workflows.engine import Role, Step, StepDenied


async def opened(unit: Unit, division_id: UUID, actor: Actor) -> tuple[DivisionRow, DivisionCase]:
    """A division with everything that it belongs to, locked; NotFoundError when the actor may not see it."""
    await divisions.hold_division(unit.session, division_id)
    return await divisions.row_of(unit.session, division_id), await judged(unit, division_id, actor)


async def judged(unit: Unit, division_id: UUID, actor: Actor) -> DivisionCase:
    """The division as it stands in this transaction, without locking it."""
    await unit.session.flush()
    cases = await division_cases(unit.session, [division_id], actor=actor, at=unit.now, zone=unit.zone)
    if division_id not in cases:
        raise NotFoundError("division", division_id)
    return cases[division_id]


def step_of(unit: Unit, case: DivisionCase, rule: str, facts: DivisionFacts | None = None) -> Step[Any]:
    """The step by a rule; raises StepDenied with every reason."""
    try:
        return DIVISION.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now, waived=case.waived)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None


async def take(
    unit: Unit,
    case: DivisionCase,
    rule: str,
    *,
    actor: Actor,
    facts: DivisionFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
) -> None:
    """Follow a rule, write the state that it leads to, and record it as a step of the meeting."""
    step = step_of(unit, case, rule, facts)
    row = await unit.session.get_one(DivisionRow, case.id)
    row.state = step.dest
    row.version += 1
    await unit.session.flush()
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.meeting_id)


async def lapse_ordered(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """Let divisions lapse that were asked for and never opened, now that the matter is decided without them."""
    for division_id in await divisions.never_opened(unit.session, matter_id):
        case = await judged(unit, division_id, actor)
        if case.facts.gavel_fallen:
            # What follows from the gavel is the meeting's act, not a further person's.
            own = replace(case, roles=case.roles | DIVISION.rules["lapse"].by)
            await take(unit, own, "lapse", actor=actor)


async def person(
    unit: Unit, case: DivisionCase, number: str | None, rule: str, actor: Actor
) -> tuple[UUID, DivisionCase]:
    """For whom something is done, and the case in the roles in which it may be done.

    Without a number: the actor themselves, in every role but the secretary's. With one: somebody else, recorded by the
    meeting's secretary. Whether there is such a number, nobody else learns.
    """
    if number is None:
        me = actor.id if isinstance(actor, Member) else None
        own = replace(case, roles=case.roles - {Role.MEETING_SECRETARY})
        return (me or UUID(int=0)), own
    recording = replace(case, roles=case.roles & {Role.MEETING_SECRETARY})
    if not recording.roles:
        raise DIVISION.wrong_role(rule).under(case.statutes)
    found = await unit.motions.member_by_number(number.strip())
    if found is None:
        raise InvalidInputError(FieldError("memberNumber", "unknown_member"))
    return found, recording
