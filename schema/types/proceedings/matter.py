"""What a meeting decides, in the API."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.kinds import Outcome
from democracy.storage.reads.matters import MatterDecisionView, MatterView
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from schema.types.meeting import Meeting
from schema.types.proceedings.proposal import Proposal, maybe_id
from schema.types.proceedings.question import Question, QuestionOrderProposal
from workflows.matter import MATTER, MatterState
from workflows.proceedings import MatterKind
from workflows.question import QuestionState


@strawberry.type(description="What the meeting decided on a matter. A later decision replaces it; nothing is deleted.")
class MatterDecision:
    """A decision."""

    outcome: Outcome = strawberry.field(description="What was decided.")
    proposal_id: strawberry.ID | None = strawberry.field(
        description="The proposal that was carried; with REJECT it may be the one that the meeting said no to."
    )
    wording: str | None = strawberry.field(description="The text that was adopted, where it is another than proposed.")
    unanimous: bool = strawberry.field(description="Enhälligt: only because the chair said so.")
    in_block: bool = strawberry.field(description="Decided with others in a block (klumpbeslut).")
    by_minority: bool = strawberry.field(description="Referred back by the right of the few.")
    decided_at: datetime = strawberry.field(description="When the gavel fell.")
    replaced_at: datetime | None = strawberry.field(description="When the meeting took the matter up again.")
    replaced_reason: str | None = strawberry.field(description="Why.")

    @classmethod
    def of(cls, view: MatterDecisionView) -> "MatterDecision":
        """From what was read."""
        same = {name: getattr(view, name) for name in MatterDecisionView.__slots__[3:]}
        return cls(outcome=view.outcome, proposal_id=maybe_id("Proposal", view.proposal_id), **same)


@strawberry.type(
    description="A point that a meeting decides (ärende): an att-sats of a motion, a passage of a document, one of the "
    "meeting's own forms, or anything else. Debate, order of questions, question by question, gavel."
)
class Matter(Governed):
    """A matter."""

    workflow: ClassVar = MATTER
    view: strawberry.Private[MatterView]
    item_id: strawberry.ID = strawberry.field(description="The item of the agenda.")
    item_number: int | None = strawberry.field(description="Its §.")
    kind: MatterKind = strawberry.field(description="What it is about.")
    state: MatterState = strawberry.field(description="Where it stands.")
    position: int = strawberry.field(description="Its place within the item.")
    title: str = strawberry.field(description="What it is called.")
    clause_id: strawberry.ID | None = strawberry.field(description="The att-sats that it is about.")
    passage_id: strawberry.ID | None = strawberry.field(
        description="The paragraph of a document that it is about (`DocumentParagraph.id`)."
    )
    majority: str = strawberry.field(
        description="What the statutes call the majority that it needs: `ordinary`, `statutes`, `programme` …"
    )
    opened_at: datetime = strawberry.field(description="When the meeting took it up.")
    decided_at: datetime | None = strawberry.field(description="When it was decided.")
    version: int = strawberry.field(description="Grows with every change.")

    @strawberry.field(description="The meeting.")
    async def meeting(self, info: Info) -> Meeting | None:
        """Null if it is not yours to see."""
        found = await info.context.loaders.meeting.load(self.view.meeting_id)
        return Meeting.of(found) if found else None

    @strawberry.field(description="Everything that has been proposed, in the order in which it was made.")
    async def proposals(self, info: Info) -> list[Proposal]:
        """By the loader."""
        return [Proposal.of(view) for view in await info.context.loaders.deciding.proposals.load(self.view.id)]

    @strawberry.field(description="Every order of questions that was proposed, the oldest first.")
    async def orders(self, info: Info) -> list[QuestionOrderProposal]:
        """By the loader."""
        found = await info.context.loaders.deciding.orders.load(self.view.id)
        return [QuestionOrderProposal.of(view) for view in found]

    @strawberry.field(description="The questions of the order that stands, as they are put.")
    async def questions(self, info: Info) -> list[Question]:
        """By the loader."""
        return [Question.of(view) for view in await info.context.loaders.deciding.questions.load(self.view.id)]

    @strawberry.field(description="The question that is being put or voted on; null between questions.")
    async def current_question(self, info: Info) -> Question | None:
        """The deepest one."""
        found = await info.context.loaders.deciding.questions.load(self.view.id)
        asked = [view for view in found if view.state in (QuestionState.PUT, QuestionState.NAMED)]
        divided = [view for view in found if view.state is QuestionState.DIVIDING and view.level == 0]
        current = asked[-1:] or divided[:1]
        return Question.of(current[0]) if current else None

    @strawberry.field(description="What was decided, the oldest first; replaced ones too.")
    async def decisions(self, info: Info) -> list[MatterDecision]:
        """By the loader."""
        return [MatterDecision.of(view) for view in await info.context.loaders.deciding.decisions.load(self.view.id)]

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.deciding.matter_case.load(self.view.id)

    @classmethod
    def of(cls, view: MatterView) -> "Matter":
        """From what was read."""
        return cls(
            id=global_id("Matter", view.id),
            view=view,
            item_id=global_id("AgendaItem", view.item_id),
            clause_id=maybe_id("Clause", view.clause_id),
            passage_id=maybe_id("DocumentParagraph", view.passage_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "item_number", "kind", "state", "position", "title", "majority", "opened_at", "decided_at", "version",
)  # fmt: skip
