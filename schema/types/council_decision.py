"""A matter before a council or a board in the API."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.storage.council_case import CouncilCase
from democracy.storage.reads.council import CouncilView
from schema.context import Context, Info
from schema.ids import global_id, maybe_global_id
from schema.reading import reading_of
from schema.types.case import HistoryStep
from schema.types.council_parts import (
    CouncilAccess,
    CouncilAsked,
    CouncilConflict,
    CouncilFigures,
    CouncilOpinion,
    CouncilPaper,
    CouncilReservation,
    OwnCouncilAnswer,
)
from schema.types.governed import Governed, Standing
from schema.types.page import PageInfo
from workflows.council_decision import COUNCIL_DECISION, CouncilDecisionState
from workflows.council_kinds import Confidentiality, CouncilOutcome, Initiative, MatterSort
from workflows.council_readers import UNTOLD, keeps_log
from workflows.engine import Role


@strawberry.type(description="What is laid before a body so that it can decide (beredning). Read like its papers.")
class CouncilReport:
    """A report."""

    text: str = strawberry.field(description="Markdown.")
    alternatives: list[str] = strawberry.field(description="Ways to choose between.")
    costs: str = strawberry.field(description="What they cost.")
    consequences: str = strawberry.field(description="What follows from them.")


@strawberry.type(
    description="A matter before a representantskap or a board: raised, prepared, decided at a meeting or in writing "
    "(per capsulam), carried out, explained. Whoever may not know of it finds nothing of it anywhere."
)
class CouncilDecision(Governed):
    """A matter."""

    workflow: ClassVar = COUNCIL_DECISION
    view: strawberry.Private[CouncilView]
    state: CouncilDecisionState = strawberry.field(description="Where it stands.")
    sort: MatterSort = strawberry.field(description="What sort of matter the unit's policy counts it as.")
    title: str = strawberry.field(description="What it is called.")
    summary: str = strawberry.field(description="Markdown: what it is about.")
    initiative: Initiative = strawberry.field(description="Through which channel it was raised.")
    raised_at: datetime = strawberry.field(description="When it was received.")
    created_at: datetime = strawberry.field(description="When it was recorded.")
    principle_by: str | None = strawberry.field(
        description="The decision that declared it important in principle (principiellt viktigt); never inferred."
    )
    principle_reason: str | None = strawberry.field(description="Why.")
    urgent_by: str | None = strawberry.field(description="The decision that declared it urgent.")
    level: Confidentiality | None = strawberry.field(description="Who reads its papers; null until it is set.")
    embargo_until: datetime | None = strawberry.field(
        description="From this moment every member of the unit reads it: by the time of the request, with no worker."
    )
    sounding_question: str | None = strawberry.field(description="What units are asked (remiss).")
    sounding_until: datetime | None = strawberry.field(description="Until when.")
    sounding_summary: str | None = strawberry.field(description="What they answered, summed up.")
    question: str | None = strawberry.field(description="In writing: the question.")
    opened_by: str | None = strawberry.field(description="In writing: the decision to ask in writing.")
    opens_at: datetime | None = strawberry.field(description="In writing: when the window opened.")
    closes_at: datetime | None = strawberry.field(description="In writing: when it closes, by the server's clock.")
    meetings_needed: int | None = strawberry.field(description="So many who ask for a meeting stop it.")
    answers_needed: int | None = strawberry.field(description="So many must answer.")
    minutes: str | None = strawberry.field(description="In writing: the minutes of its own, in Swedish.")
    outcome: CouncilOutcome | None = strawberry.field(description="What was decided.")
    decision_text: str | None = strawberry.field(description="The decision in words.")
    decided_at: datetime | None = strawberry.field(description="When.")
    in_force_from: datetime | None = strawberry.field(description="From when it is in force.")
    report_by: date | None = strawberry.field(description="When it is to be reported back.")
    carried_out: str | None = strawberry.field(description="Markdown: what was done.")
    carried_out_at: datetime | None = strawberry.field(description="When that was reported.")
    rationale: str | None = strawberry.field(description="Markdown: why it was decided so.")
    rationale_at: datetime | None = strawberry.field(description="When that was published.")
    ended_reason: str | None = strawberry.field(description="Why it was withdrawn.")
    version: int = strawberry.field(description="Grows with every change; give it as `expectedVersion` when changing.")
    body_id: strawberry.ID = strawberry.field(description="The body that decides.")
    body_name: str = strawberry.field(description="Its name.")
    item_id: strawberry.ID | None = strawberry.field(description="The item under which a meeting decided.")
    reported_item_id: strawberry.ID | None = strawberry.field(description="The item under which it was reported.")
    bound_body_id: strawberry.ID | None = strawberry.field(
        description="The group that it binds, politically: a councillor's mandate is free."
    )

    @strawberry.field(description="The report; null for whoever may not read the papers.")
    async def report(self, info: Info) -> CouncilReport | None:
        """With the papers."""
        view, case = self.view, await self._case(info.context)
        if view.report is None or case is None or not case.facts.may_read:
            return None
        return CouncilReport(
            text=view.report,
            alternatives=(view.alternatives or "").split("\n"),
            costs=view.costs or "",
            consequences=view.consequences or "",
        )

    @strawberry.field(description="Its papers; none for whoever may not read them.", metadata={"list_size": 3})
    async def papers(self, info: Info) -> list[CouncilPaper]:
        """By the loader."""
        case = await self._case(info.context)
        if case is None or not case.facts.may_read:
            return []
        return [CouncilPaper.of(view) for view in await info.context.loaders.council.papers.load(self.key)]

    @strawberry.field(description="Who opened which paper, the first first: for chair and secretary only.")
    async def access_log(self, info: Info) -> list[CouncilAccess]:
        """By the loader."""
        if not await self._keeps(info.context):
            return []
        return [CouncilAccess.of(view) for view in await info.context.loaders.council.accesses.load(self.key)]

    @strawberry.field(description="The units that are asked for their opinion.", metadata={"list_size": 5})
    async def opinions(self, info: Info) -> list[CouncilOpinion]:
        """By the loader."""
        return [CouncilOpinion.of(view) for view in await info.context.loaders.council.opinions.load(self.key)]

    @strawberry.field(description="Those who are asked in writing: for chair and secretary only, by name.")
    async def asked(self, info: Info) -> list[CouncilAsked]:
        """By the loader."""
        if not await self._keeps(info.context):
            return []
        return [CouncilAsked.of(view) for view in await info.context.loaders.council.asked.load(self.key)]

    @strawberry.field(description="What you have answered; null where you are not asked.")
    async def own_answer(self, info: Info) -> OwnCouncilAnswer | None:
        """The reader's own."""
        own = getattr(info.context.actor, "id", None)
        found = await info.context.loaders.council.asked.load(self.key)
        return next((OwnCouncilAnswer.of(view) for view in found if view.member_id == own), None)

    @strawberry.field(description="The figures; null until the window has closed, and where it was stopped.")
    def figures(self) -> CouncilFigures | None:
        """From the protocol."""
        return None if self.view.protocol is None else CouncilFigures(**json.loads(self.view.protocol))

    @strawberry.field(description="Reservations; none until the decision is made.", metadata={"list_size": 3})
    async def reservations(self, info: Info) -> list[CouncilReservation]:
        """By the loader."""
        if self.view.protocol is None:
            return []
        found = await info.context.loaders.council.asked.load(self.key)
        return [CouncilReservation(name=view.name, text=view.reservation)
                for view in found if view.reservation is not None]  # fmt: skip

    @strawberry.field(description="Those who take no part: for those who hold a place in the body.")
    async def conflicts(self, info: Info) -> list[CouncilConflict]:
        """By the loader."""
        case = await self._case(info.context)
        if case is None or not case.roles & {Role.DELEGATE, Role.PRESIDIUM, Role.SECRETARY}:
            return []
        return [CouncilConflict.of(view) for view in await info.context.loaders.council.conflicts.load(self.key)]

    @strawberry.field(
        description="Every step that was taken, the oldest first. No vote, no answer and no nomination is one of them."
    )
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger, without what would tell who has answered."""
        reading = await reading_of(info.context, self.view.statutes_digest)
        steps = await info.context.loaders.history.load(self.key)
        return [reading.step(view) for view in steps if view.rule not in UNTOLD]

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await self._case(context)

    async def _case(self, context: Context) -> CouncilCase | None:
        return await context.loaders.council.case.load(self.key)

    async def _keeps(self, context: Context) -> bool:
        case = await self._case(context)
        return case is not None and keeps_log(case.roles)

    @classmethod
    def of(cls, view: CouncilView) -> "CouncilDecision":
        """From what was read."""
        return cls(
            id=global_id("CouncilDecision", view.id),
            view=view,
            body_id=global_id("Body", view.body_id),
            item_id=maybe_global_id("AgendaItem", view.item_id),
            reported_item_id=maybe_global_id("AgendaItem", view.reported_item_id),
            bound_body_id=maybe_global_id("Body", view.bound_body_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "state", "sort", "title", "summary", "initiative", "raised_at", "created_at", "principle_by", "principle_reason",
    "urgent_by", "level", "embargo_until", "sounding_question", "sounding_until", "sounding_summary", "question",
    "opened_by", "opens_at", "closes_at", "meetings_needed", "answers_needed", "minutes", "outcome", "decision_text",
    "decided_at", "in_force_from", "report_by", "carried_out", "carried_out_at", "rationale", "rationale_at",
    "ended_reason", "version", "body_name",
)  # fmt: skip
Counter = Callable[[], Awaitable[int]]


@strawberry.type(description="A matter in a list.")
class CouncilDecisionEdge:
    """Relay's edge."""

    node: CouncilDecision = strawberry.field(description="The matter.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of matters.")
class CouncilDecisionConnection:
    """Relay's connection."""

    edges: list[CouncilDecisionEdge] = strawberry.field(description="Matters with their cursors.")
    nodes: list[CouncilDecision] = strawberry.field(description="The same matters without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
