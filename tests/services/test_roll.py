"""The roll: those present with a vote, fixed and kept."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from democracy.domain.actors import Member
from democracy.domain.ids import new_id
from democracy.services.proceedings import roll
from democracy.services.proceedings.roll import Rolls
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow
from democracy.storage.tables.roll import PresenceRow
from tests.conference import NOW, Conference, conference
from tests.world import World
from workflows.engine import Role, StepDenied
from workflows.item import ItemState
from workflows.proceedings import ItemKind

DAY = timedelta(days=1)


@pytest.fixture
async def running(world: World) -> Conference:
    return await conference(world)


async def leave(running: Conference, index: int) -> None:
    async with running.world.database.unit(NOW) as unit:
        gone = update(PresenceRow).where(PresenceRow.member_id == running.ombud[index])
        await unit.session.execute(gone.values(out_at=NOW))


async def test_those_present_have_the_rights_that_they_were_checked_in_with(running: Conference) -> None:
    async with running.world.database.unit(NOW) as unit:
        roles = {
            name: (await unit.meetings.case(running.meeting, actor=actor)).roles
            for name, actor in {
                "ombud": running.actor(0),
                "substitute": Member(running.substitutes[0]),
                "board": running.world.actor("board"),
                "secretary": running.meeting_secretary,
            }.items()
        }
    rights = {Role.ATTENDEE, Role.SPEAKER, Role.PROPOSER, Role.VOTER}
    assert roles["ombud"] & rights == rights
    assert roles["substitute"] & rights == set()
    assert roles["board"] & rights == rights - {Role.VOTER}
    assert roles["secretary"] & rights == {Role.ATTENDEE}


async def test_a_roll_holds_those_present_with_a_vote_and_is_kept_when_they_leave(running: Conference) -> None:
    rolls = Rolls(running.world.database, NOW)
    first = await rolls.adjust(running.meeting, actor=running.presidium)
    await leave(running, 2)
    second = await rolls.adjust(running.meeting, actor=running.meeting_secretary)
    async with running.world.database.unit(NOW) as unit:
        before = await roll.voters(unit, first)
        after = await roll.voters(unit, second)
    assert {each.member_id for each in before} == set(running.ombud)
    assert {each.member_id for each in after} == set(running.ombud) - {running.ombud[2]}


async def test_a_counted_vote_uses_the_last_roll_until_somebody_leaves_or_a_day_begins(running: Conference) -> None:
    fixed = await Rolls(running.world.database, NOW).adjust(running.meeting, actor=running.presidium)
    async with running.world.database.unit(NOW) as unit:
        assert await roll.fix_roll(unit, running.meeting, actor=running.presidium) == fixed
    async with running.world.database.unit(NOW + DAY) as unit:
        assert await roll.current_roll(unit, running.meeting) is None
    await leave(running, 0)
    async with running.world.database.unit(NOW) as unit:
        again = await roll.fix_roll(unit, running.meeting, actor=running.presidium)
        assert again != fixed
        assert len(await roll.voters(unit, again)) == len(running.ombud) - 1


async def test_whoever_is_barred_on_an_item_does_not_vote_on_it(running: Conference) -> None:
    fixed = await Rolls(running.world.database, NOW).adjust(running.meeting, actor=running.presidium)
    item, barred = new_id(), running.ombud[1]
    async with running.world.database.unit(NOW) as unit:
        unit.session.add(
            AgendaItemRow(
                id=item, meeting_id=running.meeting, kind=ItemKind.OTHER, state=ItemState.PLANNED, position=1, title="x"
            )
        )
        await unit.session.flush()
        unit.session.add(BarredRow(id=new_id(), item_id=item, member_id=barred, reason="anställd", declared_at=NOW))
        await unit.session.flush()
        on_item = await roll.voters(unit, fixed, item)
        everybody = await roll.voters(unit, fixed)
    assert {each.member_id for each in everybody} - {each.member_id for each in on_item} == {barred}


@pytest.mark.parametrize(("who", "code"), [("board", "not_your_role"), ("presidium", "nobody_votes")])
async def test_a_roll_that_may_not_be_fixed_leaves_nothing(running: Conference, who: str, code: str) -> None:
    for index in range(len(running.ombud)):
        await leave(running, index)
    with pytest.raises(StepDenied) as denied:
        await Rolls(running.world.database, NOW).adjust(running.meeting, actor=running.world.actor(who))
    assert code in {each.code for each in denied.value.denials}
    async with running.world.database.unit(NOW) as unit:
        assert await roll.current_roll(unit, running.meeting) is None
