"""`democracy serve` as a process: it becomes ready, does what runs beside it, and stops when it is told to."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import httpx2
import pytest

from democracy.storage.unit_of_work import Database
from tests.ledgers import record


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(url: str, *options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = _free_port()
    seeds = TemporaryDirectory()
    process = subprocess.Popen(
        [sys.executable, "-m", "democracy", "serve", "--port", str(port), *options],
        env={
            **os.environ,
            "DEMOCRACY_DATABASE_URL": url,
            "DEMOCRACY_CHEAP_PASSWORDS": "1",
            "DEMOCRACY_SEEDS_FOLDER": seeds.name,
        },
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        finally:
            process.kill()
            seeds.cleanup()


def _ready(address: str) -> dict[str, dict[str, object]]:
    """What the server says of itself once it is ready."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            answer = httpx2.get(f"{address}/health/ready")
        except httpx2.TransportError:
            answer = None
        if answer is not None and answer.status_code == 200:
            checks: dict[str, dict[str, object]] = answer.json()["checks"]
            return checks
        time.sleep(0.1)
    raise AssertionError("the server never became ready")


def _record(url: str, count: int) -> None:
    async def fill() -> None:
        database = Database(url)
        await record(database, count)
        await database.close()

    asyncio.run(fill())


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "two processes"])
def test_a_server_becomes_ready_places_steps_and_stops(database_url: str, options: tuple[str, ...]) -> None:
    with serving(database_url, *options) as (address, process):
        assert set(_ready(address)) == {"database", "migrations", "ledger", "clock"}
        _record(database_url, 3)
        end = time.monotonic() + 20
        while _ready(address)["ledger"]["position"] != 3 and time.monotonic() < end:
            time.sleep(0.1)
        assert _ready(address)["ledger"]["position"] == 3
        answer = httpx2.post(f"{address}/graphql", json={"query": "{ viewer { __typename } }"})
        assert "data" in answer.json()
        assert 'democracy_check{check="ledger",value="waiting"} 0.0' in httpx2.get(f"{address}/metrics").text
    assert process.returncode in {0, -signal.SIGTERM}  # uvicorn lets the signal that stopped it be seen
