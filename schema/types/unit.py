"""Units (enheter) and bodies (organ) in the API."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from democracy.domain.kinds import BodyKind, UnitKind
from democracy.storage.reads.units import BodyView, UnitView
from schema.context import Info
from schema.ids import global_id
from schema.types.node import Node
from schema.types.page import PageInfo
from schema.types.rights import BodyRight, rights_of
from schema.types.seat_by_right import SeatByRight

if TYPE_CHECKING:
    from schema.types.mandate import Mandate

Counter = Callable[[], Awaitable[int]]
Mandates = list[Annotated["Mandate", strawberry.lazy("schema.types.mandate")]]


@strawberry.type(description="A level of the organisation (enhet): the party, a district, a branch.")
class Unit(Node):
    """A unit."""

    key: strawberry.Private[UUID]
    parent_key: strawberry.Private[UUID | None]
    kind: UnitKind = strawberry.field(description="What kind of unit it is.")
    code: str = strawberry.field(description="The short name that import files know it by.")
    name: str = strawberry.field(description="Its name.")
    founded_on: date | None = strawberry.field(description="The day it was formed (bildad).")
    paused_on: date | None = strawberry.field(description="First day on which it rests (vilande).")
    ended_on: date | None = strawberry.field(description="First day on which it no longer exists (upphörd).")

    @strawberry.field(description="The unit right above; null for the topmost.")
    async def parent(self, info: Info) -> "Unit | None":
        """By the loader."""
        view = await info.context.loaders.register.unit.load(self.parent_key) if self.parent_key else None
        return Unit.of(view) if view else None

    @strawberry.field(description="Every unit above, nearest first.", metadata={"list_size": 3})
    async def ancestors(self, info: Info) -> "list[Unit]":
        """By the loader."""
        return [Unit.of(view) for view in await info.context.loaders.register.above.load(self.key) or ()]

    @strawberry.field(description="The units right below, in Swedish order of their names. Ended ones too.")
    async def children(self, info: Info) -> "list[Unit]":
        """By the loader."""
        return [Unit.of(view) for view in await info.context.loaders.register.children.load(self.key) or ()]

    @strawberry.field(description="Its bodies (organ), in Swedish order of their names.", metadata={"list_size": 7})
    async def bodies(self, info: Info) -> "list[Body]":
        """By the loader."""
        return [Body.of(view) for view in await info.context.loaders.register.bodies.load(self.key) or ()]

    @classmethod
    def of(cls, view: UnitView) -> "Unit":
        """From what was read."""
        same = {name: getattr(view, name) for name in ("kind", "code", "name", "founded_on", "paused_on", "ended_on")}
        return cls(id=global_id("Unit", view.id), key=view.id, parent_key=view.parent_id, **same)


@strawberry.type(description="A body (organ) of a unit: its meeting, its board, its auditors.")
class Body(Node):
    """A body."""

    key: strawberry.Private[UUID]
    unit_key: strawberry.Private[UUID]
    kind: BodyKind = strawberry.field(description="What kind of body it is.")
    code: str = strawberry.field(description="The short name that import files know it by.")
    name: str = strawberry.field(description="Its name.")
    ended_on: date | None = strawberry.field(description="First day on which it no longer exists.")

    @strawberry.field(description="The unit whose body it is.")
    async def unit(self, info: Info) -> Unit | None:
        """By the loader."""
        view = await info.context.loaders.register.unit.load(self.unit_key)
        return Unit.of(view) if view else None

    @strawberry.field(
        description="Who acts in it today (ledamöter, ersättare, ombud …): the chair first, substitutes in their "
        "order. Only those whom you may see.",
        metadata={"list_size": 15},
    )
    async def mandates(self, info: Info) -> Mandates:
        """By the loader."""
        from schema.types.mandate import Mandate

        return [Mandate.of(view) for view in await info.context.loaders.register.body_mandates.load(self.key) or ()]

    @strawberry.field(
        description="Seats by right (självskrivna platser) in a nomination committee. For those who are signed in.",
        metadata={"list_size": 3},
    )
    async def seats_by_right(self, info: Info) -> list[SeatByRight]:
        """By the loader."""
        return [SeatByRight.of(view) for view in await info.context.loaders.posts.seats.load(self.key) or ()]

    @strawberry.field(
        description="Who may attend, speak, propose and vote in it (rättighetsmatrisen), by the statutes of today.",
        metadata={"list_size": 10},
    )
    async def rights(self, info: Info) -> list[BodyRight]:
        """Empty where no statutes are in force, or where they say nothing of such a body."""
        unit = await info.context.loaders.register.unit.load(self.unit_key)
        rules = await info.context.loaders.statutes.load(self.unit_key)
        return rights_of(rules, self.kind, unit.kind) if rules and unit else []

    @classmethod
    def of(cls, view: BodyView) -> "Body":
        """From what was read."""
        same = {name: getattr(view, name) for name in ("kind", "code", "name", "ended_on")}
        return cls(id=global_id("Body", view.id), key=view.id, unit_key=view.unit_id, **same)


@strawberry.type(description="A unit in a list.")
class UnitEdge:
    """Relay's edge."""

    node: Unit = strawberry.field(description="The unit.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of units.")
class UnitConnection:
    """Relay's connection."""

    edges: list[UnitEdge] = strawberry.field(description="Units with their cursors.")
    nodes: list[Unit] = strawberry.field(description="The same units without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
