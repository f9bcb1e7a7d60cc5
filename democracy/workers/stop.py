"""How a worker is told to stop: between two pieces of work, never in the middle of one."""

import asyncio
from contextlib import suppress


async def wait(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until told to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
