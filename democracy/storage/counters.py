"""Gapless numbers."""

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.tables.step import CounterRow


async def next_number(session: AsyncSession, scope: str) -> int:
    """The next number of a series, from 1. The series stays locked until the transaction ends: take it last."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = (
        make(CounterRow)
        .values(scope=scope, value=1)
        .on_conflict_do_update(index_elements=["scope"], set_={"value": CounterRow.value + 1})
        .returning(CounterRow.value)
    )
    return (await session.execute(statement)).scalar_one()
