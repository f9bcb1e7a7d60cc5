"""The register of decisions in the API."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import strawberry

from democracy.domain.kinds import Outcome
from democracy.storage.reads.decision_register import DecisionView
from schema.context import Info
from schema.ids import global_id, maybe_global_id
from schema.types.council_decision import CouncilDecision
from schema.types.governed import Governed
from schema.types.member_ballot import MemberBallot
from schema.types.motion import Motion
from schema.types.node import Node
from schema.types.page import PageInfo
from schema.types.proceedings.matter import Matter

Counter = Callable[[], Awaitable[int]]


@strawberry.type(
    description="A decision in the register (beslutsregistret): one for conferences, councils, boards, written "
    "procedures and ballots, on every level."
)
class RegisteredDecision(Node):
    """An entry."""

    view: strawberry.Private[DecisionView]
    title: str = strawberry.field(description="What it is about.")
    text: str = strawberry.field(description="What was decided, in words.")
    outcome: Outcome | None = strawberry.field(description="The outcome, where it is one of these.")
    ground: str | None = strawberry.field(description="Meeting and paragraph, or how it was decided otherwise.")
    decided_at: datetime = strawberry.field(description="When.")
    in_force_from: datetime | None = strawberry.field(description="From when it is in force; null: not yet.")
    in_force_until: datetime | None = strawberry.field(description="When a later decision replaced it.")
    unit_name: str = strawberry.field(description="The unit.")
    body_id: strawberry.ID = strawberry.field(description="The body that decided.")
    body_name: str = strawberry.field(description="Its name.")
    replaces_id: strawberry.ID | None = strawberry.field(description="The decision that it replaced.")

    @strawberry.field(description="The case it was made in: who carries it out, by when, and what has been reported.")
    async def case(self, info: Info) -> Governed | None:
        """By the case's own loader."""
        loaders, key = info.context.loaders, self.view.case_id
        if self.view.kind == "motion":
            motion = await loaders.motion.load(key)
            return Motion.of(motion) if motion else None
        if self.view.kind == "matter":
            matter = await loaders.deciding.matter.load(key)
            return Matter.of(matter) if matter else None
        if self.view.kind == "member_ballot":
            ballot = await loaders.ballots.ballot.load(key)
            return MemberBallot.of(ballot) if ballot else None
        council = await loaders.council.decision.load(key)
        return CouncilDecision.of(council) if council else None

    @classmethod
    def of(cls, view: DecisionView) -> "RegisteredDecision":
        """From what was read."""
        same = ("title", "text", "outcome", "ground", "decided_at", "in_force_from", "in_force_until", "unit_name",
                "body_name")  # fmt: skip
        return cls(
            id=global_id("RegisteredDecision", view.id),
            view=view,
            body_id=global_id("Body", view.body_id),
            replaces_id=maybe_global_id("RegisteredDecision", view.replaces_id),
            **{name: getattr(view, name) for name in same},
        )


@strawberry.type(description="A decision in a list.")
class RegisteredDecisionEdge:
    """Relay's edge."""

    node: RegisteredDecision = strawberry.field(description="The decision.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of decisions.")
class RegisteredDecisionConnection:
    """Relay's connection."""

    edges: list[RegisteredDecisionEdge] = strawberry.field(description="Decisions with their cursors.")
    nodes: list[RegisteredDecision] = strawberry.field(description="The same decisions without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
