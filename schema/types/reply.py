"""The board's reply (motionssvar)."""

from datetime import datetime
from uuid import UUID

import strawberry

from democracy.domain.kinds import Fault
from democracy.storage.reads.members import PROTECTED
from democracy.storage.reads.motion_parts import FaultNoteView, ReplyView, ReservationView
from schema.context import Info
from schema.ids import global_id
from schema.types.node import Node


@strawberry.type(description="A board member's reservation against the reply. The meeting can approve its text.")
class Reservation(Node):
    """A reservation."""

    number: int = strawberry.field(description="Its number among the reservations against this reply.")
    text: str = strawberry.field(description="What the member wants instead, and why.")
    name: str = strawberry.field(description="The member.")
    at: datetime = strawberry.field(description="When it was recorded.")

    @classmethod
    def of(cls, view: ReservationView) -> "Reservation":
        """From what was read."""
        return cls(
            id=global_id("Reservation", view.id),
            number=view.number,
            text=view.text,
            name=PROTECTED if view.protected else f"{view.given_name} {view.family_name}".strip(),
            at=view.at,
        )


@strawberry.type(description="What the board says of a motion: its reasons, and a recommendation on every att-sats.")
class BoardReply(Node):
    """A reply. The recommendations stand at the clauses."""

    key: strawberry.Private[UUID]
    body_id: strawberry.ID = strawberry.field(description="The board.")
    body_name: str = strawberry.field(description="Its name.")
    reasons: str = strawberry.field(description="Why, in Markdown. Approving a recommendation does not adopt these.")
    decision: str = strawberry.field(description="The board's own meeting and paragraph.")
    present: int = strawberry.field(description="Members who took part.")
    adopted_at: datetime = strawberry.field(description="When it was recorded.")
    reservation_until: datetime | None = strawberry.field(description="First moment too late for a reservation.")

    @strawberry.field(description="Reservations against it, in their order.")
    async def reservations(self, info: Info) -> list[Reservation]:
        """With names."""
        return [Reservation.of(view) for view in await info.context.loaders.reservations.load(self.key)]

    @classmethod
    def of(cls, view: ReplyView) -> "BoardReply":
        """From what was read."""
        return cls(
            id=global_id("BoardReply", view.id),
            key=view.id,
            body_id=global_id("Body", view.body_id),
            body_name=view.body_name,
            reasons=view.reasons,
            decision=view.decision,
            present=view.present,
            adopted_at=view.adopted_at,
            reservation_until=view.reservation_until,
        )


@strawberry.type(description="A formal fault that staff or the secretary has noted for the board.")
class FaultNote:
    """A note."""

    fault: Fault = strawberry.field(description="Which fault.")
    note: str = strawberry.field(description="In words.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, view: FaultNoteView) -> "FaultNote":
        """From what was read."""
        return cls(fault=view.fault, note=view.note, at=view.at)
