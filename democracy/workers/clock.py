"""Does what is due. Several processes may run it; if none does, nothing is accepted too late: only tidying waits."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from democracy.storage.notes import CLOCK_RAN, write_time
from democracy.storage.unit_of_work import Database
from democracy.workers.duties import Duty, duties
from democracy.workers.faults import described
from democracy.workers.stop import wait

PAUSE = 10.0
"""Seconds between two rounds."""

log = structlog.get_logger()


class ClockWorker:
    """Carries out the duties in rounds."""

    def __init__(self, database: Database, now: Callable[[], datetime], tasks: Sequence[Duty] | None = None) -> None:
        self._database, self._now = database, now
        self._duties = duties() if tasks is None else tasks

    async def run(self, stop: asyncio.Event) -> None:
        """One round after another until told to stop."""
        while not stop.is_set():
            await self.round()
            await wait(stop, PAUSE)

    async def round(self) -> dict[str, int]:
        """Carry out every duty once; returns how much was done, by duty. One that fails does not stop the others."""
        now, done = self._now(), {}
        for duty in self._duties:
            try:
                done[duty.name] = await duty.carry_out(self._database, now)
            except Exception as fault:  # noqa: BLE001 - told in the log, tried again in the next round
                log.error("duty_failed", worker="clock", step=duty.name, **described(fault))
            else:
                if done[duty.name]:
                    log.info("duty_done", worker="clock", step=duty.name, count=done[duty.name])
        async with self._database.unit(now) as unit:
            await write_time(unit.session, CLOCK_RAN, now)
        return done
