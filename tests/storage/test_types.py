from sqlalchemy import and_, not_, select, text
from sqlalchemy.dialects import sqlite

from democracy.domain.ids import new_id
from democracy.storage.tables.member import MemberRow
from democracy.storage.types import any_of
from democracy.storage.unit_of_work import Database
from tests.world import World


async def test_many_ids_are_found_by_the_index(sqlite_url: str) -> None:
    statement = select(MemberRow.given_name).where(any_of(MemberRow.id, [new_id()]), MemberRow.protected.is_(False))
    asked = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True}))
    database = Database(sqlite_url)
    async with database.read() as connection:
        explained = "EXPLAIN QUERY PLAN " + asked.replace("?", "'[]'")
        plan = await connection.execute(text(explained))
        steps = [row.detail for row in plan]
    await database.close()
    assert steps[0].startswith("SEARCH member USING INDEX"), steps


async def test_ids_are_combined_with_other_conditions_and_left_out(world: World) -> None:
    member, chair = world.members["member"], world.members["chair"]
    both = any_of(MemberRow.id, [member, chair])
    async with world.database.read() as connection:
        named = select(MemberRow.id).where(and_(both, MemberRow.given_name == "Örjan"))
        others = select(MemberRow.id).where(not_(both))
        assert (await connection.execute(named)).scalars().all() == [chair]
        rest = set((await connection.execute(others)).scalars())
    assert rest == set(world.members.values()) - {member, chair}
