"""Attempts, counted across every process."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.throttling import Throttle
from democracy.storage.tables.account import ThrottleRow

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def throttle_key(throttle: Throttle, subject: str) -> str:
    """What is counted, as a digest."""
    return hashlib.sha256(f"{throttle.name}\0{subject}".encode()).hexdigest()


async def take(session: AsyncSession, wanted: Sequence[tuple[Throttle, str]], now: datetime) -> datetime | None:
    """Count one attempt under every throttle, before its outcome is known, so that parallel ones are counted too.

    Returns None when it may go ahead; otherwise when the next one may. An attempt that must wait is not counted.
    """
    keyed = {throttle_key(throttle, subject): throttle for throttle, subject in wanted}
    await _ensure(session, sorted(keyed), now)
    # Locked in one order everywhere, or two attempts could wait for each other.
    rows = (
        await session.scalars(
            select(ThrottleRow).where(ThrottleRow.key.in_(keyed)).order_by(ThrottleRow.key).with_for_update()
        )
    ).all()
    blocked = [row.free_at for row in rows if row.free_at > now]
    if blocked:
        return max(blocked)
    for row in rows:
        throttle = keyed[row.key]
        row.attempts = 1 if now - row.last_at > throttle.forgets else row.attempts + 1
        row.last_at = max(now, row.last_at)
        if wait := throttle.wait(row.attempts):
            # While there is no wait, a request that was read earlier and comes here later is as free as this one.
            row.free_at = now + wait
    await session.flush()
    return None


async def clear(session: AsyncSession, throttle: Throttle, subjects: Sequence[str]) -> None:
    """Begin anew: it was the right person."""
    keys = [throttle_key(throttle, subject) for subject in subjects]
    await session.execute(delete(ThrottleRow).where(ThrottleRow.key.in_(keys)))


async def give_back(session: AsyncSession, throttle: Throttle, subject: str) -> None:
    """Take back one attempt: it succeeded."""
    await session.execute(
        update(ThrottleRow)
        .where(ThrottleRow.key == throttle_key(throttle, subject), ThrottleRow.attempts > 0)
        .values(attempts=ThrottleRow.attempts - 1)
    )


async def _ensure(session: AsyncSession, keys: Sequence[str], now: datetime) -> None:
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    rows = [{"key": key, "attempts": 0, "last_at": now, "free_at": BEGINNING} for key in keys]
    await session.execute(make(ThrottleRow).values(rows).on_conflict_do_nothing())
