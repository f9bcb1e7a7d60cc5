"""What an item gives the meeting to decide, one matter per att-sats or passage, with what stands from the start."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democracy.domain import labels
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Category, Channel
from democracy.domain.verdicts import kind_of
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.proposal_steps import Wording, insert_proposal, take_proposal
from democracy.storage import agenda_items, proposals, replies
from democracy.storage.ledger import Text
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterRow, ProposalRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import ClauseRow, RecommendationRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.words import phrase
from workflows.matter import MatterState
from workflows.proceedings import Formality, ItemKind, MatterKind, ProposalKind
from workflows.statutes.parameters.meetings import Matter

LANGUAGE = "sv"
"""In which the record is kept."""
_MAJORITIES = {Category.STATUTES: Matter.STATUTES, Category.PROGRAMME: Matter.PROGRAMME}
_PROPOSED = frozenset({Formality.ROLL, Formality.NOTICE, Formality.AGENDA, Formality.PROCEDURE})
"""Forms on which there is something to say yes to from the start; people are proposed at the meeting."""
_KINDS = {ItemKind.FORMALITIES: MatterKind.FORMALITY, ItemKind.DISCHARGE: MatterKind.DISCHARGE}


@dataclass(frozen=True)
class Start:
    """A proposal that stands from the start."""

    wording: Wording
    from_board: bool = False
    of_motion: bool = False
    movers: tuple[UUID, ...] = ()
    body: UUID | None = None


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
    return [await _of_item(unit, item, actor)]


async def prepare_passage(
    unit: Unit, item_id: UUID, passage_id: UUID, title: str, text: str, position: int, *, actor: Actor
) -> UUID:
    """Make a matter of one passage of the item's document. The board's own text of it stands from the start."""
    item = await unit.matters.row(AgendaItemRow, item_id)
    meeting = await unit.meetings.row(item.meeting_id)
    start = Start(Wording(ProposalKind.APPROVE, text, passage=passage_id), from_board=True, body=meeting.board_id)
    return await _matter(unit, item, MatterKind.PASSAGE, title, position, [start], actor, passage_id=passage_id)


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
        made.append(await _matter(unit, item, MatterKind.CLAUSE, title, clause.number, starts, actor, **kind))
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
        return [Start(own.wording, from_board=True, of_motion=True, movers=movers, body=meeting.board_id)]
    wording = Wording(kind, advice.wording or "", recipient=advice.recipient)
    return [Start(wording, from_board=True, body=meeting.board_id), own]


async def _of_item(unit: Unit, item: AgendaItemRow, actor: Actor) -> UUID:
    meeting = await unit.meetings.row(item.meeting_id)
    start = _for_item(item, meeting.board_id)
    kind = _KINDS.get(item.kind, MatterKind.QUESTION)
    title = phrase(f"matter_{item.formality.value}", LANGUAGE) if item.formality else item.title
    return await _matter(unit, item, kind, title, 1, [start] if start else [], actor)


def _for_item(item: AgendaItemRow, board_id: UUID) -> Start | None:
    if item.kind is ItemKind.FORMALITIES and item.formality in _PROPOSED:
        text = phrase(f"proposed_{item.formality.value}", LANGUAGE)
        return Start(Wording(ProposalKind.APPROVE, text), from_board=True, body=board_id)
    if item.kind is ItemKind.DISCHARGE:
        return Start(Wording(ProposalKind.APPROVE, phrase("proposed_discharge", LANGUAGE)))
    if item.kind is ItemKind.REPORT:
        return Start(Wording(ProposalKind.NOTED, phrase("proposed_report", LANGUAGE)), from_board=True, body=board_id)
    return None


async def _matter(
    unit: Unit,
    item: AgendaItemRow,
    kind: MatterKind,
    title: str,
    position: int,
    starts: list[Start],
    actor: Actor,
    **more: Any,
) -> UUID:
    row = MatterRow(
        id=new_id(), meeting_id=item.meeting_id, item_id=item.id, kind=kind, state=MatterState.OPEN,
        position=position, title=title, opened_at=unit.now, **{"majority": Matter.ORDINARY.value, **more},
    )  # fmt: skip
    unit.session.add(row)
    await unit.session.flush()
    case = await unit.matters.case(row.id, actor=actor)
    text = Text("matter", row.id, {"title": title})
    await take_matter(unit, case, "prepare", actor=actor, texts=[text], follows=True)
    taken: set[str] = set()
    for start in starts:
        made = await _stand(unit, row.id, start, labels.next_letter(taken), actor)
        taken.add(made.label)
    return row.id


async def _stand(unit: Unit, matter_id: UUID, start: Start, label: str, actor: Actor) -> ProposalRow:
    row = await insert_proposal(
        unit, matter_id, start.wording, label, from_board=start.from_board, of_motion=start.of_motion,
        channel=Channel.DIGITAL, received_at=unit.now,
    )  # fmt: skip
    if start.body is not None:
        await proposals.add_mover(unit.session, row.id, body_id=start.body, at=unit.now)
    for member in start.movers:
        await proposals.add_mover(unit.session, row.id, member_id=member, at=unit.now)
    case = await unit.matters.proposal(row.id, actor=actor)
    text = Text("proposal", row.id, {"text": row.text, "recipient": row.recipient})
    await take_proposal(unit, case, "stand_from_start", actor=actor, texts=[text], follows=True)
    return row
