"""A repeated request with the same key is answered, not carried out again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor, actor_key
from democracy.errors import ConflictError
from democracy.storage.tables.account import IdempotencyRow


async def claim(
    session: AsyncSession, actor: Actor, mutation: str, key: str, input_digest: str, at: datetime
) -> UUID | None:
    """Take the key for this unit, or return what came of it the first time.

    The insert waits for another request with the same key that is still under way. Raises ConflictError when the key
    has been used for another input.
    """
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = {"actor": _name(actor), "mutation": mutation, "key": key, "input_digest": input_digest, "at": at}
    inserted = await session.execute(
        make(IdempotencyRow).values(row).on_conflict_do_nothing().returning(IdempotencyRow.key)
    )
    if inserted.scalar_one_or_none() is not None:
        return None
    earlier = (
        await session.execute(
            select(IdempotencyRow.input_digest, IdempotencyRow.result_id).where(_is(actor, mutation, key))
        )
    ).one()
    if earlier.input_digest != input_digest or earlier.result_id is None:
        raise ConflictError("idempotency_key_reused")
    result: UUID = earlier.result_id
    return result


async def complete(session: AsyncSession, actor: Actor, mutation: str, key: str, result: UUID) -> None:
    """Remember what came of it."""
    await session.execute(update(IdempotencyRow).where(_is(actor, mutation, key)).values(result_id=result))


def _is(actor: Actor, mutation: str, key: str) -> ColumnElement[bool]:
    return and_(IdempotencyRow.actor == _name(actor), IdempotencyRow.mutation == mutation, IdempotencyRow.key == key)


def _name(actor: Actor) -> str:
    kind, actor_id = actor_key(actor)
    return f"{kind}:{actor_id.hex}" if actor_id else kind
