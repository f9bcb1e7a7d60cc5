"""What somebody has had noted beside a decision, in the API."""

from datetime import datetime
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.storage.reads.divisions import StatementView
from schema.context import Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Action, HistoryStep
from schema.types.node import Node
from schema.types.proceedings.division import named
from workflows.proceedings import StatementKind
from workflows.statement import STATEMENT, StatementState

DOCUMENTATION = "/docs/statement"


@strawberry.type(
    description="A reservation, a note (protokollsanteckning) or a special statement (särskilt yttrande) in the "
    "minutes."
)
class Statement(Node):
    """A statement."""

    view: strawberry.Private[StatementView]
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    item_id: strawberry.ID = strawberry.field(description="The item of the agenda.")
    matter_id: strawberry.ID | None = strawberry.field(description="The matter that it is about, if it is about one.")
    kind: StatementKind = strawberry.field(description="What it is.")
    state: StatementState = strawberry.field(description="Whether it stands.")
    name: str | None = strawberry.field(
        description="Whose it is; null for somebody who has been erased; `skyddad identitet` for a protected name."
    )
    proposal_id: strawberry.ID | None = strawberry.field(
        description="The proposal in whose favour somebody reserves themselves."
    )
    text: str | None = strawberry.field(description="In their own words, if they gave any.")
    channel: Channel = strawberry.field(description="How it reached the meeting.")
    received_at: datetime = strawberry.field(description="When it reached the meeting.")
    recorded_at: datetime = strawberry.field(description="When it was entered.")
    withdrawn_at: datetime | None = strawberry.field(description="When it was taken back.")

    @strawberry.field(description="What can be done with it: by you or not, and why not.")
    async def actions(self, info: Info) -> list[Action]:
        """Withdrawing is what can be done with one that has been made."""
        case = await info.context.loaders.divisions.statement_case.load(self.view.id)
        if case is None:
            return []
        reading = await reading_of(info.context, case.statutes)
        options = STATEMENT.options(case.state, case.facts, roles=case.roles, now=info.context.at)
        return [reading.action(STATEMENT.name, option) for option in options if option.name == "withdraw"]

    @strawberry.field(description="Every step that was taken, the oldest first.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        reading = await reading_of(info.context, self.view.statutes_digest)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.view.id)]

    @strawberry.field(description="The page that describes who may have what noted.")
    def documentation(self) -> str:
        """Path on this server."""
        return DOCUMENTATION

    @property
    def key(self) -> UUID:
        """The statement's own id."""
        return self.view.id

    @classmethod
    def of(cls, view: StatementView) -> "Statement":
        """From what was read."""
        return cls(
            id=global_id("Statement", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            item_id=global_id("AgendaItem", view.item_id),
            matter_id=global_id("Matter", view.matter_id) if view.matter_id else None,
            kind=view.kind,
            state=StatementState.WITHDRAWN if view.withdrawn_at else StatementState.RECORDED,
            name=named(view),
            proposal_id=global_id("Proposal", view.proposal_id) if view.proposal_id else None,
            text=view.text,
            channel=view.channel,
            received_at=view.received_at,
            recorded_at=view.recorded_at,
            withdrawn_at=view.withdrawn_at,
        )
