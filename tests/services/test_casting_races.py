"""Many who cast at once, and the close in between: one ballot a voter, nothing acknowledged is lost."""

import asyncio
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.ballotbox.leaves import Close
from democracy.ballotbox.receipt import read_receipt
from democracy.ballotbox.roll import tag
from democracy.ballotbox.story import read_log
from democracy.domain.actors import Member
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.seeds import API
from democracy.storage import urns
from democracy.storage.tables.urn import SealedBallotRow
from democracy.workers.urns import round_of
from tests.electors import electorate
from tests.linkage import voter
from tests.services.test_ballot_ordering import CLOSES, OPENS, announced
from tests.serving import ROOT
from tests.urns import Held, seeds_in
from tests.world import BEFORE, World
from workflows.engine import StepDenied

DURING = OPENS + timedelta(days=1)
LAST_MOMENT = CLOSES - timedelta(seconds=1)


class Hall:
    """An urn for many voters."""

    def __init__(self, held: Held, members: list[Member], slots: dict[UUID, int], folder: Path) -> None:
        self.held, self.members, self.slots, self.folder = held, members, slots, folder

    async def lines(self) -> list[str]:
        """A fresh ballot of everybody, in an order of its own."""
        manifest, m = await self.held.manifest(BEFORE)
        made = []
        for each in random.sample(self.members, len(self.members)):
            slot = self.slots[each.id]
            made.append(f"{each.id.hex} {slot} {voter(manifest, m, slot, 'ja').box.hex()}")
        return made

    async def process(self, name: str, lines: list[str]) -> subprocess.Popen[str]:
        """Somebody who casts them from another process."""
        file = self.folder / name
        file.write_text("\n".join(lines))
        m, held = await self.held.m(BEFORE), self.held
        given = [held.database.url, str(held.seeds.folder), held.urn.hex, m.hex(), DURING.isoformat(), str(file)]
        return await asyncio.to_thread(
            subprocess.Popen,
            [sys.executable, "-m", "tests.casters", *given],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    async def digests(self) -> list[str]:
        async with self.held.database.unit(DURING) as unit:
            found = await unit.session.scalars(select(SealedBallotRow.digest))
            return [each.hex() for each in found]


async def hall(world: World, folder: Path, size: int) -> Hall:
    ballot = await announced(world)
    members = await electorate(world, ballot, size)
    held = Held(world.database, seeds_in(folder), world.actor("party_secretary"), ballot)
    await held.prepare(BEFORE)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    key = held.seeds.read(held.urn, API).roll
    async with held.database.read() as connection:
        marks = dict(await urns.marks(connection, held.urn))
    return Hall(held, members, {each.id: marks[tag(key, each.id.hex)] for each in members}, folder)


async def told_by(process: subprocess.Popen[str]) -> list[tuple[str, str]]:
    out, _ = await asyncio.to_thread(process.communicate)
    lines = (line.split() for line in out.splitlines())
    return [(each[0], each[1]) for each in lines if len(each) == 2]


@pytest.mark.long
async def test_a_thousand_members_who_cast_four_times_from_four_processes_leave_a_thousand_ballots(
    world: World, tmp_path: Path
) -> None:
    made = await hall(world, tmp_path, 1_000)
    processes = [await made.process(f"voters-{at}", await made.lines()) for at in range(4)]
    told = [each for found in await asyncio.gather(*map(told_by, processes)) for each in found]
    taken, refused = [what for how, what in told if how == "in"], [what for how, what in told if how == "out"]
    assert (len(taken), len(refused)) == (1_000, 3_000)
    assert sorted(taken) == sorted(await made.digests())
    assert sorted(map(int, refused)) == sorted(list(made.slots.values()) * 3)


@pytest.mark.long
async def test_what_was_acknowledged_before_kill_nine_is_there_and_a_retry_gets_the_same_receipt(
    world: World, tmp_path: Path
) -> None:
    made = await hall(world, tmp_path, 200)
    lines, acknowledged = await made.lines(), list[str]()
    process = await made.process("voters", lines)
    assert process.stdout is not None
    while len(acknowledged) < 50:
        acknowledged.append((await asyncio.to_thread(process.stdout.readline)).split()[1])
    process.kill()
    acknowledged += [what for _, what in await told_by(process) if len(what) == 64]
    stored = await made.digests()
    assert set(acknowledged) <= set(stored)
    assert len(stored) < len(lines), "it was killed in the middle"
    again = await told_by(await made.process("again", lines))
    assert {how for how, _ in again} == {"in"}
    assert sorted(what for _, what in again) == sorted(await made.digests())
    assert len(set(acknowledged) & {what for _, what in again}) == len(set(acknowledged))


async def test_a_cast_that_races_the_close_is_in_or_out_and_the_answer_says_which(world: World, tmp_path: Path) -> None:
    made = await hall(world, tmp_path, 60)
    held, lines = made.held, await made.lines()
    m, desk = await held.m(BEFORE), CastDesk(held.database, held.seeds, lambda: LAST_MOMENT)

    async def cast(at: int, line: str) -> str | None:
        await asyncio.sleep(at * 0.004)
        member, _, box = line.split()
        try:
            answer = await desk.cast(held.urn, m, bytes.fromhex(box), actor=Member(UUID(member)))
        except StepDenied:
            return None
        return read_receipt(answer.receipt).digest

    async def close() -> None:
        await asyncio.sleep(0.1)
        await held.closing(CLOSES).close(held.ballot, actor=world.actor("clock"))

    *answers, _ = await asyncio.gather(*(cast(at, line) for at, line in enumerate(lines)), close())
    taken = [each for each in answers if each is not None]
    assert sorted(taken) == sorted(await made.digests())
    await round_of(held.database, held.seeds, CLOSES)
    close_leaf = read_log((await held.bundle(CLOSES)).leaves).one(Close)
    assert close_leaf is not None
    assert close_leaf[1].ballots == len(taken)
