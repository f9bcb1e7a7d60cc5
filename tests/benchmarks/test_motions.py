"""What a page of motions and a submission cost, beside the bare minimum for the same bytes and the same rows."""

import asyncio
import cProfile
import io
import pstats
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest
import structlog
from sqlalchemy import insert, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from democracy.domain.ids import new_id
from democracy.services.motions.drafting import Drafting
from democracy.storage.tables.member import MemberRow, MembershipRow
from democracy.storage.tables.motion import MotionRow
from democracy.storage.tables.step import StepRow, UnchainedRow
from schema.logs import configure_logs
from tests.api import Client, tokens
from tests.drafts import drafts
from tests.motions_page import PAGE, fifty_motions, reading
from tests.serving import serving
from tests.world import BEFORE, DEADLINE, SINCE, World

pytestmark = pytest.mark.bench
ROUNDS = 7
SUBMISSIONS = 60
PACKAGES = ("graphql", "strawberry", "sqlalchemy", "aiosqlite", "psycopg", "starlette", "httpx2", "asyncio")
OWN = ("schema", "democracy", "workflows")


@pytest.fixture(autouse=True)
def logs_as_in_production() -> Iterator[None]:
    configure_logs(pretty=False, stream=io.StringIO())
    yield
    structlog.reset_defaults()


def say(text: str) -> None:
    print(text)


async def test_viewer_and_the_page_beside_a_bare_route_with_the_same_bytes(world: World) -> None:
    await fifty_motions(world)
    async with reading(world) as (_, client):
        for name, query, sizes, times in (
            ("{viewer{name}}", "{ viewer { name } }", {}, 40),
            ("page of 50", PAGE, {"first": 50}, 4),
        ):
            body = (await client.post(query, **sizes)).content
            bare = Client(httpx2.AsyncClient(transport=_bare(body), base_url="http://127.0.0.1"), client.token)
            ours, theirs = [], []
            for _ in range(ROUNDS):  # by turns, so that whatever else the machine does meets both
                ours.append(await _seconds(lambda: client.post(query, **sizes), times))  # noqa: B023 - called at once
                theirs.append(await _seconds(lambda: bare.post(query, **sizes), 40))  # noqa: B023 - called at once
            whole, plain = statistics.median(ours), statistics.median(theirs)
            kind = world.database.dialect
            say(
                f"{kind:10} {name:14} {len(body):7,} bytes  {1 / whole:7.1f}/s, {1e3 * whole:6.2f} ms; "
                f"bare route {1 / plain:6.0f}/s, client included: {whole / plain:.1f} times"
            )
            await bare.http.aclose()
        say(await _profile(lambda: client.post(PAGE, first=50)))


def _bare(body: bytes) -> httpx2.ASGITransport:
    async def answer(request: Request) -> Response:
        await request.body()
        return Response(body, media_type="application/json")

    app: Any = Starlette(routes=[Route("/graphql", answer, methods=["POST"])])
    return httpx2.ASGITransport(app=app)


async def _seconds(call: Callable[[], Awaitable[object]], times: int) -> float:
    """Processor time of one call: on a machine that others use too, the wall clock tells of them."""
    await call()
    started = time.process_time()
    for _ in range(times):
        await call()
    return (time.process_time() - started) / times


async def _profile(call: Callable[[], Awaitable[object]]) -> str:
    """Where the time of a call goes, by package."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(5):
        await call()
    profile.disable()
    spent: Counter[str] = Counter()
    stats: Any = pstats.Stats(profile)
    for (file, _, name), (_, _, own, _, _) in stats.stats.items():
        spent[_package(file, name)] += own
    busy = sum(spent.values()) - spent.pop("waiting", 0)
    return "           profile: " + ", ".join(f"{name} {100 * own / busy:.0f} %" for name, own in spent.most_common(9))


def _package(file: str, name: str) -> str:
    if "poll" in name:
        return "waiting"
    parts = Path(file).parts
    known = [part for part in parts if part in PACKAGES]
    own = [part for part in parts if part in OWN] if not known and "site-packages" not in parts else []
    return (known or own[:1] or ["built in" if file == "~" else "other"])[0]


async def test_submissions_beside_bare_inserts_of_the_same_rows(world: World) -> None:
    made = await drafts(world, SUBMISSIONS * 3)
    ours, theirs = [], []
    for number in range(3):
        part = made[number * SUBMISSIONS : (number + 1) * SUBMISSIONS]
        started = time.perf_counter()
        await asyncio.gather(
            *(Drafting(world.database, BEFORE).submit(motion, actor=world.actor(name)) for name, motion in part)
        )
        ours.append((time.perf_counter() - started) / SUBMISSIONS)
        theirs.append(await _bare_inserts(world))
    whole, plain = statistics.median(ours), statistics.median(theirs)
    kind = world.database.dialect
    say(
        f"{kind:10} submissions    {1 / whole:7.1f}/s; bare inserts of the same rows {1 / plain:6.0f}/s: "
        f"{whole / plain:.1f} times"
    )


async def _bare_inserts(world: World) -> float:
    """The rows that a submission writes, each set in a transaction of its own."""
    async with world.database.read() as reader:
        motion = dict((await reader.execute(select(MotionRow.__table__).limit(1))).mappings().one())
        step = dict((await reader.execute(select(StepRow.__table__).limit(1))).mappings().one())

    async def one() -> None:
        async with world.database.unit(BEFORE) as unit:
            step_id = new_id()
            await unit.session.execute(insert(MotionRow), [{**motion, "id": new_id(), "receipt_number": None}])
            await unit.session.execute(insert(StepRow), [{**step, "id": step_id}])
            await unit.session.execute(insert(UnchainedRow), [{"step_id": step_id}])

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(SUBMISSIONS)))
    return (time.perf_counter() - started) / SUBMISSIONS


async def test_memory_of_a_server_with_twenty_five_thousand_members(world: World, tmp_path: Path) -> None:
    await _members(world, 25_000)
    await fifty_motions(world)
    (token,) = await tokens(world, ["secretary"], DEADLINE)
    with serving(world.database.url, tmp_path, clock=DEADLINE) as server:
        process = psutil.Process(server.process.pid)
        async with httpx2.AsyncClient(base_url=server.address, timeout=60) as http:
            client = Client(http, token)
            await client.ask("{ viewer { name } }")
            before = process.memory_info().rss / 2**20
            for _ in range(10):
                await asyncio.gather(*(client.ask(PAGE, first=50) for _ in range(4)))
            after = process.memory_info().rss / 2**20
    kind = world.database.dialect
    say(f"{kind:10} memory with 25,000 members: {before:.0f} MB at first, {after:.0f} MB after traffic")
    assert after < 250


async def _members(world: World, count: int) -> None:
    people = [
        {"id": new_id(), "number": f"{20_000 + number}", "given_name": "Ylva", "family_name": "Sandgren",
         "sort_key": f"sandgren ylva {number}", "language": "sv", "protected": False, "joined_on": SINCE}
        for number in range(count)
    ]  # fmt: skip
    places = [
        {"id": new_id(), "member_id": person["id"], "unit_id": world.units["granvik"], "voting": True,
         "fee_paid_on": SINCE, "effective_on": SINCE + timedelta(days=30)}
        for person in people
    ]  # fmt: skip
    async with world.database.unit(BEFORE) as unit:
        await unit.session.execute(insert(MemberRow), people)
        await unit.session.execute(insert(MembershipRow), places)
