"""The week itself, act by act."""

import os
import random
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID

from democracy.ballotbox.roll import tag
from democracy.demo.ballot.ending import Ending, Report
from democracy.demo.ballot.holders import Holders, new_seed
from democracy.demo.ballot.party import Party, found
from democracy.demo.ballot.voters import Vote, cast_all, seal_all
from democracy.services.ballots.clock import hold_ballots
from democracy.services.ballots.draft import Asked, BallotDraft
from democracy.services.ballots.holding import BallotHolding
from democracy.services.ballots.ordering import BallotOrdering
from democracy.services.ballots.postal import PostalChannel
from democracy.services.ballots.preparing import BallotPreparing
from democracy.services.ballots.signing import to_sign
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import postal, urns
from democracy.storage.unit_of_work import Database
from democracy.workers.urns import round_of
from workflows.ballot_kinds import CorrectionKind, EnvelopeFault, SecrecyLevel

ORDERED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OPENS = ORDERED + timedelta(days=10)
DAYS = 7
CLOSES = OPENS + timedelta(days=DAYS)
TURNOUT = (30, 12, 8, 5, 4, 6, 10)
"""How many in a hundred of the electorate vote on each day."""
BY_POST = 0.001
"""Envelopes a day, as a share of the electorate."""
YES = 0.57

Show = Callable[[str, float], None]
"""Told what is going on, and how much of it is done: 0 to 1."""


@dataclass
class Week:
    """One ballot. Its clock is set by the acts."""

    database: Database
    seeds: Seeds
    party: Party
    show: Show
    pool: Executor
    chance: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 - whom the story lets vote
    now: datetime = ORDERED
    ballot: UUID = field(init=False)
    urn: UUID = field(init=False)
    holders: Holders = field(init=False)
    wronged: UUID = field(init=False)
    """Somebody who is taken out of the electorate by mistake."""
    papers: dict[str, int] = field(default_factory=lambda: {"ja": 0, "nej": 0})

    async def prepare(self) -> None:
        """Ordered, informed, announced, corrected by two; a key holder drops out of the rehearsal."""
        secretary = self.party.secretary
        ordering, preparing = BallotOrdering(self.database, self.now), BallotPreparing(self.database, self.now)
        draft = BallotDraft(
            self.party.board, "Sol på alla tak", "Partistyrelsen vill veta vad medlemmarna tycker.",
            (Asked("Ska partiet verka för solceller på alla offentliga tak?"),), urgent=True,
            level=SecrecyLevel.SEALED, opens_at=OPENS, closes_at=CLOSES,
        )  # fmt: skip
        self.ballot = await ordering.draft(draft, actor=secretary)
        await ordering.order(self.ballot, "PS 2 november, § 7", actor=secretary)
        await preparing.inform(self.ballot, "Ja-sidan", "Solen räcker åt alla.", "Alva Ekfors", actor=secretary)
        await preparing.inform(self.ballot, "Nej-sidan", "Pengarna behövs i skolan.", "Farid Dalmo", actor=secretary)
        await preparing.fix_electorate(self.ballot, ORDERED.date(), actor=secretary)
        await preparing.announce(self.ballot, actor=secretary)
        out = (await self.electors())[2:5]
        for member in out:
            await self.remove(member, "Utträdd före mätdagen")
        self.wronged = out[0]
        await self._keys()
        self.now = OPENS - timedelta(hours=1)
        await BallotHolding(self.database, self.now).check(self.ballot, actor=secretary)

    async def _keys(self) -> None:
        """Three key holders rehearse; the third does not answer, and another takes the place."""
        three = [new_seed() for _ in range(3)]
        self.holders = Holders(self.database, self.seeds, self.party.secretary, three)
        rehearsal = await self.holders.draw_up(self.ballot, self.now, rehearsal=True)
        for number in (1, 2):
            await self.holders.accept(rehearsal, number, self.now)
        self.holders.mixers[2] = new_seed()
        self.urn = await self.holders.draw_up(self.ballot, self.now)
        for number in (1, 2, 3):
            await self.holders.accept(self.urn, number, self.now)

    async def electors(self) -> list[UUID]:
        """Everybody who may vote, in an order that is the same each time."""
        async with self.database.unit(self.now) as unit:
            return sorted(await urns.electors(unit.session, self.ballot))

    async def _let_in(self, member: UUID) -> None:
        """Somebody was taken out by mistake: the roll grows by a slot, two officers sign it, and the vote is cast."""
        await self.correct(member, CorrectionKind.ADD, "Fel person ströks")
        waiting = await to_sign(self.database, self.seeds, self.ballot, actor=self.party.secretary, at=self.now)
        await self.holders.sign_all(self.urn, tuple(filter(None, [waiting.roll])), self.now)
        await self._vote([Vote(member, (await self._slots())[member], ("ja",))], 2)

    async def remove(self, member: UUID, reason: str) -> None:
        """Take somebody out of the electorate."""
        await self.correct(member, CorrectionKind.REMOVE, reason)

    async def correct(self, member: UUID, kind: CorrectionKind, reason: str) -> None:
        """Correct the electorate: the secretary proposes it, the chair approves."""
        preparing = BallotPreparing(self.database, self.now)
        found = await preparing.propose_correction(self.ballot, member, kind, reason, actor=self.party.secretary)
        await preparing.approve_correction(found, actor=self.party.chair)

    async def hold(self) -> int:
        """Seven days of votes, envelopes and the clock; returns how many have voted digitally."""
        left = await self.electors()
        self.chance.shuffle(left)
        size, cast = len(left), 0
        slots = await self._slots()
        for day in range(DAYS):
            self.now = OPENS + timedelta(days=day)
            await self.tick()
            coming = [left.pop() for _ in range(min(len(left), size * TURNOUT[day] // 100))]
            self.now += timedelta(hours=9)
            cast += await self._vote([Vote(each, slots[each], self._choice()) for each in coming], day)
            await self._post([left.pop() for _ in range(min(len(left), max(1, round(size * BY_POST))))], coming[0])
            if day == 1:
                await self.remove(coming[1], "Röstade med någon annans konto")
            if day == 2:
                await self._let_in(self.wronged)
            await self.tick()
        self.now = CLOSES
        await self.tick()
        return cast + 1

    async def tick(self) -> None:
        """What the clock and the log's worker do."""
        await hold_ballots(self.seeds, self.database, self.now)
        while await round_of(self.database, self.seeds, self.now):
            pass

    def _choice(self) -> tuple[str, ...]:
        drawn = self.chance.random()
        return () if drawn > 0.97 else ("ja",) if drawn < YES else ("nej",)

    async def _slots(self) -> dict[UUID, int]:
        """What the server tells every voter: their own slot."""
        key = self.seeds.read(self.urn, API).roll
        async with self.database.read() as connection:
            found = await postal.slots(connection, self.urn)
        return {each: found[tag(key, each.hex)].number for each in await self.electors()}

    async def _vote(self, votes: list[Vote], day: int) -> int:
        row = await self.holders.row(self.urn, self.now)
        boxes = await seal_all(self.pool, row.manifest or b"", votes)
        done = 0

        def came(more: int) -> None:
            nonlocal done
            done += more
            self.show(f"Dag {day + 1} av {DAYS}", done / len(votes))

        desk = CastDesk(self.database, self.seeds, lambda: self.now)
        await cast_all(desk, self.urn, row.m or b"", votes, boxes, came)
        return len(votes)

    async def _post(self, senders: list[UUID], voted: UUID) -> None:
        """Envelopes come in; one is from somebody who has voted, and is set aside."""
        channel = PostalChannel(self.database, self.now, seeds=self.seeds)
        for each in senders:
            await channel.mark(self.ballot, each, actor=self.party.secretary)
            self.papers["ja" if self.chance.random() < YES else "nej"] += 1
        await channel.set_aside(self.ballot, EnvelopeFault.VOTED_ALREADY, voted, actor=self.party.secretary)


async def play(database: Database, folder: Path, members: int, show: Show) -> Report:
    """Play the whole ballot in an empty database; the seeds of its urns lie in the folder meanwhile."""
    party = await found(database, folder, members, ORDERED, lambda share: show("Medlemsregistret", share))
    with ProcessPoolExecutor(min(os.cpu_count() or 1, 4), mp_context=get_context("spawn")) as pool:
        week = Week(database, Seeds(folder / "urnor"), party, show, pool)
        await week.prepare()
        cast = await week.hold()
    ending = Ending(database, week.seeds, party, week.holders, week.ballot, week.urn, CLOSES)
    report = await ending.play(week.papers, show)
    return report.with_line(cast, ending.line)
