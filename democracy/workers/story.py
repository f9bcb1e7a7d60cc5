"""Keeps how far the demo's story has come, so that it goes on from there when the demo is started again."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from democracy.storage.notes import STORY_AT, read_time, write_time
from democracy.storage.unit_of_work import Database
from democracy.workers.stop import wait

PAUSE = 5.0
"""Seconds of the story that are told again, at most, if the process is killed."""


async def offset(database: Database, real: datetime) -> timedelta:
    """What to add to the machine's clock: nothing where no story has been kept."""
    async with database.read() as connection:
        at = await read_time(connection, STORY_AT)
    return timedelta() if at is None else at - real


async def run(database: Database, now: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Keep the story's time again and again, and once more at the end."""
    while not stop.is_set():
        await wait(stop, PAUSE)
        await _keep(database, now())


async def _keep(database: Database, at: datetime) -> None:
    async with database.unit(at) as unit:
        await write_time(unit.session, STORY_AT, at)
