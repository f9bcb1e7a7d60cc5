"""Queries for matters before councils and boards."""

import strawberry

from democracy.storage import council_seats
from democracy.storage.paging import Asked
from democracy.storage.reads import council
from democracy.storage.reads.council import CouncilFilter
from schema.context import Info
from schema.ids import is_of, key_of, maybe_key
from schema.types.council_decision import CouncilDecision, CouncilDecisionConnection, CouncilDecisionEdge
from schema.types.page import page_info
from schema.types.unit_policy import UnitPolicy, read_policy
from workflows.council_decision import CouncilDecisionState


@strawberry.input(description="Which matters: every condition that is given must hold.")
class CouncilDecisionFilterInput:
    """A filter."""

    body_id: strawberry.ID | None = strawberry.field(default=None, description="Before this body.")
    states: list[CouncilDecisionState] | None = strawberry.field(default=None, description="In one of these states.")


@strawberry.type
class CouncilQueries:
    """Root fields."""

    @strawberry.field(description="One matter before a council or a board; null if there is none that you may know of.")
    async def council_decision(self, info: Info, id: strawberry.ID) -> CouncilDecision | None:
        """By the loader."""
        if not is_of(id, "CouncilDecision"):
            return None
        view = await info.context.loaders.council.decision.load(key_of(id, "CouncilDecision"))
        return CouncilDecision.of(view) if view else None

    @strawberry.field(description="How a unit decides: its routes and positions; null for whoever is not of the unit.")
    async def unit_policy(self, info: Info, unit_id: strawberry.ID) -> UnitPolicy | None:
        """Read for its members."""
        key = key_of(unit_id, "Unit", path="unitId")
        async with info.context.app.database.read() as connection:
            known = await council_seats.knows(connection, key, info.context.actor, info.context.reader.today)
        return await read_policy(info, key) if known else None

    @strawberry.field(
        description="Matters before representantskap and boards that you may know of, in an order that tells nothing. "
        "Ask for `first` or `last`, 1 to 100."
    )
    async def council_decisions(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: CouncilDecisionFilterInput | None = None,
    ) -> CouncilDecisionConnection:
        """A page."""
        context, given = info.context, filter or CouncilDecisionFilterInput()
        wanted = CouncilFilter(maybe_key(given.body_id, "Body", path="filter.bodyId"), tuple(given.states or ()))
        async with context.app.database.read() as connection:
            page = await council.listed(connection, context.reader, wanted, Asked(first, after, last, before))
        for view in page.rows:
            context.loaders.council.decision.prime(view.id, view)
        nodes = [CouncilDecision.of(view) for view in page.rows]
        edges = [
            CouncilDecisionEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)
        ]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await council.counted(connection, context.reader, wanted)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return CouncilDecisionConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)
