"""What the edge itself costs, beside a bare route with the same bytes; and how fast bombs are refused."""

import io
import time
from collections.abc import Awaitable, Callable, Iterator

import httpx2
import pytest
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from schema.documents import Documents
from schema.execution import Executor, Parameters
from schema.limits import Limits
from schema.logs import configure_logs
from tests.schema.conftest import World
from tests.schema.sample import schema
from tests.schema.test_limits import BOMBS

pytestmark = pytest.mark.bench
ROUNDS = 1000


@pytest.fixture(autouse=True)
def logs_as_in_production() -> Iterator[None]:
    configure_logs(pretty=False, stream=io.StringIO())
    yield
    structlog.reset_defaults()


def test_every_bomb_is_refused_within_milliseconds() -> None:
    executor = Executor(schema, Documents(schema._schema, Limits()))
    for expected, text in BOMBS.items():
        started = time.process_time()
        plan = executor.plan(Parameters(text))
        spent = time.process_time() - started
        print(f"{expected:16} {len(text):9,} bytes {1000 * spent:7.2f} ms")
        assert plan.errors
        assert spent < 0.25


async def test_a_small_query_beside_a_bare_route_with_the_same_bytes() -> None:
    edge = World().edge()
    body = (await _post(edge)()).content

    async def bare(_: Request) -> Response:
        return Response(body, media_type="application/json")

    plain = await _seconds(_post(Starlette(routes=[Route("/graphql", bare, methods=["POST"])])))
    whole = await _seconds(_post(edge))
    print(f"edge {1e6 * whole:.0f} us, bare route {1e6 * plain:.0f} us, client included: {whole / plain:.1f} times")


def _post(app: object) -> Callable[[], Awaitable[httpx2.Response]]:
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://127.0.0.1")  # type: ignore[arg-type]  # an ASGI application
    return lambda: client.post("/graphql", json={"query": "{motion{title author{name}}}"})


async def _seconds(call: Callable[[], Awaitable[httpx2.Response]]) -> float:
    for _ in range(50):
        await call()
    started = time.perf_counter()
    for _ in range(ROUNDS):
        await call()
    return (time.perf_counter() - started) / ROUNDS
