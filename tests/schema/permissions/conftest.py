"""The seeded world on both databases, and the real edge in front of a copy of it."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from democracy.storage.unit_of_work import Database
from tests import postgres
from tests.conftest import _postgres
from tests.schema.permissions.edge import Edge
from tests.schema.permissions.seeds import Seeded, seed
from tests.world import World

_counter = itertools.count()
Copying = Callable[[], AbstractAsyncContextManager[Edge]]


@dataclass(frozen=True)
class Installation:
    """The seeded world on one database. `copied()` gives an edge over a copy that nobody else sees."""

    seeded: Seeded
    copied: Copying


def _seeded(url: str, world: World, folder: Path) -> Seeded:
    async def make() -> Seeded:
        database = Database(url)
        try:
            return await seed(world.over(database), folder)
        finally:
            await database.close()

    return asyncio.run(make())


@pytest.fixture(scope="session")
def seeded_sqlite(sqlite_world: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("seeded")
    template = folder / "template.db"
    shutil.copy(sqlite_world[0], template)
    seeded = _seeded(f"sqlite:///{template}", sqlite_world[1], folder)

    @asynccontextmanager
    async def copied() -> AsyncIterator[Edge]:
        path = folder / f"copy_{next(_counter)}.db"
        shutil.copy(template, path)
        async with Edge.over(f"sqlite:///{path}", seeded) as edge:
            yield edge
        path.unlink()

    return Installation(seeded, copied)


@pytest.fixture(scope="session")
def seeded_postgres(
    postgres_server: str, postgres_world: tuple[str, World], tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    copy = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
    _postgres(postgres_server, copy.format("template_seeded", postgres_world[0]))
    seeded = _seeded(
        postgres.with_name(postgres_server, "template_seeded"), postgres_world[1], tmp_path_factory.mktemp("secrets")
    )

    @asynccontextmanager
    async def copied() -> AsyncIterator[Edge]:
        name = f"seeded_{next(_counter)}"
        _postgres(postgres_server, copy.format(name, "template_seeded"))
        async with Edge.over(postgres.with_name(postgres_server, name), seeded) as edge:
            yield edge
        _postgres(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")

    return Installation(seeded, copied)


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest) -> Installation:
    """On each database."""
    found: Installation = request.getfixturevalue("seeded_sqlite" if request.param == "sqlite" else "seeded_postgres")
    return found
