"""A subscription to the turnout of an urn."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.storage import casts
from schema.context import Context, Info
from schema.ids import key_of

PAUSE = 5.0
"""Seconds between two looks. Never at each vote: that would tell when somebody voted."""

UrnId = Annotated[strawberry.ID, strawberry.argument(description="The urn.")]


@strawberry.type(description="How many have voted so far; nothing else is told while an urn is open.")
class Turnout:
    """A figure."""

    voted: int = strawberry.field(description="Slots with a ballot.")


@strawberry.type
class TurnoutSubscriptions:
    """Root fields."""

    @strawberry.subscription(
        description="The turnout (valdeltagandet) of an urn: at once, then whenever it has grown, looked at every few "
        "seconds."
    )
    async def ballot_turnout(self, info: Info, urn_id: UrnId) -> AsyncGenerator[Turnout, None]:
        """Whoever may see the ballot."""
        key = key_of(urn_id, "Urn", path="urnId")
        if await info.context.loaders.ballots.urn.load(key) is None:
            raise NotFoundError("urn", key)
        return _stream(info.context, key)


async def _stream(context: Context, urn_id: UUID) -> AsyncGenerator[Turnout, None]:
    told = -1
    while True:
        async with context.app.database.read() as connection:
            voted = await casts.turnout(connection, urn_id)
        if voted != told:
            told = voted
            yield Turnout(voted=voted)
        await asyncio.sleep(PAUSE)
