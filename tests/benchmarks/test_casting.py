"""How many sealed votes a second are cast over HTTP and GraphQL, each durably stored, beside two bare inserts."""

import asyncio
import base64
import os
import random
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import psutil
import psycopg
import pytest

from democracy.storage.migrate import migrate
from democracy.storage.unit_of_work import Database
from schema.ids import global_id
from tests import postgres
from tests.api import Client, tokens
from tests.linkage import voter
from tests.sealing import CAST
from tests.serving import serving
from tests.voting_hall import DURING, hall
from tests.world import BEFORE, build

pytestmark = pytest.mark.bench
ENTITLED, CASTS, CLIENTS = 25_000, 3_000, 64
BARE_SECONDS = 5
BARE = """BEGIN;
INSERT INTO bare_roll (at) VALUES (now());
INSERT INTO bare_box (box) VALUES (repeat('x', 900));
COMMIT;
"""


@pytest.fixture(scope="module")
def durable() -> Iterator[str]:
    """A PostgreSQL that waits for its disk."""
    with (
        postgres.server(durable=True) as address,
        psycopg.connect(postgres.with_name(address, "postgres"), autocommit=True) as connection,
    ):
        connection.execute("CREATE DATABASE casting")
        migrate(postgres.with_name(address, "casting"))
        connection.execute("CREATE TABLE bare_roll (id bigserial PRIMARY KEY, at timestamptz)")
        connection.execute("CREATE TABLE bare_box (id bigserial PRIMARY KEY, box text)")
        yield address


def bare(address: str, script: Path) -> float:
    """Transactions of two inserts a second, by pgbench."""
    programs = postgres.binaries()
    if programs is None or not (programs / "pgbench").exists():
        pytest.skip("pgbench is not installed")
    script.write_text(BARE)
    given = ["-n", "-c", str(CLIENTS), "-j", "2", "-T", str(BARE_SECONDS), "-f", str(script)]
    done = subprocess.run(
        [programs / "pgbench", *given, postgres.with_name(address, "postgres")],
        capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found is not None, done.stdout
    return float(found[1])


async def test_votes_are_cast_by_sixty_four_at_a_time(durable: str, tmp_path: Path) -> None:
    database = Database(postgres.with_name(durable, "casting"), pool_size=5)
    world = await build(database)
    made = await hall(world, tmp_path, ENTITLED)
    chosen = random.sample(made.members, CASTS)
    names = {f"voter {at}": each.id for at, each in enumerate(chosen)}
    world.members.update(names)
    issued = await tokens(world, list(names), DURING)
    manifest, m = await made.held.manifest(BEFORE)
    waiting = asyncio.Queue[tuple[str, str]]()
    for each, token in zip(chosen, issued, strict=True):
        box = voter(manifest, m, made.slots[each.id], "ja").box
        waiting.put_nowait((token, base64.b64encode(box).decode()))
    urn = global_id("Urn", made.held.urn)
    answers: list[str] = []

    async def voting(http: httpx2.AsyncClient) -> None:
        while not waiting.empty():
            token, sealed = waiting.get_nowait()
            answer = await Client(http, token).change(CAST, urn=urn, manifest=m.hex(), sealed=sealed)
            answers.append(answer["__typename"])

    with serving(database.url, tmp_path, clock=DURING) as server:
        async with AsyncExitStack() as stack:
            limits = httpx2.Limits(max_connections=CLIENTS)
            made_client = httpx2.AsyncClient(base_url=server.address, timeout=120, limits=limits)
            http = await stack.enter_async_context(made_client)
            process = psutil.Process(server.process.pid)
            before, started = process.cpu_times(), time.perf_counter()
            await asyncio.gather(*(voting(http) for _ in range(CLIENTS)))
            spent, after = time.perf_counter() - started, process.cpu_times()
    worked = after.user + after.system - before.user - before.system
    assert answers == ["BallotReceipt"] * CASTS
    await database.close()
    inserts = bare(durable, tmp_path / "bare.sql")
    print(
        f"\n{CASTS / spent:.0f} votes a second ({ENTITLED} entitled, {CLIENTS} clients, PostgreSQL with fsync), and of "
        f"each second the server worked {worked / spent:.2f}; two bare inserts {inserts:.0f} a second, "
        f"1/{inserts * spent / CASTS:.1f}"
    )
