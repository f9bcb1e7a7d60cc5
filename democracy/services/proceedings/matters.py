"""The steps of a matter, and its debate."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.steps import take
from democracy.services.use_case import Service, use_case
from democracy.storage import orders
from democracy.storage.ledger import Text
from democracy.storage.matter_case import MatterCase
from democracy.storage.tables.matter import MatterRow
from democracy.storage.unit_of_work import Unit
from workflows.matter import MATTER, MatterFacts


class Matters(Service):
    """Use cases of a matter."""

    @use_case
    async def close_debate(self, unit: Unit, matter_id: UUID, *, actor: Actor) -> UUID:
        """Close the debate. From now on only referring back or deferring can be proposed."""
        case = await unit.matters.open(matter_id, actor=actor)
        await take_matter(unit, case, "close_debate", actor=actor)
        return matter_id

    @use_case
    async def reopen_debate(self, unit: Unit, matter_id: UUID, *, actor: Actor) -> UUID:
        """Open the debate again, before anything has been put. Orders of questions are given up."""
        case = await unit.matters.open(matter_id, actor=actor)
        await take_matter(unit, case, "reopen_debate", actor=actor)
        await orders.drop_all(unit.session, matter_id, unit.now)
        return matter_id

    @use_case
    async def lapse(self, unit: Unit, matter_id: UUID, *, actor: Actor) -> UUID:
        """Let a matter lapse on which nobody proposes anything."""
        case = await unit.matters.open(matter_id, actor=actor)
        await take_matter(unit, case, "lapse", actor=actor)
        return matter_id


async def take_matter(
    unit: Unit,
    case: MatterCase,
    rule: str,
    *,
    actor: Actor,
    facts: MatterFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: tuple[Text, ...] | list[Text] = (),
    follows: bool = False,
) -> MatterRow:
    """Follow a rule of a matter. Returns its row."""
    row = await unit.matters.row(MatterRow, case.id)
    told = {"item": case.item_id.hex, **(outcome or {})}
    await take(unit, MATTER, case, row, rule, actor=actor, facts=facts, outcome=told, texts=texts, follows=follows)
    return row
