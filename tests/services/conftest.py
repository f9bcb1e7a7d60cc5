"""One installation on each database, with people in it."""

from collections.abc import AsyncIterator

import pytest

from tests.people import People, living_at


@pytest.fixture
async def people(database_url: str) -> AsyncIterator[People]:
    async with living_at(database_url) as people:
        yield people
