"""Queries for meetings."""

import strawberry

from democracy.domain.kinds import MeetingKind
from democracy.storage.paging import Asked
from democracy.storage.reads import meetings
from democracy.storage.reads.meetings import MeetingFilter, MeetingOrder
from schema.context import Info
from schema.ids import maybe_key, parsed
from schema.types.meeting import Meeting, MeetingConnection, MeetingEdge
from schema.types.page import page_info
from workflows.meeting import MeetingState


@strawberry.input(description="Which meetings: every condition that is given must hold.")
class MeetingFilterInput:
    """A filter."""

    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Of this unit.")
    states: list[MeetingState] | None = strawberry.field(default=None, description="In one of these states.")
    kinds: list[MeetingKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    takes_motions: bool = strawberry.field(
        default=False, description="Only those whose deadline for motions has not passed."
    )


@strawberry.type
class MeetingQueries:
    """Root fields."""

    @strawberry.field(description="A meeting; null if there is none, or it is not yours to see.")
    async def meeting(self, info: Info, id: strawberry.ID) -> Meeting | None:
        """By its id."""
        found = parsed(id)
        if found is None or found[0] != "Meeting":
            return None
        view = await info.context.loaders.meeting.load(found[1])
        return Meeting.of(view) if view else None

    @strawberry.field(description="Meetings that you may see. Ask for `first` or `last`, 1 to 100.")
    async def meetings(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        order_by: MeetingOrder = MeetingOrder.STARTS_AT,
        filter: MeetingFilterInput | None = None,
    ) -> MeetingConnection:
        """A page."""
        context, wanted, asked = (
            info.context,
            _filter(filter or MeetingFilterInput()),
            Asked(first, after, last, before),
        )
        async with context.app.database.read() as connection:
            page = await meetings.listed(connection, context.reader, wanted, order_by, asked)
        for view in page.rows:
            context.loaders.meeting.prime(view.id, view)
        nodes = [Meeting.of(view) for view in page.rows]
        edges = [MeetingEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await meetings.counted(connection, context.reader, wanted)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return MeetingConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)


def _filter(given: MeetingFilterInput) -> MeetingFilter:
    return MeetingFilter(
        unit_id=maybe_key(given.unit_id, "Unit", path="filter.unitId"),
        states=tuple(given.states or ()),
        kinds=tuple(given.kinds or ()),
        takes_motions=given.takes_motions,
    )
