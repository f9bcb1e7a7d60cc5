"""Files that must not be lost or seen: written whole or not at all, for their owner only."""

import os
from pathlib import Path

_OWNER_ONLY = 0o600


def store(path: Path, data: bytes) -> None:
    """Put a file in place in one step, on the disk when this returns."""
    part = path.with_name(f".{path.name}.new")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync_folder(path.parent)


def erase(path: Path) -> None:
    """Overwrite a small file and remove it. What a disk or a backup keeps of it is another matter."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(bytes(size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no way to sync a folder, and does not need one
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
