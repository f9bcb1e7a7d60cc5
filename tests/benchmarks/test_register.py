"""How fast a register comes in, beside bare inserts of the same rows."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from democracy.services.register import Register
from democracy.storage.tables.member import MemberRow, MembershipRow
from democracy.storage.unit_of_work import Database
from tests.people_file import members_file, units_file
from workflows.statutes import packaged

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
MEMBERS = 25_000


@pytest.mark.bench
async def test_members_a_second_beside_bare_inserts(database: Database, tmp_path: Path) -> None:
    register, party = Register(database, AT), packaged("vansterpartiet")
    await register.import_units(units_file(tmp_path / "units.csv"), apply=True)
    path = members_file(tmp_path / "members.csv", MEMBERS)
    seconds = {}
    for name, apply in (("a look first", False), ("import", True), ("the same again", True)):
        began = time.perf_counter()
        await register.import_members(path, statutes=party, apply=apply)
        seconds[name] = time.perf_counter() - began
    bare = await _bare(database)
    print(f"\n{database.dialect}: {MEMBERS} members with {MEMBERS + MEMBERS // 20} memberships")
    print(f"  bare inserts of the same rows: {MEMBERS / bare:,.0f} members/s")
    for name, taken in seconds.items():
        print(f"  {name}: {MEMBERS / taken:,.0f} members/s, {taken:.1f} s, {taken / bare:.1f} times bare inserts")
    assert seconds["import"] < 60


async def _bare(database: Database) -> float:
    """Put the same rows in again, a thousand at a time, with nothing read, judged or compared."""
    async with database.read() as connection:
        tables = {
            table: [dict(row._mapping) for row in await connection.execute(select(table.__table__))]
            for table in (MemberRow, MembershipRow)
        }
    async with database.unit(AT) as unit:
        for table in (MembershipRow, MemberRow):
            await unit.session.execute(delete(table))
    began = time.perf_counter()
    async with database.unit(AT) as unit:
        connection = await unit.session.connection()
        for table, rows in tables.items():
            for first in range(0, len(rows), 1000):
                await connection.execute(insert(table), rows[first : first + 1000])
    return time.perf_counter() - began
