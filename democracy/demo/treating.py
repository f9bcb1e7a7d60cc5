"""How the conference treats each item of its agenda."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from democracy.demo.chairing import Table
from democracy.demo.conference import Gathering
from democracy.demo.content import Point, Treated
from democracy.domain.actors import Member
from democracy.domain.kinds import MandateRole
from democracy.services.proceedings.blocks import Blocks
from democracy.services.proceedings.floor import Floor, Request
from democracy.services.proceedings.items import Items
from democracy.services.proceedings.outcome import Count
from workflows.proceedings import Formality, ItemKind, OfficerRole

_COUNTED = Count(118, 97, 5)
"""A close vote on what the board advises against."""
_ELECTED = {
    Formality.CHAIR: OfficerRole.CHAIR,
    Formality.SECRETARY: OfficerRole.SECRETARY,
    Formality.VERIFIERS: OfficerRole.VERIFIER,
    Formality.TELLERS: OfficerRole.TELLER,
}
_AGAIN = timedelta(hours=30)
"""How long after it was adjourned the item is taken up again."""


@dataclass(frozen=True)
class Treating:
    """One item, as far as it has come."""

    gathering: Gathering
    point: Point

    @property
    def _id(self) -> UUID:
        return self.gathering.stage.items[self.point.title]

    async def play(self, at: datetime) -> None:
        """The item is opened; what follows is by its kind."""
        table = self._table(at)
        await table.service(Items).open(self._id, actor=table.chair)
        table = self._table(at + timedelta(minutes=2))
        if self.point.treated is Treated.ADJOURNED:
            await self._adjourn(table)
        elif self.point.treated is Treated.OPEN:
            await self._debate(table)
        elif self.point.kind is ItemKind.MOTION_BLOCK:
            await table.service(Blocks).decide(self._id, unanimous=True, actor=table.chair)
        elif self.point.formality in _ELECTED:
            await self._elect(table, _ELECTED[self.point.formality])
        else:
            await self._decide(table)

    def _table(self, at: datetime) -> Table:
        elected = self.point.formality not in (Formality.ROLL, Formality.CHAIR)
        gathering = self.gathering
        return Table(gathering.stage, at, gathering.chair if elected else gathering.board(MandateRole.CHAIR))

    async def _decide(self, table: Table) -> None:
        """By acclamation; what the board advises against is counted."""
        matters = await table.matters(self._id)
        for index, matter_id in enumerate(matters):
            if self.point.kind is ItemKind.MOTION and index + 1 == len(matters):
                await table.divide(matter_id, _COUNTED, by=self.gathering.delegate(0))
            else:
                await table.decide(matter_id)

    async def _elect(self, table: Table, role: OfficerRole) -> None:
        names = self.gathering.sitting.officers(role)
        nominees = tuple(self.gathering.stage.member(each).id for each in names)
        (matter_id,) = await table.matters(self._id)
        await table.propose(matter_id, " och ".join(names), by=self.gathering.delegate(0), nominees=nominees)
        await table.decide(matter_id)

    async def _adjourn(self, table: Table) -> None:
        await self._speak(table, 1)
        until, reason = table.at + _AGAIN, "Kassören räknar på vad en heltid skulle kosta."
        ends = self._table(table.at + timedelta(minutes=10))
        await ends.service(Items).adjourn(self._id, until, reason, actor=table.chair)

    async def _debate(self, table: Table) -> None:
        """The board's text stands as a proposal from the start; the speakers' list is alive when the story begins."""
        await self._speak(table, 5)

    async def _speak(self, table: Table, count: int) -> None:
        """So many ask for the floor. The first one gets it and has spoken; the next one speaks."""
        who: list[Member] = [self.gathering.delegate(each) for each in range(count)]
        for each in who:
            await table.service(Floor).request(self.gathering.id, Request(), actor=each)
        first = await table.service(Floor).give(self.gathering.id, actor=table.chair)
        then = self._table(table.at + timedelta(minutes=3))
        await then.service(Floor).end(first, actor=table.chair)
        if count > 1:
            await then.service(Floor).give(self.gathering.id, actor=table.chair)
