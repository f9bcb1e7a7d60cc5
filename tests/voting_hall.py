"""An urn for many voters, who cast from other processes or all at once."""

import asyncio
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from democracy.ballotbox.roll import tag
from democracy.domain.actors import Member
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.seeds import API
from democracy.storage import urns
from democracy.storage.tables.urn import SealedBallotRow
from tests.electors import electorate
from tests.linkage import voter
from tests.services.test_ballot_ordering import OPENS, announced
from tests.serving import ROOT
from tests.urns import Held, seeds_in
from tests.world import BEFORE, World

DURING = OPENS + timedelta(days=1)


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
