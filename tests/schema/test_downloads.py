"""Texts fetched from an address of their own, by somebody who has signed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from democracy.app import Application
from democracy.domain.actors import Actor, Anonymous, Member
from democracy.domain.ids import new_id
from democracy.settings import Settings
from schema.context import Context
from schema.downloads import Text, downloads
from schema.ids import global_id

KNOWN, READER = new_id(), Member(new_id())


async def read(context: Context, key: UUID) -> Text | None:
    return Text("Protokoll", "# Protokoll\n\nÅsa föredrar.\n", "protokoll-2026") if key == KNOWN else None


@asynccontextmanager
async def client(url: str, actor: Actor) -> AsyncIterator[httpx2.AsyncClient]:
    app = Application(Settings(database_url=url))

    async def context(connection: HTTPConnection, at: datetime) -> Context:
        return Context(app, connection, actor, at, "sv")

    routes = downloads("/things/{id}/text", "Thing", read, context, lambda: datetime(2026, 3, 21, tzinfo=UTC))
    transport = httpx2.ASGITransport(app=Starlette(routes=list(routes)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield http
    await app.close()


@pytest.mark.parametrize(
    ("ending", "kind", "start"),
    [("md", "text/markdown", b"# Protokoll"), ("html", "text/html", b"<!doctype"), ("pdf", "application/pdf", b"%PDF")],
)
async def test_a_text_is_fetched_in_each_form(sqlite_url: str, ending: str, kind: str, start: bytes) -> None:
    async with client(sqlite_url, READER) as http:
        answer = await http.get(f"/things/{global_id('Thing', KNOWN)}/text.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.content.startswith(start)


@pytest.mark.parametrize(
    "name", [global_id("Thing", READER.id), global_id("Other", KNOWN), "ingenting"], ids=["unknown", "other", "no id"]
)
async def test_what_is_not_theirs_to_see_is_not_found(sqlite_url: str, name: str) -> None:
    async with client(sqlite_url, READER) as http:
        answer = await http.get(f"/things/{name}/text.md")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


async def test_nobody_fetches_anything_without_signing_in(sqlite_url: str) -> None:
    async with client(sqlite_url, Anonymous()) as http:
        answer = await http.get(f"/things/{global_id('Thing', KNOWN)}/text.md")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


async def test_a_server_without_typst_says_what_to_fetch_instead(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("democracy.formats.pdf.find_spec", lambda name: None)
    async with client(sqlite_url, READER) as http:
        answer = await http.get(f"/things/{global_id('Thing', KNOWN)}/text.pdf")
    assert answer.status_code == 503
    assert ".html" in answer.json()["errors"][0]["message"]
