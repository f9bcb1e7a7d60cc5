"""An item of the agenda (dagordningspunkt) in the API."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias
from uuid import UUID

import strawberry

from democracy.storage.reads.agenda import BarredView, ItemView
from schema.context import Context, Info
from schema.ids import global_id, maybe_global_id
from schema.types.governed import Governed, Standing
from schema.types.proceedings.division import Division
from schema.types.proceedings.statement import Statement
from workflows.item import ITEM, ItemState
from workflows.proceedings import Formality, ItemKind

if TYPE_CHECKING:
    from schema.types.motion import Motion
    from schema.types.proceedings.matter import Matter

MattersOfItem: TypeAlias = list[Annotated["Matter", strawberry.lazy("schema.types.proceedings.matter")]]
MotionOfItem: TypeAlias = Annotated["Motion", strawberry.lazy("schema.types.motion")]


@strawberry.type(description="Somebody who takes no part in an item because of a conflict of interest (jäv).")
class Barred:
    """One who is barred."""

    member_id: strawberry.ID = strawberry.field(description="The person.")
    name: str | None = strawberry.field(description="Their name; null where the person has been erased.")
    reason: str = strawberry.field(description="On what ground.")
    declared_at: datetime = strawberry.field(description="When it was declared, or the meeting found so.")
    lifted_at: datetime | None = strawberry.field(description="When the meeting found otherwise; null while it holds.")

    @classmethod
    def of(cls, view: BarredView) -> "Barred":
        """From what was read."""
        return cls(
            member_id=global_id("Member", view.member_id),
            name=view.name,
            reason=view.reason,
            declared_at=view.declared_at,
            lifted_at=view.lifted_at,
        )


@strawberry.type(
    description="An item of the agenda (dagordningspunkt). One at a time is open in a meeting. Seen by whoever "
    "prepares "
    "the meeting, and by everybody who sees it once the papers are out or it has opened."
)
class AgendaItem(Governed):
    """An item."""

    workflow: ClassVar = ITEM
    view: strawberry.Private[ItemView]
    kind: ItemKind = strawberry.field(description="What it is about.")
    formality: Formality | None = strawberry.field(description="FORMALITIES: what the meeting decides about itself.")
    state: ItemState = strawberry.field(description="Where it stands.")
    position: int = strawberry.field(description="Its place on the agenda, from 1.")
    number: int | None = strawberry.field(description="Its § in the minutes; given when it is opened, gapless.")
    title: str = strawberry.field(description="What it is called.")
    purpose: str | None = strawberry.field(description="What is to come of it (syfte).")
    presenter: str | None = strawberry.field(description="Who presents it (föredragande).")
    minutes_planned: int | None = strawberry.field(description="Its time budget, in minutes.")
    opened_at: datetime | None = strawberry.field(description="When it was first opened.")
    adjourned_until: datetime | None = strawberry.field(description="ADJOURNED: until when, if that was said.")
    closed_at: datetime | None = strawberry.field(description="When it was closed.")
    proposals_close_at: datetime | None = strawberry.field(
        description="Yrkandestopp: the first moment too late for a proposal in the matter itself."
    )
    speakers_close_at: datetime | None = strawberry.field(
        description="Streck: the first moment too late to ask for the floor."
    )
    speech_seconds: int | None = strawberry.field(description="Time limit of a speech; null for the meeting's own.")
    entitled: int = strawberry.field(
        description="Votes of those present now who are not barred from it: the base that jäv makes smaller."
    )
    version: int = strawberry.field(description="Grows with every change; give it as `expectedVersion` when changing.")
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    block_id: strawberry.ID | None = strawberry.field(description="The block of motions that it belongs to.")
    motion_id: strawberry.ID | None = strawberry.field(description="MOTION: the motion.")
    document_id: strawberry.ID | None = strawberry.field(description="PROPOSAL: the document.")

    @strawberry.field(description="The motion that it is about, if you may see it.")
    async def motion(self, info: Info) -> MotionOfItem | None:
        """By its own visibility."""
        # A motion shows its meeting, a meeting its agenda.
        from schema.types.motion import Motion

        if self.view.motion_id is None:
            return None
        found = await info.context.loaders.motion.load(self.view.motion_id)
        return Motion.of(found) if found else None

    @strawberry.field(
        description="What it, and the items of a block, give the meeting to decide, in order; empty until it is opened."
    )
    async def matters(self, info: Info) -> MattersOfItem:
        """By the loader."""
        # A matter shows its meeting, a meeting its agenda.
        from schema.types.proceedings.matter import Matter

        return [Matter.of(view) for view in await info.context.loaders.deciding.of_item.load(self.key)]

    @strawberry.field(description="Who takes, or took, no part in it because of a conflict of interest (jäv).")
    async def barred(self, info: Info) -> list[Barred]:
        """In the order in which they were declared."""
        return [Barred.of(view) for view in await info.context.loaders.agenda.barred.load(self.key)]

    @strawberry.field(
        description="The divisions (voteringar) under it as they were opened, trial votes and annulled ones included."
    )
    async def divisions(self, info: Info) -> list[Division]:
        """By the loader."""
        return [Division.of(view) for view in await info.context.loaders.divisions.of_item.load(self.key)]

    @strawberry.field(description="Reservations, notes and special statements under it, those taken back included.")
    async def statements(self, info: Info) -> list[Statement]:
        """By the loader."""
        return [Statement.of(view) for view in await info.context.loaders.divisions.statements_of.load(self.key)]

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.agenda.case.load(self.key)

    @property
    def key(self) -> UUID:
        """The item's own id."""
        return self.view.id

    @classmethod
    def of(cls, view: ItemView) -> "AgendaItem":
        """From what was read."""
        return cls(
            id=global_id("AgendaItem", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            block_id=maybe_global_id("AgendaItem", view.parent_id),
            motion_id=maybe_global_id("Motion", view.motion_id),
            document_id=maybe_global_id("Document", view.document_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "kind", "formality", "state", "position", "number", "title", "purpose", "presenter", "minutes_planned",
    "opened_at", "adjourned_until", "closed_at", "proposals_close_at", "speakers_close_at", "speech_seconds",
    "entitled", "version",
)  # fmt: skip
