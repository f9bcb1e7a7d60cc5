"""An organisation behind a real server application, with a clock that a story can set."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2

from democracy.app import Application
from democracy.settings import Settings
from schema.asgi import create_app
from schema.ids import global_id
from tests.world import World

PASSWORD = "korrekt häst batteri klammer"


@dataclass
class Person:
    """Somebody who is signed in and sends requests over HTTP."""

    client: httpx2.AsyncClient
    token: str | None = None
    language: str = "sv"

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        headers = {"accept-language": self.language}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        response = await self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        body = response.json()
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data

    async def do(self, mutation: str, fields: str = "", /, **given: Any) -> dict[str, Any]:
        """Carry out a mutation with its input; the answer with every kind of refusal spelt out."""
        name = mutation[0].upper() + mutation[1:]
        query = f"""
            mutation Do($input: {name}Input!) {{ {mutation}(input: $input) {{
                __typename
                ... on Motion {{ id state version receiptNumber documentNumber {fields} }}
                ... on Meeting {{ id state version name }}
                ... on NotAllowed {{ message denials {{
                    code message force allowedFrom allowedUntil nextChance whoMay
                    paragraph {{ key number text version verified }} }} }}
                ... on NotFound {{ message }}
                ... on InvalidInput {{ fields {{ path code message }} }}
                ... on Conflict {{ code message current }}
            }} }}"""
        if mutation in MEETING_ONLY:
            query = query.replace(f"... on Motion {{ id state version receiptNumber documentNumber {fields} }}", "")
        else:
            query = query.replace("... on Meeting { id state version name }", "")
        answer: dict[str, Any] = (await self.ask(query, input=given))[mutation]
        return answer


MEETING_ONLY = {
    "planMeeting", "callMeeting", "sendPapers", "moveMeeting", "openMeeting", "closeMeeting", "cancelMeeting",
    "decideAsRecommended",
}  # fmt: skip


@dataclass
class Organisation:
    """The running application and the world that it serves."""

    app: Application
    world: World
    client: httpx2.AsyncClient
    known: set[str] = field(default_factory=set)

    def at(self, moment: datetime) -> None:
        """Set the organisation's clock."""
        self.app.story_offset = moment - datetime.now(UTC)

    async def sign_in(self, name: str) -> Person:
        """Sign somebody in, with a password that they chose through a one-time link the first time."""
        number, nobody = self.world.numbers[name], Person(self.client)
        if name not in self.known:
            made = await self.app.password_links(self.app.now()).make(number)
            await nobody.ask(SET_PASSWORD, input={"code": made.code, "password": PASSWORD})
            self.known.add(name)
        session = (await nobody.ask(SIGN_IN, input={"memberNumber": number, "password": PASSWORD}))["signIn"]
        return Person(self.client, session["token"])

    def id(self, kind: str, name: str) -> str:
        """The global id of something by its name in the world."""
        keys = {"Unit": self.world.units, "Body": self.world.bodies, "Member": self.world.members}
        return global_id(kind, keys[kind][name])


SET_PASSWORD = "mutation($input: SetPasswordInput!) { setPassword(input: $input) { __typename } }"
SIGN_IN = """mutation($input: SignInInput!) { signIn(input: $input) {
    __typename ... on Session { token } ... on SignInRefused { code message } } }"""


@asynccontextmanager
async def organisation(url: str, world: World, **more: Any) -> AsyncIterator[Organisation]:
    """Start the application on a database that holds the world; `more` is for its settings."""
    with TemporaryDirectory() as folder:
        chosen = {"cheap_passwords": True, "pool_size": 5, "seeds_folder": Path(folder), **more}
        async with _served(Application(Settings(database_url=url, **chosen)), world) as served:
            yield served


@asynccontextmanager
async def _served(app: Application, world: World) -> AsyncIterator[Organisation]:
    asgi = create_app(application=app)
    async with asgi.router.lifespan_context(asgi):
        transport = httpx2.ASGITransport(app=asgi)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield Organisation(app, world, client)
