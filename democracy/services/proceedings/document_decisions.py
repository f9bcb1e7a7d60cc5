"""What the gavel decides on a passage is carried to the document; when nothing is left, the text is adopted."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.kinds import Outcome
from democracy.services.documents.adopting import adopt_on_agenda, reject_on_agenda, take_up
from democracy.services.documents.floor import Settled, settle, unsettle
from democracy.services.documents.places import Change
from democracy.services.proceedings.document_changes import board_text, operation_of, record_decided
from democracy.services.proceedings.document_matters import document_of
from democracy.storage import agenda_items, matter_decisions
from democracy.storage.matter_case import MatterCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.matter import MatterDecisionRow, ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.amendment import AmendmentState
from workflows.document import DocumentState
from workflows.proceedings import MatterKind, PlaceOperation, ProposalKind
from workflows.proposal import ProposalState

_OF_TEXT = frozenset({PlaceOperation.REPLACE, PlaceOperation.INSERT})
_DECIDED = frozenset({AmendmentState.APPROVED, AmendmentState.REJECTED, AmendmentState.SENT_BACK})


async def carry_to_document(
    unit: Unit, case: MatterCase, decision: MatterDecisionRow, rows: Sequence[ProposalRow], actor: Actor
) -> None:
    """Approve and reject the amendments that a decision is about; adopt the text once everything is decided.

    What goes back, or is deferred, stays undecided, and so does the text.
    """
    item = await unit.matters.row(AgendaItemRow, case.item_id)
    document = await document_of(unit, item)
    if document is None:
        return
    if case.kind is MatterKind.PASSAGE and not decision.outcome.goes_on:
        await settle(unit, await _settled(unit, document, decision, rows, actor), actor=actor)
    if await agenda_items.all_decided(unit.session, item.id):
        await _finish(unit, item, document, actor)


async def reopen_in_document(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """A point of a document was taken up again: its amendments stand undecided, and the text is not adopted."""
    matter = await unit.matters.matter(matter_id)
    item = await unit.matters.row(AgendaItemRow, matter.item_id)
    if item.document_id is None or matter.kind not in {MatterKind.PASSAGE, MatterKind.DOCUMENT}:
        return
    if (await unit.documents.row(item.document_id)).state is not DocumentState.PROPOSED:
        await take_up(unit, item.document_id, actor=actor)
    rows = await unit.matters.proposals(matter_id)
    tied = await unit.documents.of_proposals([row.id for row in rows])
    await unsettle(unit, [each.id for each in tied if each.state in _DECIDED], actor=actor)


async def _settled(
    unit: Unit, document: DocumentRow, decision: MatterDecisionRow, rows: Sequence[ProposalRow], actor: Actor
) -> list[Settled]:
    known = {row.id: row for row in rows}
    gone = _passage_gone(decision, rows)
    tied = await unit.documents.of_proposals(list(known))
    found: dict[UUID, Settled] = {}
    carried: set[UUID] = set()
    for each in tied:
        if each.state is AmendmentState.SUBMITTED and each.proposal_id is not None:
            became = _became(known, each.proposal_id)
            found[each.id] = _one(each, became, decision.id, carried, gone=gone)
    for row in rows:
        if row.state is ProposalState.CARRIED and row.id not in carried:
            await _as_decided(unit, document, row, decision, found, actor)
    board = await board_text(unit, decision.matter_id)
    if gone and board is not None and board.operation is None and not any(t.proposal_id == board.id for t in tied):
        change = Change(PlaceOperation.DELETE, board.passage_id, board.place or "")
        await _add(unit, document, board, change, decision, found, actor)
    return list(found.values())


def _one(
    row: AmendmentRow, proposal: ProposalRow, decision_id: UUID, carried: set[UUID], *, gone: bool
) -> Settled:  # fmt: skip
    """What became of one amendment. Of those that were reconciled, the first that fits carries the new wording."""
    own, text = proposal.id == row.proposal_id, None
    if proposal.kind is ProposalKind.APPROVE:
        approved = gone
    elif own:
        approved = proposal.state is ProposalState.CARRIED
    else:
        fits = row.operation in _OF_TEXT and proposal.id not in carried
        approved = fits and proposal.state is ProposalState.CARRIED
        text = proposal.text if approved else None
    if approved:
        carried.add(proposal.id)
    return Settled(row.id, decision_id, approved=approved, text=text)


async def _as_decided(
    unit: Unit,
    document: DocumentRow,
    row: ProposalRow,
    decision: MatterDecisionRow,
    found: dict[UUID, Settled],
    actor: Actor,
) -> None:
    """A proposal that was carried and that no amendment stands for: a reconciliation of other kinds of change."""
    board = await board_text(unit, decision.matter_id)
    operation = operation_of(row, board)
    if operation is None:
        return
    if operation is PlaceOperation.MOVE or (operation is PlaceOperation.DELETE and row.kind is not ProposalKind.REJECT):
        operation = PlaceOperation.REPLACE
    text = row.text if operation in _OF_TEXT else ""
    change = Change(operation, row.passage_id, row.place or "", text)
    await _add(unit, document, row, change, decision, found, actor)


async def _add(
    unit: Unit,
    document: DocumentRow,
    row: ProposalRow,
    change: Change,
    decision: MatterDecisionRow,
    found: dict[UUID, Settled],
    actor: Actor,
) -> None:
    made = await record_decided(unit, document, row, change, actor)
    if made is not None:
        found[made] = Settled(made, decision.id, approved=True)


async def _finish(unit: Unit, item: AgendaItemRow, document: DocumentRow, actor: Actor) -> None:
    """Everything under the item is decided: the text is adopted as it was amended, or rejected as a whole.

    Where something is in the way (two decisions that contradict each other), the text waits for the meeting.
    """
    whole = await agenda_items.whole_of(unit.session, item.id)
    decision = await matter_decisions.in_force(unit.session, whole.id) if whole else None
    said = f"§ {item.number}"
    if decision is not None and decision.outcome is Outcome.APPROVE:
        await adopt_on_agenda(unit, document.id, said, actor=actor)
    elif decision is not None and decision.outcome is Outcome.REJECT:
        await reject_on_agenda(unit, document.id, said, actor=actor)


def _passage_gone(decision: MatterDecisionRow, rows: Sequence[ProposalRow]) -> bool:
    """The meeting said no to the text of a passage and yes to nothing in its place."""
    carried = [row for row in rows if row.state is ProposalState.CARRIED and row.kind is not ProposalKind.ADDITION]
    return decision.outcome is Outcome.REJECT and not carried


def _became(known: Mapping[UUID, ProposalRow], proposal_id: UUID) -> ProposalRow:
    row = known[proposal_id]
    while row.state is ProposalState.RECONCILED and row.reconciled_into_id is not None:
        row = known[row.reconciled_into_id]
    return row
