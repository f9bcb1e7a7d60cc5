"""In what condition the database is."""

from functools import cache

from sqlalchemy import select

from democracy.storage import migrate
from democracy.storage.unit_of_work import Database


async def answers(database: Database) -> None:
    """Ask the smallest question there is; raises whatever keeps the database from answering it."""
    async with database.read() as reader:
        await reader.execute(select(1))


async def revision(database: Database) -> str | None:
    """The migration that the database has come to, None for an empty one."""
    async with database.read() as reader:
        return await reader.run_sync(migrate.current)


@cache
def expected_revision() -> str:
    """The migration that this code expects."""
    return migrate.head()
