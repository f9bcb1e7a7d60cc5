"""Gives committed steps their place in the ledger. Several processes may run it; one leads."""

import asyncio

from democracy.storage.chain import Sequence, sequence
from democracy.storage.unit_of_work import Database
from democracy.workers.stop import wait

BATCH = 500
"""Steps in one transaction: some ten milliseconds of SQLite's only write lock."""
PAUSE = 0.1
"""Seconds between two looks. Each transaction costs a write to disk, so few large batches beat many small ones."""
FOLLOWING = 1.0
"""Seconds between two tries to become the leader."""


async def run(database: Database, stop: asyncio.Event) -> None:
    """Place what waits until told to stop; then place the rest and let another lead."""
    async with sequence(database) as places:
        while not stop.is_set():
            if not await places.lead():
                await wait(stop, FOLLOWING)
            elif await places.place(BATCH) < BATCH:
                await wait(stop, PAUSE)
        await _empty(places)


async def drain(database: Database) -> int:
    """Place everything that waits now, unless another leads; returns how many steps were placed."""
    async with sequence(database) as places:
        return await _empty(places)


async def _empty(places: Sequence) -> int:
    placed = 0
    if await places.lead():
        while batch := await places.place(BATCH):
            placed += batch
    return placed
