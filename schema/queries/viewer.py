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
from schema.types.mandate import Mandate, Membership
from schema.types.mandate import Member as MemberType
from schema.types.meeting import Meeting
from schema.types.member_ballot import MemberBallot
from schema.types.motion import Motion
from schema.types.node import Node
from schema.types.proceedings.agenda_item import AgendaItem
from schema.types.proceedings.delegate import Delegate
from schema.types.proceedings.division import Division
from schema.types.proceedings.minutes import Minutes
from schema.types.proceedings.presence import Presence
from schema.types.proceedings.roll import Roll
from schema.types.proceedings.speech import Speech
from schema.types.proceedings.statement import Statement
from schema.types.unit import Body, Unit
from schema.types.urn import Urn


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
    if found is None:
        return None
    kind, key = found
    if kind == "Motion":
        motion = await info.context.loaders.motion.load(key)
        return Motion.of(motion) if motion else None
    if kind == "Meeting":
        meeting = await info.context.loaders.meeting.load(key)
        return Meeting.of(meeting) if meeting else None
    if kind == "MemberBallot":
        ballot = await info.context.loaders.ballots.ballot.load(key)
        return MemberBallot.of(ballot) if ballot else None
    if kind == "Urn":
        urn = await info.context.loaders.ballots.urn.load(key)
        return Urn.of(urn) if urn else None
    return await _proceedings_node(info, kind, key) or await _register_node(info, kind, key)


async def _proceedings_node(info: Info, kind: str, key: UUID) -> Node | None:
    if kind == "AgendaItem":
        item = await info.context.loaders.agenda.item.load(key)
        return AgendaItem.of(item) if item else None
    if kind == "Minutes":
        minutes = await info.context.loaders.minutes.minutes.load(key)
        return Minutes.of(minutes) if minutes else None
    if kind == "Division":
        division = await info.context.loaders.divisions.division.load(key)
        return Division.of(division) if division else None
    if kind == "Statement":
        statement = await info.context.loaders.divisions.statement.load(key)
        return Statement.of(statement) if statement else None
    if kind == "Speech":
        speech = await info.context.loaders.floor.speech.load(key)
        return Speech.of(speech, info.context.at) if speech else None
    return await _roll_node(info, kind, key)


async def _roll_node(info: Info, kind: str, key: UUID) -> Node | None:
    loaders = info.context.loaders.roll
    if kind == "Delegate":
        delegate = await loaders.delegate.load(key)
        return Delegate.of(delegate) if delegate else None
    if kind == "Presence":
        presence = await loaders.presence.load(key)
        return Presence.of(presence) if presence else None
    if kind == "Roll":
        roll = await loaders.roll.load(key)
        return Roll.of(roll) if roll else None
    return None


async def _register_node(info: Info, kind: str, key: UUID) -> Node | None:
    register = info.context.loaders.register
    if kind == "Unit":
        unit = await register.unit.load(key)
        return Unit.of(unit) if unit else None
    if kind == "Body":
        body = await register.body.load(key)
        return Body.of(body) if body else None
    if kind == "Mandate":
        mandate = await register.mandate.load(key)
        return Mandate.of(mandate) if mandate else None
    if kind == "Member":
        person = await register.member.load(key)
        return MemberType.of(person) if person else None
    return None
