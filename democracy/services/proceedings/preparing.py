"""What an item gives the meeting to decide, one matter per att-sats or passage, with what stands from the start."""

from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.kinds import Category
from democracy.domain.verdicts import kind_of
from democracy.services.proceedings.document_matters import prepare_document
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.starting import Start, start_matter
from democracy.storage import agenda_items, replies
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import ClauseRow, RecommendationRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.words import phrase
from workflows.proceedings import Formality, ItemKind, MatterKind, ProposalKind
from workflows.statutes.parameters.meetings import Matter

LANGUAGE = "sv"
"""In which the record is kept."""
_MAJORITIES = {Category.STATUTES: Matter.STATUTES, Category.PROGRAMME: Matter.PROGRAMME}
_PROPOSED = frozenset({Formality.ROLL, Formality.NOTICE, Formality.AGENDA, Formality.PROCEDURE})
"""Forms on which there is something to say yes to from the start; people are proposed at the meeting."""
_KINDS = {ItemKind.FORMALITIES: MatterKind.FORMALITY, ItemKind.DISCHARGE: MatterKind.DISCHARGE}


async def prepare_matters(unit: Unit, item_id: UUID, *, actor: Actor) -> list[UUID]:
    """Make what an item gives the meeting to decide; those in a block as well. Made already: nothing is made again.

    Call it when the item is opened, after its state has been written.
    """
    item = await unit.matters.row(AgendaItemRow, item_id)
    if await agenda_items.has_matters(unit.session, item_id):
        return []
    if item.kind is ItemKind.MOTION_BLOCK:
        made: list[UUID] = []
        for child in await agenda_items.children(unit.session, item_id):
            made += await prepare_matters(unit, child, actor=actor)
        return made
    if item.motion_id is not None:
        return await _of_motion(unit, item, item.motion_id, actor)
    return await prepare_document(unit, item, actor) or [await _of_item(unit, item, actor)]


async def prepare_passage(
    unit: Unit, item_id: UUID, passage_id: UUID, title: str, text: str, position: int, *, actor: Actor
) -> UUID:
    """Make a matter of one passage of the item's document. The board's own text of it stands from the start."""
    item = await unit.matters.row(AgendaItemRow, item_id)
    meeting = await unit.meetings.row(item.meeting_id)
    start = Start(Wording(ProposalKind.APPROVE, text, passage=passage_id), from_board=True, bodies=(meeting.board_id,))
    return await start_matter(unit, item, MatterKind.PASSAGE, title, position, [start], actor, passage_id=passage_id)


async def _of_motion(unit: Unit, item: AgendaItemRow, motion_id: UUID, actor: Actor) -> list[UUID]:
    motion = await unit.motions.row(motion_id)
    meeting = await unit.meetings.row(item.meeting_id)
    majority = _MAJORITIES.get(motion.category, Matter.ORDINARY)
    recommended = await replies.recommended(unit.session, motion_id)
    movers = tuple(
        each.member_id
        for each in await unit.motions.movers(motion_id)
        if each.member_id is not None and each.confirmed_at is not None and each.left_at is None
    )
    made = []
    for clause in await unit.motions.clauses(motion_id):
        if clause.fault is not None:
            continue
        title = phrase("matter_clause", LANGUAGE, number=clause.number)
        starts = _for_clause(clause, recommended.get(clause.id), movers, meeting)
        kind = {"clause_id": clause.id, "majority": majority.value}
        made.append(await start_matter(unit, item, MatterKind.CLAUSE, title, clause.number, starts, actor, **kind))
    return made


def _for_clause(
    clause: ClauseRow, advice: RecommendationRow | None, movers: tuple[UUID, ...], meeting: MeetingRow
) -> list[Start]:
    """The board's recommendation first, then what the motion asks for; one proposal where they ask for the same."""
    own = Start(Wording(ProposalKind.APPROVE, clause.text), of_motion=True, movers=movers)
    if advice is None:
        return [own]
    kind = kind_of(advice.outcome)
    if kind is ProposalKind.APPROVE:
        return [Start(own.wording, from_board=True, of_motion=True, movers=movers, bodies=(meeting.board_id,))]
    wording = Wording(kind, advice.wording or "", recipient=advice.recipient)
    return [Start(wording, from_board=True, bodies=(meeting.board_id,)), own]


async def _of_item(unit: Unit, item: AgendaItemRow, actor: Actor) -> UUID:
    meeting = await unit.meetings.row(item.meeting_id)
    start = _for_item(item, meeting.board_id)
    kind = _KINDS.get(item.kind, MatterKind.QUESTION)
    title = phrase(f"matter_{item.formality.value}", LANGUAGE) if item.formality else item.title
    return await start_matter(unit, item, kind, title, 1, [start] if start else [], actor)


def _for_item(item: AgendaItemRow, board_id: UUID) -> Start | None:
    if item.kind is ItemKind.FORMALITIES and item.formality in _PROPOSED:
        text = phrase(f"proposed_{item.formality.value}", LANGUAGE)
        return Start(Wording(ProposalKind.APPROVE, text), from_board=True, bodies=(board_id,))
    if item.kind is ItemKind.DISCHARGE:
        return Start(Wording(ProposalKind.APPROVE, phrase("proposed_discharge", LANGUAGE)))
    if item.kind is ItemKind.REPORT:
        wording = Wording(ProposalKind.NOTED, phrase("proposed_report", LANGUAGE))
        return Start(wording, from_board=True, bodies=(board_id,))
    return None
