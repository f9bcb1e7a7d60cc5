"""Queries for what meetings decide."""

import strawberry

from schema.context import Info
from schema.ids import parsed
from schema.types.proceedings.matter import Matter


@strawberry.type
class MatterQueries:
    """Root fields."""

    @strawberry.field(description="A matter (ärende); null if there is none, or it is not yours to see.")
    async def matter(self, info: Info, id: strawberry.ID) -> Matter | None:
        """By its id."""
        found = parsed(id)
        if found is None or found[0] != "Matter":
            return None
        view = await info.context.loaders.deciding.matter.load(found[1])
        return Matter.of(view) if view else None
