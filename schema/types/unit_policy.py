"""How a unit decides, in the API."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from democracy.domain.council_seats import BranchSeats
from democracy.services.council.composing import composition
from democracy.storage import council_seats, statutes
from schema.context import Info
from schema.ids import global_id, key_of
from workflows.council_kinds import MatterSort, PoliticalPosition, Route


@strawberry.type(description="What a unit's policy says of a route for one sort of matter. Without a word it is open.")
class DecisionRoute:
    """A route."""

    sort: MatterSort = strawberry.field(description="Which matters.")
    route: Route = strawberry.field(description="Who would decide them.")
    closed: bool = strawberry.field(description="The route is closed.")
    ground: str = strawberry.field(description="By which decision.")
    since: datetime = strawberry.field(description="Since when. An earlier word on the same is no longer in force.")


@strawberry.type(description="The party's political position (politiskt läge) that a council's seats follow.")
class DatedPosition:
    """From a day."""

    body_id: strawberry.ID = strawberry.field(description="The council.")
    position: PoliticalPosition = strawberry.field(description="The position.")
    starts_on: date = strawberry.field(description="First day.")
    decision: str = strawberry.field(description="The decision: body, meeting and paragraph.")


@strawberry.type(description="What a new position would mean for a branch.")
class CouncilBranchSeats:
    """Before and after."""

    unit_id: strawberry.ID = strawberry.field(description="The branch.")
    unit_name: str = strawberry.field(description="Its name.")
    members: int = strawberry.field(description="Members voting in it.")
    before: int = strawberry.field(description="Places that it fills now.")
    after: int = strawberry.field(description="Places that it would have.")
    to_elect: int = strawberry.field(description="Places that it would have to fill.")
    leaving: list[str] = strawberry.field(
        description="Names of those who would lose their place, the last sent first; protected ones left out."
    )

    @classmethod
    def of(cls, view: BranchSeats) -> "CouncilBranchSeats":
        """From what was counted."""
        return cls(
            unit_id=global_id("Unit", view.unit_id),
            unit_name=view.name,
            members=view.members,
            before=view.before,
            after=view.after,
            to_elect=view.to_elect,
            leaving=[seat.name for seat in reversed(view.leaving) if seat.name],
        )


@strawberry.type(description="How a unit decides: its routes, and the political positions that its councils follow.")
class UnitPolicy:
    """Known to the unit's members."""

    key: strawberry.Private[UUID]
    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    routes: list[DecisionRoute] = strawberry.field(description="What is said of routes, the latest word first.")
    positions: list[DatedPosition] = strawberry.field(description="Positions, the latest first.")

    @strawberry.field(
        description="Who would lose and gain a place in a council if the position were this, before it is decided "
        "(förhandsvisning); none where the statutes have no rule for it."
    )
    async def council_preview(
        self, info: Info, body_id: strawberry.ID, position: PoliticalPosition
    ) -> list[CouncilBranchSeats]:
        """Counted now."""
        today = info.context.reader.today
        async with info.context.app.database.read() as connection:
            rules = (await statutes.in_force_for(connection, [self.key], today))[self.key]
            body = key_of(body_id, "Body", path="bodyId")
            if not await council_seats.council_of(connection, self.key, body):
                return []
            found = await composition(connection, rules, self.key, body, position, today)
        return [CouncilBranchSeats.of(view) for view in found.branches]


async def read_policy(info: Info, key: UUID) -> UnitPolicy:
    """A unit's policy as it is now."""
    async with info.context.app.database.read() as connection:
        routes = await council_seats.routes(connection, key)
        positions = await council_seats.positions(connection, key)
    return UnitPolicy(
        key=key,
        unit_id=global_id("Unit", key),
        routes=[
            DecisionRoute(sort=row.sort, route=row.route, closed=row.closed, ground=row.ground, since=row.since)
            for row in routes
        ],
        positions=[
            DatedPosition(
                body_id=global_id("Body", body), position=PoliticalPosition[name], starts_on=starts, decision=decision
            )
            for body, name, starts, decision in positions
        ],
    )
