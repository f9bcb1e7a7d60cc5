"""What a proposal on a passage changes in its document, from the floor as well as in writing."""

from dataclasses import replace
from typing import Protocol
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.numbered_text.amendments import faults
from democracy.errors import FieldError, InvalidInputError
from democracy.services.documents.floor import record_amendment, take_over, withdraw
from democracy.services.documents.places import Change, meaning
from democracy.services.motions.drafting import Arrival
from democracy.services.proceedings.document_matters import document_of, passage_matter, words_of
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.receipt import Receipt
from democracy.storage.matter_case import MatterCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.document import DocumentRow
from democracy.storage.tables.matter import ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import MatterKind, PlaceOperation, ProposalKind

_REWORDING = frozenset({ProposalKind.AMENDMENT, ProposalKind.COUNTER})
_WITHOUT_TEXT = frozenset({PlaceOperation.DELETE, PlaceOperation.MOVE})


class Proposed(Protocol):
    """A proposal, as it is sent or stored."""

    @property
    def kind(self) -> ProposalKind:
        """What sort of yrkande it is."""

    @property
    def operation(self) -> PlaceOperation | None:
        """How it changes its place."""


async def placed(unit: Unit, matter: MatterCase, wording: Wording, actor: Actor) -> tuple[MatterCase, Wording]:
    """The point on which a proposal is made, and what it says there: its place, its operation, words for both."""
    item = await unit.matters.row(AgendaItemRow, matter.item_id)
    document = await document_of(unit, item)
    if document is None or matter.kind not in {MatterKind.PASSAGE, MatterKind.DOCUMENT}:
        return matter, wording
    if wording.passage is not None:
        matter = await passage_matter(unit, matter, wording.passage, wording.place or "", actor)
    if matter.kind is MatterKind.DOCUMENT:
        if wording.kind is ProposalKind.AMENDMENT and wording.passage is None:
            raise InvalidInputError(FieldError("passageId", "required"))
        return matter, wording
    board = await board_text(unit, matter.id)
    operation = operation_of(wording, board)
    if operation is None:
        return matter, wording
    passage = wording.passage or matter.passage_id
    place = wording.place or (board.place if board and passage == matter.passage_id else None)
    wording = replace(wording, passage=passage, place=place, operation=operation)
    if operation in _WITHOUT_TEXT and not wording.text.strip():
        text = await unit.documents.text(document.base_id)
        wording = replace(wording, text=words_of(meaning(_change(wording), text)))
    return matter, wording


async def record_change(unit: Unit, row: ProposalRow, wording: Wording, receipt: Receipt, actor: Actor) -> None:
    """Keep what a proposal from the floor changes in the text.

    Refused where the place is locked, with what it quotes, and where nothing changes.
    """
    document = await _document(unit, row)
    if document is None or wording.operation is None:
        return
    await record_amendment(
        unit,
        document.id,
        _change(wording),
        proposal_id=row.id,
        mover_id=receipt.whose(actor),
        arrival=Arrival(receipt.channel, receipt.received(unit)),
        recorded_by=receipt.recorder(actor),
        actor=actor,
    )


async def withdrawn_on_floor(unit: Unit, proposal_id: UUID, actor: Actor) -> None:
    """What a withdrawn proposal would have changed is withdrawn with it."""
    for row in await unit.documents.of_proposals([proposal_id]):
        await withdraw(unit, row.id, actor=actor)


async def taken_over(unit: Unit, proposal_id: UUID, actor: Actor) -> None:
    """What it would change stands again with the proposal."""
    for row in await unit.documents.of_proposals([proposal_id]):
        await take_over(unit, row.id, actor=actor)


async def record_decided(
    unit: Unit, document: DocumentRow, row: ProposalRow, change: Change, actor: Actor
) -> UUID | None:
    """Keep a change that was decided without anybody having handed it in; None where it changes nothing."""
    text = await unit.documents.text(document.base_id)
    if faults(list(text.values()), meaning(change, text)):
        return None
    return await record_amendment(
        unit, document.id, change, proposal_id=row.id, mover_id=None, arrival=Arrival(row.channel, row.received_at),
        recorded_by=row.recorded_by, actor=actor,
    )  # fmt: skip


async def board_text(unit: Unit, matter_id: UUID) -> ProposalRow | None:
    """What was laid before the meeting: A, on a point about the text or the position of a passage."""
    rows = await unit.matters.proposals(matter_id)
    return next((row for row in rows if row.kind is ProposalKind.APPROVE and row.passage_id is not None), None)


def operation_of(proposal: Proposed, board: ProposalRow | None) -> PlaceOperation | None:
    """How a proposal changes the text of the point that it is made on; None where it changes none."""
    moves = board is not None and board.operation is PlaceOperation.MOVE
    if proposal.kind is ProposalKind.REJECT:
        return PlaceOperation.DELETE if board is not None and not moves else None
    if proposal.kind is ProposalKind.ADDITION:
        return proposal.operation or PlaceOperation.INSERT
    if proposal.kind in _REWORDING:
        return proposal.operation or (PlaceOperation.MOVE if moves else PlaceOperation.REPLACE)
    return None


async def _document(unit: Unit, row: ProposalRow) -> DocumentRow | None:
    matter = await unit.matters.matter(row.matter_id)
    if matter.kind is not MatterKind.PASSAGE:
        return None
    return await document_of(unit, await unit.matters.row(AgendaItemRow, matter.item_id))


def _change(wording: Wording) -> Change:
    assert wording.operation is not None  # noqa: S101 - asked before
    text = "" if wording.operation in _WITHOUT_TEXT else wording.text
    return Change(
        wording.operation, wording.passage, wording.place or "", text, wording.to_passage, wording.to_place or "",
        wording.to_beginning, wording.before,
    )  # fmt: skip
