"""Queries for urns."""

import strawberry

from schema.context import Info
from schema.ids import parsed
from schema.types.urn import Urn


@strawberry.type
class UrnQueries:
    """Root fields."""

    @strawberry.field(description="A sealed urn; null if there is none, or its ballot is not yours to see.")
    async def urn(self, info: Info, id: strawberry.ID) -> Urn | None:
        """By its id."""
        found = parsed(id)
        if found is None or found[0] != "Urn":
            return None
        view = await info.context.loaders.ballots.urn.load(found[1])
        return Urn.of(view) if view else None
