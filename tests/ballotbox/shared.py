"""The design's own vectors, which lie outside the repository: DEMOCRACY_SHARED names the folder, or it is beside us."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

NAME = Path("design") / "SEALED-URN-VECTORS.json"
REASON = f"no {NAME.name} in the folder that DEMOCRACY_SHARED names, nor in one called shared beside the checkout"


def _found() -> Path | None:
    named = os.environ.get("DEMOCRACY_SHARED")
    folders = [Path(named)] if named else [Path(__file__).parents[3] / "shared"]
    return next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)


needs_vectors = pytest.mark.skipif(_found() is None, reason=REASON)


@cache
def vectors() -> dict[str, Any]:
    path = _found()
    assert path is not None
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read
