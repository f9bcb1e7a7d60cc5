"""Laying a text before a meeting, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.documents.case import expect_version, take
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage.ledger import Text
from democracy.storage.tables.document import DocumentProposerRow
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class CoProposer:
    """A body that stands behind the proposal beside the board, by its own decision."""

    body_id: UUID
    decision: str


class Proposing(Service):
    """From the board's table to the meeting's."""

    @use_case
    async def propose(
        self,
        unit: Unit,
        document_id: UUID,
        decision: str,
        together_with: Sequence[CoProposer] = (),
        expected_version: int | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Lay the text before its meeting: members read it from now on, and may hand in amendments."""
        case = await unit.documents.open(document_id, actor=actor)
        expect_version(case, expected_version)
        row = await unit.documents.row(document_id)
        row.decision = decision.strip()[:500]
        facts = replace(case.facts, board_decided=bool(row.decision))
        bodies = [each.body_id.hex for each in together_with]
        text = Text("document", document_id, {"decision": row.decision})
        await take(unit, case, "propose", actor=actor, facts=facts, outcome={"together_with": bodies}, texts=[text])
        for index, each in enumerate(together_with):
            await _add(unit, document_id, index, each)
        row.base_id, row.proposed_at = row.current_id, unit.now
        return document_id

    @use_case
    async def withdraw(self, unit: Unit, document_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Take the text back before the meeting has opened, with a reason."""
        case = await unit.documents.open(document_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        text = Text("document", document_id, {"reason": reason.strip()})
        await take(unit, case, "withdraw", actor=actor, facts=facts, texts=[text])
        return document_id


async def _add(unit: Unit, document_id: UUID, index: int, proposer: CoProposer) -> None:
    path = f"coProposers.{index}"
    body = await unit.meetings.body(proposer.body_id)
    if body.id == (await unit.documents.row(document_id)).board_id:
        raise InvalidInputError(FieldError(f"{path}.bodyId", "proposes_already"))
    decision = required(f"{path}.decision", proposer.decision, longest=500)
    await unit.session.merge(DocumentProposerRow(document_id=document_id, body_id=body.id, decision=decision))
