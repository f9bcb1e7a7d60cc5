"""Invented people to sign in as."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from democracy.app import Application
from democracy.domain.email import email_key
from democracy.domain.ids import new_id
from democracy.domain.kinds import UnitKind
from democracy.settings import Settings
from democracy.storage.tables.member import MemberRow, StaffRow
from democracy.storage.tables.unit import UnitRow

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORD = "sju gula kaniner"


@dataclass
class People:
    """Puts people into a database, and looks at what came of it."""

    app: Application
    unit_id: UUID = field(default_factory=new_id)

    async def start(self) -> None:
        async with self.app.database.unit(NOON) as unit:
            unit.session.add(
                UnitRow(id=self.unit_id, kind=UnitKind.DISTRICT, code="norr", name="Norrviken", sort_key="norrviken")
            )

    async def member(self, number: str = "10042", *, email: str | None = "asa@example.org", **values: Any) -> UUID:
        row = MemberRow(
            id=new_id(), number=number, given_name="Åsa", family_name="Östlund", sort_key="o", email=email,
            email_key=email_key(email) if email else None, address="Ängsgatan 3\n123 45 Norrviken", **values,
        )  # fmt: skip
        async with self.app.database.unit(NOON) as unit:
            unit.session.add(row)
        return row.id

    async def employee(self, email: str = "kansli@example.org", *, ends_on: date | None = None) -> UUID:
        row = StaffRow(
            id=new_id(), unit_id=self.unit_id, name="Bo Lind", email=email, email_key=email_key(email),
            title="handläggare", starts_on=date(2026, 1, 1), ends_on=ends_on,
        )  # fmt: skip
        async with self.app.database.unit(NOON) as unit:
            unit.session.add(row)
        return row.id

    async def with_password(self, login: str, password: str = PASSWORD, at: datetime = NOON) -> None:
        """Choose a password as people do: by a link. The device that did it is signed out again."""
        links = self.app.password_links(at)
        link = await links.make(login)
        session = await links.set_password(link.code, password)
        who = await self.app.accounts(at).resolve(session.token)
        assert who is not None
        await self.app.accounts(at).sign_out(who)
        await self.run("DELETE FROM outbox")

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        async with self.app.database.read() as connection:
            return list((await connection.execute(text(statement), values)).all())

    async def run(self, statement: str, **values: Any) -> None:
        async with self.app.database.unit(NOON) as unit:
            await unit.session.execute(text(statement), values)

    async def erase_members(self) -> None:
        """Nobody is a member any more."""
        async with self.app.database.unit(NOON) as unit:
            await unit.session.execute(update(MemberRow).values(erased_at=NOON))


@asynccontextmanager
async def living_at(database_url: str, **settings: Any) -> AsyncIterator[People]:
    """An installation on a database, given back afterwards."""
    values: dict[str, Any] = {"cheap_passwords": True, "throttle_addresses": True, "base_url": "https://example.org"}
    people = People(Application(Settings(database_url=database_url, **{**values, **settings})))
    await people.start()
    try:
        yield people
    finally:
        await people.app.close()
