"""Events reach every listener: those missed, then those that come, each once and in order."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import partial

import pytest

from democracy.domain.ids import new_id
from democracy.storage import events as stored
from democracy.storage.events import Event, newest_position
from democracy.storage.unit_of_work import Database
from democracy.workers import events, sequencer
from democracy.workers.events import Events
from tests.ledgers import NOW, record
from tests.waiting import until


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@asynccontextmanager
async def running(database: Database) -> AsyncIterator[Events]:
    """Sequencer and events beside each other, as in a server."""
    hub, stop = Events(database), asyncio.Event()
    tasks = [asyncio.create_task(hub.run(stop)), asyncio.create_task(sequencer.run(database, stop))]
    try:
        yield hub
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def _reached(database: Database, position: int) -> bool:
    return await newest_position(database) == position


async def _take(source: AsyncGenerator[Event, None], count: int) -> list[int]:
    async with asyncio.timeout(30), aclosing(source):
        return [(await anext(source)).position for _ in range(count)]


async def test_an_event_says_what_happened_to_which_case(database: Database) -> None:
    case = new_id()
    async with running(database) as hub:
        await record(database, case_id=case)
        async with asyncio.timeout(30), aclosing(hub.subscribe(0)) as source:
            event = await anext(source)
    assert event == Event(1, "motion", case, "submit", "DRAFT", "SUBMITTED", NOW, None)


async def test_a_listener_gets_what_it_missed_and_then_what_comes(database: Database) -> None:
    await record(database, 5)
    await sequencer.drain(database)
    async with running(database) as hub:
        listening = asyncio.create_task(_take(hub.subscribe(2), 6))
        await record(database, 3)
        assert await listening == [3, 4, 5, 6, 7, 8]


async def test_who_names_no_position_hears_only_what_comes(database: Database) -> None:
    await record(database, 2)
    await sequencer.drain(database)
    async with running(database) as hub:
        source = hub.subscribe()
        first = asyncio.create_task(_take(source, 1))
        await until(lambda: hub.listeners == 1)
        await record(database)
        assert await first == [3]


async def test_a_live_event_does_not_wait_for_the_safety_net(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "POLL", 4.0)
    async with running(database) as hub:
        first = asyncio.create_task(_take(hub.subscribe(0), 1))
        await until(lambda: hub.listeners == 1)
        began = asyncio.get_running_loop().time()
        await record(database)
        assert await first == [1]
        assert asyncio.get_running_loop().time() - began < 3


async def test_listeners_that_come_and_go_while_much_happens_miss_nothing_and_hear_nothing_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BATCH", 3)
    monkeypatch.setattr(events, "ROOM", 5)
    monkeypatch.setattr(sequencer, "PAUSE", 0.001)
    total = 60

    async def listener(delay: float) -> list[int]:
        await asyncio.sleep(delay)
        return await _take(hub.subscribe(0), total)

    async with running(database) as hub:
        listening = [asyncio.create_task(listener(n / 50)) for n in range(10)]
        await asyncio.gather(*(record(database, total // 3) for _ in range(3)))
        for heard in await asyncio.gather(*listening):
            assert heard == list(range(1, total + 1))


async def test_a_slow_listener_falls_back_to_the_table_and_loses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "ROOM", 4)
    heard = []
    async with running(database) as hub, asyncio.timeout(20), aclosing(hub.subscribe(0)) as source:
        await record(database)
        heard.append((await anext(source)).position)
        for total in (7, 13, 19):
            await record(database, 6)
            await until(partial(_reached, database, total))
            await asyncio.sleep(0.2)  # and handed out
            heard += [(await anext(source)).position for _ in range(2)]
        heard += [(await anext(source)).position for _ in range(12)]
    assert heard == list(range(1, 20))


async def test_what_is_not_wanted_or_not_visible_is_left_out(database: Database) -> None:
    case = new_id()
    asked: list[int] = []

    async def visible(some: Sequence[Event]) -> Sequence[Event]:
        asked.append(len(some))
        return [event for event in some if event.position != 4]

    async with running(database) as hub:
        await record(database, 2)
        await record(database, 3, case_id=case)
        await until(lambda: _reached(database, 5))
        source = hub.subscribe(0, wanted=lambda event: event.case_id == case, visible=visible)
        async with asyncio.timeout(30), aclosing(source):
            assert [(await anext(source)).position for _ in range(2)] == [3, 5]
            await record(database, 2)
            await record(database, 1, case_id=case)
            assert (await anext(source)).position == 8
    assert asked == [3, 1]


async def test_a_listener_that_leaves_is_forgotten(database: Database) -> None:
    async with running(database) as hub:
        waiting = asyncio.create_task(_take(hub.subscribe(), 1))
        await until(lambda: hub.listeners == 1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert hub.listeners == 0


async def test_a_tail_that_is_started_again_goes_on_where_it_was(database: Database) -> None:
    hub = Events(database)
    async with asyncio.timeout(20), aclosing(hub.subscribe(0)) as source:
        for expected in (1, 2):
            stop = asyncio.Event()
            task = asyncio.create_task(hub.run(stop))
            await record(database)
            await sequencer.drain(database)
            assert (await anext(source)).position == expected
            stop.set()
            await task


async def test_a_process_hears_what_another_process_has_done(database: Database, database_url: str) -> None:
    other = Database(database_url)
    async with running(database) as hub:
        await record(other)
        assert await _take(hub.subscribe(0), 1) == [1]
    assert await newest_position(other) == 1
    await other.close()


async def test_what_happens_while_the_first_listener_arrives_is_handed_out_from_where_it_listens(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, stop = Events(database), asyncio.Event()
    asked, answered = asyncio.Event(), asyncio.Event()

    async def newest(_: Database) -> int:
        """The hub asks first and is answered last, after three more events; the listener is told of none."""
        if asked.is_set():
            return 0
        asked.set()
        await answered.wait()
        return 3

    monkeypatch.setattr(events, "newest_position", newest)
    tailing = asyncio.create_task(hub.run(stop))
    await asked.wait()
    heard = asyncio.create_task(_take(hub.subscribe(0), 3))
    await until(lambda: hub.listeners == 1)
    await record(database, 3)
    await sequencer.drain(database)
    answered.set()
    assert await heard == [1, 2, 3]
    stop.set()
    await tailing
