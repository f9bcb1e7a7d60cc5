"""Queries for the register of decisions."""

from datetime import datetime

import strawberry

from democracy.storage.paging import Asked
from democracy.storage.reads import decision_register
from democracy.storage.reads.decision_register import RegisterFilter
from schema.context import Info
from schema.ids import maybe_key
from schema.mutations.results import aware
from schema.types.decision import RegisteredDecision, RegisteredDecisionConnection, RegisteredDecisionEdge
from schema.types.page import page_info


@strawberry.input(description="Which decisions: every condition that is given must hold.")
class DecisionFilterInput:
    """A filter."""

    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Of this unit's bodies.")
    body_id: strawberry.ID | None = strawberry.field(default=None, description="Of this body.")
    search: str | None = strawberry.field(default=None, description="Words in Swedish, by their stems or beginnings.")
    in_force_at: datetime | None = strawberry.field(default=None, description="In force at this time; with its zone.")


@strawberry.type
class DecisionQueries:
    """Root fields."""

    @strawberry.field(
        description="The register of decisions (beslutsregistret) of all bodies on all levels, as far as you may see "
        "the cases. Ask for `first` or `last`, 1 to 100."
    )
    async def decisions(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: DecisionFilterInput | None = None,
    ) -> RegisteredDecisionConnection:
        """A page."""
        context, given = info.context, filter or DecisionFilterInput()
        wanted = RegisterFilter(
            maybe_key(given.unit_id, "Unit", path="filter.unitId"),
            maybe_key(given.body_id, "Body", path="filter.bodyId"),
            given.search,
            None if given.in_force_at is None else aware(given.in_force_at, "filter.inForceAt"),
        )
        async with context.app.database.read() as connection:
            page = await decision_register.listed(connection, context.reader, wanted, Asked(first, after, last, before))
        nodes = [RegisteredDecision.of(view) for view in page.rows]
        pairs = zip(nodes, page.cursors, strict=True)
        edges = [RegisteredDecisionEdge(node=node, cursor=cursor) for node, cursor in pairs]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await decision_register.counted(connection, context.reader, wanted)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return RegisteredDecisionConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)
