"""The rest of a text is adopted without what the meeting referred back or deferred."""

from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.documents.adopting import adopt_text
from democracy.services.documents.floor import Settled, send_back, settle
from democracy.services.documents.places import Change
from democracy.services.proceedings.document_changes import board_text, record_decided
from democracy.services.use_case import Service, use_case
from democracy.storage import matter_decisions
from democracy.storage.sent_back import sent_back
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.matter import ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.amendment import AmendmentState
from workflows.document import DOCUMENT, Editor
from workflows.proceedings import PlaceOperation

_STANDING = (AmendmentState.SUBMITTED, AmendmentState.APPROVED)


class AdoptingRest(Service):
    """What the meeting makes of a text of which some passage goes back."""

    @use_case
    async def adopt(
        self, unit: Unit, document_id: UUID, decision: str, editor: Editor | None = None, *, actor: Actor
    ) -> UUID:
        """Adopt the text as amended, without the passages that went back: they may come again another time."""
        case = await unit.documents.open(document_id, actor=actor)
        DOCUMENT.step("adopt_rest", case.state, case.facts, roles=case.roles, now=unit.now)
        document = await unit.documents.row(document_id)
        for matter_id in await sent_back(unit.session, document_id):
            await _leave_out(unit, document, matter_id, actor)
        case = await unit.documents.case(document_id, actor=actor)
        await adopt_text(unit, case, "adopt_rest", decision, editor, actor)
        return document_id


async def _leave_out(unit: Unit, document: DocumentRow, matter_id: UUID, actor: Actor) -> None:
    """Its amendments go back with it. A passage whose words went back is not in the text that is adopted."""
    decision = await matter_decisions.in_force(unit.session, matter_id)
    assert decision is not None  # noqa: S101 - it is what sent the point back
    proposals = [row.id for row in await unit.matters.proposals(matter_id)]
    gone = {row.id for row in await unit.documents.of_proposals(proposals) if row.state in _STANDING}
    board = await board_text(unit, matter_id)
    left_out = board if board is not None and board.operation is None else None
    if left_out is not None:
        approved = await unit.documents.amendments(document.id, AmendmentState.APPROVED)
        gone |= {row.id for row in approved if _within(row, left_out)}
    await send_back(unit, sorted(gone), decision.id, actor=actor)
    if left_out is not None:
        change = Change(PlaceOperation.DELETE, left_out.passage_id, left_out.place or "")
        made = await record_decided(unit, document, left_out, change, actor)
        if made is not None:
            await settle(unit, [Settled(made, decision.id, approved=True)], actor=actor)


def _within(row: AmendmentRow, passage: ProposalRow) -> bool:
    """Whether an amendment changes something within a passage; what is put beside a paragraph is outside of it."""
    if row.paragraph_id != passage.passage_id or (passage.place and row.letter != passage.place):
        return False
    return bool(row.letter) or row.operation is not PlaceOperation.INSERT
