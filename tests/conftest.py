"""Both databases, migrated once and copied for each test."""

import asyncio
import itertools
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from democracy.storage.migrate import migrate
from democracy.storage.unit_of_work import Database
from tests import compiled, example, memory, postgres
from tests.world import World, build

memory.prefer()
compiled.share()

# How long an example takes on a machine that others use too says nothing about what it shows.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

_counter = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A migrated database to copy."""
    _postgres(postgres_server, "CREATE DATABASE template_democracy")
    migrate(postgres.with_name(postgres_server, "template_democracy"))
    return "template_democracy"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    name = f"test_{next(_counter)}"
    _postgres(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY FILE_COPY")
    yield postgres.with_name(postgres_server, name)
    _postgres(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, pool_size=5)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def sqlite_world(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> tuple[Path, World]:
    """The world in a file, to copy."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copy(sqlite_template, path)
    return path, _built(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def postgres_world(postgres_server: str, postgres_template: str) -> tuple[str, World]:
    """The world in a database, to copy."""
    _postgres(postgres_server, f"CREATE DATABASE template_world TEMPLATE {postgres_template} STRATEGY FILE_COPY")
    return "template_world", _built(postgres.with_name(postgres_server, "template_world"))


@pytest.fixture(params=["sqlite", "postgresql"])
def world_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, World]]:
    """A copy of the world on each database, by its address."""
    if request.param == "sqlite":
        path, world = request.getfixturevalue("sqlite_world")
        shutil.copy(path, tmp_path / "world.db")
        yield f"sqlite:///{tmp_path / 'world.db'}", world
        return
    server: str = request.getfixturevalue("postgres_server")
    template, world = request.getfixturevalue("postgres_world")
    name = f"world_{next(_counter)}"
    _postgres(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield postgres.with_name(server, name), world
    _postgres(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def world(world_url: tuple[str, World]) -> AsyncIterator[World]:
    """Somebody in every role, and a called conference."""
    url, template = world_url
    database = Database(url, pool_size=5)
    yield template.over(database)
    await database.close()


def _built(url: str) -> World:
    async def make() -> World:
        database = Database(url)
        try:
            return await build(database)
        finally:
            await database.close()

    return asyncio.run(make())


def _postgres(server: str, statement: str) -> None:
    with psycopg.connect(postgres.with_name(server, "postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def built_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The living example, built once for all processes that test. Nobody changes it."""
    base = tmp_path_factory.getbasetemp()
    return example.built(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture
def example_folder(built_example: Path, tmp_path: Path) -> Path:
    """A copy of the living example, to do anything with."""
    return example.copied(built_example, tmp_path / "example")
