"""Somebody's presence at a meeting in the API."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.storage.reads.presences import PresenceView
from schema.context import Context
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from schema.types.page import PageInfo
from workflows.presence import PRESENCE, PresenceState
from workflows.statutes import Participant


@strawberry.type(
    description="That somebody is, or was, at a meeting (närvaro), with the rights that they have there. Seen by "
    "those who "
    "take part in the meeting or prepare it; a protected identity stands in no list."
)
class Presence(Governed):
    """A presence."""

    workflow: ClassVar = PRESENCE
    view: strawberry.Private[PresenceView]
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    member_id: strawberry.ID = strawberry.field(description="Who it is.")
    name: str = strawberry.field(description="Their name.")
    unit_name: str | None = strawberry.field(
        description="The unit that they are sent by; null for whoever is not sent."
    )
    delegate_id: strawberry.ID | None = strawberry.field(description="Their place as a delegate or substitute.")
    participant: Participant = strawberry.field(description="In what capacity they take part.")
    stands_in_for_id: strawberry.ID | None = strawberry.field(
        description="For a substitute: the delegate whose vote it is while that delegate is away."
    )
    stands_in_for: str | None = strawberry.field(description="That delegate's name.")
    speaks: bool = strawberry.field(description="May speak (yttranderätt).")
    proposes: bool = strawberry.field(description="May make proposals (förslagsrätt).")
    speaks_as_mover: bool = strawberry.field(description="May speak on a motion of their own, and on nothing else.")
    voting: bool = strawberry.field(description="Has a vote (rösträtt): counts from the next time the roll is fixed.")
    votes: int = strawberry.field(description="How many, while they have one.")
    remote: bool = strawberry.field(description="Takes part at a distance.")
    in_at: datetime = strawberry.field(description="When they came.")
    out_at: datetime | None = strawberry.field(description="When they left; null while they are there.")

    @strawberry.field(description="Whether they are there.")
    def state(self) -> PresenceState:
        """Until they have left."""
        return PresenceState.AWAY if self.view.out_at else PresenceState.PRESENT

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.roll.presence_case.load(self.view.id)

    @classmethod
    def of(cls, view: PresenceView) -> "Presence":
        """From what was read."""
        return cls(
            id=global_id("Presence", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            member_id=global_id("Member", view.member_id),
            delegate_id=global_id("Delegate", view.delegate_id) if view.delegate_id else None,
            stands_in_for_id=global_id("Delegate", view.stands_in_for_id) if view.stands_in_for_id else None,
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "name", "unit_name", "participant", "stands_in_for", "speaks", "proposes", "speaks_as_mover", "voting", "votes",
    "remote", "in_at", "out_at",
)  # fmt: skip


@strawberry.type(description="Somebody present in a list.")
class PresenceEdge:
    """Relay's edge."""

    node: Presence = strawberry.field(description="The presence.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of those present.")
class PresenceConnection:
    """Relay's connection."""

    edges: list[PresenceEdge] = strawberry.field(description="Presences with their cursors.")
    nodes: list[Presence] = strawberry.field(description="The same without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
