"""An election of persons (personval) in the API."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.storage.reads.election_parts import CandidacyView
from democracy.storage.reads.elections import ElectionView
from schema.context import Context, Info
from schema.ids import global_id, maybe_global_id
from schema.reading import reading_of
from schema.types.election_parts import (
    Candidacy,
    CandidatePledge,
    ElectionReferral,
    ElectionRound,
    NominationWork,
    Representation,
)
from schema.types.governed import Governed, Standing
from schema.types.page import PageInfo
from schema.types.post import RoleTemplate
from workflows.candidacy import CandidacyState
from workflows.election import ELECTION, ElectionState
from workflows.engine import Role

_COUNTING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.TELLER})
_STAND = frozenset({CandidacyState.ACCEPTED, CandidacyState.ELECTED, CandidacyState.SUBSTITUTE,
                    CandidacyState.NOT_ELECTED, CandidacyState.GAVE_UP})  # fmt: skip


@strawberry.type(description="A lot (lottning) that the count waits for.")
class LotNeeded:
    """Between whom."""

    label: str = strawberry.field(description="Which tie it settles.")
    candidacy_ids: list[strawberry.ID] = strawberry.field(description="Those with equal votes.")


@strawberry.type(
    description="An election of persons (personval), §§22-23: a post, or several of the same kind. A secret vote is "
    "taken on papers; nobody is ever shown how somebody voted."
)
class Election(Governed):
    """An election."""

    workflow: ClassVar = ELECTION
    view: strawberry.Private[ElectionView]
    state: ElectionState = strawberry.field(description="Where it stands.")
    title: str = strawberry.field(description="What is elected.")
    role: MandateRole = strawberry.field(description="What those elected will be in the body.")
    seats: int = strawberry.field(description="How many are elected.")
    substitutes: int = strawberry.field(description="How many substitutes (ersättare).")
    starts_on: date | None = strawberry.field(description="First day of the term; null: by the statutes.")
    ends_on: date | None = strawberry.field(description="Last day of the term (mandattid).")
    expectations: str = strawberry.field(description="Markdown: what is expected of whoever is elected.")
    eligibility: str = strawberry.field(description="Who can be elected.")
    in_order: bool = strawberry.field(description="Substitutes step in in their order.")
    must_be_filled: bool = strawberry.field(description="The post must always be filled; a vacancy is reported.")
    nominations_close_at: datetime | None = strawberry.field(description="First moment too late for a nomination.")
    numbers_decided_at: datetime | None = strawberry.field(description="When the meeting decided numbers and term.")
    names_out_at: datetime | None = strawberry.field(description="When the names, and any proposal, were published.")
    exception: str | None = strawberry.field(description="Why the rule of equal representation is set aside.")
    declared_at: datetime | None = strawberry.field(description="When it was declared who is elected.")
    seated_at: datetime | None = strawberry.field(description="When the mandates followed.")
    reason: str | None = strawberry.field(description="Why it was cancelled.")
    version: int = strawberry.field(description="Grows with every change.")
    meeting_id: strawberry.ID = strawberry.field(description="The meeting that elects.")
    body_id: strawberry.ID = strawberry.field(description="The body that those elected will sit in.")
    body_name: str = strawberry.field(description="That body's name.")
    committee_id: strawberry.ID | None = strawberry.field(description="The nomination committee (valberedningen).")
    fills_id: strawberry.ID | None = strawberry.field(
        description="By-election (fyllnadsval): the election whose places it fills."
    )

    @strawberry.field(
        description="Those who have been nominated, as far as you may see: elected, then as proposed, then as asked.",
        metadata={"list_size": 20},
    )
    async def candidacies(self, info: Info) -> list[Candidacy]:
        """By the loader."""
        return [Candidacy.of(view) for view in await info.context.loaders.elections.standing.load(self.view.id)]

    @strawberry.field(description="Its ballots.", metadata={"list_size": 2})
    async def rounds(self, info: Info) -> list[ElectionRound]:
        """By the loader."""
        case = await info.context.loaders.elections.case.load(self.view.id)
        counts = case is not None and bool(case.roles & _COUNTING)
        told = self.view.round - 1 if self.state is ElectionState.COUNTING else self.view.round
        found = await info.context.loaders.elections.rounds.load(self.view.id)
        return [ElectionRound.of(each, shown=counts or each.number <= told) for each in found]

    @strawberry.field(description="How it came from one meeting to another.", metadata={"list_size": 2})
    async def referrals(self, info: Info) -> list[ElectionReferral]:
        """By the loader."""
        found = await info.context.loaders.elections.referrals.load(self.view.id)
        return [ElectionReferral.of(each) for each in found]

    @strawberry.field(description="The lot that the count waits for; for those who count and preside.")
    async def lot_needed(self, info: Info) -> LotNeeded | None:
        """From the count."""
        case = await info.context.loaders.elections.case.load(self.view.id)
        pending = json.loads(self.view.protocol or "{}").get("pending") or {}
        if case is None or not case.roles & _COUNTING or pending.get("kind") != "lot":
            return None
        between = [global_id("Candidacy", UUID(name)) for name in pending["between"]]
        return LotNeeded(label=pending["label"], candidacy_ids=between)

    @strawberry.field(
        description="The protocol of the count as canonical JSON, once it is declared: rule, figures, lots, outcome. "
        "Candidates stand in it by the hexadecimal key of their candidacy."
    )
    def protocol(self) -> str | None:
        """Only when declared."""
        return self.view.protocol if self.view.declared_at is not None else None

    @strawberry.field(description="The nomination committee's work; null for whoever is not in it.")
    async def committee_work(self, info: Info) -> NominationWork | None:
        """By the loader."""
        view = await info.context.loaders.elections.work.load(self.view.id)
        return NominationWork(view=view, state=view.state) if view else None

    @strawberry.field(description="How the genders are represented among those who stand.")
    async def representation_of_candidates(self, info: Info) -> Representation | None:
        """Before the election; null until the names are out."""
        return await self._represented(info, lambda view: view.state in _STAND)

    @strawberry.field(description="The same in the nomination committee's proposal for the seats.")
    async def representation_of_proposal(self, info: Info) -> Representation | None:
        """What the committee proposes; null until the names are out."""
        return await self._represented(info, lambda view: (view.proposed or self.seats + 1) <= self.seats)

    @strawberry.field(description="The same among those who were elected.")
    async def representation_of_elected(self, info: Info) -> Representation | None:
        """Afterwards."""
        if self.view.declared_at is None:
            return None
        return await self._represented(info, lambda view: view.state is CandidacyState.ELECTED)

    @strawberry.field(description="The candidate pledge that a candidate signs now; null where there is none.")
    async def pledge(self, info: Info) -> CandidatePledge | None:
        """By the loader."""
        view = await info.context.loaders.elections.pledge.load(self.view.unit_id)
        return CandidatePledge.of(view) if view else None

    @strawberry.field(description="The role template (uppdragsmall) that was read when it was prepared.")
    async def role_template(self, info: Info) -> RoleTemplate | None:
        """By the loader."""
        key = self.view.template_id
        view = await info.context.loaders.posts.template.load(key) if key else None
        return RoleTemplate.of(view) if view else None

    @strawberry.field(description="Places that nobody fills today, once the mandates have begun.")
    async def vacant_seats(self, info: Info) -> int:
        """From the case."""
        case = await info.context.loaders.elections.case.load(self.view.id)
        return case.facts.vacant if case else 0

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.elections.case.load(self.view.id)

    async def _represented(self, info: Info, among: Callable[[CandidacyView], bool]) -> Representation | None:
        if self.view.names_out_at is None:
            return None
        found = await info.context.loaders.elections.standing.load(self.view.id)
        reading = await reading_of(info.context, self.view.statutes_digest)
        rule = reading.rules.parameters.elections.gender if reading.rules else None
        smallest = info.context.app.settings.smallest_group
        return Representation.of((view.gender for view in found if among(view)), rule, smallest)

    @classmethod
    def of(cls, view: ElectionView) -> "Election":
        """From what was read."""
        return cls(
            id=global_id("Election", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            body_id=global_id("Body", view.body_id),
            committee_id=maybe_global_id("Body", view.committee_id),
            fills_id=maybe_global_id("Election", view.fills_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "state", "title", "role", "seats", "substitutes", "starts_on", "ends_on", "expectations", "eligibility", "in_order",
    "must_be_filled", "nominations_close_at", "numbers_decided_at", "names_out_at", "exception", "declared_at",
    "seated_at", "reason", "version", "body_name",
)  # fmt: skip

Counter = Callable[[], Awaitable[int]]


@strawberry.type(description="An election in a list.")
class ElectionEdge:
    """Relay's edge."""

    node: Election = strawberry.field(description="The election.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of elections.")
class ElectionConnection:
    """Relay's connection."""

    edges: list[ElectionEdge] = strawberry.field(description="Elections with their cursors.")
    nodes: list[Election] = strawberry.field(description="The same elections without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
