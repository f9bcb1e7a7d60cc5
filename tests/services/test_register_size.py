"""A whole register at once."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from democracy.services.register import Register
from democracy.services.register_report import Tally
from democracy.storage.unit_of_work import Database
from tests.people_file import members_file, units_file
from workflows.statutes import packaged

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
PARTY = packaged("vansterpartiet")
MEMBERS = 25_000

MEASURED = """
import asyncio, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from democracy.services.register import Register
from democracy.storage.unit_of_work import Database
from workflows.statutes import packaged

async def main(url, units, members):
    database = Database(url)
    register = Register(database, datetime(2026, 6, 1, 12, tzinfo=UTC))
    await register.import_units(Path(units), apply=True)
    await register.import_members(Path(members), statutes=packaged("vansterpartiet"), apply=True)
    await database.close()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.long
async def test_a_register_of_25_000_members_comes_in_within_a_minute_and_again_without_doubling(
    database: Database, tmp_path: Path
) -> None:
    register = Register(database, AT)
    seen: list[int] = []
    await register.import_units(units_file(tmp_path / "units.csv"), apply=True)
    path = members_file(tmp_path / "members.csv", MEMBERS)
    began = time.monotonic()
    report = await register.import_members(path, statutes=PARTY, apply=True, progress=seen.append)
    assert time.monotonic() - began < 60
    assert report.tally("members") == Tally(new=MEMBERS)
    assert report.tally("memberships") == Tally(new=MEMBERS + MEMBERS // 20)
    assert seen == sorted(seen)
    assert seen[-1] == path.stat().st_size
    again = await register.import_members(path, statutes=PARTY, apply=True)
    assert again.tally("members") == Tally(unchanged=MEMBERS)
    assert again.tally("memberships") == Tally(unchanged=MEMBERS + MEMBERS // 20)


@pytest.mark.long
def test_memory_hardly_grows_with_the_file(sqlite_url: str, tmp_path: Path) -> None:
    units = units_file(tmp_path / "units.csv")

    def peak(members: int) -> int:
        copy = tmp_path / f"{members}.db"
        copy.write_bytes(Path(sqlite_url.removeprefix("sqlite:///")).read_bytes())
        path = members_file(tmp_path / f"{members}.csv", members)
        arguments = [sys.executable, "-c", MEASURED, f"sqlite:///{copy}", str(units), str(path)]
        return int(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)

    # 50 000 more members may cost what it takes to remember their numbers and addresses, not the members themselves.
    assert peak(60_000) - peak(10_000) < 40 * 1024
