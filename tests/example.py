"""The living example as people start it: a process of its own, on a port of its own."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 400.0
"""Seconds for building on a busy machine; it takes some twenty on a quiet one."""


@dataclass
class Running:
    """A started example."""

    process: subprocess.Popen[bytes]
    address: str
    printed: str = ""

    def read(self) -> None:
        """Take in what it prints until it says nothing more about how to begin."""
        assert self.process.stdout is not None
        ends = time.monotonic() + PATIENCE
        while "# 5." not in self.printed or not self.printed.endswith("\n\n"):
            readable, _, _ = select.select([self.process.stdout], [], [], 1)
            got = os.read(self.process.stdout.fileno(), 1 << 16) if readable else b""
            self.printed += got.decode()
            assert time.monotonic() < ends, self.printed
            assert got or not readable, f"it ended: {self.printed}"

    def stop(self, by: int = signal.SIGINT) -> tuple[int, str]:
        """Stop it as Ctrl-C does; what it returned and what it said last."""
        self.process.send_signal(by)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said.decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command(folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "democracy", "demo", "--folder", str(folder), *more]


@contextmanager
def running(folder: Path, *more: str) -> Iterator[Running]:
    """Start the example and wait until it answers."""
    port = free_port()
    process = subprocess.Popen(
        command(folder, *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PORT": str(port)}
    )
    example = Running(process, f"http://127.0.0.1:{port}")
    try:
        example.read()
        yield example
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def built(shared: Path) -> Path:
    """A finished example, built once however many processes test; copy it before changing anything."""
    folder, done = shared / "example", shared / "example.done"
    try:
        (shared / "example.lock").mkdir()
    except FileExistsError:
        ends = time.monotonic() + PATIENCE
        while not done.exists():
            assert time.monotonic() < ends, "the process that builds the example has given up"
            time.sleep(0.2)
        return folder
    with running(folder) as example:
        status, said = example.stop()
    assert status == 0, said
    done.write_text(example.printed, "utf-8")
    return folder


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to
