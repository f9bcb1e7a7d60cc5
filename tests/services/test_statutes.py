"""A unit adopts its own statutes; its cases are tried by them under the levels above."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from democracy.cli import commands
from democracy.domain.actors import Actor, Anonymous, Member, Operator
from democracy.domain.ids import new_id
from democracy.domain.kinds import UnitKind
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.statutes import StatutesService
from democracy.storage.statutes import by_digest, in_force, keep
from democracy.storage.tables.meeting import StatutesRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Database
from workflows.statutes import Level, Resolved, packaged, resolve

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
DAY = date(2026, 1, 10)
PARTY, DISTRICT, SMALL = (packaged(name) for name in ("vansterpartiet", "norrviken", "smaforeningen"))


class Tree:
    """A party with a district and a branch, and an association of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.service = StatutesService(database, NOW)
        self.ids: dict[str, UUID] = {}

    async def plant(self) -> None:
        async with self.database.unit(NOW) as unit:
            for code, kind, above in (
                ("party", UnitKind.PARTY, ()),
                ("norrviken", UnitKind.DISTRICT, ("party",)),
                ("stenvika", UnitKind.LOCAL_BRANCH, ("norrviken", "party")),
                ("vassviken", UnitKind.ASSOCIATION, ()),
            ):
                self.ids[code] = new_id()
                parent = self.ids[above[0]] if above else None
                unit.session.add(
                    UnitRow(id=self.ids[code], parent_id=parent, kind=kind, code=code, name=code, sort_key=code)
                )
                await unit.session.flush()
                for distance, ancestor in enumerate((code, *above)):
                    unit.session.add(
                        UnitAncestorRow(unit_id=self.ids[code], ancestor_id=self.ids[ancestor], distance=distance)
                    )

    async def in_force(self, code: str, day: date = DAY) -> Resolved:
        async with self.database.read() as connection:
            return await in_force(connection, self.ids[code], day)

    async def versions(self) -> int:
        async with self.database.read() as connection:
            return (await connection.execute(select(func.count()).select_from(StatutesRow))).scalar_one()


@pytest.fixture
async def tree(database_url: str) -> AsyncIterator[Tree]:
    database = Database(database_url)
    planted = Tree(database)
    await planted.plant()
    yield planted
    await database.close()


async def test_a_branch_without_statutes_of_its_own_follows_those_above(tree: Tree) -> None:
    await tree.service.adopt(tree.ids["party"], PARTY, actor=Operator())
    await tree.service.adopt(tree.ids["norrviken"], DISTRICT, actor=Operator())
    assert (await tree.in_force("stenvika")).digest == resolve(PARTY, DISTRICT).digest
    assert (await tree.in_force("party")).digest == resolve(PARTY).digest


async def test_another_version_applies_from_its_first_day_and_the_old_one_until_then(tree: Tree) -> None:
    await tree.service.adopt(tree.ids["vassviken"], SMALL, actor=Operator())
    changed = replace(SMALL, name="Nya stadgar")
    await tree.service.adopt(tree.ids["vassviken"], changed, valid_from=date(2026, 5, 1), actor=Operator())
    assert (await tree.in_force("vassviken", date(2026, 4, 30))).levels[0].name == SMALL.name
    assert (await tree.in_force("vassviken", date(2026, 5, 1))).levels[0].name == "Nya stadgar"


async def test_adopting_the_same_version_again_changes_nothing(tree: Tree) -> None:
    first = await tree.service.adopt(tree.ids["vassviken"], SMALL, actor=Operator())
    assert await tree.service.adopt(tree.ids["vassviken"], SMALL, actor=Operator()) == first
    assert await tree.versions() == 1


async def test_statutes_with_errors_are_refused_with_every_error_and_nothing_is_stored(tree: Tree) -> None:
    paragraphs = {key: each for key, each in SMALL.paragraphs.items() if key not in {"minutes", "appeal"}}
    with pytest.raises(InvalidInputError) as refused:
        await tree.service.adopt(
            tree.ids["vassviken"], replace(SMALL, paragraphs=MappingProxyType(paragraphs)), actor=Operator()
        )
    assert {"paragraphs.minutes", "paragraphs.appeal"} <= {each.path for each in refused.value.fields}
    assert await tree.versions() == 0


async def test_a_district_is_checked_under_its_party(tree: Tree) -> None:
    with pytest.raises(InvalidInputError):
        await tree.service.adopt(tree.ids["norrviken"], DISTRICT, actor=Operator())
    with pytest.raises(InvalidInputError, match="wrong_level"):
        await tree.service.adopt(tree.ids["norrviken"], replace(PARTY, level=Level.NATIONAL), actor=Operator())
    assert await tree.versions() == 0


@pytest.mark.parametrize("actor", [Anonymous(), Member(new_id())])
async def test_only_whoever_runs_the_installation_adopts(tree: Tree, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        await tree.service.adopt(tree.ids["vassviken"], SMALL, actor=actor)
    with pytest.raises(NotFoundError):
        await tree.service.adopt(new_id(), SMALL, actor=Operator())
    assert await tree.versions() == 0


async def test_a_case_finds_the_statutes_it_was_opened_under_by_their_digest(tree: Tree) -> None:
    order = resolve(PARTY, DISTRICT)
    async with tree.database.unit(NOW) as unit:
        digest = await keep(unit.session, order)
        assert await keep(unit.session, order) == digest
    async with tree.database.read() as connection:
        found = (await by_digest(connection, digest))[digest]
    assert found.digest == digest
    assert found.parameters == order.parameters


async def test_a_unit_without_statutes_says_so(tree: Tree) -> None:
    with pytest.raises(NotFoundError, match="statutes"):
        await tree.in_force("stenvika")


def adopt(url: str, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["statutes", "adopt", *arguments], env={"DEMOCRACY_DATABASE_URL": url})
    return result.exit_code, result.output


async def plant(url: str) -> None:
    database = Database(url)
    await Tree(database).plant()
    await database.close()


def test_the_command_line_adopts_and_says_what_hinders_it(database_url: str) -> None:
    asyncio.run(plant(database_url))
    code, output = adopt(database_url, "norrviken", "--unit", "norrviken")
    assert code == 1
    assert "parameters.membership.days_after_fee: no level sets this." in output
    code, output = adopt(database_url, "vansterpartiet", "--unit", "party", "--valid-from", "2022-02-02")
    assert (code, output) == (0, "Vänsterpartiets stadgar: party, 2022-02-02\n")
    assert adopt(database_url, "norrviken", "--unit", "norrviken", "--valid-from", "2022-03-01")[0] == 0
    code, output = adopt(database_url, "norrviken", "--unit", "nowhere")
    assert code == 1
    assert "unit nowhere" in output
