"""Runs workers beside the server, in one process: what fails is started again, what is stopped stops cleanly."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

import structlog

from democracy.workers.faults import described
from democracy.workers.stop import wait

Worker: TypeAlias = Callable[[asyncio.Event], Awaitable[None]]
"""Works until the event is set, then finishes what it has in hand and returns."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds before a failed worker is started again: each failure doubles the wait, up to this."""
STEADY = 60.0
"""Seconds of work after which earlier failures are forgotten."""
PATIENCE = 15.0
"""Seconds for a worker to finish what it has in hand."""

log = structlog.get_logger()


class Runner:
    """The workers of one process. Make it, `start()` it, `stop()` it."""

    def __init__(self, workers: Mapping[str, Worker]) -> None:
        self._workers = workers
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start every worker as a task of the running loop."""
        self._tasks = [
            asyncio.create_task(self._keep_running(name, worker), name=name) for name, worker in self._workers.items()
        ]

    async def stop(self) -> None:
        """Tell every worker to stop and wait for it; one that does not stop in time is cancelled."""
        self._stop.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=PATIENCE)
        for task in late:
            log.warning("worker_cancelled", worker=task.get_name())
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _keep_running(self, name: str, worker: Worker) -> None:
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        while not self._stop.is_set():
            began = loop.time()
            try:
                await worker(self._stop)
            except Exception as fault:  # noqa: BLE001 - told in the log; whatever it was, the worker goes on
                log.error("worker_failed", worker=name, **described(fault))
            else:
                return
            pause = FIRST_PAUSE if loop.time() - began > STEADY else pause
            await wait(self._stop, pause * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret
            pause = min(2 * pause, LONGEST_PAUSE)
