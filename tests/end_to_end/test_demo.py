"""`democracy demo` as people start it: build, print, serve, stop, go on."""

import json
import shutil
import signal
import sqlite3
import subprocess
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from democracy.demo.guide import requests
from tests.example import PATIENCE, Running, command, running


def story_at(folder: Path) -> datetime:
    with sqlite3.connect(folder / "democracy.db") as database:
        found = database.execute("SELECT value FROM setting WHERE key = 'story.at'").fetchone()
    database.close()
    return datetime.fromisoformat(found[0])


def bash(script: str, folder: Path) -> list[Any]:
    """Run a script and read each line of JSON that it prints."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed: the printed requests cannot be run as they stand")
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], capture_output=True, cwd=folder, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    lines = (done.stdout + done.stderr).decode().splitlines()
    return [json.loads(each)["data"] for each in lines if each.startswith("{")]


@pytest.fixture
def example(example_folder: Path) -> Any:
    with running(example_folder) as example:
        yield example


def test_the_five_printed_requests_work_as_they_stand(example: Running, tmp_path: Path) -> None:
    script = example.printed[example.printed.index("# 1.") :]
    assert [each.command in script for each in requests(example.address)] == [True] * 5
    viewer, now, submitted, again, admitted, replied, created = bash(script, tmp_path)
    assert viewer["viewer"]["name"] == "Sofia Ängvide"
    assert "Distriktsårskonferens 2026" in {each["name"] for each in now["meetings"]["nodes"]}
    assert [each["text"] for each in created["createMotion"]["clauses"]] == [
        "att distriktet ordnar barnpassning under konferensen.",
        "att barnpassningen nämns redan i kallelsen.",
    ]
    assert submitted["submitMotion"]["state"] == "SUBMITTED"
    assert submitted["submitMotion"]["receiptNumber"] > 0
    assert again["submitMotion"]["__typename"] == "NotAllowed"
    assert again["submitMotion"]["denials"][0]["paragraph"]["number"] == "68"
    assert admitted["admitMotion"]["state"] == "ADMITTED"
    assert replied["adoptBoardReply"]["state"] == "PREPARED"


def test_the_same_works_without_curl(example: Running) -> None:
    document = "mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Session { token } } }"
    password = example.printed.split("everybody's password:")[1].splitlines()[0].strip()
    body = {"query": document, "variables": {"input": {"memberNumber": "1003", "password": password}}}
    signed = post(example, body)["signIn"]
    assert signed["__typename"] == "Session"
    waiting = post(example, {"query": "{ inbox(first: 1) { totalCount } }"}, signed["token"])
    assert waiting["inbox"]["totalCount"] > 20


def test_ctrl_c_stops_it_cleanly_and_the_next_start_is_quick_and_goes_on(example_folder: Path) -> None:
    before = story_at(example_folder)
    with running(example_folder) as example:
        assert "Bygger" not in example.printed
        status, said = example.stop()
    assert (status, "Exemplet är stoppat" in said) == (0, True)
    between = story_at(example_folder)
    assert before < between < before.replace(hour=before.hour + 1)
    with running(example_folder) as example:
        now = post(example, {"query": "{ __typename }"})
        assert now == {"__typename": "Query"}
        health = json.loads(urllib.request.urlopen(f"{example.address}/health/ready").read())  # noqa: S310
        assert health["status"] == "ready"
        example.stop(signal.SIGTERM)
    assert between < story_at(example_folder) < before.replace(hour=before.hour + 1)


def test_a_busy_port_is_told_with_the_remedy_before_anything_is_touched(example: Running, tmp_path: Path) -> None:
    port = example.address.rsplit(":", 1)[1]
    done = subprocess.run(command(tmp_path / "ny", "--port", port), capture_output=True, timeout=PATIENCE)
    assert done.returncode == 1
    assert f"Port {port} är upptagen" in done.stderr.decode()
    assert "make demo" in done.stderr.decode()
    assert not (tmp_path / "ny").exists()


def test_graphiql_and_introspection_are_on(example: Running) -> None:
    page = urllib.request.Request(f"{example.address}/graphql", headers={"Accept": "text/html"})  # noqa: S310
    assert "graphiql" in urllib.request.urlopen(page).read().decode().lower()  # noqa: S310
    found = post(example, {"query": "{ __schema { queryType { name } } }"})
    assert found == {"__schema": {"queryType": {"name": "Query"}}}


def post(example: Running, body: dict[str, Any], token: str | None = None) -> Any:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(f"{example.address}/graphql", json.dumps(body).encode(), headers)  # noqa: S310
    return json.loads(urllib.request.urlopen(request).read())["data"]  # noqa: S310
