"""A sub-assembly: some units' delegates decide one point by themselves, within the conference."""

from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.domain.actors import Actor
from democracy.errors import InvalidInputError
from democracy.services.meetings import Meetings
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.items import Items
from democracy.services.proceedings.parts import Part, Parts
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.roll import Rolls
from democracy.storage.reads.record.head import read_head
from democracy.storage.tables.roll import PresenceRow
from tests.conference import conference
from tests.deciding import Hall
from tests.world import World
from workflows.engine import StepDenied
from workflows.proceedings import ItemKind
from workflows.statutes.kinds import Participant


class City(Hall):
    """A conference of which the delegates of one city meet by themselves."""

    @property
    def office(self) -> Actor:
        return self.world.actor("secretary")

    async def plan(self, *branches: int, whole: UUID | None = None, by: Actor | None = None) -> UUID:
        """The meeting divides."""
        units = tuple(self.conference.branches[each] for each in branches)
        part = Part("Stadens delmöte", units, purpose="Stadens program")
        made: UUID = await self.service(Parts).plan(whole or self.world.meeting, part, actor=by or self.chair)
        return made

    async def voters(self, part: UUID) -> dict[UUID, Participant]:
        """Who votes there now, and as what."""
        async with self.world.database.read() as reader:
            here = PresenceRow.meeting_id == part, PresenceRow.voting, PresenceRow.out_at.is_(None)
            rows = await reader.execute(select(PresenceRow.member_id, PresenceRow.participant).where(*here))
            return {row.member_id: row.participant for row in rows}


def codes(refused: pytest.ExceptionInfo[StepDenied]) -> list[str]:
    return [each.code for each in refused.value.denials]


async def test_some_units_decide_a_point_with_a_roll_and_minutes_of_their_own(world: World) -> None:
    city = City(await conference(world))
    part = await city.plan(0, 1)
    await city.service(Meetings).open(part, actor=city.office)
    delegates = {city.conference.ombud[each] for each in (0, 1, 4, 5)}
    assert await city.voters(part) == dict.fromkeys(delegates, Participant.DELEGATE)
    point = await city.service(Agenda).add(part, Item(ItemKind.OTHER, "Stadens program"), reason="x", actor=city.office)
    await city.service(Rolls).adjust(part, actor=city.office)
    await city.service(Items).open(point, actor=city.office)
    with pytest.raises(StepDenied) as refused:
        await city.service(Meetings).close(world.meeting, actor=city.chair)
    assert "parts_left" in codes(refused)
    async with world.database.read() as reader:
        own, whole = await read_head(reader, part), await read_head(reader, world.meeting)
    assert own is not None
    assert whole is not None
    assert (own.part_of, whole.parts) == (whole.name, ("Stadens delmöte",))


async def test_a_substitute_has_the_vote_in_the_part_only_while_the_delegate_is_not_there(world: World) -> None:
    city = City(await conference(world))
    part = await city.plan(0)
    door, leaves = city.service(Presences), city.ombud(4)
    await city.service(Meetings).open(part, actor=city.office)
    await door.check_out(part, Door(), actor=leaves)
    substitute = city.conference.substitutes[0]
    await door.check_in(part, Door(member_id=substitute), actor=city.office)
    assert (await city.voters(part))[substitute] is Participant.SUBSTITUTE
    await door.check_in(part, Door(), actor=leaves)
    assert substitute not in await city.voters(part)
    # At the whole nothing has changed.
    assert city.conference.ombud[4] in await city.voters(world.meeting)


async def test_a_delegate_of_another_unit_has_no_vote_in_it(world: World) -> None:
    city = City(await conference(world))
    part = await city.plan(0)
    await city.service(Meetings).open(part, actor=city.office)
    await city.service(Presences).check_in(part, Door(), actor=city.ombud(1))
    assert city.conference.ombud[1] not in await city.voters(part)


async def test_a_part_has_no_parts_and_needs_units_that_have_sent_somebody(world: World) -> None:
    city = City(await conference(world))
    part = await city.plan(0)
    with pytest.raises(StepDenied) as refused:
        await city.plan(0, whole=part, by=city.office)
    assert codes(refused) == ["part_of_part"]
    with pytest.raises(InvalidInputError):
        await city.plan()
    empty = Part("Tomt", (world.units["stenvika"],))
    nobody: UUID = await city.service(Parts).plan(world.meeting, empty, actor=city.chair)
    with pytest.raises(StepDenied) as refused:
        await city.service(Meetings).open(nobody, actor=city.office)
    assert codes(refused) == ["nobody_sent"]
    await city.service(Meetings).cancel(nobody, "Ingen kom.", actor=city.office)
