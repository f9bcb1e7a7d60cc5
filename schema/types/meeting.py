"""A meeting (möte) in the API."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import ClassVar

import strawberry

from democracy.domain.kinds import MeetingKind
from democracy.storage.paging import Asked
from democracy.storage.reads.meetings import MeetingView
from schema.context import Context, Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Deadline
from schema.types.governed import Governed, Standing
from schema.types.page import PageInfo
from schema.types.proceedings.allotment import MeetingAllotment, allotment_of
from schema.types.proceedings.delegate import DelegateConnection
from schema.types.proceedings.delegates import DelegateFilterInput, delegates_of
from schema.types.proceedings.division import Division
from schema.types.proceedings.floor import MeetingFloor, floor_of
from schema.types.proceedings.minutes import Minutes
from schema.types.proceedings.now import MeetingNow, now_of
from schema.types.proceedings.of_meeting import MeetingProceedings
from schema.types.proceedings.roll import MeetingRoll, roll_of
from schema.types.proceedings.viewer_rights import ViewerRights, rights_of_viewer
from schema.types.unit import Unit
from workflows.meeting import MEETING, MeetingState
from workflows.statutes import DeadlineRule, Resolved

Counter = Callable[[], Awaitable[int]]


@strawberry.type(description="A meeting of a body: a congress, a district conference, an annual meeting …")
class Meeting(MeetingProceedings, Governed):
    """A meeting."""

    workflow: ClassVar = MEETING
    view: strawberry.Private[MeetingView]
    kind: MeetingKind = strawberry.field(description="What kind of meeting; the statutes' deadlines follow from it.")
    state: MeetingState = strawberry.field(description="Where it stands.")
    name: str = strawberry.field(description="Its name.")
    place: str | None = strawberry.field(description="Where it is held.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime | None = strawberry.field(description="When it is meant to end.")
    called_at: datetime | None = strawberry.field(description="When the notice (kallelse) went out.")
    papers_sent_at: datetime | None = strawberry.field(
        description="When the papers (handlingar) went out: from then on members read its motions."
    )
    opened_at: datetime | None = strawberry.field(description="When it was opened: from then on motions are its own.")
    adjourned_until: datetime | None = strawberry.field(description="ADJOURNED: until when, if that was said.")
    closed_at: datetime | None = strawberry.field(description="When it was closed.")
    notice_proper: bool | None = strawberry.field(
        description="What it decided on whether it was properly called (behörigt kallat); null before it has."
    )
    agenda_set_at: datetime | None = strawberry.field(description="When it approved its agenda.")
    purpose: str | None = strawberry.field(description="What it is for (syfte), written before it is called.")
    version: int = strawberry.field(description="Grows with every change; give it as `expectedVersion` when changing.")
    unit_id: strawberry.ID = strawberry.field(description="The unit whose meeting it is.")
    unit_name: str = strawberry.field(description="That unit's name.")
    body_id: strawberry.ID = strawberry.field(description="The body that meets.")
    body_name: str = strawberry.field(description="That body's name.")
    board_id: strawberry.ID = strawberry.field(description="The board that prepares it and answers its motions.")

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.meeting_case.load(self.key)

    @strawberry.field(description="The division that is open or waits to be announced; null while nothing is voted on.")
    async def division(self, info: Info) -> Division | None:
        """By the loader."""
        found = await info.context.loaders.divisions.going_on.load(self.key)
        return Division.of(found[0]) if found else None

    @strawberry.field(description="What goes on now; null until the meeting has been opened.")
    async def now(self, info: Info) -> MeetingNow | None:
        """For everybody's screen."""
        return await now_of(info, self.key) if self.view.opened_at else None

    @strawberry.field(description="Who speaks and who waits to (talarlistan); null until the meeting has been opened.")
    async def floor(self, info: Info) -> MeetingFloor | None:
        """The speakers' list."""
        return await floor_of(info, self.key) if self.view.opened_at else None

    @strawberry.field(
        description="The units that it is called for, in Swedish order of their names, where it is not for all below "
        "its own: a conference of one city's branches, say. Empty: it is for all.",
        metadata={"list_size": 20},
    )
    async def called_units(self, info: Info) -> list[Unit]:
        """By the loader."""
        return [Unit.of(view) for view in await info.context.loaders.register.called_for.load(self.key) or ()]

    @strawberry.field(
        description="Its parts (delmöten): some units' delegates, with an agenda, a roll and minutes of their own.",
        metadata={"list_size": 5},
    )
    async def parts(self, info: Info) -> list["Meeting"]:
        """By the loader."""
        return [Meeting.of(view) for view in await info.context.loaders.meeting_parts.load(self.key) or ()]

    @strawberry.field(description="The meeting of which it is a part (delmöte); null for most.")
    async def part_of(self, info: Info) -> "Meeting | None":
        """By the loader."""
        whole = self.view.part_of_id
        view = await info.context.loaders.meeting.load(whole) if whole else None
        return Meeting.of(view) if view else None

    @strawberry.field(
        description="How to take part at a distance (länk, telefonnummer); null for others than those who may attend."
    )
    async def remote_access(self, info: Info) -> str | None:
        """By the rights matrix."""
        if self.view.remote_access is None:
            return None
        rights = await rights_of_viewer(info, self.key)
        return self.view.remote_access if rights and rights.attend else None

    @strawberry.field(description="What you may do at it now; null for whoever is no member.")
    async def viewer_rights(self, info: Info) -> ViewerRights | None:
        """The reader's own."""
        return await rights_of_viewer(info, self.key)

    @strawberry.field(description="Who is there and votes now (röstlängden), and the rolls that were fixed.")
    async def roll(self, info: Info) -> MeetingRoll:
        """Figures; names to those who take part."""
        return await roll_of(info, self.key)

    @strawberry.field(
        description="Delegates (ombud) and substitutes (ersättare), unit by unit, each in their order. For those who "
        "take part in the meeting or prepare it."
    )
    async def delegates(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: DelegateFilterInput | None = None,
    ) -> DelegateConnection:
        """A page."""
        return await delegates_of(info, self.key, filter, Asked(first, after, last, before))

    @strawberry.field(description="How its seats are shared out (ombudsfördelning).")
    async def allotment(self, info: Info) -> MeetingAllotment:
        """Figures, no names."""
        return await allotment_of(info, self.key, self.view.statutes_digest)

    @strawberry.field(description="Its deadlines, each with how it follows from the statutes.")
    async def deadlines(self, info: Info) -> list[Deadline]:
        """`notice`, `motions` (motionsstopp), `amendments`, `replies` and `nominations`."""
        return await deadlines_of(self.view, info)

    @strawberry.field(
        description="Its minutes (protokoll); null before it has opened, and for whoever may not see them yet."
    )
    async def minutes(self, info: Info) -> Minutes | None:
        """By the loader."""
        view = await info.context.loaders.minutes.of_meeting.load(self.key)
        return Minutes.of(view) if view else None

    @classmethod
    def of(cls, view: MeetingView) -> "Meeting":
        """From what was read."""
        return cls(
            id=global_id("Meeting", view.id),
            key=view.id,
            view=view,
            unit_id=global_id("Unit", view.unit_id),
            body_id=global_id("Body", view.body_id),
            board_id=global_id("Body", view.board_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "kind", "state", "name", "place", "starts_at", "ends_at", "called_at", "papers_sent_at", "opened_at", "closed_at",
    "version", "unit_name", "body_name", "adjourned_until", "notice_proper", "agenda_set_at", "purpose",
)  # fmt: skip


async def deadlines_of(view: MeetingView, info: Info) -> list[Deadline]:
    """A meeting's deadlines with their derivation."""
    reading = await reading_of(info.context, view.statutes_digest)
    rules = reading.rules
    if rules is None:
        return []
    stored = {
        "notice": view.notice_due_at,
        "motions": view.motions_close_at,
        "amendments": view.amendments_close_at,
        "replies": view.replies_due_at,
        "nominations": view.nominations_close_at,
    }
    found = []
    for name, at in stored.items():
        rule = _tables(rules)[name].get(view.kind)
        if at is not None and rule is not None:
            words = rule.derive(view.starts_at, info.context.app.zone).words(info.context.language)
            found.append(Deadline(name=name, at=at, derivation=words))
    return found


def _tables(rules: Resolved) -> dict[str, Mapping[MeetingKind, DeadlineRule]]:
    motions = rules.parameters.motions
    return {
        "notice": rules.parameters.meetings.notice,
        "motions": motions.deadline,
        "amendments": motions.amendments,
        "replies": motions.replies,
        "nominations": rules.parameters.elections.nominations,
    }


@strawberry.type(description="A meeting in a list.")
class MeetingEdge:
    """Relay's edge."""

    node: Meeting = strawberry.field(description="The meeting.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of meetings.")
class MeetingConnection:
    """Relay's connection."""

    edges: list[MeetingEdge] = strawberry.field(description="Meetings with their cursors.")
    nodes: list[Meeting] = strawberry.field(description="The same meetings without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
