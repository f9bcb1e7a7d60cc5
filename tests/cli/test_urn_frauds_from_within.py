"""Frauds in which whoever runs the server, holds the log's key or mixes takes part, in urns of the real service."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from democracy.ballotbox.ballot import Body, seal_layer
from democracy.ballotbox.bundle import write_bundle
from democracy.ballotbox.checkpoint import Checkpoint, cosign
from democracy.ballotbox.client import Complaint, Paper
from democracy.ballotbox.handin import HandIn, write_handin
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.mixing import mix, split
from democracy.ballotbox.note import KeyKind, Note, SignerKey
from democracy.ballotbox.roll import tag
from democracy.ballotbox.urn import mix_leaf
from democracy.ballotbox.voter_file import VoterFile
from democracy.cli import commands
from democracy.domain.actors import Member
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.log import sign_checkpoint
from democracy.services.urns.roll import Rolls
from democracy.services.urns.seeds import API
from democracy.services.urns.witnessing import UrnWitnessing
from democracy.storage import urn_log
from democracy.storage.tables.ballot import ElectorRow
from democracy.workers.urns import round_of
from tests.electors import announced_anew, electorate
from tests.services.test_ballot_ordering import CLOSES, OPENS, announced
from tests.urns import Held, new_seed, seeds_in
from tests.world import BEFORE, World
from workflows.engine import StepDenied

VOTERS = ("member", "mover", "co_mover", "delegate", "board", "chair", "secretary")
WITNESS = SignerKey("vittne.example/1", KeyKind.COSIGNATURE, new_seed().sign)
SWAPPED, CAST = 20, 25
Change = Callable[[tuple[bytes, ...]], tuple[bytes, ...]]
NOTES = "UPDATE urn_checkpoint SET note = :note WHERE size = :size AND urn_id = :urn"


class Live(Held):
    """An urn with a witness, whose server does as it is told."""

    async def witnessed(self, at: datetime) -> None:
        """The last checkpoint is signed, and cosigned at that time."""
        await round_of(self.database, self.seeds, at)
        note = await sign_checkpoint(self.database, self.seeds, self.urn, at) or await self.last(at)
        line = cosign(Note.parse(note), WITNESS, int(at.timestamp()))
        service = UrnWitnessing(self.database, at, seeds=self.seeds)
        await service.take_cosignatures(self.urn, str(line), actor=self.keeper)

    async def last(self, at: datetime) -> str:
        async with self.database.unit(at) as unit:
            found = await urn_log.latest_checkpoint(unit.session, self.urn)
        assert found is not None
        return found[1]

    async def written(self, path: Path, at: datetime, **others: object) -> list[str]:
        """The bundle, and the keys from elsewhere."""
        write_bundle(await self.bundle(at), path / "urna.zip")
        trust = (await self.trust(at)).data() | {"witnesses": [str(WITNESS.verifier)]} | others
        (path / "nycklar.json").write_text(json.dumps(trust))
        return [str(path / "urna.zip"), "--trust", str(path / "nycklar.json")]


def verified(files: Sequence[str], *more: str) -> tuple[int, str]:
    told = CliRunner().invoke(commands, ["verify", "bundle", *files, *more])
    return told.exit_code, told.output


async def opened(world: World, folder: Path, without: str | None = None) -> Live:
    ballot = await announced(world)
    if without is not None:
        async with world.database.unit(BEFORE) as unit:
            await unit.session.delete(await unit.session.get_one(ElectorRow, (ballot, world.members[without])))
        await announced_anew(world, ballot)
    held = Live(world.database, seeds_in(folder), world.actor("party_secretary"), ballot)
    await held.prepare(BEFORE, witnesses=[str(WITNESS.verifier)], quorum=1)
    await held.witnessed(BEFORE)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    return held


async def voted(held: Live, world: World, *names: str) -> None:
    desk = CastDesk(held.database, held.seeds, lambda: OPENS)
    for name in names:
        box = await held.box(world.members[name], ["ja"], OPENS)
        await desk.cast(held.urn, await held.m(OPENS), box, actor=world.actor(name))


async def ended(held: Live, world: World, at: datetime) -> None:
    """From the close to the result, each stage seen by the witness at that time."""
    await held.closing(at).close(held.ballot, actor=world.actor("clock"))
    closing = held.closing(at)
    await closing.hand_over(held.urn, actor=held.keeper)
    await held.witnessed(at)
    await mixed(held, at)
    await held.witnessed(at)
    await closing.open(held.urn, actor=held.keeper)
    await held.witnessed(at)
    await closing.count(held.urn, actor=held.keeper)
    await held.witnessed(at)


async def mixed(
    held: Live, at: datetime, change: Callable[[tuple[bytes, ...]], tuple[bytes, ...]] | None = None
) -> None:
    """The key holder mixes, and hands on what they like."""
    manifest, m = await held.manifest(at)
    records = split((await held.bundle(at)).lists[0], manifest.record_bytes(0))
    found = mix(m, 1, records, held.mixers[0].hpke)
    if change is not None:
        found = replace(found, records=change(found.records))
    file = BytesIO()
    write_handin(HandIn(mix_leaf(m, 1, found, held.mixers[0].sign), b"".join(found.records)), file)
    await held.closing(at).take_list(held.urn, file.getvalue(), actor=held.keeper)


async def by_sql(held: Live, statement: str, **values: object) -> None:
    async with held.database.unit(CLOSES) as unit:
        urn: object = held.urn.hex if unit.session.get_bind().dialect.name == "sqlite" else held.urn
        ballot: object = held.ballot.hex if unit.session.get_bind().dialect.name == "sqlite" else held.ballot
        known = values | {"urn": urn, "ballot": ballot}
        await unit.session.execute(text(statement), {key: known[key] for key in known if f":{key}" in statement})


async def test_a_forked_log_and_missing_witnesses_are_named(world: World, tmp_path: Path) -> None:
    held = await opened(world, tmp_path)
    await voted(held, world, *VOTERS)
    await ended(held, world, CLOSES)
    status, told = verified(await held.written(tmp_path, CLOSES))
    assert (status, "counted 7" in told) == (0, True), told
    strange = SignerKey("vittne.example/1", KeyKind.COSIGNATURE, new_seed().sign)
    assert verified(await held.written(tmp_path, CLOSES, witnesses=[str(strange.verifier)]))[1].startswith("E_TRUST")
    log = held.seeds.log_key(held.urn, (await held.manifest(CLOSES))[0].origin)
    async with held.database.unit(CLOSES) as unit:
        notes = await urn_log.checkpoints(unit.session, held.urn)
    size, honest = notes[-2]
    forked = Checkpoint(log.name, size, sha256(b"another past")).signed(log)
    await by_sql(held, NOTES, note=str(forked), size=size)
    assert verified(await held.written(tmp_path, CLOSES))[1].startswith("E_FORK")
    await by_sql(held, NOTES, note=honest, size=size)
    for size, each in notes[1:-1]:
        bare = Note.parse(each)
        await by_sql(held, NOTES, note=str(Note(bare.text, bare.lines[:1])), size=size)
    status, told = verified(await held.written(tmp_path, CLOSES))
    assert (status, "E_WITNESS no quorum of witnesses over close and input" in told) == (1, True), told


async def test_an_early_close_is_named_by_the_witness_who_saw_it(world: World, tmp_path: Path) -> None:
    held, early = await opened(world, tmp_path), CLOSES - timedelta(days=3)
    await voted(held, world, *VOTERS)
    for table, key in (("urn", "id = :urn"), ("member_ballot", "id = :ballot")):
        earlier = str(early.replace(tzinfo=None)) if world.database.url.startswith("sqlite") else early
        await by_sql(held, f"UPDATE {table} SET closes_at = :at WHERE {key}", at=earlier)
    await ended(held, world, early)
    status, told = verified(await held.written(tmp_path, early))
    assert (status, told.split()[0]) == (1, "E_TIME"), told


async def test_a_vote_from_a_slot_that_sql_put_into_the_roll_is_named(world: World, tmp_path: Path) -> None:
    held = await opened(world, tmp_path, without="birger")
    await voted(held, world, *VOTERS)
    ghost = tag(held.seeds.read(held.urn, API).roll, world.members["birger"].hex)
    await by_sql(
        held,
        "INSERT INTO roll_slot (urn_id, tag, slot, leaf, void) SELECT urn_id, :tag, 17, leaf, void FROM roll_slot"
        " WHERE urn_id = :urn AND slot = 0",
        tag=ghost,
    )
    manifest, m = await held.manifest(OPENS)
    box = seal_layer(manifest, m, 1, 17, b"\x00" * (manifest.box_bytes - 48), bytes(32))
    desk = CastDesk(held.database, held.seeds, lambda: OPENS)
    with pytest.raises(StepDenied, match="not_an_elector"):
        await desk.cast(held.urn, m, box, actor=world.actor("birger"))
    async with world.database.unit(OPENS) as unit:
        home = world.units["granvik"]
        unit.session.add(ElectorRow(ballot_id=held.ballot, member_id=world.members["birger"], unit_id=home))
    await desk.cast(held.urn, m, box, actor=world.actor("birger"))
    await ended(held, world, CLOSES)
    status, told = verified(await held.written(tmp_path, CLOSES))
    assert (status, told.split()[0]) == (1, "E_SLOT"), told


async def test_a_key_holder_who_swaps_twenty_passes_and_is_convicted_by_those_who_check(
    world: World, tmp_path: Path
) -> None:
    ballot = await announced(world)
    held = Live(world.database, seeds_in(tmp_path), world.actor("party_secretary"), ballot)
    voters = await electorate(world, ballot, CAST)
    await held.prepare(BEFORE)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    papers = [await voting(held, each) for each in voters]
    await held.closing(CLOSES).close(ballot, actor=world.actor("clock"))
    await held.closing(CLOSES).hand_over(held.urn, actor=held.keeper)
    manifest, m = await held.manifest(CLOSES)
    victims = {file.layers(manifest)[1].box for _, file in papers[:SWAPPED]}

    def swap(records: tuple[bytes, ...]) -> tuple[bytes, ...]:
        codes = (f"{number:016}".replace("0", "A").replace("1", "B").replace("8", "C").replace("9", "D") for number in
                 range(SWAPPED))  # fmt: skip
        bodies = (Body({"1": ("nej",)}, code, "").message(manifest) for code in codes)
        made = (seal_layer(manifest, m, 2, 0, each, sha256(each)) for each in bodies)
        return tuple(sorted([*(each for each in records if each not in victims), *made]))

    await mixed(held, CLOSES, swap)
    await held.closing(CLOSES).open(held.urn, actor=held.keeper)
    await held.closing(CLOSES).count(held.urn, actor=held.keeper)
    await sign_checkpoint(held.database, held.seeds, held.urn, CLOSES)
    files = await held.written(tmp_path, CLOSES)
    status, told = verified(files)
    assert (status, told.split("\n")[0].endswith("spoilt 0 + counted 25")) == (0, True), told
    assert "kan inte se om en nyckelhållare har bytt ut röster" in told
    assert json.loads((await held.bundle(CLOSES)).protocol or b"")["tally"] == {"ja": 5, "nej": 20}
    lists = {1: split((await held.bundle(CLOSES)).lists[1], manifest.record_bytes(1))}
    for at, (paper, file) in enumerate(papers):
        if at >= SWAPPED:
            assert paper.check_lists(file, lists) == 1
            continue
        with pytest.raises(Complaint) as complaint:
            paper.check_lists(file, lists)
        claim = complaint.value.claim
        assert claim is not None
        (tmp_path / "anspråk.json").write_bytes(claim.text)
    status, told = verified(files, "--claim", str(tmp_path / "anspråk.json"))
    assert (status, "mixer 1 at fault" in told) == (3, True)


async def voting(held: Live, voter: Member) -> tuple[Paper, VoterFile]:
    """A vote by the reference client, which keeps its file."""
    mine = await Rolls(held.database, held.seeds).mine(held.urn, voter.id)
    assert mine is not None
    data = (await held.bundle(OPENS)).leaves[0]
    paper = Paper.trusted(data, await held.trust(OPENS), mine)
    file, box = paper.seal({"1": ["ja"]})
    answer = await CastDesk(held.database, held.seeds, lambda: OPENS).cast(held.urn, paper.m, box, actor=voter)
    return paper, paper.take_receipt(file, answer.receipt)
