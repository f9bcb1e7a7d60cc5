"""Yrkandestopp: the moment after which only formal proposals, reconciling and withdrawing are left."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.judging import take_item
from democracy.services.use_case import Service, use_case
from democracy.storage import agenda_items, statutes
from democracy.storage.unit_of_work import Unit
from workflows.statutes.parameters.meetings import ProposalDeadline


class ProposalStop(Service):
    """Use cases of the deadline for proposals on an item."""

    @use_case
    async def set(
        self, unit: Unit, item_id: UUID, closes_at: datetime | None, *, decided: bool = False, actor: Actor
    ) -> UUID:
        """Say when proposals on an item close; None lifts it. `decided`: the meeting has, where that is for it to say.

        It holds for the items of a block too.
        """
        case = await unit.items.open(item_id, actor=actor)
        rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
        says = rules.parameters.meetings.proposal_deadline
        facts = replace(
            case.facts,
            stop_allowed=says is not ProposalDeadline.NONE,
            stop_decided=says is not ProposalDeadline.MEETING or decided,
            stop_in_past=closes_at is not None and closes_at < unit.now,
        )
        outcome = {"closes_at": closes_at.isoformat() if closes_at else None, "decided": decided}
        await take_item(unit, case, "stop_proposals", actor, facts=facts, outcome=outcome)
        for each in (item_id, *await agenda_items.children(unit.session, item_id)):
            (await unit.items.row(each)).proposals_close_at = closes_at
        return item_id
