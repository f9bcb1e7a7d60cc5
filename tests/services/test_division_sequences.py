"""Whatever people do in whatever order: no vote outside the roll, no sum above it, one outcome, and a way on."""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import exists, select

from democracy.domain.actors import Member
from democracy.errors import InvalidInputError
from democracy.services.proceedings.announcing import HandLot, Tiebreak
from democracy.services.proceedings.divisions import Handed
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.outcome import Count
from democracy.storage.tables.division import DivisionRow, VoteRow
from democracy.storage.tables.matter import MatterDecisionRow, QuestionRow
from democracy.storage.tables.roll import PresenceRow, RollEntryRow
from tests.divisions import Choice, Room, room
from tests.world import World
from workflows.division import DivisionState
from workflows.engine import StepDenied
from workflows.proceedings import DivisionMethod
from workflows.question import QuestionState

ACTIONS, OMBUD = 80, 5
LIVE = (DivisionState.OPEN, DivisionState.CLOSED)


@dataclass
class Play:
    """A meeting in which anybody tries anything."""

    room: Room
    dice: random.Random
    done: list[str] = field(default_factory=list)

    def voter(self) -> Member:
        """Mostly one of the ombud."""
        others = [self.room.chair, self.room.secretary, Member(self.room.world.members["board"])]
        return self.dice.choice([*(self.room.ombud(n) for n in range(OMBUD)), *others])

    def chair(self) -> Member:
        """Mostly the chair."""
        return self.dice.choice([self.room.chair, self.room.chair, self.room.secretary, self.voter()])

    async def division(self) -> UUID:
        """Mostly the last one."""
        async with self.room.world.database.read() as reader:
            keys = list((await reader.execute(select(DivisionRow.id).order_by(DivisionRow.id))).scalars())
        return keys[-1] if self.dice.random() < 0.8 else self.dice.choice(keys)

    async def ask(self) -> object:
        return await self.room.ask(self.voter())

    async def open(self) -> object:
        return await self.room.open(self.dice.choice(list(DivisionMethod)), decided=self.dice.random() < 0.8)

    async def trial(self) -> object:
        return await self.room.trials.open(self.room.question, actor=self.chair())

    async def count_trial(self) -> object:
        return await self.room.trials.count_instead(await self.division(), Handed(), actor=self.voter())

    async def show_trial(self) -> object:
        choice = self.dice.choice(list(Choice))
        return await self.room.trials.announce(await self.division(), choice, actor=self.chair())

    async def cast(self) -> object:
        choice = self.dice.choice(list(Choice))
        return await self.room.votes.cast(await self.division(), choice, actor=self.voter())

    async def type_in(self) -> object:
        count = Count(self.dice.randint(0, 4), self.dice.randint(0, 4))
        return await self.room.tellers.enter(await self.division(), count, actor=self.chair())

    async def close(self) -> object:
        return await self.room.divisions.close(await self.division(), actor=self.chair())

    async def announce(self) -> object:
        return await self.room.announcing.announce(await self.division(), actor=self.chair())

    async def annul(self) -> object:
        return await self.room.divisions.annul(await self.division(), "Fel", actor=self.chair())

    async def go(self) -> object:
        await self.room.leave(self.room.ombud(self.dice.randrange(1, OMBUD)).id)
        return None

    async def bar(self) -> object:
        if "bar" not in self.done:
            await self.room.bar(self.room.ombud(OMBUD - 1).id)
        return None

    async def gavel(self) -> object:
        return await Gavel(self.room.world.database, self.room.now).fall(self.room.question, actor=self.chair())

    def moves(self) -> dict[str, Callable[[], Awaitable[object]]]:
        often: dict[str, Callable[[], Awaitable[object]]] = {
            "ask": self.ask, "open": self.open, "trial": self.trial, "count_trial": self.count_trial,
            "show_trial": self.show_trial, "cast": self.cast, "type_in": self.type_in, "close": self.close,
            "announce": self.announce, "annul": self.annul, "go": self.go, "bar": self.bar, "gavel": self.gavel,
        }  # fmt: skip
        return often

    async def move(self) -> None:
        name = self.dice.choices(list(self.moves()), [3, 4, 1, 1, 1, 6, 3, 3, 4, 2, 0.5, 0.3, 0.3])[0]
        self.room.now += timedelta(seconds=1)
        with suppress(StepDenied, InvalidInputError, LookupError):
            if name in {"ask", "open", "trial", "gavel", "go", "bar"} or await self.room.count(DivisionRow):
                await self.moves()[name]()
                self.done.append(name)


async def held(room_: Room) -> None:
    """What must be true after every move."""
    async with room_.world.database.read() as reader:
        outside = await reader.execute(
            select(VoteRow).join(DivisionRow, DivisionRow.id == VoteRow.division_id).where(
                ~exists().where(RollEntryRow.roll_id == DivisionRow.roll_id,
                                RollEntryRow.member_id == VoteRow.member_id)
            )
        )  # fmt: skip
        assert outside.all() == []
        rows = list(await reader.execute(select(DivisionRow.__table__)))
        question = (await reader.execute(select(QuestionRow.__table__))).one()
        decisions = await reader.execute(select(MatterDecisionRow.id).where(MatterDecisionRow.replaced_at.is_(None)))
        decided = len(decisions.all())
    assert sum(row.state in LIVE for row in rows) <= 1
    announced = [row for row in rows if row.state is DivisionState.ANNOUNCED and not row.trial]
    assert len(announced) <= 1
    for row in rows:
        if row.yes is not None:
            assert row.yes + row.no + row.abstained + row.blank <= row.entitled
    for row in announced:
        assert (row.winner is None) == (row.settled_by == "deferred")
    assert decided == (question.state is QuestionState.DECIDED)
    if question.counted and question.state is QuestionState.NAMED:
        assert len(announced) == 1


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(more, marks=pytest.mark.long) for more in (2, 3, 4))])
async def test_any_sequence_keeps_the_vote_honest_and_the_meeting_able_to_decide(world: World, seed: int) -> None:
    play = Play(await room(world, OMBUD), random.Random(seed))  # noqa: S311 - a game
    for _ in range(ACTIONS):
        await play.move()
        await held(play.room)
    assert "open" in play.done or "trial" in play.done
    await _decide(play.room)
    await held(play.room)
    assert await play.room.count(MatterDecisionRow) == 1


async def _decide(deciding: Room) -> None:
    """The chair carries it to its end, from wherever it is."""
    async with deciding.world.database.read() as reader:
        state = (await reader.execute(select(QuestionRow.state))).scalar_one()
        live = (await reader.execute(select(DivisionRow.id).where(DivisionRow.state.in_(LIVE)))).scalars().all()
        there = (await reader.execute(select(PresenceRow.id).where(PresenceRow.out_at.is_(None)))).scalars().all()
    assert there
    deciding.now += timedelta(seconds=1)
    for division in live:
        await deciding.divisions.annul(division, "Vi tar om den", actor=deciding.chair)
    if state is QuestionState.DIVIDING:
        division = await deciding.open(DivisionMethod.SHOW_OF_CARDS)
        numbers = tuple([await deciding.number(deciding.ombud(n).id, f"60{n}") for n in (1, 2)])
        await deciding.divisions.close(division, Count(1, 0), actor=deciding.chair)
        with suppress(StepDenied):
            await deciding.announcing.announce(division, actor=deciding.chair)
        row = await deciding.row(division)
        if row.state is not DivisionState.ANNOUNCED:
            tiebreak = Tiebreak(by_hand=HandLot(Choice.YES, numbers))
            await deciding.announcing.announce(division, tiebreak, actor=deciding.chair)
    if state is not QuestionState.DECIDED:
        await Gavel(deciding.world.database, deciding.now).fall(deciding.question, actor=deciding.chair)
