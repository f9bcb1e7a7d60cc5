import asyncio
import json
from typing import Any

import httpx2
import pytest

from schema.credentials import SESSION_COOKIE
from tests.schema.conftest import World, serving
from tests.schema.test_http import code, until

EVENTS = {"accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(":", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            data = lines["data"].strip()
            found.append((lines["event"].strip(), json.loads(data) if data else None))
    return found


async def stream(client: httpx2.AsyncClient, query: str, **headers: str) -> httpx2.Response:
    return await client.post("/graphql", json={"query": query}, headers={**EVENTS, **headers})


class TestStreams:
    async def test_a_subscription_gives_each_result_and_then_completes(self, client: httpx2.AsyncClient) -> None:
        response = await stream(client, "subscription{count(to:2)}")
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        names, answers = zip(*events(response.text), strict=True)
        assert names == ("next", "next", "complete")
        assert [each["data"] for each in answers[:2]] == [{"count": 1}, {"count": 2}]

    async def test_a_browsers_event_source_may_subscribe_by_get(self, client: httpx2.AsyncClient) -> None:
        response = await client.get("/graphql", params={"query": "subscription{count(to:1)}"}, headers=EVENTS)
        assert [name for name, _ in events(response.text)] == ["next", "complete"]

    async def test_a_query_gives_one_result(self, client: httpx2.AsyncClient) -> None:
        (first, last) = events((await stream(client, "{hello}")).text)
        assert (first[0], first[1]["data"], last) == ("next", {"hello": "hej"}, ("complete", None))

    async def test_a_client_that_takes_both_gets_a_stream_only_for_a_subscription(
        self, client: httpx2.AsyncClient
    ) -> None:
        both = "application/graphql-response+json, text/event-stream"
        assert (await stream(client, "{hello}", accept=both)).json()["data"] == {"hello": "hej"}
        subscribed = await stream(client, "subscription{count(to:1)}", accept=both)
        assert [name for name, _ in events(subscribed.text)] == ["next", "complete"]

    async def test_an_operation_that_cannot_run_says_so_in_the_stream(self, client: httpx2.AsyncClient) -> None:
        for query, expected in (("subscription{nothing}", "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_PARSE_FAILED")):
            (first, last) = events((await stream(client, query)).text)
            assert "data" not in first[1]
            assert first[1]["errors"][0]["extensions"]["code"] == expected
            assert last == ("complete", None)

    async def test_mutations_are_not_done_by_get(self, client: httpx2.AsyncClient) -> None:
        response = await client.get("/graphql", params={"query": "mutation{submit{__typename}}"}, headers=EVENTS)
        assert (response.status_code, code(response)) == (405, "MUTATION_BY_GET")

    async def test_heartbeats_keep_a_silent_stream_open(self, world: World) -> None:
        async with world.client(heartbeat=0.02) as client:
            response = await stream(client, "subscription{count(to:1,pause:0.15)}")
        assert response.text.count(":\n\n") >= 2
        assert events(response.text)[-1] == ("complete", None)

    async def test_a_client_that_leaves_stops_its_subscription(self, world: World) -> None:
        async with (
            serving(world.edge()) as address,
            httpx2.AsyncClient(base_url=f"http://{address}") as client,
            client.stream("POST", "/graphql", json={"query": "subscription{forever}"}, headers=EVENTS) as response,
        ):
            async for chunk in response.aiter_text():
                assert chunk.startswith("event: next")
                break
            await response.aclose()
            await until(world.notes, "stopped")

    async def test_many_streams_are_counted_while_they_are_open(self, world: World) -> None:
        async with serving(world.edge()) as address, httpx2.AsyncClient(base_url=f"http://{address}") as client:
            query = {"query": "subscription{count(to:1,pause:0.3)}"}
            waiting = [asyncio.create_task(client.post("/graphql", json=query, headers=EVENTS)) for _ in range(5)]
            await asyncio.sleep(0.15)
            assert world.registry.get_sample_value("democracy_streams", {"transport": "sse"}) == 5
            await asyncio.gather(*waiting)
        assert world.registry.get_sample_value("democracy_streams", {"transport": "sse"}) == 0


class TestOrigins:
    COOKIE = f"{SESSION_COOKIE}=t0ken"

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 403),
            ({"origin": "https://elsewhere.example"}, 403),
            ({"origin": "null"}, 403),
            ({"sec-fetch-site": "cross-site"}, 403),
            ({"sec-fetch-site": "same-origin"}, 200),
            ({"origin": "http://127.0.0.1:8000"}, 200),
            ({"origin": "https://app.example"}, 200),
            ({"authorization": "Bearer t0ken"}, 200),
        ],
    )
    async def test_a_stream_signed_in_by_cookie_must_come_from_an_allowed_page(
        self, world: World, headers: dict[str, str], status: int
    ) -> None:
        async with world.client(allowed_origins=("https://app.example",)) as client:
            response = await client.get(
                "/graphql",
                params={"query": "subscription{count(to:1)}"},
                headers={**EVENTS, "cookie": self.COOKIE, **headers},
            )
        assert response.status_code == status
        if status == 403:
            assert code(response) == "ORIGIN_NOT_ALLOWED"

    async def test_without_a_cookie_no_origin_is_needed(self, client: httpx2.AsyncClient) -> None:
        assert (await stream(client, "subscription{count(to:1)}")).status_code == 200
