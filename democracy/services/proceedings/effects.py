"""What it does that the meeting has decided on itself (formalia)."""

from democracy.domain.actors import Actor
from democracy.services.proceedings.roll import fix_roll
from democracy.storage.matter_case import MatterCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import Formality


async def formality_decided(unit: Unit, case: MatterCase, carried: ProposalRow, actor: Actor) -> None:
    """Let a carried proposal on the meeting's own forms have its effect."""
    item = await unit.matters.row(AgendaItemRow, case.item_id)
    if item.formality is Formality.ROLL:
        await fix_roll(unit, case.meeting_id, actor=actor)
