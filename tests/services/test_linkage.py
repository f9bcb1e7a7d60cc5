"""Whether a vote can be linked with its voter from all that the server has, on both databases.

`forseglad`: with every key but one mixer's, links come at chance only. `sluten`: the same without the operator's mixer
seed; with it every vote is linked, and that is what the level says.
"""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from democracy.ballotbox.mixing import mix, split
from democracy.ballotbox.roll import tag
from democracy.domain.actors import Member
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.seeds import API
from democracy.storage import urns
from democracy.storage.unit_of_work import Database
from democracy.workers.urns import round_of
from tests import linkage
from tests.electors import electorate
from tests.linkage import Orders, Voter
from tests.services.test_ballot_ordering import CLOSES, OPENS, announced
from tests.urns import Held, new_seed, seeds_in
from tests.world import BEFORE, World
from workflows.ballot_kinds import SecrecyLevel

DURING = OPENS + timedelta(days=1)
AT_ONCE = 25
LEVELS = {SecrecyLevel.SEALED: 2, SecrecyLevel.CLOSED: 1}


@dataclass
class Played:
    """An urn that was voted in, counted, and taken apart."""

    held: Held
    kind: str
    path: Path
    voters: dict[int, Voter] = field(default_factory=dict)
    arrival: list[int] = field(default_factory=list)
    before_mixing: bytes = b""
    lists: dict[int, list[bytes]] = field(default_factory=dict)
    final: list[bytes] = field(default_factory=list)
    codes: list[bytes] = field(default_factory=list)

    async def files(self, since: str) -> bytes:
        if self.kind == "sqlite":
            return linkage.sqlite_files(self.path)
        return await linkage.postgres_files(self.held.database, since)

    async def voter_side(self, peeled: int = 0) -> Orders:
        """Every order of slots, L_1 … L_peeled included, whose mixers' keys are known."""
        orders = Orders(len(self.voters))
        await linkage.by_columns(self.held.database, self.kind, orders)
        orders.add("arrival", self.arrival)
        orders.add("by place on disk", linkage.places(self.before_mixing, {at: v.box for at, v in self.voters.items()}))
        for i in range(peeled + 1):
            orders.add(f"L_{i}", self.slots_of(i))
        return orders

    def ballot_side(self, first: int) -> Orders:
        """Every order of ballots, from the list that the withheld key opened."""
        orders = Orders(len(self.voters))
        for i in range(first, len(self.lists)):
            orders.add(f"L_{i}", self.slots_of(i))
        texts = {each.body.text: at for at, each in self.voters.items()}
        lines = {each.body.code_line.encode(): at for at, each in self.voters.items()}
        orders.add("F", [texts[each] for each in self.final])
        orders.add("codes", [lines[each] for each in self.codes])
        return orders

    def slots_of(self, i: int) -> list[int]:
        """Whose ballot each record of L_i is: what nobody but the test knows from L_1 on."""
        known = {each.layers[i].box: at for at, each in self.voters.items()}
        return [known[each[4:] if i == 0 else each] for each in self.lists[i]]


async def played(world: World, url: str, folder: Path, level: SecrecyLevel, size: int) -> Played:
    ballot = await announced(world, level=level)
    members = await electorate(world, ballot, size)
    mixers = [new_seed() for _ in range(LEVELS[level])]
    held = Held(world.database, seeds_in(folder), world.actor("party_secretary"), ballot, mixers=mixers)
    await held.prepare(BEFORE)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    made = Played(held, url.partition(":")[0], folder / "world.db")
    since = await linkage.wal_segment(world.database) if made.kind == "postgresql" else ""
    await _vote(made, members)
    await held.closing(CLOSES).close(ballot, actor=world.actor("clock"))
    await round_of(held.database, held.seeds, CLOSES)
    made.before_mixing = await made.files(since)
    await held.finish(CLOSES)
    bundle, (manifest, _) = await held.bundle(CLOSES), await held.manifest(CLOSES)
    made.lists = {i: split(data, manifest.record_bytes(i)) for i, data in bundle.lists.items()}
    made.final, made.codes = (bundle.final or b"").split(b"\n")[:-1], (bundle.codes or b"").split(b"\n")[:-1]
    return made


async def _vote(made: Played, members: list[Member]) -> None:
    """In no order that anything else has, many at once, while the log is written."""
    held = made.held
    manifest, m = await held.manifest(BEFORE)
    key = held.seeds.read(held.urn, API).roll
    async with held.database.read() as connection:
        slots = dict(await urns.marks(connection, held.urn))
    coming = random.sample(members, len(members))
    desk = CastDesk(held.database, held.seeds, lambda: DURING)
    for at in range(0, len(coming), AT_ONCE):
        group = []
        for each in coming[at : at + AT_ONCE]:
            slot = slots[tag(key, each.id.hex)]
            made.voters[slot] = linkage.voter(manifest, m, slot, ("ja", "nej")[slot % 2])
            made.arrival.append(slot)
            group.append(desk.cast(held.urn, m, made.voters[slot].box, actor=each))
        await asyncio.gather(*group)
        if at % (AT_ONCE * 4) == 0:
            await round_of(held.database, held.seeds, DURING)


@pytest.mark.parametrize(
    ("level", "size"),
    [
        pytest.param(SecrecyLevel.SEALED, 60, id="forseglad-60"),
        pytest.param(SecrecyLevel.SEALED, 1_000, id="forseglad-1000", marks=pytest.mark.long),
        pytest.param(SecrecyLevel.CLOSED, 1_000, id="sluten-1000", marks=pytest.mark.long),
    ],
)
async def test_votes_are_linked_at_chance_only_and_planted_leaks_are_found(
    world: World, world_url: tuple[str, World], tmp_path: Path, level: SecrecyLevel, size: int
) -> None:
    made = await played(world, world_url[0], tmp_path, level, size)
    wanted = [each for voter in made.voters.values() for each in voter.secrets]
    assert linkage.found_in(made.before_mixing, wanted) == set(), "something secret lies on the disk before the mixing"
    for withheld in range(1, LEVELS[level] + 1):
        voters, ballots = await made.voter_side(peeled=withheld - 1), made.ballot_side(first=withheld)
        assert {"arrival", "L_0", "by place on disk", 'sealed_ballot by "digest"'} <= voters.found.keys()
        assert len(ballots.found) >= 2, "F and codes, and each list"
        assert linkage.links(voters, ballots) == [], f"mixer {withheld} withheld its key"
    await _planted(made, await made.voter_side())
    assert await _with_every_key(made) == size


async def _planted(made: Played, voters: Orders) -> None:
    """A table in plain text, a mixer that does not sort, opened ballots in the order in which they came."""
    plain = await _plaintext_table(made)
    assert linkage.found_in(plain, [each.body.code.encode() for each in made.voters.values()]) != set()
    unsorted = Orders(len(made.voters))
    unsorted.add("L_1 unsorted", [int.from_bytes(each[:4], "big") for each in made.lists[0]])
    unsorted.add("F as it came", made.arrival)
    found = {(each.voters, each.ballots) for each in linkage.links(voters, unsorted)}
    assert {("L_0", "L_1 unsorted"), ("arrival", "F as it came")} <= found
    nearly = Orders(len(made.voters))
    nearly.add("in batches", _shuffled_within(made.arrival, AT_ONCE))
    assert any(each.voters == "arrival" for each in linkage.links(voters, nearly)), "a batch of its own time is a link"


def _shuffled_within(order: list[int], batch: int) -> list[int]:
    batches = [order[at : at + batch] for at in range(0, len(order), batch)]
    return [each for those in batches for each in random.sample(those, len(those))]


async def _plaintext_table(made: Played) -> bytes:
    database: Database = made.held.database
    since = await linkage.wal_segment(database) if made.kind == "postgresql" else ""
    async with database.unit(DURING) as unit:
        await unit.session.execute(text("CREATE TABLE leak (slot INTEGER, code TEXT)"))
        rows = [{"slot": at, "code": each.body.code} for at, each in made.voters.items()]
        await unit.session.execute(text("INSERT INTO leak VALUES (:slot, :code)"), rows)
    return await made.files(since)


async def _with_every_key(made: Played) -> int:
    """How many votes are linked by whoever holds all keys: each record opened alone."""
    held, (_, m) = made.held, await made.held.manifest(CLOSES)
    keys = [*(each.hpke for each in held.mixers), held.seeds.read(held.urn, "lock").hpke]
    linked = 0
    for record in made.lists[0]:
        alone = record
        for i, key in enumerate(keys, start=1):
            (alone,) = mix(m, i, [alone], key).records
        voter = made.voters[int.from_bytes(record[:4], "big")]
        linked += voter.body.text in alone
    return linked
