"""A document with numbered paragraphs in the API."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.storage.reads.documents import DocumentView
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.amendment import Amendment
from schema.types.case import Deadline
from schema.types.document_text import DocumentVersion
from schema.types.governed import Governed, Standing
from schema.types.meeting import Meeting, deadlines_of
from schema.types.page import PageInfo
from workflows.document import DOCUMENT, DocumentState, Editor
from workflows.statutes.parameters.order import DocumentKind

Counter = Callable[[], Awaitable[int]]


@strawberry.type(description="A body that lays the text before the meeting together with the board.")
class CoProposer:
    """A co-proposer."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    name: str = strawberry.field(description="Its name.")
    decision: str = strawberry.field(description="Its decision: meeting and paragraph.")


@strawberry.type(description="Where the text can be fetched, by whoever is signed in and may read it.")
class DocumentDownloads:
    """Paths on this server."""

    markdown: str = strawberry.field(description="Markdown.")
    html: str = strawberry.field(description="A page for a browser or a screen reader.")
    docx: str = strawberry.field(description="DOCX, with real headings and lists.")
    pdf: str = strawberry.field(description="PDF that a screen reader can follow (PDF/UA), where the server makes it.")


@strawberry.type(
    description="A document with numbered paragraphs (dokument): a board's proposal, such as a plan, a strategy or "
    "statutes, which a meeting amends and adopts; or an adopted text that others quote."
)
class Document(Governed):
    """A document."""

    workflow: ClassVar = DOCUMENT
    view: strawberry.Private[DocumentView]
    kind: DocumentKind = strawberry.field(description="What it is; the statutes say who adopts it.")
    state: DocumentState = strawberry.field(description="Where it stands.")
    title: str = strawberry.field(description="Rubrik.")
    unit_id: strawberry.ID = strawberry.field(description="The unit whose text it is.")
    unit_name: str = strawberry.field(description="That unit's name.")
    board_id: strawberry.ID = strawberry.field(description="The body that proposes it.")
    board_name: str = strawberry.field(description="That body's name.")
    decision: str | None = strawberry.field(description="The board's decision to lay it before the meeting.")
    adopted_by: str | None = strawberry.field(description="The decision to adopt or reject it: meeting and paragraph.")
    editor: Editor | None = strawberry.field(
        description="Whom the meeting authorised to put spelling and numbering right; null: nobody."
    )
    created_at: datetime = strawberry.field(description="When it was first read in.")
    proposed_at: datetime | None = strawberry.field(description="When it was laid before the meeting.")
    adopted_at: datetime | None = strawberry.field(description="When it was adopted.")
    published_at: datetime | None = strawberry.field(description="When it was published.")
    version: int = strawberry.field(description="Grows with every change; give it as `expectedVersion` when changing.")

    @strawberry.field(description="The meeting that treats it; null if there is none, or it is not yours to see.")
    async def meeting(self, info: Info) -> Meeting | None:
        """By the loader."""
        key = self.view.meeting_id
        found = await info.context.loaders.meeting.load(key) if key else None
        return Meeting.of(found) if found else None

    @strawberry.field(
        description="Bodies that lay it before the meeting together with the board (medförslagsställare)."
    )
    async def co_proposers(self, info: Info) -> list[CoProposer]:
        """Each with its decision."""
        return [
            CoProposer(body_id=global_id("Body", each.body_id), name=each.body_name, decision=each.decision)
            for each in await info.context.loaders.documents.proposers.load(self.view.id)
        ]

    @strawberry.field(description="Every version, the oldest first.", metadata={"list_size": 4})
    async def versions(self, info: Info) -> list[DocumentVersion]:
        """From import to the last editorial change."""
        return [DocumentVersion.of(view) for view in await info.context.loaders.documents.versions.load(self.view.id)]

    @strawberry.field(description="The text that holds now: as proposed, or as adopted.")
    async def text(self, info: Info) -> DocumentVersion | None:
        """The latest version."""
        return await self._version(info, latest=True)

    @strawberry.field(
        description="The text as it was laid before the meeting: the one whose places amendments name. Null until then."
    )
    async def proposed_text(self, info: Info) -> DocumentVersion | None:
        """The base of the amendments."""
        return await self._version(info, latest=False)

    @strawberry.field(
        description="Amendments (ändringsyrkanden) that you may see, in the order in which they came in. Until the "
        "papers are out an amendment is its mover's, and theirs who prepare the meeting.",
        metadata={"list_size": 50},
    )
    async def amendments(self, info: Info) -> list[Amendment]:
        """By the loader."""
        return [Amendment.of(view) for view in await info.context.loaders.documents.amendments.load(self.view.id)]

    @strawberry.field(description="Where the text can be fetched as a file.")
    def downloads(self) -> DocumentDownloads:
        """Paths on this server."""
        path = f"/documents/{self.id}"
        return DocumentDownloads(markdown=f"{path}.md", html=f"{path}.html", docx=f"{path}.docx", pdf=f"{path}.pdf")

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.documents.case.load(self.view.id)

    @strawberry.field(description="Until when amendments can be handed in, with how it follows from the statutes.")
    async def deadlines(self, info: Info) -> list[Deadline]:
        """`amendments`, where its meeting has one."""
        key = self.view.meeting_id
        meeting = await info.context.loaders.meeting.load(key) if key else None
        found = await deadlines_of(meeting, info) if meeting else []
        return [each for each in found if each.name == "amendments"]

    async def _version(self, info: Info, *, latest: bool) -> DocumentVersion | None:
        wanted = self.view.current_id if latest else self.view.base_id
        versions = await info.context.loaders.documents.versions.load(self.view.id)
        return next((DocumentVersion.of(view) for view in versions if view.id == wanted), None)

    @classmethod
    def of(cls, view: DocumentView) -> "Document":
        """From what was read."""
        return cls(
            id=global_id("Document", view.id),
            view=view,
            unit_id=global_id("Unit", view.unit_id),
            board_id=global_id("Body", view.board_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "kind", "state", "title", "unit_name", "board_name", "decision", "adopted_by", "editor", "created_at",
    "proposed_at", "adopted_at", "published_at", "version",
)  # fmt: skip


@strawberry.type(description="A document in a list.")
class DocumentEdge:
    """Relay's edge."""

    node: Document = strawberry.field(description="The document.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of documents.")
class DocumentConnection:
    """Relay's connection."""

    edges: list[DocumentEdge] = strawberry.field(description="Documents with their cursors.")
    nodes: list[Document] = strawberry.field(description="The same documents without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
