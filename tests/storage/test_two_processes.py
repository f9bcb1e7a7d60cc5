"""Several processes write to one SQLite file: each waits for its turn, none loses anything."""

import asyncio
import sqlite3
import subprocess
import sys

from sqlalchemy import event

from democracy.storage.counters import next_number
from democracy.storage.unit_of_work import Database
from tests.serving import ROOT
from tests.world import BEFORE

NUMBERS = 60
PROGRAM = f"""
import asyncio
from sys import argv
from democracy.storage.counters import next_number
from democracy.storage.unit_of_work import Database
from tests.world import BEFORE

async def one(database):
    async with database.unit(BEFORE) as unit:
        return await next_number(unit.session, "series")

async def main():
    database = Database(argv[1])
    print(*await asyncio.gather(*(one(database) for _ in range({NUMBERS}))))
    await database.close()

asyncio.run(main())
"""


def test_two_processes_take_numbers_from_one_series_without_gaps_or_doubles(sqlite_url: str) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, sqlite_url], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    taken = [[int(number) for number in process.communicate(timeout=60)[0].split()] for process in running]
    assert sorted(taken[0] + taken[1]) == list(range(1, 2 * NUMBERS + 1))


async def test_a_unit_waits_for_another_process_longer_than_the_driver_does(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    refusals: list[str] = []
    event.listen(database.writer.sync_engine, "connect", _impatient)
    event.listen(database.writer.sync_engine, "handle_error", lambda at: refusals.append(str(at.original_exception)))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(_take(database))
    while len(refusals) < 3:  # noqa: ASYNC110 - an engine tells nobody who could be waited for
        await asyncio.sleep(0.01)
    assert not waiting.done()
    other.execute("COMMIT")
    assert await waiting == 1
    assert all("locked" in refusal for refusal in refusals)
    other.close()
    await database.close()


def _impatient(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA busy_timeout=1")


async def _take(database: Database) -> int:
    async with database.unit(BEFORE) as unit:
        return await next_number(unit.session, "series")
