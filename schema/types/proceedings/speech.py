"""A place on the speakers' list (talarlistan) in the API."""

from datetime import datetime

import strawberry

from democracy.domain.actors import Member
from democracy.domain.kinds import Channel
from democracy.storage.reads.floor import SpeechView
from schema.context import Context, Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Action, HistoryStep, NextStep
from schema.types.node import Node
from workflows.engine import Role
from workflows.proceedings import SpeechKind
from workflows.speech import SPEECH, SpeechState

DOCUMENTATION = "/docs/speech"


@strawberry.type(
    description="A place on the speakers' list (plats på talarlistan), and the speech that comes of it. Gender is no "
    "part of it."
)
class Speech(Node):
    """A place on the list."""

    view: strawberry.Private[SpeechView]
    at: strawberry.Private[datetime]
    kind: SpeechKind = strawberry.field(description="Why the floor was asked for.")
    state: SpeechState = strawberry.field(description="Where it stands.")
    number: int = strawberry.field(description="Order in which requests were written in, within the meeting.")
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    item_id: strawberry.ID = strawberry.field(description="The item of the agenda.")
    member_id: strawberry.ID = strawberry.field(description="Whoever asks.")
    name: str = strawberry.field(description="Their name; `skyddad identitet` where it is protected.")
    unit_name: str | None = strawberry.field(description="The branch that they are sent by, for an ombud.")
    first_time: bool = strawberry.field(description="They have not spoken on this item before.")
    reply_to_id: strawberry.ID | None = strawberry.field(description="For a reply: the speech that it answers.")
    channel: Channel = strawberry.field(description="How it was asked for.")
    requested_at: datetime = strawberry.field(description="When it was asked for.")
    started_at: datetime | None = strawberry.field(description="When the floor was given.")
    ended_at: datetime | None = strawberry.field(description="When it was given back.")
    limit_seconds: int | None = strawberry.field(
        description="Time limit in seconds, once the floor has been given; null for none."
    )

    @strawberry.field(description="When the time limit is reached; null for none, and before the floor is given.")
    def ends_at(self) -> datetime | None:
        """For a client's own clock."""
        return self.view.ends_at

    @strawberry.field(
        description="Seconds left as this was read, below zero when the limit is passed: nobody is cut off by a "
        "machine. Null for none, and unless they have the floor."
    )
    def remaining_seconds(self) -> int | None:
        """As the server's clock has it."""
        ends_at = self.view.ends_at
        if self.view.state is not SpeechState.SPEAKING or ends_at is None:
            return None
        return round((ends_at - self.at).total_seconds())

    @strawberry.field(description="Place in the order that the meeting has decided: 1 is next. Null unless they wait.")
    async def place(self, info: Info) -> int | None:
        """Among those who wait."""
        if self.view.state is not SpeechState.WAITING:
            return None
        listed = await info.context.loaders.floor.on_list.load(self.view.meeting_id)
        waiting = [view.id for view in listed if view.state is SpeechState.WAITING]
        return waiting.index(self.view.id) + 1 if self.view.id in waiting else None

    @strawberry.field(description="Everything that can be done in this state: by you or not, why not, and when.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options."""
        return await actions_of(info.context, self.view)

    @strawberry.field(description="What it waits for; empty when it is over.")
    async def next_steps(self, info: Info) -> list[NextStep]:
        """Who is to act."""
        floor = await info.context.loaders.floor.case.load(self.view.meeting_id)
        if floor is None:
            return []
        reading = await reading_of(info.context, floor.statutes)
        awaiting = SPEECH.next_steps(self.view.state, floor.asks(self.view.kind), now=info.context.at)
        return [reading.next_step(SPEECH.name, each) for each in awaiting]

    @strawberry.field(description="Every step that was taken, the oldest first.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        floor = await info.context.loaders.floor.case.load(self.view.meeting_id)
        reading = await reading_of(info.context, floor.statutes if floor else None)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.view.id)]

    @strawberry.field(description="The page that describes the life of a place on the list.")
    def documentation(self) -> str:
        """Path on this server."""
        return DOCUMENTATION

    @classmethod
    def of(cls, view: SpeechView, at: datetime) -> "Speech":
        """From what was read, at a time."""
        return cls(
            id=global_id("Speech", view.id),
            view=view,
            at=at,
            meeting_id=global_id("Meeting", view.meeting_id),
            item_id=global_id("AgendaItem", view.item_id),
            member_id=global_id("Member", view.member_id),
            reply_to_id=global_id("Speech", view.reply_to_id) if view.reply_to_id else None,
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "kind", "state", "number", "name", "unit_name", "first_time", "channel", "requested_at", "started_at", "ended_at",
    "limit_seconds",
)  # fmt: skip


async def actions_of(context: Context, view: SpeechView) -> list[Action]:
    """What can be done with a place on the list."""
    floor = await context.loaders.floor.case.load(view.meeting_id)
    if floor is None:
        return []
    reading = await reading_of(context, floor.statutes)
    own = isinstance(context.actor, Member) and context.actor.id == view.member_id
    roles = floor.roles | {Role.REQUESTER} if own else floor.roles
    listed = await context.loaders.floor.on_list.load(view.meeting_id)
    facts = floor.judging(view.kind, [each.id for each in listed if each.state is SpeechState.WAITING], view.id)
    options = SPEECH.options(view.state, facts, roles=roles, now=context.at, waived=floor.waived)
    return [reading.action(SPEECH.name, option) for option in options if option.name != "request"]
