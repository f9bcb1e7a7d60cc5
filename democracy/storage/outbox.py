"""Messages on their way out: written with what they tell, sent by whoever comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String, Text, Uuid, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from democracy.domain.ids import new_id
from democracy.storage.tables.member import MemberRow, StaffRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.types import UtcDateTime

MAIL, LETTER = "mail", "letter"
TELLING = ("ballot_reminder", "ballot_slot")
"""Purposes of messages that tell by themselves who has voted, or has not: no row of them stays."""
_AT_ONCE = 1_000


@dataclass(frozen=True)
class NewMessage:
    """A message for one member or one employee. Where it goes is looked up when it leaves."""

    channel: str
    purpose: str
    member_id: UUID | None
    staff_id: UUID | None
    subject: str
    body: str


@dataclass(frozen=True)
class Outgoing:
    """A message that one worker has taken, with where it goes as the register stands now."""

    id: UUID
    purpose: str
    language: str
    subject: str
    body: str
    created_at: datetime
    attempts: int
    """This one included."""
    name: str | None
    email: str | None
    """None when the person has no address, or has been erased."""
    address: str | None


async def add_message(
    session: AsyncSession,
    message: NewMessage,
    now: datetime,
    *,
    wanted: bool = True,
    unless_waiting_since: datetime | None = None,
) -> None:
    """Put a message into the outbox, to leave at once.

    Where it is not `wanted`, the same statement writes nothing; likewise where one of the same purpose, to the same
    person and by the same channel, has been waiting since the given time or later.
    """
    values: dict[str, Any] = {
        "id": literal(new_id(), Uuid()),
        "channel": literal(message.channel, String()),
        "purpose": literal(message.purpose, String()),
        "member_id": literal(message.member_id, Uuid()),
        "staff_id": literal(message.staff_id, Uuid()),
        "subject": literal(message.subject, Text()),
        "body": literal(message.body, Text()),
        "created_at": literal(now, UtcDateTime()),
        "due_at": literal(now, UtcDateTime()),
        "attempts": literal(0, Integer()),
    }
    waiting = aliased(OutboxRow)
    same = exists().where(
        waiting.channel == message.channel,
        waiting.purpose == message.purpose,
        waiting.member_id.is_not_distinct_from(message.member_id),
        waiting.staff_id.is_not_distinct_from(message.staff_id),
        waiting.due_at.is_not(None),
        waiting.created_at >= (unless_waiting_since or now),
    )
    source = select(*values.values()).where(literal(wanted), ~same if unless_waiting_since else literal(value=True))
    await session.execute(insert(OutboxRow).from_select(list(values), source, include_defaults=False))


async def anything_due(connection: AsyncConnection, channel: str, now: datetime) -> bool:
    """Whether there is something to send."""
    due = exists().where(OutboxRow.channel == channel, OutboxRow.due_at <= now)
    return bool((await connection.execute(select(due))).scalar_one())


async def claim(session: AsyncSession, channel: str, now: datetime, lease: timedelta) -> Outgoing | None:
    """Take the message that has waited longest; nobody else gets it until the lease has passed."""
    first = (
        select(OutboxRow.id)
        .where(OutboxRow.channel == channel, OutboxRow.due_at <= now)
        .order_by(OutboxRow.due_at, OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message_id = (await session.execute(first)).scalar_one_or_none()
    if message_id is None:
        return None
    taken = update(OutboxRow).where(OutboxRow.id == message_id)
    await session.execute(taken.values(due_at=now + lease, attempts=OutboxRow.attempts + 1))
    return await _outgoing(session, message_id)


async def add_messages(session: AsyncSession, messages: Sequence[NewMessage], now: datetime) -> None:
    """Put many messages into the outbox, to leave at once."""
    for first in range(0, len(messages), _AT_ONCE):
        rows = [
            {"id": new_id(), **vars(each), "created_at": now, "due_at": now, "attempts": 0}
            for each in messages[first : first + _AT_ONCE]
        ]
        await session.execute(insert(OutboxRow), rows)


async def mark_sent(session: AsyncSession, message_id: UUID, now: datetime) -> None:
    """It has left: what it said is forgotten, because it may hold a secret; and where that it was sent tells something
    of its reader, so is that."""
    telling = delete(OutboxRow).where(OutboxRow.id == message_id, OutboxRow.purpose.in_(TELLING))
    await session.execute(telling)
    done = update(OutboxRow).where(OutboxRow.id == message_id)
    await session.execute(done.values(sent_at=now, due_at=None, body="", error=None))


async def mark_failed(session: AsyncSession, message_id: UUID, error: str, again_at: datetime | None) -> None:
    """It did not leave, with the reason's code. Without a time to try again it is given up, and forgotten too."""
    values: dict[str, Any] = {"error": error, "due_at": again_at}
    if again_at is None:
        values["body"] = ""
        await session.execute(delete(OutboxRow).where(OutboxRow.id == message_id, OutboxRow.purpose.in_(TELLING)))
    await session.execute(
        update(OutboxRow).where(OutboxRow.id == message_id, OutboxRow.sent_at.is_(None)).values(values)
    )


async def _outgoing(session: AsyncSession, message_id: UUID) -> Outgoing:
    statement = (
        select(
            OutboxRow.id,
            OutboxRow.purpose,
            OutboxRow.subject,
            OutboxRow.body,
            OutboxRow.created_at,
            OutboxRow.attempts,
            func.coalesce(MemberRow.language, "sv").label("language"),
            func.coalesce(MemberRow.given_name + " " + MemberRow.family_name, StaffRow.name).label("name"),
            func.coalesce(MemberRow.email, StaffRow.email).label("email"),
            MemberRow.address,
        )
        .outerjoin(MemberRow, (MemberRow.id == OutboxRow.member_id) & MemberRow.erased_at.is_(None))
        .outerjoin(StaffRow, (StaffRow.id == OutboxRow.staff_id) & StaffRow.erased_at.is_(None))
        .where(OutboxRow.id == message_id)
    )
    return Outgoing(**(await session.execute(statement)).one()._mapping)
