"""How soon 300 delegates who elect nine of twenty in a sealed urn know who is elected."""

import random
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.elections import Hall, hall
from tests.world import World

pytestmark = pytest.mark.bench
VOTERS, SEATS, CANDIDATES, LIMIT = 300, 9, 20, 10


@pytest.fixture
async def room(world: World, tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(world, tmp_path / "seeds", VOTERS) as made:
        yield made


async def test_the_result_is_there_within_its_limit_after_the_close(room: Hall) -> None:
    election, stand = await room.published(SEATS, range(CANDIDATES))
    opened = await room.do("presidium", "openElection", electionId=election, method="URN")
    urn, chance = opened["rounds"][0]["urnId"], random.Random(7)  # noqa: S311 - the same votes each time
    for index in range(VOTERS):
        await room.seal(urn, index, chance.sample(stand[: SEATS + 2], SEATS))
    began = time.perf_counter()
    counted = await room.do("presidium", "closeElection", electionId=election)
    found = time.perf_counter() - began
    figures = counted["rounds"][0]["figures"]
    print(f"\n{VOTERS} ballots, {SEATS} of {CANDIDATES}: {found:.1f} s after the close")
    assert figures["ballots"] == VOTERS
    assert found < LIMIT
