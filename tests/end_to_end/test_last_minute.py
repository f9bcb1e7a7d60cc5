"""The last minute before the deadline, through real servers: the busiest there is."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import select

from democracy.services.verify import verify_ledger
from democracy.storage.tables.motion import MotionRow
from democracy.storage.tables.step import StepRow
from schema.ids import global_id
from tests.api import Client, tokens
from tests.drafts import MEMBERS, drafts
from tests.serving import serving
from tests.world import BEFORE, DEADLINE, World

CLIENTS = 16
MOTIONS = 200
SUBMIT = """mutation ($input: SubmitMotionInput!) { submitMotion(input: $input) { __typename
    ... on Motion { state receiptNumber }
    ... on NotAllowed { message denials { code allowedUntil nextChance paragraph { number text } } } } }"""


@asynccontextmanager
async def _clients(world: World, addresses: Sequence[str]) -> AsyncIterator[list[tuple[str, Client]]]:
    """Sixteen devices of eight members, taking turns at the servers."""
    names = [MEMBERS[number % len(MEMBERS)] for number in range(CLIENTS)]
    issued = await tokens(world, names, DEADLINE - timedelta(hours=1))
    async with AsyncExitStack() as stack:
        made = []
        for number, (name, token) in enumerate(zip(names, issued, strict=True)):
            http = httpx2.AsyncClient(base_url=addresses[number * len(addresses) // CLIENTS], timeout=60)
            made.append((name, Client(await stack.enter_async_context(http), token)))
        yield made


async def _submit(client: Client, motion: UUID) -> dict[str, Any]:
    return await client.change(SUBMIT, motionId=global_id("Motion", motion))


@pytest.mark.parametrize("processes", [pytest.param(1, marks=pytest.mark.long), 2])
async def test_two_hundred_motions_in_the_last_minute_all_come_in_with_numbers_without_gaps(
    world: World, tmp_path: Path, processes: int
) -> None:
    motions = await drafts(world, MOTIONS)
    async with AsyncExitStack() as stack:
        now = DEADLINE - timedelta(minutes=1)
        servers = [stack.enter_context(serving(world.database.url, tmp_path, clock=now)) for number in range(processes)]
        clients = await stack.enter_async_context(_clients(world, [server.address for server in servers]))
        # Every client sends all that it has at once: a queue at each server, not a polite conversation.
        work = []
        for number, (name, motion) in enumerate(motions):
            client = clients[number % CLIENTS]
            assert client[0] == name
            work.append(_submit(client[1], motion))
        answers = await asyncio.gather(*work)
    assert [each["__typename"] for each in answers] == ["Motion"] * MOTIONS
    assert sorted(each["receiptNumber"] for each in answers) == list(range(1, MOTIONS + 1))
    recorded = await _recorded_receipts(world)
    assert recorded == {motion: each["receiptNumber"] for (_, motion), each in zip(motions, answers, strict=True)}
    report = await verify_ledger(world.database)
    assert (report.findings, report.waiting) == ([], 0)


async def _recorded_receipts(world: World) -> dict[UUID, int]:
    """The receipt numbers that the ledger holds, each motion once; the motions' own rows say the same."""
    async with world.database.read() as reader:
        steps = (await reader.execute(select(StepRow.case_id, StepRow.record).where(StepRow.rule == "submit"))).all()
        rows = await reader.execute(select(MotionRow.id, MotionRow.receipt_number))
        stored = {row.id: row.receipt_number for row in rows}
    assert Counter(case for case, _ in steps).most_common(1)[0][1] == 1
    recorded = {case: json.loads(record)["outcome"]["receipt"] for case, record in steps}
    assert {motion: number for motion, number in stored.items() if number is not None} == recorded
    return recorded


async def test_what_was_read_in_time_comes_in_although_the_queue_outlasts_the_deadline(
    world: World, tmp_path: Path
) -> None:
    motions = await drafts(world, CLIENTS + 4)
    with serving(world.database.url, tmp_path, clock=DEADLINE - timedelta(hours=1)) as server:
        async with _clients(world, [server.address]) as clients, AsyncExitStack() as blocked:
            unit = await blocked.enter_async_context(world.database.unit(BEFORE))
            await unit.meetings.open(world.meeting, actor=world.actor("secretary"))
            early = await _sent(clients, motions[:CLIENTS])
            server.show(DEADLINE)
            late = await _sent(clients, motions[CLIENTS:])
            assert not any(task.done() for task in (*early, *late))
            await blocked.aclose()
            in_time, too_late = await asyncio.gather(*early), await asyncio.gather(*late)
    assert sorted(each["receiptNumber"] for each in in_time) == list(range(1, CLIENTS + 1))
    for refused in too_late:
        (denial,) = refused["denials"]
        assert denial["code"] == "deadline_passed"
        assert denial["allowedUntil"] == DEADLINE.isoformat()
        assert denial["nextChance"].startswith("2027-")
        assert denial["paragraph"]["text"]
    assert len(await _recorded_receipts(world)) == CLIENTS


async def _sent(clients: list[tuple[str, Client]], motions: list[tuple[str, UUID]]) -> list[asyncio.Task[Any]]:
    """Submissions that the server has read: what is asked after them has been answered."""
    tasks = []
    for (_, client), (_, motion) in zip(clients, motions, strict=False):
        tasks.append(asyncio.create_task(_submit(client, motion)))
    for _, client in clients:
        await asyncio.sleep(0.05)
        await client.ask("{ viewer { name } }")
    return tasks
