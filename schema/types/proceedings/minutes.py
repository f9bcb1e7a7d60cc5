"""Minutes (protokoll) in the API."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

import strawberry

from democracy.services.proceedings.minutes_reading import Shown, ShownSection
from democracy.storage.reads.minutes import MinutesView
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from schema.types.proceedings.minutes_parts import MinutesAddendum, MinutesSignatory, MinutesSignature
from workflows.minutes import MINUTES
from workflows.minutes_facts import MinutesState

if TYPE_CHECKING:
    from schema.types.meeting import Meeting


@strawberry.type(description="A line that follows from what happened: nobody words it otherwise, moves or removes it.")
class BoundLine:
    """A bound line."""

    key: str = strawberry.field(
        description="Write `{{key}}` on a line of its own in the wording, where it is to stand."
    )
    text: str = strawberry.field(description="In Swedish; Markdown.")


@strawberry.type(description="One § of the minutes; the head and the annexes have no number.")
class MinutesSection:
    """One §."""

    item_id: strawberry.ID | None = strawberry.field(description="The item of the agenda; null for head and annexes.")
    number: int | None = strawberry.field(description="Its §.")
    heading: str = strawberry.field(description="Its heading.")
    text: str = strawberry.field(description="The whole §, in Swedish; Markdown.")
    wording: str | None = strawberry.field(
        description="The words around the bound lines: the secretary's, else the ones that wrote themselves. Null once "
        "the text is fixed."
    )
    version: int = strawberry.field(
        description="Of the wording, 0 until somebody writes; `expectedVersion` when editing."
    )
    bound: list[BoundLine] = strawberry.field(
        description="The bound lines in their order; empty once the text is fixed.", metadata={"list_size": 20}
    )
    verified_at_once: datetime | None = strawberry.field(
        description="When the § was verified at once (omedelbar justering)."
    )
    digest: str | None = strawberry.field(
        description="SHA-256 of the § that is, or was, verified at once: give it to `verifyMinutes`."
    )

    @classmethod
    def of(cls, section: ShownSection, shown: Shown) -> "MinutesSection":
        """From what was written."""
        once = next((each for each in shown.around.at_once if each.item_id == section.item_id), None)
        return cls(
            item_id=global_id("AgendaItem", section.item_id) if section.item_id else None,
            number=section.number,
            heading=section.heading,
            text=section.text,
            wording=section.wording,
            version=section.version,
            bound=[BoundLine(key=each.key, text=each.text) for each in section.bound],
            verified_at_once=once.verified_at if once else None,
            digest=once.digest if once else None,
        )


@strawberry.type(description="Where minutes can be fetched, by whoever is signed in and may see them.")
class Downloads:
    """Paths on this server."""

    markdown: str = strawberry.field(description="Markdown.")
    html: str = strawberry.field(description="A page for browsers and screen readers.")
    pdf: str = strawberry.field(description="PDF/UA: tagged, for screen readers too.")


@strawberry.type(
    description="The minutes (protokoll) of a meeting. They write themselves from what happens; the secretary words "
    "them until they are signed. Before they are published only those see them who write, sign or prepare them."
)
class Minutes(Governed):
    """Minutes."""

    workflow: ClassVar = MINUTES
    view: strawberry.Private[MinutesView]
    state: MinutesState = strawberry.field(description="Where they stand.")
    digest: str | None = strawberry.field(
        description="SHA-256 of the text that the signatures are under: give it to `verifyMinutes`. Null while they "
        "are being written."
    )
    signing_since: datetime | None = strawberry.field(description="When the text was fixed.")
    due_at: datetime | None = strawberry.field(
        description="When whoever has not signed is left out or replaced, as the statutes say."
    )
    verified_at: datetime | None = strawberry.field(description="When everybody had signed (justerat).")
    published_at: datetime | None = strawberry.field(description="When they were published.")
    version: int = strawberry.field(description="Grows with every change; give it as `expectedVersion` when changing.")

    @strawberry.field(
        description="The whole in Markdown, with signatures and corrections under it; a draft at any time."
    )
    async def text(self, info: Info) -> str:
        """Written out, or as it was fixed."""
        return (await self._shown(info)).markdown

    @strawberry.field(description="The head, every § in its order, the annexes.", metadata={"list_size": 30})
    async def sections(self, info: Info) -> list[MinutesSection]:
        """Part by part."""
        shown = await self._shown(info)
        return [MinutesSection.of(each, shown) for each in shown.sections]

    @strawberry.field(
        description="Everybody who has been asked to sign: the whole, one § at once, or a correction.",
        metadata={"list_size": 5},
    )
    async def signatories(self, info: Info) -> list[MinutesSignatory]:
        """Those who sign."""
        shown = await self._shown(info)
        return [MinutesSignatory.of(each, shown) for each in shown.around.asked]

    @strawberry.field(description="Every signature, the oldest first; those that fell too.", metadata={"list_size": 5})
    async def signatures(self, info: Info) -> list[MinutesSignature]:
        """Signatures."""
        shown = await self._shown(info)
        return [MinutesSignature.of(each, shown) for each in shown.around.given]

    @strawberry.field(
        description="Corrections of clerical errors (rättelser av skrivfel). The original stays.",
        metadata={"list_size": 2},
    )
    async def addenda(self, info: Info) -> list[MinutesAddendum]:
        """Corrections."""
        shown = await self._shown(info)
        return [MinutesAddendum.of(each, shown) for each in shown.around.addenda]

    @strawberry.field(description="Where they can be fetched as files.")
    def downloads(self) -> Downloads:
        """Paths on this server."""
        path = f"/meetings/{global_id('Meeting', self.view.meeting_id)}/minutes"
        return Downloads(markdown=f"{path}.md", html=f"{path}.html", pdf=f"{path}.pdf")

    @strawberry.field(description="The meeting.")
    async def meeting(self, info: Info) -> Annotated["Meeting", strawberry.lazy("schema.types.meeting")] | None:
        """By the loader; null for somebody who signs minutes of a meeting that they no longer see."""
        from schema.types.meeting import Meeting

        view = await info.context.loaders.meeting.load(self.view.meeting_id)
        return Meeting.of(view) if view else None

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.minutes.case.load(self.view.id)

    async def _shown(self, info: Info) -> Shown:
        return await info.context.loaders.minutes.shown.load(self.key)

    @property
    def key(self) -> UUID:
        """The minutes' own id."""
        return self.view.id

    @classmethod
    def of(cls, view: MinutesView) -> "Minutes":
        """From what was read."""
        return cls(
            id=global_id("Minutes", view.id),
            view=view,
            state=view.state,
            digest=view.digest,
            signing_since=view.signing_since,
            due_at=view.due_at,
            verified_at=view.verified_at,
            published_at=view.published_at,
            version=view.version,
        )
