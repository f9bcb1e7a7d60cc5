"""Items of agendas in every state, and somebody barred from one, for the permission matrix."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from democracy.services.meetings import Meetings
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.barring import Barring, Declared
from democracy.services.proceedings.items import Items
from democracy.services.proceedings.officers import Officers
from democracy.services.proceedings.persons import Person
from democracy.services.proceedings.waivers import SetAside, Waivers
from democracy.storage.tables.agenda import WaiverRow
from tests.world import World
from workflows.proceedings import ItemKind, OfficerRole


@dataclass(frozen=True)
class ItemSeeds:
    """Makes them, at one time."""

    world: World
    meetings: dict[str, UUID]
    at: datetime

    async def make(self) -> dict[str, UUID]:
        """An item drafted, and in the open meeting one that waits, one open, one closed, one struck."""
        made = {"item_drafted": await self._add("called", "secretary")}
        for name in ("waiting", "closed", "open", "struck"):
            made[f"item_{name}"] = await self._add("agenda", "presidium")
        chair, database = self.world.actor("presidium"), self.world.database
        await Items(database, self.at).open(made["item_closed"], actor=chair)
        await Items(database, self.at).open(made["item_open"], actor=chair)
        await Agenda(database, self.at).strike(made["item_struck"], "Hinns inte med.", actor=chair)
        barred = Person(number=self.world.numbers["delegate"])
        await Barring(database, self.at).declare(made["item_open"], Declared("Egen sak."), barred, actor=chair)
        teller = Person(number=self.world.numbers["neighbour"])
        await Officers(database, self.at).elect(self.meetings["agenda"], OfficerRole.TELLER, teller, actor=chair)
        await Meetings(database, self.at).adjourn(self.meetings["paused"], actor=chair)
        return made

    async def set_aside(self) -> UUID:
        """A rule that the meeting has set aside for the item that is open."""
        rule = SetAside("proposal", "proposals_closed", "Jämkningen blev sen.")
        await Waivers(self.world.database, self.at).waive(
            self.meetings["agenda"], rule, actor=self.world.actor("presidium")
        )
        async with self.world.database.read() as connection:
            return (await connection.execute(select(WaiverRow.id))).scalar_one()

    async def _add(self, meeting: str, by: str) -> UUID:
        agenda, item = Agenda(self.world.database, self.at), Item(ItemKind.OTHER, "Övriga frågor")
        made: UUID = await agenda.add(self.meetings[meeting], item, actor=self.world.actor(by))
        return made
