"""Whether an installation can serve: figures about it, never about people."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from democracy.storage import chain, condition
from democracy.storage.notes import CLOCK_RAN, read_time
from democracy.storage.unit_of_work import Database

Check = dict[str, Any]

LEDGER_PATIENCE = timedelta(minutes=1)
"""A step that has waited so long for its position means that nobody gives them."""
CLOCK_PATIENCE = timedelta(minutes=5)


async def check(database: Database, now: datetime) -> dict[str, Check]:
    """`database`, `migrations`, `ledger` and `clock`, each with `ok`. Where one cannot be asked, `code` says why."""
    return {
        "database": await _asked(_database, database, now),
        "migrations": await _asked(_migrations, database, now),
        "ledger": await _asked(_ledger, database, now),
        "clock": await _asked(_clock, database, now),
    }


async def _asked(ask: Callable[[Database, datetime], Awaitable[Check]], database: Database, now: datetime) -> Check:
    try:
        return await ask(database, now)
    except Exception as fault:  # noqa: BLE001 - a check that fails is an answer too
        return {"ok": False, "code": type(fault).__name__}


async def _database(database: Database, now: datetime) -> Check:
    began = time.perf_counter()
    await condition.answers(database)
    return {"ok": True, "dialect": database.dialect, "ms": round(1000 * (time.perf_counter() - began), 1)}


async def _migrations(database: Database, now: datetime) -> Check:
    found, expected = await condition.revision(database), condition.expected_revision()
    return {"ok": found == expected, "revision": found, "expected": expected}


async def _ledger(database: Database, now: datetime) -> Check:
    async with database.read() as reader:
        waiting, since = await chain.lag(reader)
        position = await chain.length(reader)
    seconds = 0.0 if since is None else max(0.0, (now - since).total_seconds())
    ok = seconds < LEDGER_PATIENCE.total_seconds()
    return {"ok": ok, "position": position, "waiting": waiting, "lag_seconds": round(seconds, 3)}


async def _clock(database: Database, now: datetime) -> Check:
    async with database.read() as reader:
        ran_at = await read_time(reader, CLOCK_RAN)
    if ran_at is None:
        return {"ok": False, "ran_at": None}
    seconds = max(0.0, (now - ran_at).total_seconds())
    return {"ok": seconds < CLOCK_PATIENCE.total_seconds(), "ran_at": ran_at.isoformat(), "seconds_ago": seconds}
