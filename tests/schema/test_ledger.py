"""The ledger towards those who do not trust the server: proofs through the API, the tree as files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from democracy.app import Application
from democracy.ballotbox import merkle
from democracy.ballotbox.checkpoint import Checkpoint, read
from democracy.ballotbox.note import VerifierKey
from democracy.ballotbox.tiles import Tile, hashes, tiles, unpack
from democracy.settings import Settings
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from schema.asgi import create_app
from tests.ledgers import record, tree_of

STEPS = 300
PLACES = "{ ledger { position root key checkpoint { size note } } }"


@dataclass
class Server:
    app: Application
    client: httpx2.AsyncClient

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        answer = await self.client.post("/graphql", json={"query": query, "variables": variables})
        found: dict[str, Any] = answer.json()
        return found

    async def file(self, name: str) -> bytes:
        answer = await self.client.get(f"/ledger/{name}")
        assert answer.status_code == 200, name
        return answer.content


@pytest.fixture
async def server(database_url: str, tmp_path: Path) -> AsyncIterator[Server]:
    """300 steps, of which the first 290 are signed."""
    app = Application(Settings(database_url=database_url, seeds_folder=tmp_path, base_url="https://vote.example"))
    await _grow(app.database, STEPS - 10)
    await app.sign_ledger()
    await _grow(app.database, 10)
    asgi: Starlette = create_app(application=app)
    transport = httpx2.ASGITransport(app=asgi)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield Server(app, client)
    await app.close()


async def _grow(database: Database, steps: int) -> None:
    await record(database, steps)
    await sequencer.drain(database)


async def test_anybody_reads_head_key_and_checkpoint(server: Server) -> None:
    found = (await server.ask(PLACES))["data"]["ledger"]
    tree = await tree_of(server.app.database)
    assert (found["position"], found["root"]) == (STEPS, tree.root.hex())
    key = VerifierKey.parse(found["key"])
    assert read(found["checkpoint"]["note"], key) == Checkpoint(key.name, STEPS - 10, tree.root_at(STEPS - 10))
    assert (await server.file("checkpoint")).decode() == found["checkpoint"]["note"]
    assert (await server.file("key")).decode().strip() == found["key"]


async def test_the_tiles_hold_the_whole_tree_that_was_signed(server: Server) -> None:
    size = STEPS - 10
    leaves, entries = list[bytes](), list[bytes]()
    for tile in tiles(size):
        leaves += hashes(await server.file(f"tile/{tile}"), tile.width)
    for tile in tiles(size, None):
        entries += unpack(await server.file(f"tile/{tile}"))
    assert leaves == [merkle.leaf_hash(each) for each in entries]
    root = read((await server.file("checkpoint")).decode(), server.app.ledger_key.signer.verifier).root
    assert merkle.Tree(leaves).root == root
    above = hashes(await server.file("tile/1/000.p/1"), 1)
    assert above == [merkle.Tree(leaves[:256]).root]


@pytest.mark.parametrize(
    "name",
    ["tile/0/001.p/35", "tile/0/002", "tile/0/1", "tile/0/000.p/0", "tile/6/000", "tile/2/000", "tile/entries/001",
     "tile/0/000.p/256", "tile/0/x000/000", "tile/", "state"],
)  # fmt: skip
async def test_what_is_not_signed_or_not_there_is_not_given_out(server: Server, name: str) -> None:
    assert (await server.client.get(f"/ledger/{name}")).status_code == 404


async def test_proofs_are_given_for_any_size(server: Server) -> None:
    query = """query($p: Int!, $old: Int!, $size: Int!) { ledger { inclusionProof(position: $p, size: $size)
        consistencyProof(old: $old, size: $size) } }"""
    tree = await tree_of(server.app.database)
    for place, old, size in ((1, 0, 1), (7, 3, 8), (256, 255, 257), (300, 290, 300)):
        found = (await server.ask(query, p=place, old=old, size=size))["data"]["ledger"]
        assert found["inclusionProof"] == [each.hex() for each in tree.inclusion(place - 1, size)]
        assert found["consistencyProof"] == [each.hex() for each in tree.consistency(old, size)]
    for place, old, size in ((0, 0, 5), (6, 0, 5), (1, 6, 5), (1, 0, 301), (1, 0, 0)):
        refused = await server.ask(query, p=place, old=old, size=size)
        assert "errors" in refused


async def test_an_empty_ledger_has_nothing_to_show(database_url: str, tmp_path: Path) -> None:
    app = Application(Settings(database_url=database_url, seeds_folder=tmp_path))
    transport = httpx2.ASGITransport(app=create_app(application=app))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        here = Server(app, client)
        assert (await here.ask(PLACES))["data"] == {"ledger": None}
        for name in ("checkpoint", "key", "tile/0/000.p/1"):
            assert (await client.get(f"/ledger/{name}")).status_code == 404
    await app.close()


def test_a_tile_is_named_as_the_standard_names_it() -> None:
    names = {"0/000": (0, 0, 256), "1/x001/x234/067": (1, 1234067, 256), "entries/x001/000.p/7": (None, 1000, 7)}
    for name, (level, at, width) in names.items():
        assert Tile.parse(name) == Tile(level, at, width)
        assert str(Tile(level, at, width)) == name
