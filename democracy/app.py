"""Wiring: one installation's database, clock and services. Used by the web edge and by the command line."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from democracy.services.accounts import Accounts
from democracy.services.password_links import PasswordLinks
from democracy.services.passwords import Passwords
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
    passwords: Passwords = field(init=False)

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.settings.timezone)
        self.database = Database(self.settings.database_url, pool_size=self.settings.pool_size, zone=self.zone)
        self.passwords = Passwords(cheap=self.settings.cheap_passwords)

    def now(self) -> datetime:
        """The organisation's time."""
        return datetime.now(UTC) + self.story_offset

    def accounts(self, at: datetime, address: str | None = None) -> Accounts:
        """Signing in and out, for a request read at `at` from a network address."""
        return Accounts(
            self.database, at, passwords=self.passwords, zone=self.zone, address=self._counted_address(address)
        )

    def password_links(self, at: datetime, address: str | None = None) -> PasswordLinks:
        """One-time links, for a request read at `at` from a network address."""
        return PasswordLinks(
            self.database,
            at,
            passwords=self.passwords,
            zone=self.zone,
            address=self._counted_address(address),
            base_url=self.settings.base_url,
        )

    def _counted_address(self, address: str | None) -> str | None:
        return address if self.settings.throttle_addresses else None

    async def close(self) -> None:
        """Give everything back."""
        await self.database.close()
