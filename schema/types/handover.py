"""Handovers (överlämningar) in the API."""

from datetime import datetime

import strawberry

from democracy.domain.kinds import HandoverKind
from democracy.storage.handover_case import HandoverCase
from democracy.storage.reads.handovers import HandoverLineView
from schema.context import Info
from schema.ids import global_id
from schema.types.case import Action, HistoryStep, Reading
from workflows.handover import HANDOVER, HandoverState

_NODES = {HandoverKind.MEETING: "Meeting", HandoverKind.ELECTION: "Election", HandoverKind.ROLE: "Mandate"}


@strawberry.type(description="One thing that is handed over.")
class HandoverLine:
    """A line."""

    id: strawberry.ID = strawberry.field(description="For `tickHandoverLine`.")
    kind: HandoverKind = strawberry.field(description="What it is.")
    text: str = strawberry.field(description="Its name when the list was drawn up, or what was written by hand.")
    case_id: strawberry.ID | None = strawberry.field(description="The thing itself, where `node` knows it.")
    ticked_at: datetime | None = strawberry.field(description="When it was ticked off (avbockad).")

    @classmethod
    def of(cls, view: HandoverLineView) -> "HandoverLine":
        """From what was read."""
        noun = _NODES.get(view.kind)
        case = global_id(noun, view.reference_id) if noun and view.reference_id else None
        return cls(
            id=global_id("HandoverLine", view.id), kind=view.kind, text=view.text, case_id=case,
            ticked_at=view.ticked_at,
        )  # fmt: skip


@strawberry.type(
    description="A handover list (överlämningslista): what whoever leaves a place holds. Seen by them, by whoever "
    "takes the same place, and by those who keep the body."
)
class Handover:
    """A list."""

    case: strawberry.Private[HandoverCase]
    state: HandoverState = strawberry.field(description="Whether something is left.")
    left: int = strawberry.field(description="How many lines have not been ticked.")

    @strawberry.field(description="What is handed over.", metadata={"list_size": 10})
    async def lines(self, info: Info) -> list[HandoverLine]:
        """By the loader."""
        found = await info.context.loaders.posts.handover_lines.load(self.case.id) if self.case.id else []
        return [HandoverLine.of(view) for view in found or ()]

    @strawberry.field(description="Everything that can be done with it: by you or not, and why not.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options."""
        reading = await self._reading(info)
        case = self.case
        options = HANDOVER.options(case.state, case.facts, roles=case.roles, now=info.context.at)
        return [reading.action(HANDOVER.name, option) for option in options]

    @strawberry.field(description="Every step that was taken, the oldest first.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        reading = await self._reading(info)
        found = await info.context.loaders.history.load(self.case.id) if self.case.id else []
        return [reading.step(view) for view in found]

    async def _reading(self, info: Info) -> Reading:
        rules = await info.context.loaders.statutes.load(self.case.unit_id)
        return Reading(info.context.language, info.context.app.zone, rules)

    @classmethod
    def of(cls, case: HandoverCase) -> "Handover":
        """From what was read."""
        return cls(case=case, state=case.state, left=case.facts.left)
