"""Waiting for something to become true, on machines fast and slow."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE = 20.0
"""Seconds: far more than it takes, so that only what never happens fails."""


async def until(condition: Callable[[], bool] | Callable[[], Awaitable[bool]], patience: float = PATIENCE) -> None:
    """Return as soon as the condition holds; raise TimeoutError if it never does."""
    async with asyncio.timeout(patience):
        while True:
            answer = condition()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.01)
