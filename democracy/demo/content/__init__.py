"""The living example as data: an invented district, its people and its motions, in Swedish.

Everything is read from the TOML files beside this module. All people, places and branches are invented.
"""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from democracy.demo.content.district import Body, Branch, District, Meeting, Person
from democracy.demo.content.motion import Anchor, Clause, Decision, FollowUp, Motion, Recommendation, Reservation
from democracy.demo.content.names import Name, Names

__all__ = [
    "Anchor",
    "Body",
    "Branch",
    "Clause",
    "Content",
    "Decision",
    "District",
    "FollowUp",
    "Meeting",
    "Motion",
    "Name",
    "Names",
    "Person",
    "Recommendation",
    "Reservation",
    "load",
]


class Content(msgspec.Struct, frozen=True):
    """All that the example is made of."""

    district: District
    names: Names
    motions: tuple[Motion, ...]


def load() -> Content:
    """Read the files. A faulty one raises `msgspec.ValidationError` with the place of the fault."""
    folder = files(__name__)
    motions = sorted((each for each in (folder / "motions").iterdir() if each.name.endswith(".toml")), key=_name)
    return Content(
        district=msgspec.convert(_read(folder / "district.toml"), District),
        names=msgspec.convert(_read(folder / "names.toml"), Names),
        motions=tuple(motion for each in motions for motion in _motions(each)),
    )


def _name(file: Traversable) -> str:
    return file.name


def _motions(file: Traversable) -> list[Motion]:
    return msgspec.convert(_read(file)["motion"], list[Motion])


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
