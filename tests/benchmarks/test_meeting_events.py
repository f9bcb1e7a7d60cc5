"""How soon a full hall hears of an event: 1,000 clients of one process, each over a WebSocket of its own."""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from democracy.domain.ids import new_id
from democracy.domain.secrets import new_session_token, token_digest
from democracy.services.meetings import Meetings
from democracy.storage.events import newest_position
from democracy.storage.tables.account import AccountRow, SessionRow
from democracy.storage.tables.member import MemberRow, MembershipRow
from schema.ids import global_id
from tests.serving import serving
from tests.world import BEFORE, SINCE, World

pytestmark = pytest.mark.bench

CLIENTS = 1000
EVENTS = 10
AT_ONCE = 50
"""Clients that connect at the same moment."""
LISTEN = """subscription($id: ID!, $after: String) {
    meetingEvents(meetingId: $id, after: $after) { position noun id step label to at } }"""


async def test_an_event_reaches_a_thousand_listeners(
    world_url: tuple[str, World], world: World, tmp_path: Path
) -> None:
    url, _ = world_url
    tokens = await members(world)
    meetings, secretary = Meetings(world.database, BEFORE), world.actor("secretary")
    after = await newest_position(world.database)
    spent: list[float] = []
    last: list[float] = []
    with serving(url, tmp_path, clock=BEFORE) as server:
        async with AsyncExitStack() as stack:
            sockets = await connected(stack, server.address, tokens, world.meeting, after)
            for number in range(EVENTS + 1):
                hearing = [asyncio.create_task(heard(socket)) for socket in sockets]
                await asyncio.sleep(0.2)
                began = time.perf_counter()
                await meetings.send_papers(world.meeting, actor=secretary)
                times = [when - began for when in await asyncio.wait_for(asyncio.gather(*hearing), 60)]
                if number:  # what the first one took is connecting
                    spent += times
                    last.append(max(times))
    cuts = statistics.quantiles(spent, n=100)
    print(
        f"\nmeetingEvents, {world.database.dialect}: {CLIENTS} clients of one process, {EVENTS} events, from the call "
        f"to the client: median {1000 * statistics.median(spent):.0f} ms, 99 % {1000 * cuts[98]:.0f} ms, "
        f"the last of all {1000 * statistics.median(last):.0f} ms"
    )
    assert len(spent) == CLIENTS * EVENTS
    assert cuts[98] < 10


async def members(world: World) -> list[str]:
    """So many members of a branch, each signed in; their tokens."""
    keys = [(new_id(), new_id(), new_session_token()) for _ in range(CLIENTS)]
    async with world.database.unit(BEFORE) as unit:
        await unit.session.execute(insert(MemberRow), [_person(member) for member, _, _ in keys])
        await unit.session.execute(
            insert(MembershipRow), [_membership(world.units["granvik"], member) for member, _, _ in keys]
        )
        await unit.session.execute(
            insert(AccountRow), [{"id": account, "member_id": member} for member, account, _ in keys]
        )
        await unit.session.execute(insert(SessionRow), [_session(account, token) for _, account, token in keys])
    return [token for _, _, token in keys]


def _person(member: UUID) -> dict[str, object]:
    return {"id": member, "number": member.hex[-12:], "given_name": "Ida", "family_name": "Ekö", "sort_key": "eko ida",
            "language": "sv", "protected": False}  # fmt: skip


def _membership(branch: UUID, member: UUID) -> dict[str, object]:
    return {"id": new_id(), "member_id": member, "unit_id": branch, "voting": True, "fee_paid_on": SINCE,
            "effective_on": SINCE + timedelta(days=30)}  # fmt: skip


def _session(account: UUID, token: str) -> dict[str, object]:
    return {"id": new_id(), "account_id": account, "token_digest": token_digest(token), "created_at": BEFORE,
            "expires_at": BEFORE + timedelta(days=30)}  # fmt: skip


async def connected(
    stack: AsyncExitStack, address: str, tokens: list[str], meeting: UUID, after: int
) -> list[ClientConnection]:
    """Everybody listens."""
    found: list[ClientConnection] = []
    for start in range(0, len(tokens), AT_ONCE):
        opened = (
            stack.enter_async_context(listening(address, token, meeting, after))
            for token in tokens[start : start + AT_ONCE]
        )
        found += await asyncio.gather(*opened)
    return found


@asynccontextmanager
async def listening(address: str, token: str, meeting: UUID, after: int) -> AsyncIterator[ClientConnection]:
    """A client that misses nothing, however late the server gets to its subscription."""
    where = address.replace("http", "ws") + "/graphql"
    async with connect(where, subprotocols=[Subprotocol("graphql-transport-ws")], open_timeout=60) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}}))
        await socket.recv()
        payload = {"query": LISTEN, "variables": {"id": global_id("Meeting", meeting), "after": str(after)}}
        await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
        yield socket


async def heard(socket: ClientConnection) -> float:
    """When the next event has come."""
    message = json.loads(await socket.recv())
    assert message["type"] == "next", message
    return time.perf_counter()
