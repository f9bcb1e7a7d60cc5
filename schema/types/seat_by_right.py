"""Seats by right (självskrivna platser) in the API."""

from datetime import date

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.storage.reads.seats_by_right import SeatByRightView
from schema.ids import global_id
from schema.types.node import Node
from workflows.seat_by_right import SeatByRightState


@strawberry.type(
    description="A seat by right (självskriven plats) in a nomination committee: whoever holds a certain place in "
    "another body sits there too, with all that the committee sees, for as long as they hold that place."
)
class SeatByRight(Node):
    """A seat."""

    state: SeatByRightState = strawberry.field(description="Whether it is in force.")
    body_id: strawberry.ID = strawberry.field(description="The committee.")
    from_body_id: strawberry.ID = strawberry.field(description="The body whose place gives the seat.")
    from_role: MandateRole = strawberry.field(description="What they are there.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date | None = strawberry.field(description="Last day.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")

    @classmethod
    def of(cls, view: SeatByRightView) -> "SeatByRight":
        """From what was read."""
        same = {name: getattr(view, name) for name in ("state", "from_role", "starts_on", "ends_on", "decision")}
        return cls(
            id=global_id("SeatByRight", view.id),
            body_id=global_id("Body", view.body_id),
            from_body_id=global_id("Body", view.from_body_id),
            **same,
        )
