import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from schema.logs import configure_logs, frames, keep_allowed
from schema.observer import Observer
from tests.schema.conftest import World
from tests.schema.test_http import post

SECRETS = ("Sandgren", "hemligt", "t0ken", "127.0.0.1", "sokord")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    out = io.StringIO()
    kept = structlog.get_config()
    configure_logs(pretty=False, stream=out)
    yield out
    structlog.configure(**kept)
    for name in ("strawberry", "uvicorn.access"):
        logging.getLogger(name).disabled = False


async def test_an_operation_leaves_one_line_of_json_without_what_people_wrote(world: World, lines: io.StringIO) -> None:
    async with world.client() as client:
        query = "query YlvaSandgren($w:String!){sokord:search(words:$w)}"
        await post(client, query, variables={"w": "hemligt"}, headers={"authorization": "Bearer t0ken"})
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert {"kind": "query", "field": "search", "result": "ok", "status": 200, "cost": 40}.items() <= line.items()
    assert {"request_id", "ms", "timestamp", "level"} <= line.keys()
    assert not [word for word in SECRETS if word in lines.getvalue()]


async def test_a_fault_leaves_its_incident_and_traceback_but_not_its_message(world: World, lines: io.StringIO) -> None:
    async with world.client() as client:
        incident = (await post(client, "{broken}")).json()["errors"][0]["extensions"]["incident"]
    incidents = [line for line in map(json.loads, lines.getvalue().splitlines()) if line["event"] == "incident"]
    assert [each["incident"] for each in incidents] == [incident]
    assert incidents[0]["traceback"][-1] == "builtins.ZeroDivisionError"
    assert any("sample.py" in each and each.endswith("broken") for each in incidents[0]["traceback"])
    assert "Sandgren" not in lines.getvalue()


async def test_a_refused_request_leaves_a_line_with_its_code(world: World, lines: io.StringIO) -> None:
    async with world.client() as client:
        await client.post("/graphql", content=b"hemligt", headers={"content-type": "application/json"})
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert {"event": "refused", "code": "INVALID_JSON", "status": 400}.items() <= line.items()


async def test_a_silent_field_leaves_no_line(world: World, lines: io.StringIO) -> None:
    async with world.client(observer=Observer(silent=frozenset({"search"}))) as client:
        assert (await post(client, '{search(words:"x")}')).status_code == 200
        assert (await post(client, '{hello search(words:"x")}')).status_code == 200
    assert lines.getvalue() == ""


def test_a_field_that_is_not_on_the_list_is_dropped_and_named() -> None:
    kept = keep_allowed(None, "info", {"event": "x", "name": "Ylva Sandgren", "cost": None})
    assert kept == {"event": "x", "dropped": ["name"]}


def test_frames_go_through_causes_without_messages() -> None:
    def deep() -> None:
        raise KeyError("Sandgren")

    try:
        try:
            deep()
        except KeyError as fault:
            raise ValueError("Sandgren") from fault
    except ValueError as fault:
        shown = frames(fault)
    assert [each for each in shown if each.startswith("builtins.")] == ["builtins.KeyError", "builtins.ValueError"]
    assert "Sandgren" not in " ".join(shown)
