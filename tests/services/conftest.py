"""One installation on each database, with people in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.elections import Hall, hall
from tests.people import People, living_at
from tests.world import World


@pytest.fixture
async def people(database_url: str) -> AsyncIterator[People]:
    async with living_at(database_url) as people:
        yield people


@pytest.fixture
async def room(world: World, tmp_path: Path) -> AsyncIterator[Hall]:
    """A conference that elects."""
    async with hall(world, tmp_path / "seeds") as made:
        yield made
