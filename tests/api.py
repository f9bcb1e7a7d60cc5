"""Asking the API as a signed-in member would, over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx2

from democracy.domain.ids import new_id
from democracy.domain.secrets import new_session_token, token_digest
from democracy.services.new_session import SESSION_LASTS
from democracy.storage import sessions
from democracy.storage.tables.account import AccountRow
from tests.world import World


@dataclass(frozen=True)
class Client:
    """One device of one member."""

    http: httpx2.AsyncClient
    token: str

    async def ask(self, query: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an answer; fails on any error."""
        answered = (await self.post(query, **variables)).json()
        assert "errors" not in answered, answered
        data: dict[str, Any] = answered["data"]
        return data

    async def post(self, query: str, /, **variables: Any) -> httpx2.Response:
        """The answer as it comes."""
        return await self.http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {self.token}"},
        )

    async def change(self, query: str, /, **given: Any) -> dict[str, Any]:
        """The one result of a mutation that takes one input."""
        (result,) = (await self.ask(query, input=given)).values()
        found: dict[str, Any] = result
        return found


async def tokens(world: World, names: Sequence[str], at: datetime) -> list[str]:
    """A session for each of these members, opened at a time without any password; a name may come several times."""
    accounts: dict[str, UUID] = {}
    opened = []
    async with world.database.unit(at) as unit:
        for name in names:
            if name not in accounts:
                accounts[name] = new_id()
                unit.session.add(AccountRow(id=accounts[name], member_id=world.members[name]))
                await unit.session.flush()
            opened.append(new_session_token())
            ends = at + SESSION_LASTS
            await sessions.open_session(unit.session, accounts[name], token_digest(opened[-1]), at, ends)
    return opened
