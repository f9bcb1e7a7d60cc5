"""What it does that the meeting has decided on itself (formalia)."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.judging import take_meeting
from democracy.services.proceedings.roll import fix_roll
from democracy.storage import chairs, proposals
from democracy.storage.matter_case import MatterCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.item import ItemState
from workflows.proceedings import Formality, OfficerRole, ProposalKind
from workflows.proposal import ProposalState

ELECTED = {
    Formality.CHAIR: OfficerRole.CHAIR,
    Formality.SECRETARY: OfficerRole.SECRETARY,
    Formality.VERIFIERS: OfficerRole.VERIFIER,
    Formality.TELLERS: OfficerRole.TELLER,
}


async def formality_decided(unit: Unit, case: MatterCase, winner: ProposalRow, actor: Actor) -> None:
    """Let what the meeting has decided on its own forms have its effect."""
    item = await unit.matters.row(AgendaItemRow, case.item_id)
    yes = winner.state is ProposalState.CARRIED and winner.kind is not ProposalKind.REJECT
    if item.formality is Formality.NOTICE:
        await _judge_notice(unit, case.meeting_id, actor, proper=yes)
    elif yes and item.formality is Formality.ROLL:
        await fix_roll(unit, case.meeting_id, actor=actor)
    elif yes and item.formality is Formality.AGENDA:
        await _set_agenda(unit, case.meeting_id, actor)
    elif yes and item.formality in ELECTED:
        for member in await proposals.nominees(unit.session, winner.id):
            await _elect(unit, case, ELECTED[item.formality], member, actor)


async def _judge_notice(unit: Unit, meeting_id: UUID, actor: Actor, *, proper: bool) -> None:
    meeting = await unit.meetings.case(meeting_id, actor=actor)
    await take_meeting(unit, meeting, "judge_notice", actor, outcome={"proper": proper})
    (await unit.meetings.row(meeting_id)).notice_proper = proper


async def _set_agenda(unit: Unit, meeting_id: UUID, actor: Actor) -> None:
    """The agenda is approved in the order that it has."""
    meeting = await unit.meetings.case(meeting_id, actor=actor)
    items = [row.id.hex for row in await unit.items.rows(meeting_id, AgendaItemRow.state != ItemState.STRUCK)]
    facts = replace(meeting.facts, reason_given=True)
    await take_meeting(unit, meeting, "set_agenda", actor, facts=facts, outcome={"items": items})
    (await unit.meetings.row(meeting_id)).agenda_set_at = unit.now


async def _elect(unit: Unit, case: MatterCase, role: OfficerRole, member_id: UUID, actor: Actor) -> None:
    """Elect somebody, unless they have the role already."""
    if await chairs.officer(unit.session, case.meeting_id, role, member_id) is not None:
        return
    meeting = await unit.meetings.case(case.meeting_id, actor=actor)
    # Who has just been elected chair presides from now on: the election itself is still the old chair's act.
    judged = replace(meeting, roles=meeting.roles | case.roles)
    outcome = {"role": role.name, "member": member_id.hex, "item": case.item_id.hex}
    await take_meeting(unit, judged, "elect_officer", actor, outcome=outcome)
    await chairs.add_officer(unit.session, case.meeting_id, role, member_id, case.item_id, unit.now)
