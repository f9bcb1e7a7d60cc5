"""Papers that lie beside the checkout, or where DEMOCRACY_SHARED says; not everybody has them."""

import os
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT


def shared_paper(folder: str, pattern: str) -> Path:
    """Find one paper, or skip the test."""
    places = [Path(value) for value in [os.environ.get("DEMOCRACY_SHARED")] if value] or [ROOT.parent / "shared"]
    found = [path for place in places for path in sorted((place / folder).glob(pattern))]
    if not found:
        pytest.skip(f"{folder}/{pattern} is not here; DEMOCRACY_SHARED can say where it lies")
    return found[0]
