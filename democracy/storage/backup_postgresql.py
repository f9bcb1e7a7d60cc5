"""Copies of a PostgreSQL database by `pg_dump` and `pg_restore`, in their custom format."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import URL

from democracy.errors import DatabaseNotReadyError

LOCK_PATIENCE = "30s"
"""How long to wait for those who use a table that is to be replaced."""


def write(url: URL, file: Path, programs: Path | None) -> None:
    """Dump one snapshot; nobody waits for it."""
    _run(programs, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={file}"], url)


def revision(file: Path, programs: Path | None) -> str:
    """Read a copy through, unpacking every row; returns its migration."""
    try:
        _run(programs, "pg_restore", [f"--file={os.devnull}", str(file)])
        table = _run(programs, "pg_restore", ["--data-only", "--table=alembic_version", "--file=-", str(file)])
    except DatabaseNotReadyError as error:
        raise DatabaseNotReadyError(
            "broken_copy" if error.code == "program_failed" else error.code, error.reason
        ) from error
    lines = iter(table.splitlines())
    rows = [next(lines, "") for line in lines if line.startswith("COPY ")]
    if not rows or not rows[0] or rows[0] == r"\.":
        raise DatabaseNotReadyError("broken_copy", "utan version")
    return rows[0]


def put_back(url: URL, file: Path, programs: Path | None) -> None:
    """Replace every table of the copy in one transaction: all or nothing."""
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    environment = {"PGOPTIONS": f"-c lock_timeout={LOCK_PATIENCE}"}
    _run(programs, "pg_restore", [*options, f"--dbname={_address(url)}", str(file)], url, environment)


def _run(
    programs: Path | None,
    name: str,
    options: Sequence[str],
    url: URL | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    program = shutil.which(name, path=programs)
    if program is None:
        raise DatabaseNotReadyError("missing_program", name)
    # The password goes by the environment: everybody on the machine can read a command line.
    secret = {"PGPASSWORD": url.password} if url is not None and url.password is not None else {}
    command = [program, *options] if name == "pg_restore" or url is None else [program, *options, _address(url)]
    done = subprocess.run(  # noqa: S603 - a program that the operator has installed, with options from here
        command,
        env={**os.environ, **secret, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise DatabaseNotReadyError("program_failed", said[0] if said else f"{name} ({done.returncode})")
    return done.stdout


def _address(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
