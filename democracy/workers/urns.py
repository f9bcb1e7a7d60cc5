"""Gives cast ballots their places in the urns' logs, signs how far each has come, and destroys seeds of past votes."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog

from democracy.services.urns.log import BATCH, place_waiting, sign_checkpoint
from democracy.services.urns.seeds import LOG, Seeds
from democracy.storage import urns
from democracy.storage.unit_of_work import Database
from democracy.workers.faults import described
from democracy.workers.stop import wait

PAUSE = 2.0
"""Seconds between two looks: a voter sees their ballot in the log soon, and those who came together go in together."""

log = structlog.get_logger()


async def run(database: Database, seeds: Seeds, now: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Place and sign until told to stop."""
    while not stop.is_set():
        await round_of(database, seeds, now())
        await wait(stop, PAUSE)


async def round_of(database: Database, seeds: Seeds, at: datetime) -> int:
    """One look at every urn whose log key is here; returns how many ballots were placed. A fault stops no other urn."""
    async with database.read() as connection:
        found = await urns.with_log(connection)
        ended = await urns.ended(connection, seeds.of_meetings())
    placed = 0
    for urn_id in found:
        if not seeds.has(urn_id, LOG):
            continue
        try:
            placed += await _place(database, urn_id, at)
            await sign_checkpoint(database, seeds, urn_id, at)
        except Exception as fault:  # noqa: BLE001 - told in the log, tried again in the next round
            log.error("urn_failed", worker="urns", **described(fault))
    for urn_id in ended:
        seeds.forget(urn_id)
    return placed


async def _place(database: Database, urn_id: UUID, at: datetime) -> int:
    placed = 0
    while True:
        async with database.unit(at) as unit:
            urn = await urns.locked(unit.session, urn_id)
            number = await place_waiting(unit, urn) if urn is not None else 0
        placed += number
        if number < BATCH:
            return placed
