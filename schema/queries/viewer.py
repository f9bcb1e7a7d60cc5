"""Who is signed in, and fetching anything again by its id."""

import asyncio
from uuid import UUID

import strawberry

from democracy.domain.actors import Member, Staff
from democracy.errors import FieldError, InvalidInputError
from democracy.storage.paging import MOST
from democracy.storage.reads import people
from schema.context import Info
from schema.ids import global_id, parsed
from schema.nodes import node_of
from schema.types.mandate import Mandate, Membership
from schema.types.node import Node


@strawberry.type(description="Whoever is signed in.")
class Viewer:
    """The reader themselves."""

    id: strawberry.ID = strawberry.field(description="Their own id.")
    name: str = strawberry.field(description="Their name.")
    member_number: str | None = strawberry.field(description="Medlemsnummer; null for staff.")
    member_key: strawberry.Private[UUID | None] = None

    @strawberry.field(description="The units that you belong to; empty for staff.", metadata={"list_size": 2})
    async def memberships(self, info: Info) -> list[Membership]:
        """From the standing of the day."""
        standing = await info.context.loaders.register.standing.load(self.member_key) if self.member_key else None
        return [Membership.of(each) for each in standing.affiliations] if standing else []

    @strawberry.field(description="The places that you act in today (uppdrag).", metadata={"list_size": 5})
    async def mandates(self, info: Info) -> list[Mandate]:
        """By the loader."""
        if self.member_key is None:
            return []
        return [
            Mandate.of(view) for view in await info.context.loaders.register.member_mandates.load(self.member_key) or ()
        ]


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
        member_key = actor.id if isinstance(actor, Member) else None
        return Viewer(id=global_id(kind, actor.id), name=found.name, member_number=found.number, member_key=member_key)

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
    return None if found is None else await node_of(info.context, *found)
