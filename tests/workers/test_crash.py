"""`kill -9` in the middle: what was acknowledged is there, once, and the ledger is whole."""

import json
import subprocess
import sys
import threading

import pytest

from democracy.services.verify import verify_ledger
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests.ledgers import chained
from tests.waiting import until

ROUNDS = 3
STEPS = 60
"""Acknowledged steps in each round before both processes are killed."""


class Writer:
    """A process that writes, and what it has acknowledged."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.workers.crashing", url], stdout=subprocess.PIPE, text=True
        )
        self.acknowledged: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        # A line cut short by the kill was never acknowledged.
        self.acknowledged += [line.strip() for line in self.process.stdout if line.endswith("\n")]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.mark.long
async def test_processes_killed_while_they_write_lose_and_double_nothing(database_url: str) -> None:
    database = Database(database_url)
    acknowledged: list[str] = []
    for round_ in range(1, ROUNDS + 1):
        writers = [Writer(database_url) for _ in range(2)]

        async def enough(least: int = STEPS * round_) -> bool:
            return len(await chained(database)) >= least

        await until(enough, patience=120)
        for writer in writers:
            writer.kill()
            acknowledged += writer.acknowledged
    await until(lambda: _drained(database), patience=120)
    rows = await chained(database)
    cases = [json.loads(row[3])["case"] for row in rows]
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert len(cases) == len(set(cases))
    assert set(acknowledged) <= set(cases)
    assert len(acknowledged) >= ROUNDS * STEPS // 2
    report = await verify_ledger(database)
    assert (report.first, report.waiting, report.steps) == (None, 0, len(rows))
    await database.close()


async def _drained(database: Database) -> bool:
    """A killed leader's connection takes a moment to be noticed."""
    await sequencer.drain(database)
    return (await verify_ledger(database)).waiting == 0
