"""Whatever a meeting does in whatever order: somebody can always carry it on, until it is closed."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from democracy.errors import DemocracyError
from democracy.services.meetings import Meetings
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.items import Items
from democracy.storage import agenda_items
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterRow
from democracy.storage.unit_of_work import Database
from tests.deciding import at_passage
from tests.services.test_deciding_property import MOVES, OFTEN, Move, Play, announce, carry_on
from tests.world import World
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.meeting import MeetingState
from workflows.proceedings import ItemKind


class MeetingPlay(Play):
    """Moves on the agenda beside those on one matter."""

    async def move(self, name: str) -> None:
        if name not in OF_MEETING:
            await super().move(name)
            return
        try:
            await OF_MEETING[name](self)
        except (StepDenied, DemocracyError):
            return
        self.taken.append(name)
        await self.holds()


LONGEST = 60
"""How many acts a chair may need who wants to get through."""


async def rows(play: Play, *states: ItemState) -> list[AgendaItemRow]:
    """The items in some states, in their order; in any state, where none is named."""
    async with play.hall.world.database.unit(play.hall.now) as unit:
        wanted = [AgendaItemRow.state.in_(states)] if states else []
        return list(await unit.items.rows(play.hall.world.meeting, *wanted))


async def one(play: Play, *states: ItemState) -> UUID:
    found = await rows(play, *states)
    if not found:
        raise DemocracyError
    return play.dice.choice(found).id


async def state(play: Play) -> MeetingState:
    async with play.hall.world.database.unit(play.hall.now) as unit:
        return (await unit.meetings.row(play.hall.world.meeting)).state


async def at_item(play: Play, item_id: UUID) -> None:
    """The play goes on at an item that has been opened, on what is undecided there."""
    async with play.hall.world.database.unit(play.hall.now) as unit:
        matters = await agenda_items.matters(unit.session, item_id)
        left = select(MatterRow.id).where(
            MatterRow.id.in_(matters), MatterRow.state.not_in((MatterState.DECIDED, MatterState.LAPSED))
        )
        undecided = (await unit.session.scalars(left)).all()
    play.hall.item, play.hall.matter = item_id, play.dice.choice(undecided or matters)


async def open_item(play: Play) -> None:
    item = await one(play, ItemState.PLANNED, ItemState.ADJOURNED)
    await play.hall.service(Items).open(item, actor=play.hall.chair)
    await at_item(play, item)


async def adjourn_item(play: Play) -> None:
    await play.hall.service(Items).adjourn(await one(play, ItemState.OPEN), actor=play.hall.chair)


async def close_item(play: Play) -> None:
    await play.hall.service(Items).close(await one(play, ItemState.OPEN), actor=play.hall.chair)


async def reopen_item(play: Play) -> None:
    item = await one(play, ItemState.CLOSED)
    await play.hall.service(Items).reopen(item, "Nya uppgifter.", actor=play.hall.chair)
    await at_item(play, item)


async def add_item(play: Play) -> None:
    item = Item(play.dice.choice((ItemKind.OTHER, ItemKind.REPORT, ItemKind.DISCHARGE)), "Övrigt")
    service = play.hall.service(Agenda)
    await service.add(play.hall.world.meeting, item, reason="Mötet vill det.", actor=play.hall.chair)


async def strike_item(play: Play) -> None:
    item = await one(play, ItemState.PLANNED, ItemState.ADJOURNED)
    await play.hall.service(Agenda).strike(item, "Tiden räcker inte.", actor=play.hall.chair)


async def adjourn(play: Play) -> None:
    await play.hall.service(Meetings).adjourn(play.hall.world.meeting, actor=play.hall.chair)


async def resume(play: Play) -> None:
    await play.hall.service(Meetings).resume(play.hall.world.meeting, actor=play.hall.chair)


async def close(play: Play) -> None:
    await play.hall.service(Meetings).close(play.hall.world.meeting, actor=play.hall.chair)


OF_MEETING: dict[str, Move] = {
    "open_item": open_item, "adjourn_item": adjourn_item, "close_item": close_item, "reopen_item": reopen_item,
    "add_item": add_item, "strike_item": strike_item, "adjourn": adjourn, "resume": resume, "close": close,
}  # fmt: skip


async def next_act(play: Play) -> None:
    """What a chair does who wants to get through."""
    if await state(play) is MeetingState.ADJOURNED:
        await resume(play)
        return
    opened = await rows(play, ItemState.OPEN)
    if opened:
        await through(play, opened[0].id)
    elif await rows(play, ItemState.PLANNED, ItemState.ADJOURNED):
        await open_item(play)
    else:
        await close(play)


async def through(play: Play, item_id: UUID) -> None:
    """Decide what is left under an item, and close it."""
    await at_item(play, item_id)
    if await play.hall.state() in {MatterState.DECIDED, MatterState.LAPSED}:
        going_on = await play.division()
        if going_on is not None:
            await announce(play, going_on.id, 4, 2)
        await close_item(play)
    else:
        await carry_on(play)


async def played(world: World, url: str, seed: int, names: list[str]) -> None:
    database = Database(url, pool_size=2)
    try:
        hall = await at_passage(replace(world, database=database), ombud=6)
        play = MeetingPlay(hall, Random(seed))  # noqa: S311 - which moves are tried is no secret
        for _ in range(2):
            await add_item(play)
        for each in names:
            await play.move(each)
        for _ in range(LONGEST):
            if await state(play) is MeetingState.CLOSED:
                return
            await next_act(play)
        raise AssertionError(f"nobody can close the meeting after {play.taken}")
    finally:
        await database.close()


@given(
    seed=st.integers(0, 2**32),
    names=st.lists(st.sampled_from((*OF_MEETING, *OF_MEETING, *MOVES, *OFTEN)), min_size=6, max_size=24),
)
@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
def test_no_sequence_of_moves_leaves_a_meeting_that_nobody_can_carry_on(
    sqlite_world: tuple[Path, World], tmp_path: Path, seed: int, names: list[str]
) -> None:
    path, world = sqlite_world
    copy = tmp_path / "play.db"
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"play.db{suffix}").unlink(missing_ok=True)
    shutil.copy(path, copy)
    asyncio.run(played(world, f"sqlite:///{copy}", seed, names))
