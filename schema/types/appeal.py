"""Decisions that can be appealed, and appeals, in the API."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.actors import Member
from democracy.domain.kinds import Channel
from democracy.storage.appeal_case import AppealCase
from democracy.storage.reads.appeals import AppealView, AppellantView, NoticeView, RulingView
from democracy.storage.ruling_case import RulingCase
from democracy.texts.appeal_information import information
from schema.context import Context, Info
from schema.ids import global_id, maybe_global_id
from schema.reading import reading_of
from schema.types.board_case import Attachment, BarredMember, shown
from schema.types.governed import Governed
from schema.types.page import PageInfo
from workflows.appeal import APPEAL
from workflows.appeal_facts import AppealOutcome, AppealState, DismissalGround, StayState
from workflows.appeal_time import last_moment
from workflows.ruling import RULING, RulingState
from workflows.statutes.parameters.appeals import Decision


@strawberry.type(description="How a decision was told to one whom it concerns (delgivning).")
class RulingNotice:
    """A notice, and until when an appeal is in time."""

    member_id: strawberry.ID | None = strawberry.field(description="The member.")
    unit_id: strawberry.ID | None = strawberry.field(description="Or the unit.")
    name: str = strawberry.field(description="The name.")
    channel: Channel | None = strawberry.field(description="By mail or by letter; null until it was sent.")
    sent_at: datetime | None = strawberry.field(description="When it was sent.")
    received_at: datetime | None = strawberry.field(description="When it came.")
    appeal_until: datetime | None = strawberry.field(
        description="First moment at which an appeal comes late; null where the time has not begun."
    )


@strawberry.type(
    description="A decision that the statutes open to appeal (överklagbart beslut). Seen by those whom it concerns, by "
    "the board that decided and by the one that would try an appeal; by every member below where every member may "
    "appeal."
)
class Ruling(Governed):
    """Such a decision."""

    workflow: ClassVar = RULING
    view: strawberry.Private[RulingView]
    state: RulingState = strawberry.field(description="Where it stands.")
    kind: Decision = strawberry.field(description="What kind of decision.")
    title: str = strawberry.field(description="What it is about.")
    text: str = strawberry.field(description="What was decided. It remains, whatever becomes of it.")
    reasons: str = strawberry.field(description="Why.")
    decision: str = strawberry.field(description="Meeting and paragraph.")
    decided_at: datetime = strawberry.field(description="When.")
    unit_id: strawberry.ID = strawberry.field(description="The unit whose body decided.")
    body_id: strawberry.ID = strawberry.field(description="The body that decided.")
    body_name: str = strawberry.field(description="Its name.")
    appeal_to_id: strawberry.ID | None = strawberry.field(description="The body that tries an appeal.")
    appeal_to_name: str | None = strawberry.field(description="Its name.")
    minutes_verified_on: date | None = strawberry.field(description="When its minutes were verified.")
    set_aside_by: str | None = strawberry.field(description="The decision that set it aside (upphävt av).")
    set_aside_at: datetime | None = strawberry.field(description="When.")

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> RulingCase | None:
        """Its case."""
        return await context.loaders.cases.ruling_case.load(self.view.id)

    @strawberry.field(
        description="Information on appeal (överklagandehänvisning), made from the statutes that applied."
    )
    async def appeal_information(self, info: Info) -> str:
        """In the reader's language."""
        reading = await reading_of(info.context, self.view.statutes_digest)
        order = reading.rules.parameters.appeals.against.get(self.view.kind) if reading.rules else None
        return information(order, self.view.appeal_to_name or "", info.context.language)

    @strawberry.field(description="Your own time: first moment at which your appeal comes late.")
    async def your_appeal_until(self, info: Info) -> datetime | None:
        """Of the reader alone."""
        actor = info.context.actor
        told = await info.context.loaders.cases.notices.load(self.view.id)
        mine = next((view for view in told if isinstance(actor, Member) and view.member_id == actor.id), None)
        return await self._until(info, mine)

    @strawberry.field(
        description="Each whom it concerns; empty for those who have no part in it.", metadata={"list_size": 15}
    )
    async def notices(self, info: Info) -> list[RulingNotice]:
        """By the loader; for somebody whom it concerns, their own alone."""
        case, actor = await self.standing(info.context), info.context.actor
        found = await info.context.loaders.cases.notices.load(self.view.id)
        if case is None or not case.sees_concerned:
            found = [view for view in found if isinstance(actor, Member) and view.member_id == actor.id]
        return [await self._notice(info, view) for view in found]

    async def _notice(self, info: Info, view: NoticeView) -> RulingNotice:
        return RulingNotice(
            member_id=maybe_global_id("Member", view.member_id), unit_id=maybe_global_id("Unit", view.unit_id),
            name=view.name, channel=view.channel, sent_at=view.sent_at, received_at=view.received_at,
            appeal_until=await self._until(info, view),
        )  # fmt: skip

    async def _until(self, info: Info, notice: NoticeView | None) -> datetime | None:
        reading = await reading_of(info.context, self.view.statutes_digest)
        order = reading.rules.parameters.appeals.against.get(self.view.kind) if reading.rules else None
        if order is None:
            return None
        return last_moment(
            order, decided_at=self.view.decided_at, verified_on=self.view.minutes_verified_on,
            received_at=notice.received_at if notice else None, told_until=notice.told_until if notice else None,
            zone=info.context.app.zone,
        )  # fmt: skip

    @classmethod
    def of(cls, view: RulingView) -> "Ruling":
        """From what was read."""
        return cls(
            id=global_id("Ruling", view.id),
            view=view,
            unit_id=global_id("Unit", view.unit_id),
            body_id=global_id("Body", view.body_id),
            appeal_to_id=maybe_global_id("Body", view.appeal_to_id),
            **{name: getattr(view, name) for name in _SAME_RULING},
        )


_SAME_RULING = (
    "state", "kind", "title", "text", "reasons", "decision", "decided_at", "body_name", "appeal_to_name",
    "minutes_verified_on", "set_aside_by", "set_aside_at",
)  # fmt: skip


@strawberry.type(description="Somebody who appeals (klagande).")
class AppellantEntry:
    """In time or late, with a right to or not."""

    member_id: strawberry.ID | None = strawberry.field(description="The member.")
    unit_id: strawberry.ID | None = strawberry.field(description="Or the unit.")
    name: str = strawberry.field(description="The name.")
    received_at: datetime = strawberry.field(description="When the appeal came in.")
    channel: Channel = strawberry.field(description="How.")
    sent_to: str | None = strawberry.field(description="Whom it was sent to, where that was somebody else.")
    appeal_until: datetime | None = strawberry.field(description="First moment at which it would have come late.")
    in_time: bool = strawberry.field(description="It came in time.")
    has_standing: bool = strawberry.field(description="The statutes let them appeal this decision (klagorätt).")
    grounds: str = strawberry.field(description="Why they appeal.")
    left_at: datetime | None = strawberry.field(description="When they took their name off.")

    @classmethod
    def of(cls, view: AppellantView) -> "AppellantEntry":
        """From what was read."""
        return cls(
            member_id=maybe_global_id("Member", view.member_id), unit_id=maybe_global_id("Unit", view.unit_id),
            name=view.name, received_at=view.received_at, channel=view.channel, sent_to=view.sent_to,
            appeal_until=view.last_moment, in_time=view.in_time, has_standing=view.has_standing, grounds=view.grounds,
            left_at=view.left_at,
        )  # fmt: skip


@strawberry.type(
    description="An appeal (överklagande): one case for a decision, whoever appeals. Seen by the appellants, by the "
    "board that decided, and by the one that tries it; without the grounds by whoever decides on a stay."
)
class Appeal(Governed):
    """Such a case."""

    workflow: ClassVar = APPEAL
    view: strawberry.Private[AppealView]
    state: AppealState = strawberry.field(description="Where it stands.")
    version: int = strawberry.field(description="Grows with every change.")
    title: str = strawberry.field(description="What the decision is about.")
    body_id: strawberry.ID = strawberry.field(description="The body that tries it.")
    body_name: str = strawberry.field(description="Its name.")
    lodged_at: datetime = strawberry.field(description="When the first came in.")
    statement_due_at: datetime | None = strawberry.field(description="First moment at which the statement comes late.")
    stated_at: datetime | None = strawberry.field(description="When the statement (yttrande) came.")
    statement_considered: bool | None = strawberry.field(
        description="Of a late one: whether it was taken into account."
    )
    reply_due_at: datetime | None = strawberry.field(description="First moment at which the reply comes late.")
    replied_at: datetime | None = strawberry.field(description="When the appellants answered.")
    stay: StayState = strawberry.field(description="Whether the decision waits meanwhile (inhibition).")
    stay_request: str | None = strawberry.field(description="What was asked.")
    stay_decision: str | None = strawberry.field(description="The decision on that: meeting and paragraph.")
    stay_reasons: str | None = strawberry.field(description="Its reasons.")
    stay_decided_at: datetime | None = strawberry.field(description="When.")
    heard_at: datetime | None = strawberry.field(description="When the sides were heard.")
    outcome: AppealOutcome | None = strawberry.field(description="What was decided.")
    ground: DismissalGround | None = strawberry.field(description="Why it was not tried.")
    decision: str | None = strawberry.field(description="Meeting and paragraph.")
    reasons: str | None = strawberry.field(description="Why.")
    replacement: str | None = strawberry.field(description="What was decided instead.")
    present: int | None = strawberry.field(description="How many took part.")
    votes_for: int | None = strawberry.field(description="Votes for what was decided.")
    votes_against: int | None = strawberry.field(description="Votes against it.")
    decided_at: datetime | None = strawberry.field(description="When.")
    report: str | None = strawberry.field(description="The meeting to which the outcome was reported.")
    reported_at: datetime | None = strawberry.field(description="When.")

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> AppealCase | None:
        """Its case."""
        return await context.loaders.cases.appeal_case.load(self.view.id)

    async def _side(self, info: Info, text: str | None) -> str | None:
        case = await self.standing(info.context)
        return text if case and case.sees_grounds else None

    @strawberry.field(description="The statement of the body that decided; for both sides and those who try it.")
    async def statement(self, info: Info) -> str | None:
        """Of a side."""
        return await self._side(info, self.view.statement)

    @strawberry.field(description="What the appellants say of it.")
    async def reply(self, info: Info) -> str | None:
        """Of a side."""
        return await self._side(info, self.view.reply)

    @strawberry.field(description="What was said when the sides were heard.")
    async def hearing(self, info: Info) -> str | None:
        """Of both."""
        return await self._side(info, self.view.hearing)

    @strawberry.field(description="The decision appealed against.")
    async def ruling(self, info: Info) -> Ruling | None:
        """By the loader."""
        view = await info.context.loaders.cases.ruling.load(self.view.ruling_id)
        return Ruling.of(view) if view else None

    @strawberry.field(
        description="Everybody who appeals; empty for whoever decides on a stay alone.", metadata={"list_size": 15}
    )
    async def appellants(self, info: Info) -> list[AppellantEntry]:
        """By the loader."""
        case = await self.standing(info.context)
        if case is None or not case.sees_grounds:
            return []
        return [AppellantEntry.of(view) for view in await info.context.loaders.cases.appellants.load(self.view.id)]

    @strawberry.field(description="How many appeal.")
    async def appellant_count(self, info: Info) -> int:
        """From the case."""
        case = await self.standing(info.context)
        return case.facts.appellants if case else 0

    @strawberry.field(description="Those who take no part (jäv).", metadata={"list_size": 5})
    async def barred(self, info: Info) -> list[BarredMember]:
        """By the loader."""
        case = await self.standing(info.context)
        if case is None or not case.sees_grounds:
            return []
        return [BarredMember.of(view) for view in await info.context.loaders.cases.conflicts.load(self.view.id)]

    @strawberry.field(description="How many have to take part for the body to decide.")
    async def quorum(self, info: Info) -> int:
        """From the case."""
        case = await self.standing(info.context)
        return case.facts.body_quorum if case else 0

    @strawberry.field(description="Files in the case.", metadata={"list_size": 10})
    async def attachments(self, info: Info) -> list[Attachment]:
        """By the loader."""
        case = await self.standing(info.context)
        if case is None or not case.sees_grounds:
            return []
        found = await info.context.loaders.cases.attachments.load(self.view.id)
        return shown(found, to_board=case.sees_draft)

    @strawberry.field(
        description="That the decision on the appeal is final within the organisation; null where it is not."
    )
    async def finality(self, info: Info) -> str | None:
        """From the statutes that applied."""
        case = await self.standing(info.context)
        return information(None, "", info.context.language) if case and case.order.final else None

    @classmethod
    def of(cls, view: AppealView) -> "Appeal":
        """From what was read."""
        return cls(
            id=global_id("Appeal", view.id),
            view=view,
            body_id=global_id("Body", view.body_id),
            **{name: getattr(view, name) for name in _SAME_APPEAL},
        )


_SAME_APPEAL = (
    "state", "version", "title", "body_name", "lodged_at", "statement_due_at", "stated_at", "statement_considered",
    "reply_due_at", "replied_at", "stay", "stay_request", "stay_decision", "stay_reasons", "stay_decided_at",
    "heard_at", "outcome", "ground", "decision", "reasons", "replacement", "present", "votes_for", "votes_against",
    "decided_at", "report", "reported_at",
)  # fmt: skip

Counter = Callable[[], Awaitable[int]]


@strawberry.type(description="An appeal in a list.")
class AppealEdge:
    """Relay's edge."""

    node: Appeal = strawberry.field(description="The appeal.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of appeals.")
class AppealConnection:
    """Relay's connection."""

    edges: list[AppealEdge] = strawberry.field(description="Appeals with their cursors.")
    nodes: list[Appeal] = strawberry.field(description="The same without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()


@strawberry.type(description="A decision that can be appealed, in a list.")
class RulingEdge:
    """Relay's edge."""

    node: Ruling = strawberry.field(description="The decision.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of decisions that can be appealed.")
class RulingConnection:
    """Relay's connection."""

    edges: list[RulingEdge] = strawberry.field(description="Decisions with their cursors.")
    nodes: list[Ruling] = strawberry.field(description="The same without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
