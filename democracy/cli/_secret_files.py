"""Folders with files that must not be lost or seen: used by one program at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from democracy.formats.secret_files import erase, store

__all__ = ["alone", "erase", "store"]

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_OWNER_ONLY = 0o600


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else uses the folder meanwhile; refuses if somebody does. A program that is killed lets go of it."""
    if not folder.is_dir():
        raise click.ClickException(f"Mappen {folder} finns inte.")
    descriptor = os.open(folder / ".upptagen", os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    try:
        _lock(descriptor)
        yield
    except BlockingIOError:
        raise click.ClickException(f"{folder} används just nu av ett annat program.") from None
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
