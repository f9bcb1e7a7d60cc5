import asyncio
import json
from datetime import datetime
from typing import Any

import httpx2
import pytest
from starlette.requests import HTTPConnection

from schema.limits import Limits
from schema.refusals import RefusedError
from tests.schema.conftest import NOW, World, serving
from tests.schema.test_limits import BOMBS

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


async def post(
    client: httpx2.AsyncClient, query: object = "{hello}", accept: str = GRAPHQL, **more: Any
) -> httpx2.Response:
    headers = {"accept": accept, **more.pop("headers", {})}
    return await client.post("/graphql", json={"query": query, **more}, headers=headers)


def code(response: httpx2.Response) -> str:
    body = response.json()
    assert "data" not in body
    assert body["errors"][0]["message"]
    return str(body["errors"][0]["extensions"]["code"])


class TestAnswers:
    async def test_a_query_by_post_is_answered_with_its_cost(self, client: httpx2.AsyncClient) -> None:
        response = await post(client, "{hello motion{title}}")
        assert response.status_code == 200
        assert response.json() == {
            "data": {"hello": "hej", "motion": {"title": "Fler kvällsbussar"}},
            "extensions": {"cost": {"requested": 1, "limit": Limits().cost}},
        }

    async def test_a_query_by_get_is_answered(self, client: httpx2.AsyncClient) -> None:
        params = {"query": "query Q($w:String!){search(words:$w)}", "variables": '{"w":"åäö"}', "operationName": "Q"}
        response = await client.get("/graphql", params=params)
        assert response.json()["data"] == {"search": "åäö"}

    async def test_the_context_gets_the_time_when_the_request_had_been_read(self, client: httpx2.AsyncClient) -> None:
        assert (await post(client, "{whose}")).json()["data"] == {"whose": NOW.isoformat()}

    async def test_a_resolver_may_set_a_cookie(self, client: httpx2.AsyncClient) -> None:
        response = await post(client, "mutation{signIn}")
        assert response.headers["set-cookie"].startswith("democracy_session=t0ken; HttpOnly")
        assert int(response.headers["content-length"]) == len(response.content)


class TestMediaTypes:
    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            (GRAPHQL, GRAPHQL),
            (JSON, JSON),
            ("*/*", JSON),
            ("application/*", JSON),
            ("", JSON),
            (f"{GRAPHQL}, {JSON}", GRAPHQL),
            (f"{JSON};q=0.5, {GRAPHQL}", GRAPHQL),
            (f"{GRAPHQL};q=0.5, {JSON}", JSON),
            (f"{GRAPHQL}, {JSON}, text/event-stream, multipart/mixed", GRAPHQL),
            (f"text/html, */*;q=0.1, {GRAPHQL};q=0", JSON),
        ],
    )
    async def test_the_answer_has_the_type_that_the_client_prefers(
        self, client: httpx2.AsyncClient, accept: str, expected: str
    ) -> None:
        response = await post(client, accept=accept)
        assert response.headers["content-type"] == f"{expected}; charset=utf-8"

    async def test_a_client_that_takes_nothing_of_ours_is_told_what_there_is(self, client: httpx2.AsyncClient) -> None:
        response = await post(client, accept="text/plain")
        assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")

    @pytest.mark.parametrize(
        "content_type",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            f"{JSON}; charset=latin-1",
        ],
    )
    async def test_only_json_in_utf_8_is_read(self, client: httpx2.AsyncClient, content_type: str) -> None:
        response = await client.post("/graphql", content=b'{"query":"{hello}"}', headers={"content-type": content_type})
        assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


class TestRefusals:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (b"", "INVALID_JSON"),
            (b'{"not json', "INVALID_JSON"),
            (b'"text"', "INVALID_JSON"),
            (b"{}", "MISSING_QUERY"),
            (b'{"query":""}', "MISSING_QUERY"),
            (b'[{"query":"{hello}"}]', "BATCHING_OFF"),
            (b'{"query":7}', "INVALID_PARAMETER"),
            (b'{"query":"{hello}","variables":[]}', "INVALID_PARAMETER"),
            (b'{"query":"{hello}","variables":{"a":[{"b":"x\\u0000y"}]}}', "NUL_CHARACTER"),
            (b'{"query":"{hello(name: \\"\\\\u0000\\")}"}', "NUL_CHARACTER"),
            (b'{"query":"{hello(name: \\"\\\\u{00}\\")}"}', "NUL_CHARACTER"),
            (b'{"query":"{hello}","operationName":{}}', "INVALID_PARAMETER"),
            (b'{"query":"{hello}","extensions":"x"}', "INVALID_PARAMETER"),
            (b'{"query":"query A{hello} query B{hello}"}', "OPERATION_NOT_FOUND"),
            (b'{"query":"query A{hello}","operationName":"B"}', "OPERATION_NOT_FOUND"),
        ],
    )
    async def test_a_request_that_is_no_operation_is_refused_with_400(
        self, client: httpx2.AsyncClient, body: bytes, expected: str
    ) -> None:
        response = await client.post("/graphql", content=body, headers={"content-type": JSON, "accept": JSON})
        assert (response.status_code, code(response)) == (400, expected)

    @pytest.mark.parametrize(
        ("query", "variables", "expected"),
        [
            ("{", None, "GRAPHQL_PARSE_FAILED"),
            ("{nothing}", None, "GRAPHQL_VALIDATION_FAILED"),
            ("query($w:String!){search(words:$w)}", {"w": None}, "GRAPHQL_VALIDATION_FAILED"),
        ],
    )
    async def test_what_never_executed_has_no_data_and_400_in_the_newer_type_and_200_in_the_older(
        self, client: httpx2.AsyncClient, query: str, variables: Any, expected: str
    ) -> None:
        newer = await post(client, query, variables=variables)
        older = await post(client, query, accept=JSON, variables=variables)
        assert (newer.status_code, code(newer)) == (400, expected)
        assert (older.status_code, code(older)) == (200, expected)

    @pytest.mark.parametrize("limit", [*BOMBS, "BODY_LIMIT"])
    @pytest.mark.parametrize("accept", [JSON, GRAPHQL])
    async def test_a_bomb_is_refused_by_its_limit_and_says_what_to_do(
        self, client: httpx2.AsyncClient, limit: str, accept: str
    ) -> None:
        query = BOMBS.get(limit, "#" * (Limits().body + 1))
        response = await post(client, query, accept=accept)
        if limit == "TOKEN_LIMIT":
            limit = "BODY_LIMIT"  # the bomb is so long that it does not even reach the parser
        assert (response.status_code, code(response)) == (413 if limit == "BODY_LIMIT" else 400, limit)

    async def test_a_body_without_a_length_is_cut_off_at_the_limit(self, world: World) -> None:
        taken = 0

        async def endless() -> Any:
            nonlocal taken
            while True:
                taken += 1
                yield b" " * 1000

        async with world.client(limits=Limits(body=10_000)) as client:
            response = await client.post("/graphql", content=endless(), headers={"content-type": JSON})
        assert (response.status_code, code(response)) == (413, "BODY_LIMIT")
        assert taken <= 12

    async def test_mutations_are_not_done_by_get(self, client: httpx2.AsyncClient, world: World) -> None:
        response = await client.get("/graphql", params={"query": "mutation{submit{__typename}}"})
        assert (response.status_code, code(response)) == (405, "MUTATION_BY_GET")
        assert world.notes == []

    async def test_other_methods_are_refused(self, client: httpx2.AsyncClient) -> None:
        response = await client.put("/graphql", json={"query": "{hello}"})
        assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
        assert response.headers["allow"] == "GET, POST"

    async def test_a_subscription_needs_a_stream(self, client: httpx2.AsyncClient) -> None:
        response = await post(client, "subscription{count}", accept="*/*")
        assert (response.status_code, code(response)) == (406, "SUBSCRIPTION_NEEDS_STREAM")

    async def test_introspection_can_be_switched_off(self, world: World) -> None:
        async with world.client(introspection=False) as client:
            assert code(await post(client, "{__schema{description}}")) == "GRAPHQL_VALIDATION_FAILED"

    async def test_a_context_factory_may_refuse_the_request(self, world: World) -> None:
        async def expired(_connection: HTTPConnection, _received_at: datetime) -> object:
            raise RefusedError("UNAUTHENTICATED")

        async with world.client(context=expired) as client:
            response = await post(client)
        assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")


class TestErrors:
    async def test_a_fault_of_ours_gets_an_incident_and_shows_nothing_of_its_insides(
        self, client: httpx2.AsyncClient
    ) -> None:
        response = await post(client, "{hello broken}")
        assert response.status_code == 200
        body = response.json()
        assert body["data"] == {"hello": "hej", "broken": None}
        (error,) = body["errors"]
        assert error["path"] == ["broken"]
        assert error["extensions"]["code"] == "INTERNAL"
        assert error["extensions"]["incident"] in error["message"]
        assert "Sandgren" not in json.dumps(body)

    async def test_data_that_a_fault_emptied_is_still_data(self, client: httpx2.AsyncClient) -> None:
        response = await post(client, "{brokenWhole}")
        assert (response.status_code, response.json()["data"]) == (200, None)

    async def test_an_expected_failure_keeps_its_code_and_gets_words(self, client: httpx2.AsyncClient) -> None:
        swedish = (await post(client, "{missing}")).json()["errors"][0]
        english = (await post(client, "{missing}", headers={"accept-language": "en-GB"})).json()["errors"][0]
        assert swedish["extensions"] == english["extensions"] == {"code": "NOT_FOUND"}
        assert swedish["message"].startswith("Det finns inget")
        assert english["message"].startswith("There is no such")

    async def test_a_fault_while_the_context_is_made_is_an_incident_too(self, world: World) -> None:
        async def broken(_connection: HTTPConnection, _received_at: datetime) -> object:
            raise ZeroDivisionError("secret")

        async with world.client(context=broken) as client:
            body = (await post(client)).json()
        assert body["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert "secret" not in json.dumps(body)

    async def test_limits_are_worded_in_the_readers_language(self, client: httpx2.AsyncClient) -> None:
        swedish = await post(client, BOMBS["DEPTH_LIMIT"])
        english = await post(client, BOMBS["DEPTH_LIMIT"], headers={"accept-language": "en"})
        assert "nivåer" in swedish.json()["errors"][0]["message"]
        assert "levels" in english.json()["errors"][0]["message"]
        assert (swedish.headers["content-language"], english.headers["content-language"]) == ("sv", "en")


async def hang_up(address: str, query: str, seconds: float = 0.2) -> None:
    """Send a query over a bare connection and close it before the answer."""
    host, port = address.split(":")
    _reader, writer = await asyncio.open_connection(host, int(port))
    body = json.dumps({"query": query}).encode()
    head = f"POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: {JSON}\r\ncontent-length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    await asyncio.sleep(seconds)
    writer.close()
    await writer.wait_closed()


async def until(notes: list[str], word: str) -> None:
    async with asyncio.timeout(5):
        while word not in notes:  # noqa: ASYNC110 - written by resolvers that know nothing of the test
            await asyncio.sleep(0.01)


class TestClientsThatLeave:
    async def test_a_query_is_cancelled(self, world: World) -> None:
        async with serving(world.edge()) as address:
            await hang_up(address, "{slow}")
            await until(world.notes, "cancelled")

    async def test_a_mutation_runs_to_its_end(self, world: World) -> None:
        async with serving(world.edge()) as address:
            await hang_up(address, "mutation{submit(seconds:0.5){__typename}}", seconds=0.1)
            await until(world.notes, "submitted")
