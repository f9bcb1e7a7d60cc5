"""Applications to form a branch, in the API."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.actors import Member
from democracy.domain.kinds import Channel, MandateRole, UnitKind
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.reads import branch_applications
from democracy.storage.reads.branch_applications import BranchApplicationView, ConsultationView, FounderView
from schema.context import Context, Info
from schema.ids import global_id, maybe_global_id
from schema.types.appeal import Ruling
from schema.types.board_case import Attachment, BarredMember, shown
from schema.types.governed import Governed
from schema.types.page import PageInfo
from workflows.branch_application import BRANCH_APPLICATION
from workflows.branch_application_facts import BranchApplicationState, Position


@strawberry.type(description="Somebody who founds (grundare), or has been asked to.")
class Founder:
    """A signature."""

    member_id: strawberry.ID = strawberry.field(description="The member.")
    name: str = strawberry.field(description="Their name.")
    interim_role: MandateRole | None = strawberry.field(description="Place in the interim board (tillfällig styrelse).")
    invited_at: datetime = strawberry.field(description="When they were asked.")
    confirmed_at: datetime | None = strawberry.field(description="When they signed.")
    declined_at: datetime | None = strawberry.field(description="When they said no.")
    left_at: datetime | None = strawberry.field(description="When they took their name off.")
    channel: Channel = strawberry.field(description="How they signed.")
    recorded: bool = strawberry.field(description="Somebody else recorded it for them, such as a paper.")

    @classmethod
    def of(cls, view: FounderView) -> "Founder":
        """From what was read."""
        same = {name: getattr(view, name) for name in FounderView.__slots__ if name not in _OTHER}
        return cls(member_id=global_id("Member", view.member_id), **same)


_OTHER = {"application_id", "member_id"}


@strawberry.type(description="A branch that is heard (remiss).")
class BranchConsultation:
    """What it answered, and what the applicants say to that."""

    unit_id: strawberry.ID = strawberry.field(description="The branch.")
    unit_name: str = strawberry.field(description="Its name.")
    asked_at: datetime = strawberry.field(description="When it was asked.")
    due_at: datetime = strawberry.field(description="First moment at which an answer comes late.")
    position: Position | None = strawberry.field(description="What it thinks.")
    answer: str | None = strawberry.field(description="Its answer (yttrande).")
    decision: str | None = strawberry.field(description="Its own decision: meeting and paragraph.")
    answered_at: datetime | None = strawberry.field(description="When it answered.")
    reply: str | None = strawberry.field(description="What the applicants say of it (bemötande).")
    replied_at: datetime | None = strawberry.field(description="When.")

    @classmethod
    def of(cls, view: ConsultationView) -> "BranchConsultation":
        """From what was read."""
        same = {name: getattr(view, name) for name in ConsultationView.__slots__ if name != "application_id"}
        return cls(**same | {"unit_id": global_id("Unit", view.unit_id)})


@strawberry.type(
    description="An application to form a branch (ansökan om partiförening). While names are gathered it is seen by "
    "its founders; once handed in by the deciding board and by those who are heard; once approved by every member "
    "of the district. Founders' names are seen by them and by the board."
)
class BranchApplication(Governed):
    """Members found a branch."""

    workflow: ClassVar = BRANCH_APPLICATION
    view: strawberry.Private[BranchApplicationView]
    state: BranchApplicationState = strawberry.field(description="Where it stands.")
    version: int = strawberry.field(description="Grows with every change.")
    kind: UnitKind = strawberry.field(description="What kind of branch.")
    name: str = strawberry.field(description="What it is to be called.")
    area: str = strawberry.field(description="The area that it is to cover.")
    reasons: str = strawberry.field(description="Markdown: why.")
    proposed_statutes: str = strawberry.field(description="Markdown: the statutes that they propose.")
    unit_id: strawberry.ID = strawberry.field(description="The district.")
    board_id: strawberry.ID = strawberry.field(description="The board that decides.")
    created_at: datetime = strawberry.field(description="When it was begun.")
    received_at: datetime | None = strawberry.field(description="When it came in.")
    decide_by: datetime | None = strawberry.field(description="First moment at which the decision comes late.")
    answers_due_at: datetime | None = strawberry.field(description="First moment at which an answer comes late.")
    decision: str | None = strawberry.field(description="The board's decision: meeting and paragraph.")
    decision_reasons: str | None = strawberry.field(description="Its reasons.")
    reservations: str | None = strawberry.field(description="Reservations against it.")
    present: int | None = strawberry.field(description="How many took part.")
    votes_for: int | None = strawberry.field(description="Votes for what was decided.")
    votes_against: int | None = strawberry.field(description="Votes against it.")
    decided_at: datetime | None = strawberry.field(description="When.")
    form_by: datetime | None = strawberry.field(
        description="First moment at which the body that the statutes name next may call the founding meeting."
    )
    meeting_at: datetime | None = strawberry.field(description="When the founding meeting (bildandemöte) is held.")
    meeting_place: str | None = strawberry.field(description="Where.")
    called_by_id: strawberry.ID | None = strawberry.field(description="The body that called it.")
    founded_at: datetime | None = strawberry.field(description="From when the branch exists.")
    founding_decision: str | None = strawberry.field(description="The decision that formed it.")
    formed_id: strawberry.ID | None = strawberry.field(description="The branch that was formed.")
    withdrawn_signatures: int = strawberry.field(
        description="How many took their names off and have been removed from the case since."
    )

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> BranchApplicationCase | None:
        """Its case."""
        return await context.loaders.cases.application_case.load(self.view.id)

    @strawberry.field(
        description="The founders, for themselves and for the board; empty for others.", metadata={"list_size": 15}
    )
    async def founders(self, info: Info) -> list[Founder]:
        """By the loader."""
        case = await self.standing(info.context)
        if case is None or not case.sees_founders:
            return []
        return [Founder.of(view) for view in await info.context.loaders.cases.founders.load(self.view.id)]

    @strawberry.field(description="How many have signed.")
    async def founder_count(self, info: Info) -> int:
        """From the case."""
        case = await self.standing(info.context)
        return case.facts.founders if case else 0

    @strawberry.field(description="How many of those count now: their membership is in force.")
    async def counted_founders(self, info: Info) -> int:
        """From the case."""
        case = await self.standing(info.context)
        return case.facts.counted if case else 0

    @strawberry.field(description="How many the statutes want.")
    async def needed_founders(self, info: Info) -> int:
        """From the statutes of the case."""
        case = await self.standing(info.context)
        return case.facts.minimum if case else 0

    @strawberry.field(description="Branches that are heard; for one of them its own alone.", metadata={"list_size": 5})
    async def consultations(self, info: Info) -> list[BranchConsultation]:
        """By the loader."""
        case = await self.standing(info.context)
        found = await info.context.loaders.cases.consultations.load(self.view.id)
        if case is None or not case.sees_answers:
            actor = info.context.actor
            if not isinstance(actor, Member) or not found:
                return []
            async with info.context.app.database.read() as connection:
                led = await branch_applications.own_units(
                    connection, actor.id, [view.unit_id for view in found], info.context.reader.today
                )
            found = [view for view in found if view.unit_id in led]
        return [BranchConsultation.of(view) for view in found]

    @strawberry.field(description="The board's working draft; null for everybody else.")
    async def draft(self, info: Info) -> str | None:
        """The board's own."""
        case = await self.standing(info.context)
        return self.view.draft if case and case.sees_draft else None

    @strawberry.field(description="Those who take no part (jäv).", metadata={"list_size": 5})
    async def barred(self, info: Info) -> list[BarredMember]:
        """By the loader."""
        case = await self.standing(info.context)
        if case is None or not case.sees_founders:
            return []
        return [BarredMember.of(view) for view in await info.context.loaders.cases.conflicts.load(self.view.id)]

    @strawberry.field(description="The refusal as a decision that can be appealed.")
    async def ruling(self, info: Info) -> Ruling | None:
        """By the loader."""
        if self.view.ruling_id is None:
            return None
        view = await info.context.loaders.cases.ruling.load(self.view.ruling_id)
        return Ruling.of(view) if view else None

    @strawberry.field(description="Files in the case.", metadata={"list_size": 10})
    async def attachments(self, info: Info) -> list[Attachment]:
        """By the loader."""
        case = await self.standing(info.context)
        if case is None or not case.sees_founders:
            return []
        found = await info.context.loaders.cases.attachments.load(self.view.id)
        return shown(found, to_board=case.sees_draft)

    @classmethod
    def of(cls, view: BranchApplicationView) -> "BranchApplication":
        """From what was read."""
        return cls(
            id=global_id("BranchApplication", view.id),
            view=view,
            unit_id=global_id("Unit", view.unit_id),
            board_id=global_id("Body", view.body_id),
            called_by_id=maybe_global_id("Body", view.called_by_id),
            formed_id=maybe_global_id("Unit", view.formed_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "state", "version", "kind", "name", "area", "reasons", "proposed_statutes", "created_at", "received_at",
    "decide_by", "answers_due_at", "decision", "decision_reasons", "reservations", "present", "votes_for",
    "votes_against", "decided_at", "form_by", "meeting_at", "meeting_place", "founded_at", "founding_decision",
    "withdrawn_signatures",
)  # fmt: skip

Counter = Callable[[], Awaitable[int]]


@strawberry.type(description="An application in a list.")
class BranchApplicationEdge:
    """Relay's edge."""

    node: BranchApplication = strawberry.field(description="The application.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of applications.")
class BranchApplicationConnection:
    """Relay's connection."""

    edges: list[BranchApplicationEdge] = strawberry.field(description="Applications with their cursors.")
    nodes: list[BranchApplication] = strawberry.field(description="The same without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
