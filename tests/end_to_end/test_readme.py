"""What the README and the guides show works as it stands: every query, every command for a shell, every setting."""

import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

from democracy.cli import commands
from democracy.demo import parts
from democracy.demo.build import PASSWORD
from democracy.demo.cast import cast
from democracy.demo.content import load
from democracy.demo.guide import ADDRESS, requests
from democracy.settings import Settings
from tests.end_to_end.test_demo import bash
from tests.example import Running, copied, running

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


QUERIES = [
    pytest.param(query, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, query in enumerate(blocks(page, "graphql"))
]


@pytest.fixture(scope="module")
def example(built_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(copied(built_example, tmp_path_factory.mktemp("readme") / "example")) as started:
        yield started


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", [parts.WRITER, parts.SECRETARY])
def test_every_query_on_the_pages_is_answered_without_a_fault(example: Running, query: str, name: str) -> None:
    signed = ask(
        example,
        {
            "query": "mutation ($input: SignInInput!) { signIn(input: $input) { ... on Session { token } } }",
            "variables": {"input": {"memberNumber": cast(load()).named(name).number, "password": PASSWORD}},
        },
    )
    answer = ask(example, {"query": query}, signed["data"]["signIn"]["token"])
    assert "errors" not in answer
    assert answer["data"]


def test_the_readme_has_queries() -> None:
    assert len(blocks(README, "graphql")) >= 3


def test_the_walk_leads_from_nothing_to_a_motion_with_a_reply(example: Running, tmp_path: Path) -> None:
    script = "\n".join(blocks(README, "bash")).replace(ADDRESS, example.address)
    viewer, now, submitted, again, admitted, replied, created = bash(script, tmp_path)
    assert viewer["viewer"]["name"] == parts.WRITER
    assert now["inbox"]["totalCount"] == 0
    assert created["createMotion"]["state"] == "DRAFT"
    assert submitted["submitMotion"]["state"] == "SUBMITTED"
    assert again["submitMotion"]["__typename"] == "NotAllowed"
    assert admitted["admitMotion"]["state"] == "ADMITTED"
    assert replied["adoptBoardReply"]["state"] == "PREPARED"


def test_the_walk_is_what_the_demo_prints() -> None:
    assert [each.strip() for each in blocks(README, "bash")] == [each.command for each in requests()]


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    table = dict(re.findall(r"^\| `DEMOCRACY_(\w+)` \| (\S*) ?\|", README.read_text("utf-8"), re.MULTILINE))
    assert table == {each.name.upper(): written(each.default) for each in fields(Settings)}


def written(default: object) -> str:
    if isinstance(default, bool):
        return f"`{int(default)}`"
    return f"`{default}`" if default else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.stem)
def test_every_command_on_the_pages_exists(page: Path) -> None:
    shell = "\n".join([*blocks(page, "sh"), *blocks(page, "")])
    named = set(re.findall(r"^democracy ([a-z-]+)", shell, re.MULTILINE))
    made = set(re.findall(r"^make ([a-z-]+)", shell, re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert named <= set(commands.list_commands(click.Context(commands)))
    assert made <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.stem)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


def ask(example: Running, body: dict[str, Any], token: str | None = None) -> Any:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(f"{example.address}/graphql", json.dumps(body).encode(), headers)  # noqa: S310
    return json.loads(urllib.request.urlopen(request).read())  # noqa: S310
