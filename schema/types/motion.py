"""A motion (motion) in the API."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

import strawberry

from democracy.domain.kinds import Category, Channel, Fault, SentAs
from democracy.storage.reads.motions import MotionView
from democracy.texts.markdown import to_html
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.case import Deadline
from schema.types.clause import Clause, Correction
from schema.types.governed import Governed, Standing
from schema.types.meeting import Counter, Meeting, deadlines_of
from schema.types.mover import Mover
from schema.types.page import PageInfo
from schema.types.reply import BoardReply, FaultNote
from workflows.motion import MOTION, MotionState


@strawberry.type(
    description="A motion: a proposal from one or more movers (motionärer) to a meeting, decided att-sats by att-sats."
)
class Motion(Governed):
    """A motion with everything that belongs to it."""

    workflow: ClassVar = MOTION
    key: strawberry.Private[UUID]
    meeting_key: strawberry.Private[UUID]
    origin_key: strawberry.Private[UUID | None]
    state: MotionState = strawberry.field(description="Where it stands.")
    category: Category = strawberry.field(description="What it is about.")
    title: str = strawberry.field(description="Rubrik.")
    reasoning: str = strawberry.field(description="Brödtext, in Markdown.")
    version: int = strawberry.field(description="Grows with every change; give it as `expectedVersion` when changing.")
    receipt_number: int | None = strawberry.field(
        description="Given when it comes in, without gaps within the meeting. Null for a draft."
    )
    document_number: str | None = strawberry.field(description="Its place in the papers (handlingarna), such as B18.")
    created_at: datetime = strawberry.field(description="When the draft was begun.")
    channel: Channel = strawberry.field(description="How it came in.")
    received_at: datetime | None = strawberry.field(description="When it came in, by whatever channel.")
    recorded_at: datetime | None = strawberry.field(description="When it was recorded here.")
    completion_due_at: datetime | None = strawberry.field(description="Returned: the first moment too late.")
    completion_note: str | None = strawberry.field(description="Returned: what is missing.")
    fault: Fault | None = strawberry.field(description="Stopped: the formal fault.")
    fault_note: str | None = strawberry.field(description="Stopped: the reason in words.")
    stopped_by: str | None = strawberry.field(description="Stopped: the board's decision.")
    sent_as: SentAs | None = strawberry.field(description="Sent on: how the sending unit stands to it.")

    @strawberry.field(description="The reasoning as sanitised HTML.")
    def reasoning_html(self) -> str:
        """Markdown, rendered."""
        return to_html(self.reasoning)

    @strawberry.field(description="The meeting that it is addressed to.")
    async def meeting(self, info: Info) -> Meeting | None:
        """Null if the meeting is not yours to see."""
        found = await info.context.loaders.meeting.load(self.meeting_key)
        return Meeting.of(found) if found else None

    @strawberry.field(description="Those who stand, or were asked to stand, behind it, in their order.")
    async def movers(self, info: Info) -> list[Mover]:
        """Movers."""
        return [Mover.of(view) for view in await info.context.loaders.movers.load(self.key)]

    @strawberry.field(description="The att-satser: what is decided, one by one.")
    async def clauses(self, info: Info) -> list[Clause]:
        """Clauses in their order."""
        return [Clause.of(view) for view in await info.context.loaders.clauses.load(self.key)]

    @strawberry.field(
        description="The board's reply (motionssvar), when it has adopted one. Until the papers are out it is seen by "
        "those who prepare the meeting and by the auditors only."
    )
    async def reply(self, info: Info) -> BoardReply | None:
        """At most one."""
        case = await info.context.loaders.motion_case.load(self.key)
        if case is None or not case.sees_reply:
            return None
        found = await info.context.loaders.replies.load(self.key)
        return BoardReply.of(found[0]) if found else None

    @strawberry.field(description="Formal faults noted for the board; they stop nothing by themselves.")
    async def fault_notes(self, info: Info) -> list[FaultNote]:
        """For those who prepare it only; empty for others."""
        case = await info.context.loaders.motion_case.load(self.key)
        if case is None or not case.sees_faults:
            return []
        return [FaultNote.of(view) for view in await info.context.loaders.fault_notes.load(self.key)]

    @strawberry.field(description="Clerical errors that were put right (rättelser), with both wordings.")
    async def corrections(self, info: Info) -> list[Correction]:
        """In their order."""
        return [Correction.of(view) for view in await info.context.loaders.corrections.load(self.key)]

    @strawberry.field(description="The motion that was sent on to become this one; null if none, or not yours to see.")
    async def origin(self, info: Info) -> Annotated["Motion", strawberry.lazy("schema.types.motion")] | None:
        """One step up the chain."""
        found = await info.context.loaders.motion.load(self.origin_key) if self.origin_key else None
        return Motion.of(found) if found else None

    @strawberry.field(description="What this motion became where it was sent on.")
    async def sent_on(self, info: Info) -> list[Annotated["Motion", strawberry.lazy("schema.types.motion")]]:
        """One step down the chain."""
        return [Motion.of(view) for view in await info.context.loaders.sent_on.load(self.key)]

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.motion_case.load(self.key)

    async def rules_digest(self, context: Context) -> str | None:
        """By its case: a motion's own row is not enough."""
        case = await self.standing(context)
        return case.statutes if case else None

    @strawberry.field(description="Deadlines that concern it, each with its derivation.")
    async def deadlines(self, info: Info) -> list[Deadline]:
        """Those of its meeting, and its own for completion."""
        meeting = await info.context.loaders.meeting.load(self.meeting_key)
        own = []
        if self.completion_due_at is not None:
            own.append(Deadline(name="completion", at=self.completion_due_at, derivation=self.completion_note or ""))
        return own + (await deadlines_of(meeting, info) if meeting else [])

    @classmethod
    def of(cls, view: MotionView) -> "Motion":
        """From what was read."""
        return cls(
            id=global_id("Motion", view.id),
            key=view.id,
            meeting_key=view.meeting_id,
            origin_key=view.origin_id,
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "state", "category", "title", "reasoning", "version", "receipt_number", "document_number", "created_at", "channel",
    "received_at", "recorded_at", "completion_due_at", "completion_note", "fault", "fault_note", "stopped_by",
    "sent_as",
)  # fmt: skip


@strawberry.type(description="A motion in a list.")
class MotionEdge:
    """Relay's edge."""

    node: Motion = strawberry.field(description="The motion.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of motions.")
class MotionConnection:
    """Relay's connection."""

    edges: list[MotionEdge] = strawberry.field(description="Motions with their cursors.")
    nodes: list[Motion] = strawberry.field(description="The same motions without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
