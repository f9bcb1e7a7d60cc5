"""`kill -9` in the middle of the work: what was acknowledged is there, once, and the ledger holds."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from os import environ
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import func, select

from democracy.storage.tables.motion import MotionRow
from democracy.storage.tables.step import StepRow
from schema.ids import global_id
from tests.api import Client, tokens
from tests.drafts import MEMBERS
from tests.serving import ROOT, serving
from tests.world import DEADLINE, World

NOW = DEADLINE - timedelta(hours=1)
CREATE = "mutation ($input: CreateMotionInput!) { createMotion(input: $input) { ... on Motion { id } } }"
SUBMIT = "mutation ($input: SubmitMotionInput!) { submitMotion(input: $input) { ... on Motion { id receiptNumber } } }"


@dataclass
class Stream:
    """One member's motions, handed in one after the other, each with keys of its own."""

    token: str
    name: str
    meeting: str
    begun: int = 0
    known: dict[str, object] = field(default_factory=dict)
    """What the server has acknowledged, by key."""

    async def run(self, address: str) -> None:
        """Hand in new motions until the server is gone."""
        async with httpx2.AsyncClient(base_url=address, timeout=30) as http:
            while True:
                self.begun += 1
                await self.hand_in(Client(http, self.token), self.begun)

    async def repeat(self, address: str) -> None:
        """Ask for everything once more, acknowledged or not."""
        async with httpx2.AsyncClient(base_url=address, timeout=30) as http:
            for number in range(1, self.begun + 1):
                await self.hand_in(Client(http, self.token), number)

    async def hand_in(self, client: Client, number: int) -> None:
        """Create and submit. The same key never gives another answer than the first."""
        create, submit = f"{self.name} skriver {number}", f"{self.name} lämnar {number}"
        clauses = [{"text": "att kvällsbussen går till Granvik."}]
        text = {"title": f"Nummer {number}", "reasoning": "Sista bussen går 18.40.", "clauses": clauses}
        made = await client.change(CREATE, meetingId=self.meeting, text=text, idempotencyKey=create)
        assert self.known.setdefault(create, made) == made
        handed_in = await client.change(SUBMIT, motionId=made["id"], idempotencyKey=submit)
        assert handed_in["id"] == made["id"]
        assert self.known.setdefault(submit, handed_in) == handed_in


@pytest.mark.long
async def test_what_was_acknowledged_before_kill_nine_is_there_once(world: World, tmp_path: Path) -> None:
    names = MEMBERS[:4]
    meeting = global_id("Meeting", world.meeting)
    issued = await tokens(world, names, NOW)
    streams = [Stream(token, name, meeting) for token, name in zip(issued, names, strict=True)]
    for number in range(1, 4):
        with serving(world.database.url, tmp_path, clock=NOW) as server:
            running = [asyncio.create_task(stream.run(server.address)) for stream in streams]
            while sum(len(stream.known) for stream in streams) < 30 * number:
                await asyncio.sleep(0.01)
                assert not any(task.done() for task in running)
            server.kill()
            for task in running:
                with suppress(httpx2.TransportError):
                    await task
    with serving(world.database.url, tmp_path, clock=NOW) as server:
        await asyncio.gather(*(stream.repeat(server.address) for stream in streams))
        await asyncio.gather(*(stream.repeat(server.address) for stream in streams))
    begun = sum(stream.begun for stream in streams)
    await _each_once(world, begun)
    report = _verified(world.database.url)
    assert report["found"] == report["waiting"] == 0
    assert report["steps"] >= 2 * begun


async def _each_once(world: World, begun: int) -> None:
    async with world.database.read() as reader:
        motions = (await reader.execute(select(func.count()).select_from(MotionRow))).scalar_one()
        receipts = (await reader.execute(select(MotionRow.receipt_number).order_by(MotionRow.receipt_number))).scalars()
        submitted = (await reader.execute(select(StepRow.case_id).where(StepRow.rule == "submit"))).scalars()
        assert motions == begun
        assert list(receipts) == list(range(1, begun + 1))
        assert list(Counter(submitted).values()) == [1] * begun


def _verified(database_url: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "democracy", "verify", "ledger", "--json"],
        cwd=ROOT, env={**environ, "DEMOCRACY_DATABASE_URL": database_url}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    report: dict[str, int] = json.loads(done.stdout)
    return report
