"""The delegates of a meeting as a list."""

from uuid import UUID

import strawberry

from democracy.storage.paging import Asked
from democracy.storage.reads import delegates
from democracy.storage.reads.delegates import DelegateFilter
from schema.context import Info
from schema.ids import maybe_key
from schema.types.page import page_info
from schema.types.proceedings.delegate import Delegate, DelegateConnection, DelegateEdge
from workflows.delegate import DelegateState
from workflows.statutes import Participant


@strawberry.input(description="Which delegates: every condition that is given must hold.")
class DelegateFilterInput:
    """A filter."""

    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Reported by this unit.")
    participants: list[Participant] | None = strawberry.field(default=None, description="DELEGATE or SUBSTITUTE.")
    states: list[DelegateState] | None = strawberry.field(
        default=None, description="In one of these states; those whose place it still is where nothing is said."
    )


STANDING = (DelegateState.REPORTED, DelegateState.ACCEPTED)


async def delegates_of(
    info: Info, meeting: UUID, given: DelegateFilterInput | None, asked: Asked
) -> DelegateConnection:
    """A page of a meeting's delegates, as far as the reader may see them."""
    context, chosen = info.context, given or DelegateFilterInput()
    wanted = DelegateFilter(
        meeting_id=meeting,
        unit_id=maybe_key(chosen.unit_id, "Unit", path="filter.unitId"),
        participants=tuple(chosen.participants or ()),
        states=tuple(chosen.states or STANDING),
    )
    async with context.app.database.read() as connection:
        page = await delegates.listed(connection, context.reader, wanted, asked)
    nodes = [Delegate.of(view) for view in page.rows]
    edges = [DelegateEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

    async def count() -> int:
        async with context.app.database.read() as connection:
            return await delegates.counted(connection, context.reader, wanted)

    info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
    return DelegateConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)
