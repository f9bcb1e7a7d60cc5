"""Where tests keep their files: in memory where the machine has room, since thousands of databases wait for a disk."""

import os
import shutil
import tempfile
from pathlib import Path

SHARED = Path("/dev/shm")  # noqa: S108 - Linux keeps it in memory, for everybody
ENOUGH = 4 * 1024**3
"""Bytes. What both kinds of databases take at once is well under half of it."""


def folder() -> Path | None:
    """A folder in memory that programs may be run from, or None where there is none or too little of it."""
    if not SHARED.is_dir() or not os.access(SHARED, os.W_OK):
        return None
    if os.statvfs(SHARED).f_flag & os.ST_NOEXEC or shutil.disk_usage(SHARED).free < ENOUGH:
        return None
    return SHARED


def prefer() -> None:
    """Let everything temporary be made there, unless somebody has said where."""
    found = folder()
    if found is not None and not os.environ.get("TMPDIR"):
        os.environ["TMPDIR"] = str(found)
        tempfile.tempdir = None
