"""The ledger's order: no gap, no double, whoever leads."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from democracy.domain.actors import Clock
from democracy.domain.chain import Head
from democracy.domain.ids import new_id
from democracy.storage.chain import lag, newest, sequence
from democracy.storage.tables.step import UnchainedRow
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests.ledgers import NOW, chained, record, submission, tree_of
from tests.waiting import until


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def _waiting(database: Database) -> int:
    async with database.read() as reader:
        return (await reader.execute(select(func.count()).select_from(UnchainedRow))).scalar_one()


async def _cut_leaders(database: Database) -> None:
    async with database.read() as reader:
        await reader.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))


async def _placed(database: Database) -> bool:
    return bool(await chained(database))


async def test_steps_get_their_places_in_the_order_in_which_they_were_written(database: Database) -> None:
    await record(database, 5)
    assert await sequencer.drain(database) == 5
    rows = await chained(database)
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert [json.loads(row[3])["outcome"]["number"] for row in rows] == [0, 1, 2, 3, 4]
    assert await _waiting(database) == 0


@pytest.mark.parametrize("batch", [1, 3, 500])
async def test_the_tree_over_the_steps_is_the_same_however_they_came_in(
    database: Database, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(sequencer, "BATCH", batch)
    await record(database, 11)
    await sequencer.drain(database)
    tree = await tree_of(database)
    assert [row[1] for row in await chained(database)] == [tree.root_at(size) for size in range(1, 12)]
    async with database.read() as reader:
        assert (await newest(reader)) == Head(11, tree.root)


async def test_a_later_step_of_a_case_comes_later_even_if_its_request_was_read_earlier(database: Database) -> None:
    case = new_id()
    for late in (timedelta(seconds=1), timedelta()):
        async with database.unit(NOW + late) as unit:
            unit.record(submission(NOW + late), case, by=Clock())
    await sequencer.drain(database)
    times = [json.loads(row[3])["now"] for row in await chained(database)]
    assert times == sorted(times, reverse=True)


async def test_what_is_rolled_back_gets_no_place(database: Database) -> None:
    async with database.unit(NOW) as unit:
        unit.record(submission(), new_id(), by=Clock())
        await unit.write_steps()
        await unit.session.rollback()
    await record(database)
    assert await sequencer.drain(database) == 1


async def test_more_steps_than_a_batch_holds_are_all_placed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 3)
    await record(database, 10)
    assert await sequencer.drain(database) == 10


async def test_parallel_writers_and_three_sequencers_leave_no_gap_and_no_double(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer, "PAUSE", 0.005)
    monkeypatch.setattr(sequencer, "FOLLOWING", 0.01)
    databases = [Database(database_url, pool_size=4) for _ in range(3)]
    stop = asyncio.Event()
    sequencers = [asyncio.create_task(sequencer.run(each, stop)) for each in databases]
    await asyncio.gather(*(record(databases[n % 3], 12) for n in range(8)))
    stop.set()
    await asyncio.gather(*sequencers)
    rows = await chained(databases[0])
    assert [row[0] for row in rows] == list(range(1, 97))
    assert len({row[2] for row in rows}) == 96
    await asyncio.gather(*(each.close() for each in databases))


async def test_a_running_sequencer_places_a_step_without_being_asked(database: Database) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(sequencer.run(database, stop))
    await record(database)
    await until(lambda: _placed(database))
    stop.set()
    await task


async def test_only_one_leads_and_its_death_hands_over(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with sequence(database) as second:
        async with sequence(database) as first:
            assert await first.lead()
            assert not await second.lead()
            assert await first.lead()
        assert await second.lead()
    await database.close()


async def test_a_leader_whose_connection_is_cut_cannot_write_any_more(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with sequence(database) as heir:
        async with sequence(database) as leader:
            assert await leader.lead()
            await _cut_leaders(database)
            await record(database)
            with pytest.raises(DBAPIError):
                await leader.place(10)
            await until(heir.lead)
            assert not await leader.lead()
        assert await heir.place(10) == 1
    await database.close()


async def test_a_step_that_waits_again_after_it_got_its_place_stops_nobody(database: Database) -> None:
    await record(database)
    await sequencer.drain(database)
    again = "INSERT INTO unchained (step_id) SELECT step_id FROM chain"
    async with database.unit(NOW) as unit:
        await unit.session.execute(text(again))
    await record(database)
    assert await sequencer.drain(database) == 1


async def test_the_lag_tells_how_many_wait_and_since_when(database: Database) -> None:
    await record(database, 2)
    async with database.read() as reader:
        assert await lag(reader) == (2, NOW)
    await sequencer.drain(database)
    async with database.read() as reader:
        assert await lag(reader) == (0, None)
