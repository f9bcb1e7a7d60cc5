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
from contextlib import ExitStack
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
        connection.execute("CREATE TABLE bare_roll (id bigserial PRIMARY KEY, at timestamptz)")
        connection.execute("CREATE TABLE bare_box (id bigserial PRIMARY KEY, box text)")
        yield address


def _fresh(address: str, name: str) -> str:
    with psycopg.connect(postgres.with_name(address, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    migrate(postgres.with_name(address, name))
    return postgres.with_name(address, name)


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
    """Seconds of a processor that the servers, their database and the clients have taken so far."""

    server: float
    database: float
    clients: float

    @classmethod
    def by(cls, servers: list[int], clients: list[int]) -> "Spent":
        database = [each.pid for each in psutil.process_iter(["name"]) if each.info["name"] == "postgres"]
        return cls(sum(map(_seconds, servers)), sum(map(_seconds, database)), sum(map(_seconds, clients)))

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


def vote(servers: list[Server], lines: list[str], folder: Path) -> Voting:
    """Let clients of processes of their own send these, so that what is measured is the servers."""
    with ExitStack() as stack:
        voters = [
            stack.enter_context(_clients(server, lines[at :: len(servers)], folder / f"{at}", CLIENTS // len(servers)))
            for at, server in enumerate(servers)
        ]
        pids = [each.process.pid for each in servers], [each.pid for each in voters]
        before, began = Spent.by(*pids), time.perf_counter()
        for each in voters:
            _say(each, "go")
        for each in voters:
            _heard(each, "done")
        seconds, spent = time.perf_counter() - began, Spent.by(*pids).since(before)
        answers = [json.loads(line.split(" ", 2)[2]) for each in voters for line in each.communicate()[0].splitlines()]
    return Voting(seconds, Counter(each["data"]["castBallot"]["__typename"] for each in answers), spent)


def _clients(server: Server, lines: list[str], file: Path, count: int) -> "subprocess.Popen[str]":
    file.write_text("\n".join(lines))
    port = server.address.rpartition(":")[2]
    clients = subprocess.Popen(
        [sys.executable, "-m", "tests.voters", port, f"{count}", file],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    _heard(clients, "ready")
    return clients


def _say(clients: "subprocess.Popen[str]", word: str) -> None:
    assert clients.stdin is not None
    clients.stdin.write(f"{word}\n")
    clients.stdin.flush()


def _heard(clients: "subprocess.Popen[str]", word: str) -> None:
    assert clients.stdout is not None
    assert clients.stdout.readline() == f"{word}\n"


@pytest.mark.parametrize("processes", [1, 2])
async def test_votes_are_cast_by_sixty_four_at_a_time(durable: str, tmp_path: Path, processes: int) -> None:
    database = Database(_fresh(durable, f"casting_{processes}"), pool_size=5)
    world = await build(database)
    made = await hall(world, tmp_path, ENTITLED)
    lines = await requests(world, made, WARM + CASTS)
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(database.url, tmp_path, clock=DURING)) for _ in range(processes)]
        vote(servers, lines[:WARM], tmp_path)
        found = vote(servers, lines[WARM:], tmp_path)
    assert found.kinds == {"BallotReceipt": CASTS}
    await database.close()
    inserts, rate = bare(durable, tmp_path / "bare.sql"), CASTS / found.seconds
    print(
        f"\n{rate:.0f} votes a second, server processes: {processes} ({ENTITLED} entitled, {CLIENTS} clients, "
        f"PostgreSQL with fsync); processor time of each: {found.spent.each(CASTS)}; "
        f"two bare inserts {inserts:.0f} a second, 1/{inserts / rate:.1f}"
    )
