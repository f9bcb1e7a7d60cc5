"""Voters who cast over HTTP, with what each of them alone knows."""

import asyncio
import base64
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from democracy.ballotbox.keys import sha256
from schema.ids import global_id
from tests.api import Client, tokens
from tests.linkage import Voter, voter
from tests.sealing import CAST
from tests.voting_hall import DURING, Hall, hall
from tests.world import BEFORE, World

AT_ONCE = 12
VOTED = "query ($id: ID!) { node(id: $id) { ... on MemberBallot { viewerHasVoted } } }"


@dataclass
class Voting:
    """Voters with their sealed ballots, and what each has been told."""

    made: Hall
    ballot: str
    urn: str
    m: bytes
    tokens: list[str]
    voters: list[Voter]
    receipts: dict[int, str] = field(default_factory=dict)

    @property
    def digests(self) -> list[str]:
        """Of everybody's sealed ballot, in hex."""
        return [sha256(each.box).hex() for each in self.voters]

    async def everybody(self, address: str) -> None:
        """Each casts their own ballot; who gets no answer knows nothing."""
        gate = asyncio.Semaphore(AT_ONCE)
        async with httpx2.AsyncClient(base_url=address, timeout=30) as http:

            async def one(at: int) -> None:
                async with gate:
                    sealed = base64.b64encode(self.voters[at].box).decode()
                    device = Client(http, self.tokens[at])
                    try:
                        told = await device.change(CAST, urn=self.urn, manifest=self.m.hex(), sealed=sealed)
                    except httpx2.TransportError:
                        return
                    assert self.receipts.setdefault(at, told["receipt"]) == told["receipt"]

            await asyncio.gather(*(one(at) for at in range(len(self.tokens))))

    async def have_voted(self, address: str) -> set[str]:
        """Digests of those who are told that they have voted."""
        async with httpx2.AsyncClient(base_url=address, timeout=30) as http:
            told = [(await Client(http, each).ask(VOTED, id=self.ballot))["node"] for each in self.tokens]
        return {self.digests[at] for at, each in enumerate(told) if each["viewerHasVoted"]}


async def voting(world: World, folder: Path, size: int) -> Voting:
    """So many, signed in before an urn that is open."""
    made = await hall(world, folder, size)
    manifest, m = await made.held.manifest(BEFORE)
    names = {f"voter {at}": each.id for at, each in enumerate(made.members)}
    world.members.update(names)
    voters = [voter(manifest, m, made.slots[each.id], "ja") for each in made.members]
    ballot, urn = global_id("MemberBallot", made.held.ballot), global_id("Urn", made.held.urn)
    return Voting(made, ballot, urn, m, await tokens(world, list(names), DURING), voters)
