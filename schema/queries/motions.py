"""Queries for motions."""

import strawberry

from democracy.domain.kinds import Category
from democracy.domain.motion_text import split
from democracy.storage.paging import Asked
from democracy.storage.reads import motions
from democracy.storage.reads.motions import MotionFilter, MotionOrder
from schema.context import Info
from schema.ids import maybe_key, parsed
from schema.types.motion import Motion, MotionConnection, MotionEdge
from schema.types.page import page_info
from workflows.motion import MotionState


@strawberry.input(description="Which motions: every condition that is given must hold.")
class MotionFilterInput:
    """A filter."""

    meeting_id: strawberry.ID | None = strawberry.field(default=None, description="Addressed to this meeting.")
    states: list[MotionState] | None = strawberry.field(default=None, description="In one of these states.")
    categories: list[Category] | None = strawberry.field(default=None, description="In one of these categories.")
    search: str | None = strawberry.field(
        default=None,
        description="Words in Swedish: each must occur in the title, the reasoning or an att-sats, by its stem or "
        "its beginning. `lan` does not find `lån`.",
    )
    mine: bool = strawberry.field(default=False, description="Only those that you move or are invited to.")


@strawberry.type(description="What a pasted text was split into, for the mover to correct.")
class SplitText:
    """Parts of a motion."""

    title: str = strawberry.field(description="The title (rubrik).")
    reasoning: str = strawberry.field(description="The reasoning (brödtext), as Markdown.")
    clauses: list[str] = strawberry.field(description="The att-satser, each beginning with `att`.")
    notes: list[str] = strawberry.field(description="What was left out or could not be told apart, by code and text.")


@strawberry.type
class MotionQueries:
    """Root fields."""

    @strawberry.field(description="A motion; null if there is none, or it is not yours to see.")
    async def motion(self, info: Info, id: strawberry.ID) -> Motion | None:
        """By its id."""
        found = parsed(id)
        if found is None or found[0] != "Motion":
            return None
        view = await info.context.loaders.motion.load(found[1])
        return Motion.of(view) if view else None

    @strawberry.field(description="Motions that you may see. Ask for `first` or `last`, 1 to 100.")
    async def motions(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        order_by: MotionOrder = MotionOrder.NEWEST,
        filter: MotionFilterInput | None = None,
    ) -> MotionConnection:
        """A page."""
        context, wanted = info.context, _filter(filter or MotionFilterInput())
        async with context.app.database.read() as connection:
            page = await motions.listed(connection, context.reader, wanted, order_by, Asked(first, after, last, before))
        for view in page.rows:
            context.loaders.motion.prime(view.id, view)
        nodes = [Motion.of(view) for view in page.rows]
        edges = [MotionEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await motions.counted(connection, context.reader, wanted)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return MotionConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)

    @strawberry.field(
        description="Split a text pasted from a word processor into title, reasoning and att-satser. Stores nothing."
    )
    def split_motion_text(self, text: str) -> SplitText:
        """A preview."""
        pasted = split(text[:100_000])
        notes = [f"{note.code.value}: {note.text}" for note in pasted.notes]
        return SplitText(title=pasted.title, reasoning=pasted.reasoning, clauses=list(pasted.clauses), notes=notes)


def _filter(given: MotionFilterInput) -> MotionFilter:
    return MotionFilter(
        meeting_id=maybe_key(given.meeting_id, "Meeting", path="filter.meetingId"),
        states=tuple(given.states or ()),
        categories=tuple(given.categories or ()),
        search=given.search,
        mine=given.mine,
    )
