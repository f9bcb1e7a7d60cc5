"""The real edge over the seeded world, asked by anybody by the name of their role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import httpx2
from sqlalchemy import func, select
from starlette.requests import HTTPConnection

from democracy.app import Application
from democracy.settings import Settings
from democracy.storage.tables.step import StepRow
from schema.context import Context
from schema.edge import build_app
from schema.limits import Limits
from schema.schema import schema
from tests.schema.permissions.seeds import AT, Seeded

LIMITS = Limits()


@dataclass(frozen=True)
class Edge:
    """One running installation."""

    app: Application
    seeded: Seeded
    http: httpx2.AsyncClient

    @classmethod
    @asynccontextmanager
    async def over(cls, url: str, seeded: Seeded) -> "AsyncIterator[Edge]":
        """Everything but signing in, which has tests of its own: the header `as` says who asks."""
        app = Application(Settings(database_url=url, cheap_passwords=True, pool_size=2, seeds_folder=seeded.folder))
        own = replace(seeded, world=seeded.world.over(app.database))

        async def context(connection: HTTPConnection, _: datetime) -> Context:
            return Context(app, connection, own.world.actor(connection.headers["as"]), AT, "sv")

        transport = httpx2.ASGITransport(app=build_app(app, schema, context, app.settings, limits=LIMITS))
        try:
            async with httpx2.AsyncClient(transport=transport, base_url=app.settings.base_url) as http:
                yield cls(app, own, http)
        finally:
            await app.database.close()

    async def ask(self, role: str, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The whole answer."""
        body = {"query": query, "variables": variables or {}}
        answer: dict[str, Any] = (await self.http.post("/graphql", json=body, headers={"as": role})).json()
        return answer

    async def data(self, role: str, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The data of an answer without errors."""
        answer = await self.ask(role, query, variables)
        assert "errors" not in answer, (role, query, answer)
        return answer["data"]

    async def steps(self) -> int:
        """How many steps have been recorded."""
        async with self.app.database.read() as connection:
            return (await connection.execute(select(func.count()).select_from(StepRow))).scalar_one()
