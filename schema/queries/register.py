"""Queries for the register: units and bodies."""

import strawberry

from democracy.domain.kinds import UnitKind
from democracy.storage.paging import Asked
from democracy.storage.reads import units
from democracy.storage.reads.units import UnitFilter
from schema.context import Info
from schema.ids import maybe_key, parsed
from schema.types.page import page_info
from schema.types.unit import Body, Unit, UnitConnection, UnitEdge


@strawberry.input(description="Which units: every condition that is given must hold.")
class UnitFilterInput:
    """A filter."""

    under: strawberry.ID | None = strawberry.field(default=None, description="That unit and everything below it.")
    kinds: list[UnitKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    with_ended: bool = strawberry.field(default=False, description="Those that no longer exist, too.")


@strawberry.type
class RegisterQueries:
    """Root fields."""

    @strawberry.field(description="A unit (enhet) by its id or its code; null if there is none.")
    async def unit(self, info: Info, id: strawberry.ID | None = None, code: str | None = None) -> Unit | None:
        """By its id; by its code where no id is given."""
        if id is not None:
            found = parsed(id)
            view = await info.context.loaders.register.unit.load(found[1]) if found and found[0] == "Unit" else None
        else:
            async with info.context.app.database.read() as connection:
                view = await units.by_code(connection, code or "")
        return Unit.of(view) if view else None

    @strawberry.field(description="Units in Swedish order of their names. Ask for `first` or `last`, 1 to 100.")
    async def units(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: UnitFilterInput | None = None,
    ) -> UnitConnection:
        """A page."""
        context, wanted = info.context, _filter(filter or UnitFilterInput())
        today = context.reader.today
        async with context.app.database.read() as connection:
            page = await units.listed(connection, wanted, Asked(first, after, last, before), today=today)
        for view in page.rows:
            context.loaders.register.unit.prime(view.id, view)
        nodes = [Unit.of(view) for view in page.rows]
        edges = [UnitEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await units.counted(connection, wanted, today=today)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return UnitConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)

    @strawberry.field(description="A body (organ) by its id; null if there is none.")
    async def body(self, info: Info, id: strawberry.ID) -> Body | None:
        """By its id."""
        found = parsed(id)
        view = await info.context.loaders.register.body.load(found[1]) if found and found[0] == "Body" else None
        return Body.of(view) if view else None


def _filter(given: UnitFilterInput) -> UnitFilter:
    return UnitFilter(
        under=maybe_key(given.under, "Unit", path="filter.under"),
        kinds=tuple(given.kinds or ()),
        with_ended=given.with_ended,
    )
