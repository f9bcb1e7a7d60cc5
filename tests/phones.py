"""Phones and screens in the hall: queries by anybody who is there, answered by the real edge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx2
from starlette.requests import HTTPConnection

from democracy.app import Application
from democracy.domain.actors import Member
from democracy.settings import Settings
from schema.context import Context
from schema.edge import build_app
from schema.language import language_of
from schema.schema import schema


@dataclass
class Phones:
    """Everybody's devices, with one clock."""

    app: Application
    http: httpx2.AsyncClient
    now: datetime

    async def ask(self, member: UUID, query: str, language: str = "sv", **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        headers = {"as": member.hex, "accept-language": language}
        answer = (
            await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        ).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data


@asynccontextmanager
async def phones(url: str, now: datetime) -> AsyncIterator[Phones]:
    """Signing in has tests of its own: the header `as` says who asks."""
    app = Application(Settings(database_url=url, pool_size=2))

    async def context(connection: HTTPConnection, _: datetime) -> Context:
        who = Member(UUID(hex=connection.headers["as"]))
        return Context(app, connection, who, found.now, language_of(connection))

    transport = httpx2.ASGITransport(app=build_app(app, schema, context, app.settings))
    async with httpx2.AsyncClient(transport=transport, base_url=app.settings.base_url) as http:
        found = Phones(app, http, now)
        yield found
    await app.database.close()
