"""Decisions on amendments in a meeting that does not take them on its agenda one by one: entered by its officers."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.documents.case import take_amendment
from democracy.services.use_case import Service, use_case
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit


class Deciding(Service):
    """What the meeting decided on one amendment."""

    @use_case
    async def decide(
        self, unit: Unit, amendment_id: UUID, decision: str, text: str | None = None, *, approved: bool, actor: Actor
    ) -> UUID:
        """Enter the meeting's decision, with its paragraph; `text` where other words were approved."""
        case = await unit.documents.open_amendment(amendment_id, actor=actor)
        said = decision.strip()[:500]
        facts = replace(case.facts, decision_given=bool(said))
        rule = "approve" if approved else "reject"
        kept = Text("amendment", amendment_id, {"decision": said, "text": text})
        await take_amendment(unit, case, rule, actor=actor, facts=facts, texts=[kept], meeting=case.meeting_id)
        row = await unit.documents.amendment(amendment_id)
        row.decision, row.decided_at = said, unit.now
        row.adopted_text = text.strip() if approved and text and text.strip() else None
        return amendment_id

    @use_case
    async def reopen(self, unit: Unit, amendment_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """The meeting takes the amendment up again."""
        case = await unit.documents.open_amendment(amendment_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        kept = Text("amendment", amendment_id, {"reason": reason.strip()})
        await take_amendment(unit, case, "reopen", actor=actor, facts=facts, texts=[kept], meeting=case.meeting_id)
        row = await unit.documents.amendment(amendment_id)
        row.decision = row.adopted_text = row.decided_at = None
        return amendment_id
