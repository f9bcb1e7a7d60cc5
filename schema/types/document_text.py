"""The text of a document in the API: versions, paragraphs, points, locks."""

import json
from datetime import datetime
from uuid import UUID

import strawberry

from democracy.domain.numbered_text.paragraphs import Heading, Point
from democracy.domain.numbered_text.reading import Note, NoteCode
from democracy.formats.documents.faults import note_words
from democracy.storage.reads.documents import VersionView
from democracy.storage.reads.passages import ParagraphView, SourceView
from schema.context import Info
from schema.ids import global_id
from schema.types.amendment import Amendment, WordDiffSegment, segments
from workflows.document import VersionKind
from workflows.engine import Role

PREPARERS = frozenset({Role.SECRETARY, Role.BOARD, Role.STAFF, Role.AUDITOR})


@strawberry.type(description="A heading (rubrik).")
class DocumentHeading:
    """A heading."""

    level: int = strawberry.field(description="1 is the highest.")
    text: str = strawberry.field(description="Its words.")

    @classmethod
    def of(cls, heading: Heading) -> "DocumentHeading":
        """From the text."""
        return cls(level=heading.level, text=heading.text)


@strawberry.type(description="Whether a paragraph quotes a text that is decided elsewhere (låst stycke).")
class ParagraphLock:
    """A lock."""

    provenance: str | None = strawberry.field(description="What it quotes, such as a programme and its year.")
    source_version_id: strawberry.ID | None = strawberry.field(
        description="The version of the programme that it quotes, where that is here."
    )
    confirmed: bool | None = strawberry.field(
        description="True: a person has said that it is locked. False: that it is not. Null: nobody has answered yet."
    )
    answered_at: datetime | None = strawberry.field(description="When it was answered.")


@strawberry.type(description="A point under a number (underpunkt).")
class Subanchor:
    """A point."""

    point: strawberry.Private[Point]
    owner: strawberry.Private[ParagraphView]
    letter: str = strawberry.field(description="The letter that it keeps: a, b …")
    text: str = strawberry.field(description="Its words.")

    @strawberry.field(description="The place as people say it: `20 b`.")
    def label(self) -> str:
        """Number, suffix and letter."""
        return f"{self.owner.paragraph.place} {self.letter}"

    @strawberry.field(
        description="The approved amendments that made it so; empty where it stands as it was proposed.",
        metadata={"list_size": 1},
    )
    async def made_by(self, info: Info) -> list[Amendment]:
        """Those that you may see."""
        return await made_by(info, self.owner, self.letter)


@strawberry.type(description="A numbered paragraph (numrerat stycke) of one version.")
class DocumentParagraph:
    """A paragraph."""

    id: strawberry.ID = strawberry.field(description="Its id in this version.")
    view: strawberry.Private[ParagraphView]
    label: str = strawberry.field(description="Its number as people say it: `17`, or `17 A` for one inserted after 17.")
    number: int = strawberry.field(description="Its number, without a letter.")
    headings: list[DocumentHeading] = strawberry.field(
        description="The headings that stand between the paragraph before and this one."
    )
    heading: str | None = strawberry.field(description="The nearest heading above it.")
    lead: str = strawberry.field(description="Its text before the points.")
    text: str = strawberry.field(description="The whole of it: the lead, then each point on a line after `- `.")
    subanchors: list[Subanchor] = strawberry.field(description="The points under it.", metadata={"list_size": 2})
    locked: bool = strawberry.field(
        description="No amendment may change it. Until the locks are confirmed: it looks like a quotation."
    )
    lock: ParagraphLock | None = strawberry.field(description="What is known of the quotation.")

    @strawberry.field(
        description="The approved amendments that changed, added or moved it; empty where it stands as proposed.",
        metadata={"list_size": 1},
    )
    async def made_by(self, info: Info) -> list[Amendment]:
        """Those that you may see."""
        return await made_by(info, self.view, "")

    @strawberry.field(
        description="What differs from the version before, in whole words; everything, for a paragraph that is new.",
        metadata={"list_size": 5},
    )
    async def word_diff(self, info: Info) -> list[WordDiffSegment]:
        """Against the paragraph that it comes from."""
        origin = self.view.origin_id
        before = await info.context.loaders.documents.paragraph.load(origin) if origin else None
        return segments(before.paragraph.text if before else "", self.text)

    @classmethod
    def of(cls, view: ParagraphView) -> "DocumentParagraph":
        """From what was read."""
        paragraph = view.paragraph
        return cls(
            id=global_id("DocumentParagraph", view.id),
            view=view,
            label=str(paragraph.place),
            number=paragraph.number,
            headings=[DocumentHeading.of(each) for each in paragraph.headings],
            heading=paragraph.heading,
            lead=paragraph.lead,
            text=paragraph.text,
            subanchors=[
                Subanchor(point=each, owner=view, letter=each.letter, text=each.text) for each in paragraph.points
            ],
            locked=paragraph.locked,
            lock=_lock(view),
        )


@strawberry.type(description="What the reader of the file guessed or left out (att titta på).")
class ImportNote:
    """A note."""

    code: NoteCode = strawberry.field(description="Stable, for programs.")
    place: str = strawberry.field(description="The paragraph that it is about; empty for none.")
    message: str = strawberry.field(description="In words.")


@strawberry.type(description="A text as it stood from one moment on.")
class DocumentVersion:
    """A version."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    view: strawberry.Private[VersionView]
    number: int = strawberry.field(description="From 1 within the document.")
    kind: VersionKind = strawberry.field(description="How it came to be.")
    made_at: datetime = strawberry.field(description="When.")
    reason: str | None = strawberry.field(description="An editorial change: why.")
    file_name: str | None = strawberry.field(description="The file that it was read from.")
    file_digest: str | None = strawberry.field(description="SHA-256 of that file, in hex.")

    @strawberry.field(description="Its paragraphs in their order.", metadata={"list_size": 100})
    async def paragraphs(self, info: Info) -> list[DocumentParagraph]:
        """All of them: a text is read whole."""
        found = await info.context.loaders.documents.paragraphs.load(self.view.id)
        return [DocumentParagraph.of(view) for view in found]

    @strawberry.field(
        description="The approved amendments that took passages away, and are in no paragraph.",
        metadata={"list_size": 3},
    )
    async def removed_by(self, info: Info) -> list[Amendment]:
        """Those that you may see."""
        sources = await info.context.loaders.documents.sources.load(self.view.id)
        return await _amendments(info, [each for each in sources if each.paragraph_id is None])

    @strawberry.field(
        description="What the reader of the file guessed or left out. For those who prepare it; empty for others.",
        metadata={"list_size": 5},
    )
    async def notes(self, info: Info) -> list[ImportNote]:
        """In the reader's language."""
        case = await info.context.loaders.documents.case.load(self.view.document_id)
        if case is None or not case.roles & PREPARERS:
            return []
        notes = [Note(NoteCode(code), label, text) for code, label, text in json.loads(self.view.notes)]
        return [
            ImportNote(code=each.code, place=each.label, message=note_words(each, info.context.language))
            for each in notes
        ]

    @classmethod
    def of(cls, view: VersionView) -> "DocumentVersion":
        """From what was read."""
        names = ("number", "kind", "made_at", "reason", "file_name", "file_digest")
        return cls(id=global_id("DocumentVersion", view.id), view=view, **{name: getattr(view, name) for name in names})


async def made_by(info: Info, view: ParagraphView, letter: str) -> list[Amendment]:
    """The amendments behind a passage."""
    sources = await info.context.loaders.documents.sources.load(view.version_id)
    return await _amendments(info, [each for each in sources if each.paragraph_id == view.id and each.letter == letter])


async def _amendments(info: Info, sources: list[SourceView]) -> list[Amendment]:
    keys: list[UUID] = [each.amendment_id for each in sources]
    found = await info.context.loaders.documents.amendment.load_many(keys)
    return [Amendment.of(view) for view in found if view is not None]


def _lock(view: ParagraphView) -> ParagraphLock | None:
    lock = view.lock
    if lock is None:
        return None
    return ParagraphLock(
        provenance=lock.provenance,
        source_version_id=global_id("DocumentVersion", lock.source_id) if lock.source_id else None,
        confirmed=lock.locked,
        answered_at=lock.answered_at,
    )
