"""The server as a process of its own, its clock set: to be asked over HTTP, and to be killed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds for a server to start or to stop."""


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    address: str
    clock: Path

    def show(self, time: datetime) -> None:
        """Set its clock, which goes on from there."""
        _set(self.clock, time)

    def kill(self) -> None:
        """As a power failure would end it."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        """As an operator would."""
        self.process.terminate()
        self.process.wait(PATIENCE)


@contextmanager
def serving(database_url: str, folder: Path, *, clock: datetime | None = None, dies: str = "") -> Iterator[Server]:
    """Serve a database from another process, whose clock shows `clock` now. Its log is a file in the folder.

    `dies`: a moment of `tests.dying` at which it ends itself as a power failure would.
    """
    _set(folder / "clock", clock or datetime.now(UTC))
    with socket.socket() as listener, (folder / "server.log").open("ab") as log:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.serving", str(listener.fileno()), folder / "clock", dies],
            cwd=ROOT,
            env={
                **os.environ,
                "DEMOCRACY_DATABASE_URL": database_url,
                "DEMOCRACY_BASE_URL": address,
                "DEMOCRACY_SEEDS_FOLDER": str(folder / "seeds"),
            },
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )
        port = listener.getsockname()[1]
    server = Server(process, address, folder / "clock")
    try:
        _await(process, port, folder)
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def _await(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    raise RuntimeError((folder / "server.log").read_text()[-3000:])


def _set(clock: Path, time: datetime) -> None:
    written = clock.with_suffix(".new")
    written.write_text(str((time - datetime.now(UTC)).total_seconds()))
    written.replace(clock)


def main(descriptor: int, clock: Path, dies: str) -> None:
    """Serve on a socket that the parent has bound, by a clock that the parent sets."""
    import uvicorn

    from democracy.app import Application
    from democracy.settings import Settings
    from schema.asgi import create_app, settle
    from tests import dying

    class Clocked(Application):
        def now(self) -> datetime:
            return datetime.now(UTC) + timedelta(seconds=float(clock.read_text()))

    application = Clocked(Settings.from_environment())
    app = create_app(application=application)
    settle()
    served = dying.at(dies, application, app) if dies else app
    server = uvicorn.Server(uvicorn.Config(served, log_level="warning", access_log=False, ws="websockets-sansio"))
    server.run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
