"""Orders of questions and the questions themselves in the API."""

import json
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.question_order import Form, QuestionOrder
from democracy.storage.chains import Chain
from democracy.storage.reads.matters import OrderView, ProposalView, QuestionView
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from schema.types.proceedings.proposal import Proposal, maybe_id
from workflows.proceedings import Choice, QuestionKind
from workflows.question import QUESTION, QuestionState


@strawberry.type(
    description="An order of questions (propositionsordning): what is decided today, the rivals with the main proposal "
    "(huvudförslag), the additions. The chair proposes one, somebody may propose another, the meeting approves."
)
class QuestionOrderProposal:
    """An order."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    by_chair: bool = strawberry.field(description="The chair's; otherwise a rival.")
    main_id: strawberry.ID | None = strawberry.field(description="The main proposal.")
    today_ids: list[strawberry.ID] = strawberry.field(description="Proposals to refer back or defer, put first.")
    rival_ids: list[strawberry.ID] = strawberry.field(description="Proposals that are put against one another.")
    addition_ids: list[strawberry.ID] = strawberry.field(description="Additions, put one by one.")
    form: Form = strawberry.field(description="How rivals meet.")
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    approved_at: datetime | None = strawberry.field(description="When the meeting approved it.")
    dropped_at: datetime | None = strawberry.field(description="When it was given up, or lost against another.")

    @classmethod
    def of(cls, view: OrderView) -> "QuestionOrderProposal":
        """From what was read."""
        order = QuestionOrder.read(view.content)
        return cls(
            id=global_id("QuestionOrder", view.id),
            by_chair=view.by_chair,
            main_id=maybe_id("Proposal", order.main),
            today_ids=[global_id("Proposal", each) for each in order.today],
            rival_ids=[global_id("Proposal", each) for each in order.rivals],
            addition_ids=[global_id("Proposal", each) for each in order.additions],
            form=order.form,
            proposed_at=view.proposed_at,
            approved_at=view.approved_at,
            dropped_at=view.dropped_at,
        )


@strawberry.type(description="One vote of an order of voting (voteringsordning).")
class PlannedVote:
    """A pair."""

    number: int = strawberry.field(description="1 for the vote that is taken first: the innermost pair.")
    yes: str = strawberry.field(description="What ja means: the proposal's label, or `winner of 1`.")
    no: str = strawberry.field(description="What nej means.")


@strawberry.type(
    description='A question put to the meeting: only "ja" answers it. The chair names the outcome found by '
    "acclamation; the gavel falls, unless a division is asked for before it."
)
class Question(Governed):
    """A question."""

    workflow: ClassVar = QUESTION
    view: strawberry.Private[QuestionView]
    matter_id: strawberry.ID = strawberry.field(description="The matter.")
    kind: QuestionKind = strawberry.field(description="What it is about.")
    state: QuestionState = strawberry.field(description="Where it stands.")
    position: int = strawberry.field(
        description="Its place in the approved order, from 1; 0 for which order is followed."
    )
    level: int = strawberry.field(
        description="0 for the question itself; 1, 2 … for the counter-proposals that are named, from the outside in."
    )
    named_id: strawberry.ID | None = strawberry.field(description="The proposal that was found to have won.")
    answer: Choice | None = strawberry.field(description="The same where it has no rivals: YES or NO.")
    named_at: datetime | None = strawberry.field(description="When the chair, or the figures, named it.")
    counted: bool = strawberry.field(description="Whether votes named the outcome.")
    voting_approved_at: datetime | None = strawberry.field(description="When the order of voting was approved.")
    winner_id: strawberry.ID | None = strawberry.field(description="What the gavel decided.")
    gavel_at: datetime | None = strawberry.field(description="When the gavel fell.")
    confirmed_late: bool = strawberry.field(description="The gavel was forgotten, and the outcome confirmed later.")

    @strawberry.field(description="The proposals that meet in it, in the order in which they are put.")
    async def proposals(self, info: Info) -> list[Proposal]:
        """Of the same matter."""
        known = await self._known(info)
        return [Proposal.of(known[each]) for each in self._ids() if each in known]

    @strawberry.field(
        description="The votes of its chain in their order, once the counter-proposals have been named; empty without "
        "a division. The chair reads it out: »1. JA B, NEJ C. 2. JA A, NEJ vinnaren.«"
    )
    async def voting_order(self, info: Info) -> list[PlannedVote]:
        """From the chain."""
        chain = next((each for each in await info.context.loaders.deciding.chains.load(self.view.matter_id)
                      if each.root_id == self.view.id), None)  # fmt: skip
        if chain is None or self.view.state is not QuestionState.DIVIDING or chain.pending.name is not None:
            return []
        known = await self._known(info)
        english = info.context.language == "en"
        return _planned(chain, {view.id.hex: view.label for view in known.values()}, english=english)

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.deciding.question_case.load(self.view.id)

    async def _known(self, info: Info) -> dict[UUID, ProposalView]:
        return {view.id: view for view in await info.context.loaders.deciding.proposals.load(self.view.matter_id)}

    def _ids(self) -> list[UUID]:
        return [UUID(each) for each in json.loads(self.view.proposals)]

    @classmethod
    def of(cls, view: QuestionView) -> "Question":
        """From what was read."""
        return cls(
            id=global_id("Question", view.id),
            view=view,
            matter_id=global_id("Matter", view.matter_id),
            named_id=maybe_id("Proposal", view.named_id),
            winner_id=maybe_id("Proposal", view.winner_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "kind", "state", "position", "level", "answer", "named_at", "counted", "voting_approved_at", "gavel_at",
    "confirmed_late",
)  # fmt: skip


def _planned(chain: Chain, labels: dict[str, str], *, english: bool) -> list[PlannedVote]:
    winner = "winner of {}" if english else "vinnaren i {}"

    def said(side: str | int) -> str:
        return winner.format(side) if isinstance(side, int) else labels.get(side, side)

    pairs = chain.pending.pairs
    planned = [PlannedVote(number=at, yes=said(yes), no=said(no)) for at, (yes, no) in enumerate(pairs, start=1)]
    if chain.pending.votes > len(pairs):
        unchanged = "unchanged" if english else "oförändrat"
        planned.append(PlannedVote(number=len(pairs) + 1, yes=winner.format(len(pairs)), no=unchanged))
    return planned
