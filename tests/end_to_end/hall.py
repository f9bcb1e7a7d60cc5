"""A meeting in progress behind the real edge, asked by anybody in it: who asks is said in a header."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
from starlette.requests import HTTPConnection

from democracy.app import Application
from democracy.domain.actors import Member
from democracy.settings import Settings
from schema.context import Context
from schema.edge import build_app
from schema.ids import global_id, parsed
from schema.schema import schema

REFUSED = """__typename ... on Node { id } ... on NotFound { message } ... on Conflict { code message }
    ... on InvalidInput { fields { path code message } }
    ... on NotAllowed { message denials { code message force waivableBy paragraph { number } } }"""


@dataclass
class Floor:
    """Everybody's way into one meeting."""

    http: httpx2.AsyncClient
    app: Application
    now: datetime

    async def ask(self, who: Member, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        body = {"query": query, "variables": variables}
        answer = (await self.http.post("/graphql", json=body, headers={"as": who.id.hex})).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    async def tried(self, who: Member, mutation: str, /, **given: Any) -> dict[str, Any]:
        """A mutation's answer, whatever it is. A minute passes."""
        self.now += timedelta(minutes=1)
        name = mutation[0].upper() + mutation[1:]
        query = f"mutation($input: {name}Input!) {{ found: {mutation}(input: $input) {{ {REFUSED} }} }}"
        found: dict[str, Any] = (await self.ask(who, query, input=given))["found"]
        return found

    async def do(self, who: Member, mutation: str, /, **given: Any) -> str:
        """Carry out a mutation; the id of what it answers with."""
        found = await self.tried(who, mutation, **given)
        assert "id" in found, (mutation, found)
        key: str = found["id"]
        return key

    async def node(self, who: Member, key: str, kind: str, fields: str) -> dict[str, Any]:
        """An object as somebody sees it."""
        query = f"query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ {fields} }} }} }}"
        found: dict[str, Any] = (await self.ask(who, query, id=key))["node"]
        return found


@asynccontextmanager
async def floor(url: str, now: datetime) -> AsyncIterator[Floor]:
    """The edge over a database in which a meeting is going on."""
    app = Application(Settings(database_url=url, cheap_passwords=True, pool_size=5))
    made: list[Floor] = []

    async def context(connection: HTTPConnection, _: datetime) -> Context:
        return Context(app, connection, Member(UUID(hex=connection.headers["as"])), made[0].now, "sv")

    edge = build_app(app, schema, context, app.settings)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=edge), base_url=app.settings.base_url) as http:
        made.append(Floor(http, app, now))
        yield made[0]
    await app.close()


def key_of(kind: str, key: UUID) -> str:
    """A global id."""
    return global_id(kind, key)


def raw(given: str) -> UUID:
    """What is in one."""
    found = parsed(given)
    assert found is not None
    return found[1]
