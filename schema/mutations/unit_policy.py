"""How a unit decides: routes and political position."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.council.composing import Composing
from schema.context import Info
from schema.ids import key_of
from schema.mutations.election_results import serve
from schema.mutations.results import KEY
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from schema.types.unit_policy import UnitPolicy, read_policy
from workflows.council_kinds import MatterSort, PoliticalPosition, Route


@strawberry.input(description="Input of `setDecisionRoute`.")
class SetDecisionRouteInput:
    """Set."""

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    sort: MatterSort = strawberry.field(description="Which matters.")
    route: Route = strawberry.field(description="Which route.")
    closed: bool = strawberry.field(description="Close it, or open it again.")
    decision: str = strawberry.field(description="The decision: body, meeting and paragraph.")
    idempotency_key: str | None = KEY


SetDecisionRouteResult: TypeAlias = Annotated[
    UnitPolicy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SetDecisionRouteResult")
]


@strawberry.input(description="Input of `setPoliticalPosition`.")
class SetPoliticalPositionInput:
    """Set."""

    body_id: strawberry.ID = strawberry.field(description="The council whose places follow it.")
    position: PoliticalPosition = strawberry.field(description="The position.")
    starts_on: date = strawberry.field(description="First day: today or later.")
    decision: str = strawberry.field(description="The decision: body, meeting and paragraph.")
    idempotency_key: str | None = KEY


SetPoliticalPositionResult: TypeAlias = Annotated[
    UnitPolicy | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SetPoliticalPositionResult")
]


@strawberry.type
class UnitPolicyMutations:
    """Root fields."""

    @strawberry.mutation(description="Record that the unit's policy closes a route for a sort of matter, or opens it.")
    async def set_decision_route(self, info: Info, input: SetDecisionRouteInput) -> SetDecisionRouteResult:
        """Set."""
        service = serve(info, Composing, input.idempotency_key)
        unit = key_of(input.unit_id, "Unit", path="unitId")
        done = await service.set_route(
            unit, input.sort, input.route, input.decision, closed=input.closed, actor=info.context.actor
        )
        return await read_policy(info, done)

    @strawberry.mutation(
        description="Record the party's political position from a day. The council's places follow by the statutes: "
        "`UnitPolicy.councilPreview` shows beforehand who loses and gains one."
    )
    async def set_political_position(self, info: Info, input: SetPoliticalPositionInput) -> SetPoliticalPositionResult:
        """Set."""
        service = serve(info, Composing, input.idempotency_key)
        body = key_of(input.body_id, "Body", path="bodyId")
        done = await service.set_position(
            body, input.position, input.starts_on, input.decision, actor=info.context.actor
        )
        return await read_policy(info, done)
