"""Somebody reported as a delegate (ombud) or substitute (ersättare) in the API."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.actors import Clock, Member, Operator
from democracy.domain.kinds import Channel
from democracy.storage.reads.delegates import DelegateView
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from schema.types.page import PageInfo
from workflows.delegate import DELEGATE, DelegateState
from workflows.engine import Role
from workflows.statutes import Participant

_DOOR = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY, Role.STAFF})


@strawberry.type(
    description="A delegate (ombud) or substitute (ersättare) whom a unit has reported to one meeting. Seen by "
    "those who "
    "take part in the meeting or prepare it; a protected identity stands in no list."
)
class Delegate(Governed):
    """A reported place."""

    workflow: ClassVar = DELEGATE
    view: strawberry.Private[DelegateView]
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    unit_id: strawberry.ID = strawberry.field(description="The unit that elected them.")
    unit_name: str = strawberry.field(description="Its name.")
    member_id: strawberry.ID = strawberry.field(description="Who it is.")
    name: str = strawberry.field(description="Their name.")
    participant: Participant = strawberry.field(description="DELEGATE (ombud) or SUBSTITUTE (ersättare).")
    position: int = strawberry.field(description="Order on the unit's list: that in which substitutes step in.")
    state: DelegateState = strawberry.field(description="Where it stands.")
    present: bool = strawberry.field(description="Checked in now.")
    late: bool = strawberry.field(description="Reported after the deadline (efteranmäld).")
    decision: str = strawberry.field(description="The decision that elected: meeting and paragraph.")
    decided_on: date | None = strawberry.field(description="Its day.")
    channel: Channel = strawberry.field(description="How the report came in.")
    received_at: datetime = strawberry.field(description="When it came in: what the deadline looks at.")
    recorded_at: datetime = strawberry.field(description="When it was entered.")
    weight: int = strawberry.field(description="Votes of the place; 1 unless the statutes allow more.")
    proxies: int = strawberry.field(
        description="Proxies (fullmakter) that they carry; 0 unless the statutes allow any."
    )
    replaces_id: strawberry.ID | None = strawberry.field(description="The place whose holder they stand instead of.")

    @strawberry.field(
        description="Code for checking in at the door. Yours is yours; whoever keeps the door sees the others' too, to "
        "print them. Null for everybody else."
    )
    async def check_in_code(self, info: Info) -> str | None:
        """A credential of its owner's."""
        actor = info.context.actor
        own = isinstance(actor, Member) and actor.id == self.view.member_id
        case = await info.context.loaders.roll.delegate_case.load(self.view.id)
        keeps_door = isinstance(actor, Clock | Operator) or (case is not None and bool(case.roles & _DOOR))
        return self.view.check_in_code if own or keeps_door else None

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.roll.delegate_case.load(self.view.id)

    @classmethod
    def of(cls, view: DelegateView) -> "Delegate":
        """From what was read."""
        return cls(
            id=global_id("Delegate", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            unit_id=global_id("Unit", view.unit_id),
            member_id=global_id("Member", view.member_id),
            replaces_id=global_id("Delegate", view.replaces_id) if view.replaces_id else None,
            **{name: getattr(view, name) for name in _SAME},
        )


_WHOLE_REPORT = frozenset({"report", "announce", "enter", "replace"})
_SAME = (
    "unit_name", "name", "participant", "position", "state", "present", "late", "decision", "decided_on", "channel",
    "received_at", "recorded_at", "weight", "proxies",
)  # fmt: skip


@strawberry.type(description="A delegate in a list.")
class DelegateEdge:
    """Relay's edge."""

    node: Delegate = strawberry.field(description="The delegate.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of delegates.")
class DelegateConnection:
    """Relay's connection."""

    edges: list[DelegateEdge] = strawberry.field(description="Delegates with their cursors.")
    nodes: list[Delegate] = strawberry.field(description="The same without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
