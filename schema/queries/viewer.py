"""Who is signed in, and fetching anything again by its id."""

import asyncio

import strawberry

from democracy.domain.actors import Member, Staff
from democracy.errors import FieldError, InvalidInputError
from democracy.storage.paging import MOST
from democracy.storage.reads import people
from schema.context import Info
from schema.ids import global_id, parsed
from schema.types.meeting import Meeting
from schema.types.motion import Motion
from schema.types.node import Node


@strawberry.type(description="Whoever is signed in.")
class Viewer:
    """The reader themselves."""

    id: strawberry.ID = strawberry.field(description="Their own id.")
    name: str = strawberry.field(description="Their name.")
    member_number: str | None = strawberry.field(description="Medlemsnummer; null for staff.")


@strawberry.type
class ViewerQueries:
    """Root fields."""

    @strawberry.field(description="Who is signed in; null when nobody is.")
    async def viewer(self, info: Info) -> Viewer | None:
        """One statement."""
        actor = info.context.actor
        if not isinstance(actor, Member | Staff):
            return None
        async with info.context.app.database.read() as connection:
            found = await people.named(connection, actor)
        if found is None:
            return None
        kind = "Member" if isinstance(actor, Member) else "Staff"
        return Viewer(id=global_id(kind, actor.id), name=found.name, member_number=found.number)

    @strawberry.field(description="Any object by its id; null if there is none, or it is not yours to see.")
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        """By its kind's loader."""
        return await _node(info, id)

    @strawberry.field(description="Objects by their ids, in the same order; null for each not found. At most 100.")
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        """One statement for each kind."""
        if len(ids) > MOST:
            raise InvalidInputError(FieldError("ids", "too_many", {"most": MOST}))
        return list(await asyncio.gather(*(_node(info, each) for each in ids)))


async def _node(info: Info, given: str) -> Node | None:
    found = parsed(given)
    if found is None:
        return None
    kind, key = found
    if kind == "Motion":
        motion = await info.context.loaders.motion.load(key)
        return Motion.of(motion) if motion else None
    if kind == "Meeting":
        meeting = await info.context.loaders.meeting.load(key)
        return Meeting.of(meeting) if meeting else None
    return None
