import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from starlette.requests import HTTPConnection
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from schema.credentials import SESSION_COOKIE, session_token
from schema.limits import Limits
from tests.schema.conftest import NOW, World, serving
from tests.schema.test_http import until
from tests.schema.test_limits import BOMBS

COOKIE = {"cookie": f"{SESSION_COOKIE}=t0ken"}


class Talk:
    """A conversation by graphql-transport-ws."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, kind: str, **more: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **more}))

    async def hear(self) -> dict[str, Any]:
        frame = await self.socket.recv()
        assert isinstance(frame, str), "JSON goes in text frames"
        message: dict[str, Any] = json.loads(frame)
        return message

    async def subscribe(self, query: str, key: str = "1", **more: Any) -> None:
        await self.say("subscribe", id=key, payload={"query": query, **more})

    async def closed(self) -> int | None:
        try:
            while True:
                await self.hear()
        except ConnectionClosed:
            return self.socket.close_code


@asynccontextmanager
async def talking(
    world: World, *, init: dict[str, Any] | None = None, protocol: str = "graphql-transport-ws", **options: Any
) -> AsyncIterator[Talk]:
    headers, origin = options.pop("headers", None), options.pop("origin", None)
    async with (
        serving(world.edge(**options)) as address,
        connect(
            f"ws://{address}/graphql",
            subprotocols=[Subprotocol(protocol)],
            additional_headers=headers,
            origin=Origin(origin.format(address=address)) if origin else None,
        ) as socket,
    ):
        talk = Talk(socket)
        if init is not None:
            await talk.say("connection_init", payload=init)
            assert await talk.hear() == {"type": "connection_ack"}
        yield talk


class TestOperations:
    async def test_a_subscription_gives_each_result_and_then_completes(self, world: World) -> None:
        async with talking(world, init={}) as talk:
            await talk.subscribe("subscription{count(to:2)}")
            heard = [await talk.hear() for _ in range(3)]
        assert [each["type"] for each in heard] == ["next", "next", "complete"]
        assert [each["payload"]["data"] for each in heard[:2]] == [{"count": 1}, {"count": 2}]

    async def test_queries_and_mutations_give_one_result(self, world: World) -> None:
        async with talking(world, init={}) as talk:
            await talk.subscribe("{hello}", "q")
            assert (await talk.hear())["payload"]["data"] == {"hello": "hej"}
            assert await talk.hear() == {"id": "q", "type": "complete"}
            await talk.subscribe("mutation{submit{__typename}}", "m")
            assert (await talk.hear())["payload"]["data"] == {"submit": {"__typename": "Motion"}}

    async def test_each_operation_gets_a_context_of_its_own(self, world: World) -> None:
        made: list[datetime] = []

        async def context(connection: HTTPConnection, received_at: datetime) -> object:
            made.append(received_at)
            return await world.context(connection, received_at)

        async with talking(world, init={}, context=context) as talk:
            for key in "ab":
                await talk.subscribe("{hello}", key)
                await talk.hear(), await talk.hear()
        assert made == [NOW, NOW]

    async def test_completing_stops_the_subscription(self, world: World) -> None:
        async with talking(world, init={}) as talk:
            await talk.subscribe("subscription{forever}")
            assert (await talk.hear())["type"] == "next"
            await talk.say("complete", id="1")
            await until(world.notes, "stopped")

    async def test_a_client_that_leaves_stops_its_subscriptions(self, world: World) -> None:
        async with talking(world, init={}) as talk:
            await talk.subscribe("subscription{forever}")
            await talk.hear()
            await talk.socket.close()
            await until(world.notes, "stopped")

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("{", "GRAPHQL_PARSE_FAILED"),
            ("subscription{nothing}", "GRAPHQL_VALIDATION_FAILED"),
            ("query A{hello} query B{hello}", "OPERATION_NOT_FOUND"),
            (7, "INVALID_PARAMETER"),
            ("", "MISSING_QUERY"),
            *((bomb, limit) for limit, bomb in BOMBS.items() if limit != "TOKEN_LIMIT"),
        ],
    )
    async def test_an_operation_that_cannot_run_gets_an_error_and_the_connection_stays(
        self, world: World, query: Any, expected: str
    ) -> None:
        async with talking(world, init={}) as talk:
            await talk.subscribe(query)
            message = await talk.hear()
            assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", expected)
            await talk.subscribe("{hello}")
            assert (await talk.hear())["type"] == "next"

    async def test_a_fault_shows_nothing_of_our_insides(self, world: World) -> None:
        async with talking(world, init={}) as talk:
            await talk.subscribe("{broken}")
            message = await talk.hear()
        assert message["payload"]["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert "Sandgren" not in json.dumps(message)

    async def test_one_connection_runs_a_bounded_number_of_operations(self, world: World) -> None:
        async with talking(world, init={}) as talk:
            for number in range(21):
                await talk.subscribe("subscription{forever}", str(number))
            heard = [await talk.hear() for _ in range(21)]
        assert sorted(each["type"] for each in heard) == ["error"] + ["next"] * 20


class TestProtocol:
    async def test_the_legacy_protocol_is_off(self, world: World) -> None:
        async with talking(world, protocol="graphql-ws") as talk:
            assert await talk.closed() == 4406

    async def test_an_operation_before_the_greeting_closes_the_connection(self, world: World) -> None:
        async with talking(world) as talk:
            await talk.subscribe("{hello}")
            assert await talk.closed() == 4401

    @pytest.mark.parametrize(
        "frame",
        [
            "not json",
            "[]",
            "7",
            b"{}",
            '{"type":"nothing"}',
            '{"type":"' + "å" * 500 + '"}',
            '{"type":"subscribe","id":"1","payload":"x"}',
            '{"type":"subscribe","id":["1"],"payload":{"query":"{hello}"}}',
            '{"type":"complete","id":{}}',
        ],
    )
    async def test_what_is_no_message_closes_the_connection(self, world: World, frame: str | bytes) -> None:
        async with talking(world, init={}) as talk:
            await talk.socket.send(frame)
            assert await talk.closed() == 4400

    async def test_a_message_above_the_size_limit_closes_the_connection(self, world: World) -> None:
        async with talking(world, init={}, limits=Limits(body=1000)) as talk:
            await talk.subscribe("{hello}" + " " * 1000)
            assert await talk.closed() == 4400

    async def test_ping_is_answered(self, world: World) -> None:
        async with talking(world) as talk:
            await talk.say("ping")
            assert await talk.hear() == {"type": "pong"}


class TestCredentials:
    async def test_the_token_may_come_in_the_greeting(self, world: World) -> None:
        tokens: list[str | None] = []

        async def context(connection: HTTPConnection, received_at: datetime) -> object:
            tokens.append(session_token(connection))
            return await world.context(connection, received_at)

        async with talking(world, init={"authorization": "Bearer abc"}, context=context) as talk:
            await talk.subscribe("{hello}")
            await talk.hear()
        assert tokens == ["abc"]

    @pytest.mark.parametrize(
        ("origin", "headers"),
        [
            ("https://elsewhere.example", None),
            ("https://elsewhere.example", COOKIE),
            (None, COOKIE),
        ],
    )
    async def test_a_foreign_page_cannot_open_a_connection_nor_an_unnamed_one_with_a_cookie(
        self, world: World, origin: str | None, headers: dict[str, str] | None
    ) -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with talking(world, origin=origin, headers=headers):
                pass
        assert refused.value.response.status_code == 403

    @pytest.mark.parametrize(
        ("origin", "headers"),
        [(None, None), ("http://{address}", COOKIE), ("https://app.example", COOKIE)],
    )
    async def test_our_own_pages_and_allowed_ones_may(
        self, world: World, origin: str | None, headers: dict[str, str] | None
    ) -> None:
        async with talking(
            world, init={}, origin=origin, headers=headers, allowed_origins=("https://app.example",)
        ) as talk:
            await talk.subscribe("{hello}")
            assert (await talk.hear())["type"] == "next"
