"""How long a full conference takes to vote on its devices, through a real server on both databases."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import psutil
import pytest

from schema.ids import global_id
from tests.api import Client, tokens
from tests.conference import NOW
from tests.divisions import Room, VoteRow, room
from tests.serving import serving
from tests.world import World

pytestmark = pytest.mark.bench
OMBUD = 220
SECONDS = 10.0
CAST = """mutation ($input: CastVoteInput!) { castVote(input: $input) { __typename
    ... on Division { state ownAnswer } ... on NotAllowed { denials { code } } } }"""


@asynccontextmanager
async def _devices(deciding: Room, address: str) -> AsyncIterator[list[Client]]:
    world, names = deciding.world, [f"ombud {n}" for n in range(OMBUD)]
    world.members.update(zip(names, deciding.conference.ombud, strict=True))
    issued = await tokens(world, names, NOW)
    async with AsyncExitStack() as stack:
        limits = httpx2.Limits(max_connections=OMBUD)
        http = await stack.enter_async_context(httpx2.AsyncClient(base_url=address, timeout=60, limits=limits))
        yield [Client(http, token) for token in issued]


async def _vote(client: Client, division: UUID, choice: str) -> tuple[dict[str, Any], float]:
    started = time.perf_counter()
    answer = await client.change(CAST, divisionId=global_id("Division", division), choice=choice)
    return answer, time.perf_counter() - started


async def test_two_hundred_and_twenty_ombud_vote_within_ten_seconds_and_none_is_refused(
    world: World, tmp_path: Path
) -> None:
    deciding = await room(world, OMBUD)
    await deciding.ask()
    division = await deciding.open()
    with serving(world.database.url, tmp_path, clock=NOW) as server:
        async with _devices(deciding, server.address) as devices:
            await _vote(devices[0], division, "ABSTAIN")  # the server has read its rules
            process = psutil.Process(server.process.pid)
            before, started = process.cpu_times(), time.perf_counter()
            choices = ("YES", "NO", "ABSTAIN")
            answers = await asyncio.gather(*(_vote(each, division, choices[n % 3]) for n, each in enumerate(devices)))
            spent, after = time.perf_counter() - started, process.cpu_times()
    worked = after.user + after.system - before.user - before.system
    assert [answer["__typename"] for answer, _ in answers] == ["Division"] * OMBUD
    assert await deciding.count(VoteRow) == OMBUD
    await deciding.divisions.close(division, actor=deciding.chair)
    row = await deciding.row(division)
    assert (row.yes, row.no, row.abstained) == (74, 73, 73)
    waits = sorted(wait for _, wait in answers)
    tail = waits[int(0.99 * len(waits))]
    print(
        f"{world.database.dialect}: {OMBUD} votes at once in {spent:.2f} s, of which the server worked {worked:.2f} s; "
        f"answered in {statistics.median(waits):.2f} s (median), {tail:.2f} s (99th percentile)"
    )
    assert spent < SECONDS
