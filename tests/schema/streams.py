"""What a client of a subscription hears, over both transports."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.end_to_end.organisation import Person
from tests.schema.test_websocket import Talk

TRANSPORTS = pytest.mark.parametrize("transport", ["websocket", "events"])
Heard = AsyncIterator[dict[str, Any]]


@asynccontextmanager
async def listening(address: str, person: Person, transport: str, query: str, **variables: Any) -> AsyncIterator[Heard]:
    """What a client hears, answer by answer."""
    opened = _by_websocket if transport == "websocket" else _by_events
    async with asyncio.timeout(60), opened(address, person, {"query": query, "variables": variables}) as heard:
        yield heard


@asynccontextmanager
async def _by_websocket(address: str, person: Person, payload: dict[str, Any]) -> AsyncIterator[Heard]:
    protocol = Subprotocol("graphql-transport-ws")
    async with connect(f"ws://{address}/graphql", subprotocols=[protocol]) as socket:
        talk = Talk(socket)
        greeting = {"Authorization": f"Bearer {person.token}"} if person.token else {}
        await talk.say("connection_init", payload=greeting)
        assert (await talk.hear())["type"] == "connection_ack"
        await talk.say("subscribe", id="1", payload=payload)

        async def heard() -> Heard:
            while True:
                message = await talk.hear()
                answer = message["payload"]
                yield {"errors": answer} if message["type"] == "error" else answer

        yield heard()


@asynccontextmanager
async def _by_events(address: str, person: Person, payload: dict[str, Any]) -> AsyncIterator[Heard]:
    headers = {"accept": "text/event-stream"}
    headers |= {"authorization": f"Bearer {person.token}"} if person.token else {}
    async with (
        httpx2.AsyncClient(base_url=f"http://{address}", timeout=30) as client,
        client.stream("POST", "/graphql", json=payload, headers=headers) as response,
    ):

        async def heard() -> Heard:
            async for line in response.aiter_lines():
                if line.startswith("data:") and len(line) > 6:
                    yield json.loads(line[5:])

        yield heard()
