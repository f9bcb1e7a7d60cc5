"""An urn's log as public files: a witness elsewhere follows it over HTTP, and the urn waits for its signature."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from democracy.app import Application
from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.tiles import hashes, pack, tiles, unpack
from democracy.cli._witness_folder import Folder
from democracy.cli._witness_watch import ForkError, Watch
from democracy.services.urns.log import sign_checkpoint
from democracy.services.urns.witnessing import UrnWitnessing
from democracy.settings import Settings
from democracy.storage import urns
from democracy.storage.tables.urn import UrnRow
from schema.asgi import create_app
from schema.ids import global_id
from tests.services.test_ballot_ordering import announced
from tests.urns import Held, seeds_in
from tests.world import BEFORE, World
from workflows.urn import UrnState

WITNESS = "vittne.example/1"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "vittne")
    made.create(WITNESS, Seed(b"w" * 32))
    return made


@pytest.fixture
async def held(world: World, tmp_path: Path, folder: Folder) -> Held:
    ballot = await announced(world)
    made = Held(world.database, seeds_in(tmp_path), world.actor("party_secretary"), ballot)
    await made.prepare(BEFORE, witnesses=[str(folder.key.verifier)], quorum=1)
    await sign_checkpoint(made.database, made.seeds, made.urn, BEFORE)
    return made


@pytest.fixture
async def client(held: Held, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = Application(Settings(database_url=held.database.url, seeds_folder=tmp_path / "seeds"))
    transport = httpx2.ASGITransport(app=create_app(application=app))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as made:
        yield made
    await app.close()


async def fetched(client: httpx2.AsyncClient, held: Held, size: int) -> dict[str, bytes]:
    """Every file of the log, by its name: no cookie and no token."""
    names = ["checkpoint", *(f"tile/{each}" for level in (None, 0) for each in tiles(size, level))]
    found = {}
    for name in names:
        answer = await client.get(f"/urns/{global_id('Urn', held.urn)}/{name}")
        assert answer.status_code == 200, name
        found[name] = answer.content
    return found


async def test_a_witness_elsewhere_follows_the_log_and_its_signature_lets_the_urn_go_on(
    held: Held, client: httpx2.AsyncClient, folder: Folder
) -> None:
    origin = (await held.manifest(BEFORE))[0].origin
    folder.trust(held.seeds.log_key(held.urn, origin).verifier)
    files = await fetched(client, held, 2)
    line = Watch(folder, files.__getitem__).look()
    assert hashes(files["tile/0/000.p/2"], 2)
    assert len(folder.copied(origin)) == 2, "the witness can give the log back"
    assert await state(held) is UrnState.BEGUN
    service = UrnWitnessing(held.database, BEFORE, seeds=held.seeds)
    await service.take_cosignatures(held.urn, str(line), actor=held.keeper)
    assert await state(held) is UrnState.READY
    assert WITNESS in (await fetched(client, held, 2))["checkpoint"].decode()


async def test_a_log_that_was_rewritten_is_found_by_whoever_looks(
    held: Held, client: httpx2.AsyncClient, folder: Folder
) -> None:
    log = held.seeds.log_key(held.urn, (await held.manifest(BEFORE))[0].origin)
    folder.trust(log.verifier)
    files = await fetched(client, held, 2)
    Watch(folder, files.__getitem__).look()
    leaves = [unpack(files["tile/entries/000.p/2"])[0], b"another past"]
    root = Tree(leaf_hash(each) for each in leaves).root
    note = Checkpoint(log.name, 2, root).signed(log)
    other = files | {"checkpoint": str(note).encode(), "tile/entries/000.p/2": pack(leaves)}
    with pytest.raises(ForkError):
        Watch(folder, other.__getitem__).look()


async def test_what_is_not_signed_or_not_for_everybody_is_not_given_out(held: Held, client: httpx2.AsyncClient) -> None:
    for name in ("tile/0/000.p/3", "tile/entries/001", "tile/", "list-0", "secret"):
        assert (await client.get(f"/urns/{global_id('Urn', held.urn)}/{name}")).status_code == 404, name
    assert (await client.get(f"/urns/{global_id('Ballot', held.urn)}/checkpoint")).status_code == 404


async def state(held: Held) -> UrnState:
    async with held.database.unit(BEFORE) as unit:
        row = await urns.locked(unit.session, held.urn)
        assert isinstance(row, UrnRow)
        return row.state
