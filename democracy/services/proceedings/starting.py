"""A point to be decided as an item gives it, with what stands on it from the start."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democracy.domain import labels
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.proposal_steps import Wording, insert_proposal, take_proposal
from democracy.storage import proposals
from democracy.storage.ledger import Text
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterRow, ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.matter import MatterState
from workflows.proceedings import MatterKind
from workflows.statutes.parameters.meetings import Matter


@dataclass(frozen=True)
class Start:
    """A proposal that stands from the start."""

    wording: Wording
    from_board: bool = False
    of_motion: bool = False
    movers: tuple[UUID, ...] = ()
    bodies: tuple[UUID, ...] = ()


async def start_matter(
    unit: Unit,
    item: AgendaItemRow,
    kind: MatterKind,
    title: str,
    position: int,
    starts: list[Start],
    actor: Actor,
    **more: Any,
) -> UUID:
    """Make one point to be decided, with what stands on it from the start. Returns its id."""
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
        made = await stand(unit, row.id, start, labels.next_letter(taken), actor)
        taken.add(made.label)
    return row.id


async def stand(unit: Unit, matter_id: UUID, start: Start, label: str, actor: Actor) -> ProposalRow:
    """Make a proposal that nobody makes at the meeting: it was there before."""
    row = await insert_proposal(
        unit, matter_id, start.wording, label, from_board=start.from_board, of_motion=start.of_motion,
        channel=Channel.DIGITAL, received_at=unit.now,
    )  # fmt: skip
    for body in start.bodies:
        await proposals.add_mover(unit.session, row.id, body_id=body, at=unit.now)
    for member in start.movers:
        await proposals.add_mover(unit.session, row.id, member_id=member, at=unit.now)
    case = await unit.matters.proposal(row.id, actor=actor)
    text = Text("proposal", row.id, {"text": row.text, "recipient": row.recipient})
    await take_proposal(unit, case, "stand_from_start", actor=actor, texts=[text], follows=True)
    return row
