"""A plan with numbered paragraphs on its way to the conference."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.formats.documents.incoming import Format, read_document
from democracy.services.documents.importing import Belonging, FileSource, Importing
from democracy.services.documents.locks import Answer, Locks
from democracy.services.documents.proposing import CoProposer, Proposing
from democracy.services.meetings import Meetings
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.matter import MatterRow, ProposalRow
from tests.world import BEFORE, STARTS, World
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import ItemKind, MatterKind, ProposalKind
from workflows.proposal import ProposalState
from workflows.statutes.parameters.order import DocumentKind

TEXT = """## Inledning

1. *Arbete är mer än lön. Det binder oss samman.*
*Ur Solpartiets program*
2. Vi möts ofta.

## Mål

3. ■ Varje förening har en kassör
 ■ Varje möte har en sekreterare.
4. Distriktet anställer en ombudsman på halvtid.
"""
SOURCE = FileSource("plan.md", "0" * 64)
DECISION = "DS 3 januari, § 4"
LATER = STARTS + timedelta(hours=2)


@dataclass
class Plan:
    """The document and its paragraphs by their label."""

    world: World
    id: UUID
    keys: dict[str, UUID] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        return self.world.actor(name)

    async def row(self) -> DocumentRow:
        async with self.world.database.unit(BEFORE) as unit:
            return await unit.documents.row(self.id)

    async def amendment(self, key: UUID) -> AmendmentRow:
        async with self.world.database.unit(BEFORE) as unit:
            return await unit.documents.amendment(key)

    async def text(self) -> dict[UUID, Paragraph]:
        """The version that holds now."""
        async with self.world.database.unit(BEFORE) as unit:
            return await unit.documents.text((await unit.documents.row(self.id)).current_id)

    async def lines(self) -> list[tuple[str, str]]:
        return [(str(each.place), each.text) for each in (await self.text()).values()]


async def imported(world: World, text: str = TEXT, *, by: str = "secretary") -> Plan:
    """Read in for the conference."""
    reading = read_document(text.encode(), Format.MARKDOWN)
    belonging = Belonging(meeting_id=world.meeting)
    service = Importing(world.database, BEFORE)
    kind = DocumentKind.ACTIVITY_PLAN
    plan = Plan(world, await service.bring_in(belonging, kind, "Plan", reading, SOURCE, actor=world.actor(by)))
    plan.keys = {str(each.place): key for key, each in (await plan.text()).items()}
    return plan


async def proposed(world: World, *co_proposers: CoProposer, text: str = TEXT) -> Plan:
    """Its lock confirmed, and laid before the conference."""
    plan = await imported(world, text)
    secretary = world.actor("secretary")
    answers = [Answer(plan.keys["1"], locked=True, provenance="Solpartiets program 2016")]
    await Locks(world.database, BEFORE).confirm(plan.id, answers, actor=secretary)
    await Proposing(world.database, BEFORE).propose(plan.id, DECISION, co_proposers, actor=secretary)
    return plan


async def open_conference(world: World) -> None:
    """The papers are out and the meeting is open."""
    await Meetings(world.database, BEFORE).send_papers(world.meeting, actor=world.actor("secretary"))
    await Meetings(world.database, STARTS).open(world.meeting, actor=world.actor("presidium"))


async def proposals_on_agenda(plan: Plan, count: int) -> list[UUID]:
    """An open item for the document with a matter and so many proposals, put straight into the database."""
    made = [new_id() for _ in range(count)]
    item, matter = new_id(), new_id()
    async with plan.world.database.unit(LATER) as unit:
        unit.session.add(
            AgendaItemRow(
                id=item, meeting_id=plan.world.meeting, kind=ItemKind.PROPOSAL, state=ItemState.OPEN, position=1,
                number=14, title="Plan", document_id=plan.id,
            )
        )  # fmt: skip
        await unit.session.flush()
        unit.session.add(
            MatterRow(
                id=matter, meeting_id=plan.world.meeting, item_id=item, kind=MatterKind.PASSAGE, state=MatterState.OPEN,
                position=1, title="Stycke 4", passage_id=plan.keys["4"], opened_at=LATER,
            )
        )  # fmt: skip
        await unit.session.flush()
        unit.session.add_all(
            ProposalRow(
                id=key, matter_id=matter, kind=ProposalKind.AMENDMENT, state=ProposalState.MADE, label=f"B{number}",
                text="", from_board=False, channel=Channel.FLOOR, received_at=LATER, recorded_at=LATER,
            )
            for number, key in enumerate(made)
        )  # fmt: skip
    return made
