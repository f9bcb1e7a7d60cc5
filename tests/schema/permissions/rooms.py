"""Meetings in which something is voted on: one for each stage, since only one division is open at a time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from democracy.counting.lots import commit
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.services.proceedings.announcing import Announcing
from democracy.services.proceedings.divisions import Divisions, Handed, Way
from democracy.services.proceedings.lots import LotShares
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.statements import Statement, Statements
from democracy.services.proceedings.tellers import Tellers
from democracy.services.proceedings.trials import Trials
from democracy.services.proceedings.votes import Votes
from democracy.storage.tables.agenda import MeetingOfficerRow
from democracy.storage.tables.roll import PresenceRow
from tests.divisions import Put, decision_on, item_in, matter_in
from tests.world import BEFORE, World
from workflows.proceedings import Choice, DivisionMethod, OfficerRole, StatementKind
from workflows.statutes.kinds import Participant

ROOMS = ("asking", "voting", "counting", "trying", "closed")
"""The meetings. In each the delegate is checked in with a vote."""

DIVISIONS = ("ordered", "voting", "counting", "trying", "closed", "counted", "called", "annulled")


SHARE = bytes(32)
"""The delegate's share of a lot."""


@dataclass
class Rooms:
    """Ids by name."""

    matters: dict[str, Put] = field(default_factory=dict)
    divisions: dict[str, UUID] = field(default_factory=dict)
    statements: dict[str, UUID] = field(default_factory=dict)


class RoomMaker:
    """Furnishes meetings that have been opened."""

    def __init__(self, world: World, meetings: dict[str, UUID], mark: Callable[[str, str], str]) -> None:
        self.world, self.meetings, self.mark, self.rooms = world, meetings, mark, Rooms()
        self.items: dict[str, UUID] = {}
        database = world.database
        self.divisions, self.votes = Divisions(database, BEFORE), Votes(database, BEFORE)
        self.tellers, self.announcing = Tellers(database, BEFORE), Announcing(database, BEFORE)
        self.trials, self.statements = Trials(database, BEFORE), Statements(database, BEFORE)
        self.lots = LotShares(database, BEFORE)
        self.chair, self.delegate = world.actor("presidium"), world.actor("delegate")

    async def furnish(self) -> Rooms:
        """Everything."""
        for name in ROOMS:
            await self._room(name)
        await self._asking()
        await self._going_on("voting", DivisionMethod.DEVICES)
        await self._going_on("counting", DivisionMethod.TELLERS)
        await self._closed()
        trying = await self._matter("trying", "trying")
        await self.divisions.request(trying.question, Handed(), actor=self.delegate)
        self.rooms.divisions["trying"] = await self.trials.open(trying.question, actor=self.chair)
        return self.rooms

    async def _room(self, name: str) -> None:
        self.items[name] = new_id()
        meeting, member = self.meetings[name], self.world.members["delegate"]
        async with self.world.database.unit(BEFORE) as unit:
            await item_in(unit, meeting, self.items[name])
            unit.session.add(
                PresenceRow(
                    id=new_id(), meeting_id=meeting, member_id=member, participant=Participant.DELEGATE, speaks=True,
                    proposes=True, speaks_as_mover=False, voting=True, votes=1, remote=False, in_at=BEFORE,
                )
            )  # fmt: skip
            unit.session.add(
                MeetingOfficerRow(
                    id=new_id(), meeting_id=meeting, member_id=self.world.members["co_mover"], role=OfficerRole.TELLER,
                    position=1, since=BEFORE,
                )
            )  # fmt: skip

    async def _matter(self, name: str, room: str) -> Put:
        async with self.world.database.unit(BEFORE) as unit:
            put = await matter_in(
                unit, self.meetings[room], self.items[room], [self.world.members["delegate"]],
                position=len(self.rooms.matters) + 1,
            )  # fmt: skip
        self.rooms.matters[name] = put
        return put

    async def _going_on(self, name: str, method: DivisionMethod) -> None:
        put = await self._matter(name, name)
        await self.divisions.request(put.question, Handed(), actor=self.delegate)
        self.rooms.divisions[name] = await self.divisions.open(put.question, Way(method), actor=self.chair)

    async def _closed(self) -> None:
        """Counted, and not announced. The delegate has committed to a share of a lot."""
        put = await self._matter("closed", "closed")
        division = await self.divisions.request(put.question, Handed(), actor=self.delegate)
        await self.lots.commit(division, commit(SHARE), actor=self.delegate)
        await self.divisions.open(put.question, Way(DivisionMethod.TELLERS), actor=self.chair)
        self.rooms.divisions["closed"] = await self.divisions.close(division, Count(1, 0), actor=self.chair)

    async def _asking(self) -> None:
        """Nothing is open here: before a division, and after some."""
        await self._matter("asking", "asking")
        ordered = await self._matter("ordered", "asking")
        self.rooms.divisions["ordered"] = await self.divisions.request(ordered.question, Handed(), actor=self.delegate)
        await self._held("counted", DivisionMethod.TELLERS, self._by_cards)
        await self._held("called", DivisionMethod.ROLL_CALL, self._by_name)
        annulled = await self._held("annulled", DivisionMethod.TELLERS, self._by_cards)
        await self.divisions.annul(annulled, f"Fel {self.mark('annulled', 'reason')}", actor=self.chair)
        for name in ("noting", "noted"):
            await self._decided(name)
        given = Statement(
            StatementKind.RESERVATION, matter_id=self.rooms.matters["noted"].matter, text=self.mark("noted", "text")
        )
        self.rooms.statements["noted"] = await self.statements.record(given, actor=self.delegate)

    async def _held(self, name: str, method: DivisionMethod, answer: Callable[[UUID, Actor], Awaitable[UUID]]) -> UUID:
        put = await self._matter(name, "asking")
        await self.divisions.request(put.question, Handed(), actor=self.delegate)
        division = await self.divisions.open(put.question, Way(method, decided=True), actor=self.chair)
        await answer(division, self.delegate)
        await self.divisions.close(division, actor=self.chair)
        self.rooms.divisions[name] = await self.announcing.announce(division, actor=self.chair)
        return division

    async def _by_cards(self, division: UUID, _: Actor) -> UUID:
        return await self.tellers.enter(division, Count(1, 0), actor=self.world.actor("co_mover"))

    async def _by_name(self, division: UUID, voter: Actor) -> UUID:
        return await self.votes.cast(division, Choice.YES, actor=voter)

    async def _decided(self, name: str) -> None:
        put = await self._matter(name, "asking")
        async with self.world.database.unit(BEFORE) as unit:
            unit.session.add(decision_on(put.matter, self.meetings["asking"], None, BEFORE))
