"""What is installed is whole: built, looked into, and run from an environment of its own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from democracy.storage.migrate import head
from tests.architecture.checkout import ROOT, tracked

OURS = ("democracy", "schema", "workflows")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("uv") is None, reason="the wheel is built with uv, which is not on PATH"),
]


def run(*command: str | Path, cwd: Path, **settings: str) -> str:
    """What a command prints, run outside the checkout's own environment."""
    outside = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    words, environment = [str(part) for part in command], outside | settings
    done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run("uv", "build", "--wheel", "--out-dir", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_everything_that_is_tracked_in_its_packages(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    packages = [path.relative_to(ROOT) for path in tracked()]
    wanted = {path.as_posix() for path in packages if path.parts[0] in set(OURS)}
    migrations = {"democracy/_" + path.as_posix() for path in packages if path.parts[0] == "migrations"}
    wanted |= {path for path in migrations if not path.endswith(".gitkeep")}
    assert {path for path in wanted if path not in inside} == set()
    for one in ("democracy/_migrations/env.py", "workflows/messages/sv.toml", "schema/schema.graphql"):
        assert one in inside
    assert any(path.startswith("workflows/statutes/files/") for path in inside)
    assert any(path.startswith("democracy/texts/templates/") for path in inside)


def test_nothing_of_the_tests_is_installed(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(OURS)


def test_an_installed_wheel_finds_its_migrations_and_statutes(wheel: Path, tmp_path: Path) -> None:
    run("uv", "venv", "--quiet", "--python", sys.executable, tmp_path / "venv", cwd=tmp_path)
    binaries = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    pinned = tmp_path / "pinned.txt"
    run("uv", "export", "--frozen", "--quiet", "--no-dev", "--no-emit-project", "--output-file", pinned, cwd=ROOT)
    install = ("uv", "pip", "install", "--quiet", "--python", binaries / "python")
    run(*install, "--requirement", pinned, cwd=tmp_path)
    run(*install, "--no-deps", wheel, cwd=tmp_path)
    database = tmp_path / "new.db"
    run(binaries / "democracy", "migrate", cwd=tmp_path, DEMOCRACY_DATABASE_URL=f"sqlite:///{database}")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (head(),)
    assert "motion-deadline" in run(
        binaries / "democracy", "statutes", "show", "vansterpartiet", "--json", cwd=tmp_path
    )
    asked = f"from importlib.metadata import packages_distributions as of; print({{n: of()[n] for n in {OURS}}})"
    assert run(binaries / "python", "-c", asked, cwd=tmp_path).strip() == str({name: ["democracy"] for name in OURS})
