"""What a document gives the meeting to decide: one point for each passage with amendments, and one for the rest."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from democracy.domain import labels
from democracy.domain.actors import Actor, Clock
from democracy.domain.numbered_text.amendments import BEGINNING, Amendment, Operation, Side
from democracy.domain.numbered_text.paragraphs import Paragraph, Place
from democracy.domain.numbered_text.points import Aspect, DecidedTogether, points
from democracy.errors import FieldError, InvalidInputError
from democracy.services.documents.floor import submitted, tie
from democracy.services.documents.places import meaning
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.starting import Start, stand, start_matter
from democracy.storage import agenda_items
from democracy.storage.matter_case import MatterCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.words import phrase
from workflows.document import DocumentState
from workflows.matter import MatterState
from workflows.proceedings import MatterKind, PlaceOperation, ProposalKind
from workflows.statutes.parameters.meetings import Matter
from workflows.statutes.parameters.order import DocumentKind

LANGUAGE = "sv"
"""In which the record is kept."""
_MAJORITIES = {DocumentKind.STATUTES: Matter.STATUTES, DocumentKind.PROGRAMME: Matter.PROGRAMME}
_TITLES = {
    Aspect.TEXT: "matter_passage", Aspect.POSITION: "matter_position", Aspect.ADDITION: "matter_addition",
}  # fmt: skip


async def prepare_document(unit: Unit, item: AgendaItemRow, actor: Actor) -> list[UUID]:
    """Make the points that the item's document gives the meeting to decide; none where no text lies before it."""
    document = await document_of(unit, item)
    if document is None:
        return []
    # Whoever opens the item does this for the meeting, whether or not that person reads every amendment.
    await unit.documents.share(document.id, actor=Clock())
    text = await unit.documents.text(document.base_id)
    rows = {row.id: row for row in await submitted(unit, document.id)}
    found = points({key: meaning(row, text) for key, row in rows.items()})
    made = []
    for position, point in enumerate(found, start=1):
        made.append(await _of_point(unit, item, document, point, position, text, rows, actor))
    return [*made, await _of_rest(unit, item, document, bool(found), len(found) + 1, actor)]


async def document_of(unit: Unit, item: AgendaItemRow) -> DocumentRow | None:
    """The text that lies before the meeting under an item."""
    if item.document_id is None:
        return None
    document = await unit.documents.row(item.document_id)
    fits = document.state is DocumentState.PROPOSED and document.meeting_id == item.meeting_id
    return document if fits else None


async def passage_matter(unit: Unit, matter: MatterCase, passage_id: UUID, letter: str, actor: Actor) -> MatterCase:
    """The point under the same item on which a change to a passage is proposed.

    A passage on which nobody had proposed anything becomes a point of its own while the rest of the text is debated.
    """
    item = await unit.matters.row(AgendaItemRow, matter.item_id)
    document = await document_of(unit, item)
    if document is None or matter.passage_id == passage_id:
        return matter
    text = await unit.documents.text(document.base_id)
    if passage_id not in text:
        raise InvalidInputError(FieldError("passageId", "id", {"kind": "DocumentParagraph"}))
    known = await agenda_items.of_passage(unit.session, item.id, passage_id, letter)
    if known is not None:
        return await unit.matters.open(known, actor=actor)
    rest = await agenda_items.whole_of(unit.session, item.id)
    if rest is None or (await unit.matters.open(rest.id, actor=actor)).state is not MatterState.OPEN:
        return matter
    place, position = text[passage_id].place, rest.position
    rest.position += 1
    start = await _board(unit, document, text, passage_id, "", Aspect.TEXT)
    made = await _start(unit, item, document, passage_id, _title(Aspect.TEXT, place), position, [start], actor)
    return await unit.matters.open(made, actor=actor)


async def _of_point(
    unit: Unit,
    item: AgendaItemRow,
    document: DocumentRow,
    point: DecidedTogether[UUID],
    position: int,
    text: Mapping[UUID, Paragraph],
    rows: Mapping[UUID, AmendmentRow],
    actor: Actor,
) -> UUID:
    """The text as it was laid before the meeting stands as A, and each amendment beside it."""
    place = point.place
    passage = next((key for key, each in text.items() if each.place == place.paragraph), None)
    starts = []
    if point.aspect is not Aspect.ADDITION and passage is not None:
        starts.append(await _board(unit, document, text, passage, place.letter, point.aspect))
    made = await _start(unit, item, document, passage, _title(point.aspect, place), position, starts, actor)
    taken = {"A"} if starts else set()
    for group in point.groups:
        own = [rows[key] for key in group]
        start = await _moved(unit, own, meaning(own[0], text), point)
        label = labels.next_letter(taken)
        proposal = await stand(unit, made, start, label, actor)
        taken.add(label)
        for row in own:
            await tie(unit, row.id, proposal.id)
    return made


async def _of_rest(
    unit: Unit, item: AgendaItemRow, document: DocumentRow, amended: bool, position: int, actor: Actor
) -> UUID:
    which = "rest" if amended else "whole"
    wording = Wording(ProposalKind.APPROVE, phrase(f"proposed_{which}", LANGUAGE))
    start = Start(wording, from_board=True, bodies=await unit.documents.proposers(document.id))
    title = phrase(f"matter_{which}", LANGUAGE)
    return await start_matter(
        unit, item, MatterKind.DOCUMENT, title, position, [start], actor, majority=_majority(document)
    )  # fmt: skip


async def _start(
    unit: Unit,
    item: AgendaItemRow,
    document: DocumentRow,
    passage: UUID | None,
    title: str,
    position: int,
    starts: list[Start],
    actor: Actor,
) -> UUID:
    more = {"passage_id": passage, "majority": _majority(document)}
    return await start_matter(unit, item, MatterKind.PASSAGE, title, position, starts, actor, **more)


async def _board(
    unit: Unit, document: DocumentRow, text: Mapping[UUID, Paragraph], passage: UUID, letter: str, aspect: Aspect
) -> Start:
    """What was laid before the meeting: that the passage reads as it does, or that it stays where it stands."""
    paragraph = text[passage]
    point = paragraph.point(letter)
    words, operation = point.text if point else paragraph.text, None
    if aspect is Aspect.POSITION:
        place = _with_letter(paragraph.place, letter)
        words, operation = phrase("proposed_stays", LANGUAGE, place=place), PlaceOperation.MOVE
    wording = Wording(ProposalKind.APPROVE, words, passage=passage, place=letter or None, operation=operation)
    return Start(wording, from_board=True, bodies=await unit.documents.proposers(document.id))


async def _moved(unit: Unit, rows: Sequence[AmendmentRow], amendment: Amendment, point: DecidedTogether[UUID]) -> Start:
    """One proposal for the amendments that say the same, with all who moved them."""
    first = rows[0]
    wording = Wording(
        kind_of_change(amendment, point.place, added=point.aspect is Aspect.ADDITION),
        words_of(amendment),
        passage=first.paragraph_id,
        place=first.letter or None,
        operation=first.operation,
    )
    units = [row.mover_unit_id for row in rows if row.mover_unit_id is not None]
    boards = [await unit.documents.board_of(each) for each in units]
    members = [row.mover_member_id for row in rows if row.mover_member_id is not None]
    return Start(wording, movers=tuple(dict.fromkeys(members)), bodies=tuple(dict.fromkeys(filter(None, boards))))


def kind_of_change(amendment: Amendment, at: Place, *, added: bool) -> ProposalKind:
    """Taking away all that the point is about is rejection; what is new beside it is an addition."""
    if added:
        return ProposalKind.ADDITION
    whole = amendment.operation is Operation.DELETE and amendment.place == at
    return ProposalKind.REJECT if whole else ProposalKind.AMENDMENT


def words_of(amendment: Amendment) -> str:
    """What the amendment says, to be read aloud: its text, or what it does with the place."""
    if amendment.operation is Operation.DELETE:
        return phrase("proposed_deleted", LANGUAGE, place=amendment.place)
    if amendment.operation is not Operation.MOVE:
        return amendment.text
    if amendment.to is None or amendment.to == BEGINNING:
        return phrase("proposed_moved_first", LANGUAGE, place=amendment.place)
    side = "before" if amendment.side is Side.BEFORE else "after"
    return phrase(f"proposed_moved_{side}", LANGUAGE, place=amendment.place, to=amendment.to)


def _title(aspect: Aspect, place: Place) -> str:
    if place == BEGINNING:
        return phrase("matter_beginning", LANGUAGE)
    return phrase(_TITLES[aspect], LANGUAGE, place=place)


def _with_letter(place: Place, letter: str) -> Place:
    return Place(place.number, place.suffix, letter)


def _majority(document: DocumentRow) -> str:
    return _MAJORITIES.get(document.kind, Matter.ORDINARY).value
