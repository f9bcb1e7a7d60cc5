"""Queries for member ballots."""

import strawberry

from democracy.storage.paging import Asked
from democracy.storage.reads import ballots
from democracy.storage.reads.ballots import BallotFilter
from schema.context import Info
from schema.ids import maybe_key
from schema.types.member_ballot import MemberBallot, MemberBallotConnection, MemberBallotEdge
from schema.types.page import page_info
from workflows.member_ballot import MemberBallotState


@strawberry.input(description="Which ballots: every condition that is given must hold.")
class MemberBallotFilterInput:
    """A filter."""

    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Among the members of this unit.")
    states: list[MemberBallotState] | None = strawberry.field(default=None, description="In one of these states.")


@strawberry.type
class MemberBallotQueries:
    """Root fields."""

    @strawberry.field(
        description="Member ballots that you may see, the newest first. Ask for `first` or `last`, 1 to 100."
    )
    async def member_ballots(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: MemberBallotFilterInput | None = None,
    ) -> MemberBallotConnection:
        """A page."""
        context, given = info.context, filter or MemberBallotFilterInput()
        wanted = BallotFilter(maybe_key(given.unit_id, "Unit", path="filter.unitId"), tuple(given.states or ()))
        async with context.app.database.read() as connection:
            page = await ballots.listed(connection, context.reader, wanted, Asked(first, after, last, before))
        for view in page.rows:
            context.loaders.ballots.ballot.prime(view.id, view)
        nodes = [MemberBallot.of(view) for view in page.rows]
        edges = [MemberBallotEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await ballots.counted(connection, context.reader, wanted)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return MemberBallotConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)
