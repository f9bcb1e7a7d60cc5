"""A subscription to a meeting."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.services.accounts import SignedIn
from democracy.storage.events import Event, events_of_meeting
from schema.context import Context, Info
from schema.ids import key_of
from schema.refusals import RefusedError
from schema.subscriptions.position import After, position_of
from schema.types.event import TOLD_IN_MEETINGS, MeetingEvent

MeetingId = Annotated[strawberry.ID, strawberry.argument(description="The meeting.")]


@strawberry.type
class MeetingSubscriptions:
    """Root fields."""

    @strawberry.subscription(
        description="What happens in a meeting, as it happens: its own steps and those of its items, proposals, "
        "questions, votes and speeches. First those after `after`, then those that come, each once and in order. An "
        "event names nobody and holds no text: ask for what you show. Over WebSocket (`graphql-transport-ws`) or "
        "server-sent events."
    )
    async def meeting_events(
        self, info: Info, meeting_id: MeetingId, after: After = None
    ) -> AsyncGenerator[MeetingEvent, None]:
        """Everything is read before the stream begins, so that a fault in it is an answer."""
        context = info.context
        if context.signed_in is None:
            raise RefusedError("UNAUTHENTICATED")
        key, position = key_of(meeting_id, "Meeting", path="meetingId"), position_of(after)
        if not await context.app.audience.hears(key, context.signed_in.session_id):
            raise NotFoundError("meeting", key)
        return _stream(context, context.signed_in, key, position)


async def _stream(
    context: Context, who: SignedIn, meeting_id: UUID, after: int | None
) -> AsyncGenerator[MeetingEvent, None]:
    def wanted(event: Event) -> bool:
        return event.workflow in TOLD_IN_MEETINGS and event.is_of(meeting_id)

    async def visible(some: Sequence[Event]) -> Sequence[Event]:
        return some if await context.app.audience.hears(meeting_id, who.session_id) else ()

    missed = partial(events_of_meeting, context.app.database, meeting_id)
    source = context.app.events.subscribe(after, wanted=wanted, visible=visible, missed=missed)
    async with aclosing(source) as events:
        async for event in events:
            yield MeetingEvent.of(event, context.language)
