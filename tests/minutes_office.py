"""Those who make the minutes of a conference that was held, and what they do."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from democracy.domain.actors import Member
from democracy.domain.record.meeting import MeetingRecord
from democracy.services.proceedings.minutes import Minutes
from democracy.services.proceedings.minutes_addenda import MinutesAddenda
from democracy.services.proceedings.minutes_reading import Shown, shown
from democracy.services.proceedings.minutes_signing import MinutesSigning, Signature
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.minutes import MinutesRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.step import StepRow
from tests.minutes_rows import write
from tests.texts.story import at, meeting, named
from tests.world import World
from workflows.engine import StepDenied

CLOSED = at("15.40", 22)
WRITING = CLOSED + timedelta(hours=1)
ITEM = named("item")


@dataclass
class Office:
    """The people who make the minutes, and the time."""

    world: World
    id: UUID
    now: datetime = WRITING

    def who(self, name: str) -> Member:
        return Member(named(name))

    @property
    def minutes(self) -> Minutes:
        return Minutes(self.world.database, self.now)

    @property
    def signing(self) -> MinutesSigning:
        return MinutesSigning(self.world.database, self.now)

    @property
    def addenda(self) -> MinutesAddenda:
        return MinutesAddenda(self.world.database, self.now)

    async def row(self) -> MinutesRow:
        async with self.world.database.unit(self.now) as unit:
            return await unit.minutes.row(self.id)

    async def open(self) -> None:
        await self.minutes.open_signing(self.id, actor=self.who("rami"))

    async def sign(self, name: str, **more: object) -> None:
        digest = (await self.row()).digest or ""
        await self.signing.sign(self.id, Signature(digest, **more), actor=self.who(name))  # type: ignore[arg-type]

    async def verified(self) -> None:
        await self.open()
        for name in ("gunhild", "rami", "inga", "yusuf"):
            await self.sign(name)

    async def shown(self) -> Shown:
        async with self.world.database.read() as connection:
            return await shown(connection, self.id, self.world.database.zone)

    async def steps(self) -> list[str]:
        async with self.world.database.read() as connection:
            statement = select(StepRow.rule).where(StepRow.case_id == self.id).order_by(StepRow.at, StepRow.id)
            return list((await connection.execute(statement)).scalars())

    async def told(self) -> list[str]:
        async with self.world.database.read() as connection:
            return list((await connection.execute(select(OutboxRow.purpose).order_by(OutboxRow.id))).scalars())

    async def miscount(self) -> None:
        """A figure that the minutes rest on is corrected, and the meeting records it."""
        async with self.world.database.unit(self.now) as unit:
            await unit.session.execute(update(DivisionRow).where(DivisionRow.id == named("d3")).values(yes=26, no=30))
            step = StepRow(
                id=named(f"step-{self.now}"), workflow="division", case_id=named("d3"), meeting_id=self.world.meeting,
                rule="correct", source="ANNOUNCED", dest="ANNOUNCED", paragraph="correction", actor_kind="clock",
                at=self.now, record='{"outcome":{}}',
            )  # fmt: skip
            unit.session.add(step)


async def office(world: World, record: MeetingRecord | None = None) -> Office:
    return Office(world, await write(world, record or meeting()))


def sitting() -> MeetingRecord:
    """The same conference, still going on."""
    told = meeting()
    return replace(told, head=replace(told.head, closed_at=None))


def codes(denied: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {denial.code for denial in denied.value.denials}
