"""The sample schema behind the real edge: in memory, and as a server on a port."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
import uvicorn
from prometheus_client import CollectorRegistry
from starlette.requests import HTTPConnection

from schema.http import GraphQLEdge
from schema.observer import Observer
from tests.schema.sample import schema

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Context:
    """What the sample's resolvers see; `notes` outlives the request."""

    connection: HTTPConnection
    received_at: datetime
    notes: list[str]

    def note(self, word: str) -> None:
        self.notes.append(word)

    def __str__(self) -> str:
        return self.received_at.isoformat()


@dataclass
class World:
    """An edge over the sample schema, and what happened in it."""

    notes: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    async def context(self, connection: HTTPConnection, received_at: datetime) -> Context:
        return Context(connection, received_at, self.notes)

    def edge(self, **options: Any) -> GraphQLEdge:
        given = {"clock": lambda: NOW, "observer": Observer(self.registry), **self.options, **options}
        return GraphQLEdge(schema, given.pop("context", self.context), **given)

    def client(self, **options: Any) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app=self.edge(**options))
        return httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx2.AsyncClient]:
    async with world.client() as client:
        yield client


@contextlib.asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """Serve an application on a free port of this machine, and give its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="websockets-sansio", access_log=False)
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
            await asyncio.sleep(0.01)
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    import structlog

    with structlog.testing.capture_logs():
        yield
