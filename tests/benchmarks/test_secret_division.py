"""How long three hundred voters wait for the result of a secret division, through a real server on both databases."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest

from schema.ids import global_id
from tests.api import Client, tokens
from tests.conference import NOW
from tests.divisions import room
from tests.sealing import cast, paper_of
from tests.serving import serving
from tests.world import World

pytestmark = pytest.mark.bench
VOTERS = 300
AT_ONCE = 60
"""Connections that are open at a time: the others wait for one."""
SECONDS = 5.0
OPEN = """mutation ($input: OpenDivisionInput!) { openDivision(input: $input) { __typename
    ... on Division { id urn { id } } } }"""
CLOSE = (
    "mutation ($input: CloseDivisionInput!) { closeDivision(input: $input) { __typename ... on Division { state } } }"
)
ANNOUNCE = """mutation ($input: AnnounceDivisionInput!) { announceDivision(input: $input) { __typename
    ... on Division { figures { yes no } } } }"""


async def test_three_hundred_voters_have_a_secret_result_within_seconds(world: World, tmp_path: Path) -> None:
    held = await room(world, VOTERS)
    await held.ask()
    names = [f"ombud {n}" for n in range(VOTERS)]
    world.members.update(zip(names, held.conference.ombud, strict=True), chair=held.chair.id)
    issued = await tokens(world, [*names, "chair"], NOW)
    with serving(world.database.url, tmp_path, clock=NOW) as server:
        async with AsyncExitStack() as stack:
            limits = httpx2.Limits(max_connections=AT_ONCE)
            made = httpx2.AsyncClient(base_url=server.address, timeout=120, limits=limits)
            http = await stack.enter_async_context(made)
            *devices, chair = [Client(http, token) for token in issued]
            question = global_id("Question", held.question)
            division = await chair.change(OPEN, questionId=question, method="SECRET", decided=True, sealed=True)
            urn = division["urn"]["id"]
            started = time.perf_counter()
            papers = await asyncio.gather(*(paper_of(each, urn) for each in devices))
            read = time.perf_counter()
            choices = ("ja", "nej", "ja")
            both = enumerate(zip(devices, papers, strict=True))
            coming = [cast(each, urn, paper, choices[n % 3]) for n, (each, paper) in both]
            answers = [answer for _, answer in await asyncio.gather(*coming)]
            sent = time.perf_counter()
            await chair.change(CLOSE, divisionId=division["id"])
            closed = time.perf_counter()
            told = await chair.change(ANNOUNCE, divisionId=division["id"])
    assert {each["__typename"] for each in answers} == {"BallotReceipt"}
    assert told["figures"] == {"yes": 200, "no": 100}
    print(
        f"{world.database.dialect}: {VOTERS} read the paper in {read - started:.1f} s, sealed and cast in "
        f"{sent - read:.1f} s; closed, mixed, opened and counted in {closed - sent:.2f} s"
    )
    assert closed - sent < SECONDS
