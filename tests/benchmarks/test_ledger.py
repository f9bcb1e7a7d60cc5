"""What the ledger's order costs those who write, and how fast it is verified."""

import asyncio
import time

import pytest

from democracy.services.verify import verify_ledger
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests.ledgers import record

pytestmark = pytest.mark.bench

WRITERS = 16
STEPS = 60
"""For each writer, in each run."""
ROUNDS = 3
"""Runs of each kind, taken in turn, so that a machine that slows down slows both."""


async def _write(database: Database) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(record(database, STEPS) for _ in range(WRITERS)))
    return WRITERS * STEPS / (time.perf_counter() - began)


async def _write_beside_sequencer(database: Database) -> float:
    stop = asyncio.Event()
    placing = asyncio.create_task(sequencer.run(database, stop))
    try:
        return await _write(database)
    finally:
        stop.set()
        await placing


async def test_steps_a_second_with_and_without_the_sequencer(database_url: str) -> None:
    database = Database(database_url, pool_size=WRITERS)
    await record(database, 20)
    alone, beside = 0.0, 0.0
    for _ in range(ROUNDS):
        alone += await _write(database) / ROUNDS
        await sequencer.drain(database)
        beside += await _write_beside_sequencer(database) / ROUNDS
    began = time.perf_counter()
    report = await verify_ledger(database)
    verified = report.steps / (time.perf_counter() - began)
    print(
        f"\nledger, {database.dialect}: {alone:.0f} steps/s alone, {beside:.0f} beside the sequencer in the same"
        f" process: ratio {beside / alone:.2f}; verified {verified:.0f} steps/s"
    )
    assert report.first is None
    assert beside > 0.5 * alone
    await database.close()
