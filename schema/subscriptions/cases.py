"""Subscriptions to cases."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Annotated

import strawberry

from democracy.domain.actors import Actor, Anonymous
from democracy.errors import FieldError, InvalidInputError
from democracy.storage.events import Event
from democracy.storage.reads import events
from democracy.storage.reads.reader import Reader
from schema.context import Context, Info
from schema.credentials import session_token
from schema.ids import key_of
from schema.refusals import RefusedError
from schema.subscriptions.position import After, position_of
from schema.types.event import KINDS, CaseEvent

MOST_CASES = 100

CaseIds = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="Only these motions and meetings, at most 100. Without it, all that you may see."),
]


@strawberry.type
class CaseSubscriptions:
    """Root fields."""

    @strawberry.subscription(
        description="Steps of the cases that you may see, as they are taken: first those after `after`, then those "
        "that come, each once and in order. Over WebSocket (`graphql-transport-ws`) or server-sent events."
    )
    async def case_events(
        self, info: Info, after: After = None, case_ids: CaseIds = None
    ) -> AsyncGenerator[CaseEvent, None]:
        """Everything is read before the stream begins, so that a fault in it is an answer."""
        if isinstance(info.context.actor, Anonymous):
            raise RefusedError("UNAUTHENTICATED")
        return _stream(info.context, position_of(after), _cases(case_ids))


async def _stream(
    context: Context, after: int | None, cases: frozenset[object] | None
) -> AsyncGenerator[CaseEvent, None]:
    def wanted(event: Event) -> bool:
        return event.workflow in events.WORKFLOWS and (cases is None or event.case_id in cases)

    async def visible(some: Sequence[Event]) -> Sequence[Event]:
        reader = Reader(await _actor(context), context.app.now(), context.app.zone)
        async with context.app.database.read() as connection:
            return await events.visible(connection, reader, some)

    async with aclosing(context.app.events.subscribe(after, wanted=wanted, visible=visible)) as source:
        async for event in source:
            yield CaseEvent.of(event, context.language)


async def _actor(context: Context) -> Actor:
    """Who listens now: a stream outlives the session that opened it, but hears nothing more after its end."""
    token = session_token(context.connection)
    who = await context.app.accounts(context.app.now()).resolve(token) if token else None
    return who.actor if who else Anonymous()


def _cases(ids: list[strawberry.ID] | None) -> frozenset[object] | None:
    if ids is None:
        return None
    if len(ids) > MOST_CASES:
        raise InvalidInputError(FieldError("caseIds", "too_many", {"most": MOST_CASES}))
    return frozenset(key_of(each, *KINDS.values(), path="caseIds") for each in ids)
