"""Voters: each seals on their own, which is work enough for several processes; then they come, many at once."""

import asyncio
import base64
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from uuid import UUID

from democracy.ballotbox.ballot import Body, seal
from democracy.ballotbox.manifest import digest, read_manifest
from democracy.domain.actors import Member
from democracy.services.urns.casting import CastDesk

AT_ONCE = 64
"""Voters who wait for their receipts at the same time."""
PER_JOB = 250


@dataclass(frozen=True)
class Vote:
    """Somebody's choice, on its way from their slot."""

    member: UUID
    slot: int
    choice: tuple[str, ...]


def sealed(manifest: bytes, votes: Sequence[Vote]) -> list[bytes]:
    """The sealed ballots of some voters, as their own clients make them."""
    read, m = read_manifest(manifest), digest(manifest)
    boxes = []
    for each in votes:
        code = base64.b32encode(secrets.token_bytes(10)).decode()
        body = Body({"1": each.choice}, code, f"{secrets.randbelow(10_000):04}")
        boxes.append(seal(read, m, each.slot, secrets.token_bytes(32), body.message(read))[0].box)
    return boxes


async def seal_all(pool: Executor, manifest: bytes, votes: Sequence[Vote]) -> list[bytes]:
    """All of them, by as many processes as the pool has."""
    loop = asyncio.get_running_loop()
    jobs = [loop.run_in_executor(pool, sealed, manifest, part) for part in _parts(votes)]
    return [box for part in await asyncio.gather(*jobs) for box in part]


async def cast_all(
    desk: CastDesk, urn: UUID, m: bytes, votes: Sequence[Vote], boxes: Sequence[bytes], done: Callable[[int], None]
) -> None:
    """Everybody casts; `done` is told how many have their receipt."""
    waiting = iter(zip(votes, boxes, strict=True))

    async def voter() -> None:
        for vote, box in waiting:
            await desk.cast(urn, m, box, actor=Member(vote.member))
            done(1)

    async with asyncio.TaskGroup() as group:
        for _ in range(min(AT_ONCE, len(votes))):
            group.create_task(voter())


def _parts(votes: Sequence[Vote]) -> Iterator[Sequence[Vote]]:
    return (votes[at : at + PER_JOB] for at in range(0, len(votes), PER_JOB))
