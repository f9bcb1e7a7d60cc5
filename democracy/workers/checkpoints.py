"""Signs how far the ledger has come, again and again as long as it grows."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from democracy.ballotbox.log_key import ForkError
from democracy.services.ledger.signing import NotOursError
from democracy.workers.faults import described
from democracy.workers.stop import wait

PAUSE = 10.0
"""Seconds between two looks. Whoever asks for a proof of a new step has it signed after so long."""

log = structlog.get_logger()


async def run(sign: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Sign until told to stop, and once more then. A machine without the key looks on."""
    silent = False
    while True:
        last = stop.is_set()
        try:
            await sign()
            silent = False
        except (NotOursError, ForkError) as fault:
            if not silent:
                log.error("ledger_not_signed", worker="checkpoints", **described(fault))
            silent = True
        if last:
            return
        await wait(stop, PAUSE)
