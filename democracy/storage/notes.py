"""Values that the installation keeps for itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.storage.tables.step import SettingRow

CLOCK_RAN = "clock.ran_at"
STORY_AT = "story.at"
"""How far the demo's story has come."""


async def write_time(session: AsyncSession, key: str, at: datetime) -> None:
    """Keep a time under a key."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    values = {"key": key, "value": at.isoformat()}
    statement = make(SettingRow).values(values)
    await session.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": values["value"]}))


async def read_time(connection: AsyncConnection, key: str) -> datetime | None:
    """The time under a key, None where none has been kept."""
    found = await connection.execute(select(SettingRow.value).where(SettingRow.key == key))
    value = found.scalar_one_or_none()
    return None if value is None else datetime.fromisoformat(value)
