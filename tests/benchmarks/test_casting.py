"""How many sealed votes a second are cast over HTTP and GraphQL, each durably stored, beside two bare inserts."""

import base64
import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from democracy.storage.migrate import migrate
from democracy.storage.unit_of_work import Database
from schema.ids import global_id
from tests import postgres
from tests.api import tokens
from tests.linkage import voter
from tests.sealing import CAST
from tests.serving import ROOT, Server, serving
from tests.voting_hall import DURING, Hall, hall
from tests.world import BEFORE, World, build

pytestmark = pytest.mark.bench
ENTITLED, WARM, CASTS, CLIENTS = 25_000, 300, 10_000, 64
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


@dataclass
class Spent:
    """Seconds of a processor that the server, its database and the clients have taken so far."""

    server: float
    database: float
    clients: float

    @classmethod
    def by(cls, server: Server, clients: int) -> "Spent":
        database = [each.pid for each in psutil.process_iter(["name"]) if each.info["name"] == "postgres"]
        return cls(_seconds(server.process.pid), sum(map(_seconds, database)), _seconds(clients))

    def since(self, before: "Spent") -> "Spent":
        return Spent(self.server - before.server, self.database - before.database, self.clients - before.clients)

    def each(self, casts: int) -> str:
        """Milliseconds a vote."""
        told = (("server", self.server), ("database", self.database), ("clients", self.clients))
        return ", ".join(f"{name} {1000 * seconds / casts:.2f} ms" for name, seconds in told)


def _seconds(pid: int) -> float:
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


async def requests(world: World, made: Hall, count: int) -> list[str]:
    """Signed-in voters, each with a sealed ballot in a request of their own."""
    chosen = random.sample(made.members, count)
    names = {f"voter {at}": each.id for at, each in enumerate(chosen)}
    world.members.update(names)
    issued = await tokens(world, list(names), DURING)
    manifest, m = await made.held.manifest(BEFORE)
    urn, lines = global_id("Urn", made.held.urn), []
    for each, token in zip(chosen, issued, strict=True):
        sealed = base64.b64encode(voter(manifest, m, made.slots[each.id], "ja").box).decode()
        given = {"urn": urn, "manifest": m.hex(), "sealed": sealed}
        lines.append(f"{token} {json.dumps({'query': CAST, 'variables': {'input': given}})}")
    return lines


@dataclass
class Voting:
    """What the clients saw."""

    seconds: float
    kinds: Counter[str]
    spent: Spent


def vote(server: Server, lines: list[str], file: Path) -> Voting:
    """Let clients of a process of their own send these, so that what is measured is the server."""
    file.write_text("\n".join(lines))
    port = server.address.rpartition(":")[2]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.voters", port, str(CLIENTS), file],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as clients:  # fmt: skip
        assert clients.stdin is not None
        assert clients.stdout is not None
        assert clients.stdout.readline() == "ready\n"
        before, began = Spent.by(server, clients.pid), time.perf_counter()
        clients.stdin.write("go\n")
        clients.stdin.flush()
        assert clients.stdout.readline() == "done\n"
        seconds, spent = time.perf_counter() - began, Spent.by(server, clients.pid).since(before)
        clients.stdin.close()
        bodies = [json.loads(line.split(" ", 2)[2]) for line in clients.stdout]
    return Voting(seconds, Counter(each["data"]["castBallot"]["__typename"] for each in bodies), spent)


async def test_votes_are_cast_by_sixty_four_at_a_time(durable: str, tmp_path: Path) -> None:
    database = Database(postgres.with_name(durable, "casting"), pool_size=5)
    world = await build(database)
    made = await hall(world, tmp_path, ENTITLED)
    lines = await requests(world, made, WARM + CASTS)
    with serving(database.url, tmp_path, clock=DURING) as server:
        vote(server, lines[:WARM], tmp_path / "warm")
        found = vote(server, lines[WARM:], tmp_path / "requests")
    assert found.kinds == {"BallotReceipt": CASTS}
    await database.close()
    inserts, rate = bare(durable, tmp_path / "bare.sql"), CASTS / found.seconds
    print(
        f"\n{rate:.0f} votes a second ({ENTITLED} entitled, {CLIENTS} clients, PostgreSQL with fsync); processor time "
        f"of each: {found.spent.each(CASTS)}; two bare inserts {inserts:.0f} a second, 1/{inserts / rate:.1f}"
    )
