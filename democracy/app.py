"""Wiring: one installation's database, clock and services. Used by the web edge and by the command line."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from democracy.settings import Settings
from democracy.storage.unit_of_work import Database


@dataclass
class Application:
    """Everything that one process shares. Make it, `start()` it, `close()` it."""

    settings: Settings
    story_offset: timedelta = timedelta()
    """What is added to the machine's clock: nothing, except in the demo's story."""
    database: Database = field(init=False)
    zone: ZoneInfo = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(self.settings.database_url, pool_size=self.settings.pool_size)
        self.zone = ZoneInfo(self.settings.timezone)

    def now(self) -> datetime:
        """The organisation's time."""
        return datetime.now(UTC) + self.story_offset

    async def close(self) -> None:
        """Give everything back."""
        await self.database.close()
