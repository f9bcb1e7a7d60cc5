"""What is kept for a time only, and goes when its time has passed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, exists, select, tuple_

from democracy.storage.tables.account import IdempotencyRow, PasswordLinkRow, SessionRow, ThrottleRow
from democracy.storage.tables.base import Table
from democracy.storage.unit_of_work import Database, retrying

BATCH = 500
"""Rows in one transaction: nobody waits long for it."""
KEYS_KEPT = timedelta(days=7)
"""How long a repeated request is recognised by its idempotency key."""
ATTEMPTS_KEPT = timedelta(days=2)
"""Longer than any throttle remembers."""


async def remove_idempotency_keys(database: Database, now: datetime) -> int:
    """Keys older than seven days."""
    return await _remove(database, now, IdempotencyRow, IdempotencyRow.at < now - KEYS_KEPT)


async def remove_sessions(database: Database, now: datetime) -> int:
    """Sessions that have run out."""
    return await _remove(database, now, SessionRow, SessionRow.expires_at <= now)


async def remove_password_links(database: Database, now: datetime) -> int:
    """One-time links that have run out, used or not."""
    return await _remove(database, now, PasswordLinkRow, PasswordLinkRow.expires_at <= now)


async def remove_throttles(database: Database, now: datetime) -> int:
    """Attempts that no longer count."""
    old = (ThrottleRow.last_at < now - ATTEMPTS_KEPT) & (ThrottleRow.free_at <= now)
    return await _remove(database, now, ThrottleRow, old)


async def _remove(database: Database, now: datetime, rows: type[Table], old: ColumnElement[bool]) -> int:
    """Remove in batches; what another process is removing right now is left to it."""
    total = 0
    while await _any(database, old):
        removed = await retrying(_batch(database, now, rows, old))
        total += removed
        if removed < BATCH:
            break
    return total


async def _any(database: Database, old: ColumnElement[bool]) -> bool:
    # Looking first leaves SQLite's write lock alone while there is nothing to do.
    async with database.read() as reader:
        return bool((await reader.execute(select(exists().where(old)))).scalar_one())


def _batch(database: Database, now: datetime, rows: type[Table], old: ColumnElement[bool]) -> Callable[[], Any]:
    key = tuple_(*rows.__table__.primary_key)
    some = select(*rows.__table__.primary_key).where(old).limit(BATCH).with_for_update(skip_locked=True)
    statement = delete(rows).where(key.in_(some)).execution_options(synchronize_session=False)

    async def remove() -> int:
        async with database.unit(now) as unit:
            result = await unit.session.execute(statement)
            assert isinstance(result, CursorResult)  # noqa: S101 - a DELETE without RETURNING has nothing else
            return result.rowcount

    return remove
