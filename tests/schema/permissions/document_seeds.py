"""A document and an amendment in every stage, each text marked."""

from dataclasses import dataclass, field
from uuid import UUID

from democracy.formats.documents.incoming import Format, read_document
from democracy.services.documents.adopting import Adopting
from democracy.services.documents.amending import Amending
from democracy.services.documents.deciding import Deciding
from democracy.services.documents.importing import Belonging, FileSource, Importing
from democracy.services.documents.locks import Answer, Locks
from democracy.services.documents.places import Change
from democracy.services.documents.proposing import Proposing
from tests.world import BEFORE, World
from workflows.document import Editor
from workflows.proceedings import PlaceOperation
from workflows.statutes.parameters.order import DocumentKind

AT = BEFORE
PAPERS = {
    # Name: the meeting that treats it, and what it is
    "paper_imported": ("called", DocumentKind.ACTIVITY_PLAN), "paper_confirmed": ("called", DocumentKind.ACTIVITY_PLAN),
    "paper_laid": ("called", DocumentKind.ACTIVITY_PLAN), "paper_ready": ("opened", DocumentKind.ACTIVITY_PLAN),
    "paper_amended": ("opened", DocumentKind.ACTIVITY_PLAN), "paper_group": ("opened", DocumentKind.GROUP_STATUTES),
    "paper_adopted": ("opened", DocumentKind.ACTIVITY_PLAN), "paper_noted": ("called", DocumentKind.ACTIVITY_PLAN),
}  # fmt: skip
AMENDMENTS = {"amendment_sent": "paper_laid", "amendment_open": "paper_amended", "amendment_decided": "paper_amended"}
FILE = FileSource(None, "0" * 64)


@dataclass
class Papers:
    """Ids of documents, amendments and paragraphs, by name."""

    documents: dict[str, UUID] = field(default_factory=dict)
    amendments: dict[str, UUID] = field(default_factory=dict)
    paragraphs: dict[str, UUID] = field(default_factory=dict)
    """The second paragraph of each document, as it holds now."""


def stamped(name: str, part: str) -> str:
    """A word that stands in this part of this document or amendment and nowhere else."""
    return f"zq{name}{part}qz".replace("_", "")


async def lay_papers(world: World, meetings: dict[str, UUID]) -> Papers:
    """Before the meetings open: read in, laid, amended by the mover."""
    papers, secretary, database = Papers(), world.actor("secretary"), world.database
    for name, (meeting, kind) in PAPERS.items():
        text = f"1. *Ett citat. Det är långt.*\n*Ur programmet*\n2. Därför {stamped(name, 'text')}."
        if name == "paper_noted":
            text = f"Utanför {stamped(name, 'note')}.\n\n{text}"
        reading, belonging = read_document(text.encode(), Format.MARKDOWN), Belonging(meeting_id=meetings[meeting])
        title = f"Plan {stamped(name, 'title')}"
        importing = Importing(database, AT)
        key = await importing.bring_in(belonging, kind, title, reading, FILE, actor=secretary)
        papers.documents[name] = key
        quotation, papers.paragraphs[name] = await _paragraphs(world, key)
        if name != "paper_imported":
            await Locks(database, AT).confirm(key, [Answer(quotation, locked=True)], actor=secretary)
        if name not in {"paper_imported", "paper_confirmed"}:
            await Proposing(database, AT).propose(key, "DS § 4", actor=secretary)
    for name, paper in AMENDMENTS.items():
        text = f"Hellre {stamped(name, 'text')}."
        change = Change(PlaceOperation.INSERT, papers.paragraphs[paper], "", text)
        papers.amendments[name] = await Amending(database, AT).submit(
            papers.documents[paper], change, f"Ty {stamped(name, 'reasons')}.", actor=world.actor("mover")
        )
    return papers


async def decide_papers(world: World, papers: Papers) -> None:
    """In the open meeting: an amendment decided, a text adopted."""
    decided = papers.amendments["amendment_decided"]
    await Deciding(world.database, AT).decide(decided, "§ 14", approved=True, actor=world.actor("presidium"))
    adopted = papers.documents["paper_adopted"]
    await Adopting(world.database, AT).adopt(adopted, "§ 15", Editor.BOARD, actor=world.actor("presidium"))
    papers.paragraphs["paper_adopted"] = (await _paragraphs(world, adopted))[1]


async def _paragraphs(world: World, document: UUID) -> list[UUID]:
    async with world.database.unit(AT) as unit:
        return list(await unit.documents.text((await unit.documents.row(document)).current_id))
