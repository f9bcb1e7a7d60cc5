"""A bound event is corrected while minutes are being signed: the text is fixed anew, and everybody is asked again."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.minutes import LATE_STEP, fix_text
from democracy.services.proceedings.minutes_asking import ask_again, due_at
from democracy.services.proceedings.minutes_steps import take_minutes
from democracy.services.proceedings.minutes_text import kept_with, written
from democracy.storage.minutes import Part
from democracy.storage.unit_of_work import Unit
from workflows.minutes_facts import MinutesState


async def renew_if_changed(unit: Unit, meeting_id: UUID, *, actor: Actor) -> bool:
    """Let the signatures fall where what happened no longer says what was signed. Returns whether they did.

    For use cases that correct something of a meeting that is over, in the same unit; the clock asks too.
    """
    await unit.session.flush()
    minutes_id = await unit.minutes.of_meeting(meeting_id)
    if minutes_id is None:
        return False
    case = await unit.minutes.open(minutes_id, actor=actor)
    if case.state is not MinutesState.SIGNING:
        return False
    row = await unit.minutes.row(minutes_id)
    row.compared_at = unit.now - LATE_STEP
    now = await written(unit.session, meeting_id, minutes_id, unit.zone)
    if now.text == row.text:
        return False
    facts, outcome = replace(case.facts, text_same=False), {"digest": now.digest}
    texts = kept_with(now.text, now)
    await take_minutes(unit, case, "renew", actor, facts=facts, outcome=outcome, texts=texts, follows=True)
    await fix_text(unit, case, now)
    part = Part(minutes_id)
    await unit.minutes.fall(part)
    await ask_again(unit, part, case, due_at(unit, case))
    return True
