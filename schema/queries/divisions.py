"""Queries for divisions."""

import strawberry

from schema.context import Info
from schema.ids import parsed
from schema.types.proceedings.division import Division


@strawberry.type
class DivisionQueries:
    """Root fields."""

    @strawberry.field(description="A division (votering); null if there is none, or it is not yours to see.")
    async def division(self, info: Info, id: strawberry.ID) -> Division | None:
        """By its id."""
        found = parsed(id)
        if found is None or found[0] != "Division":
            return None
        view = await info.context.loaders.divisions.division.load(found[1])
        return Division.of(view) if view else None
