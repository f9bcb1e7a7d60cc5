"""The living example as data: an invented district, its people and its motions, in Swedish.

Everything is read from the TOML files beside this module. All people, places and branches are invented.
"""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from democracy.demo.content.conference import Conference, Participant, Point, Sitting, Treated
from democracy.demo.content.district import Body, Branch, District, Meeting, Person
from democracy.demo.content.motion import Anchor, Clause, Decision, FollowUp, Motion, Recommendation, Reservation
from democracy.demo.content.names import Name, Names
from workflows.statutes.loader import from_toml
from workflows.statutes.model import Statutes

__all__ = [
    "Anchor",
    "Body",
    "Branch",
    "Clause",
    "Conference",
    "Content",
    "Decision",
    "District",
    "FollowUp",
    "Meeting",
    "Motion",
    "Name",
    "Names",
    "Participant",
    "Person",
    "Point",
    "Recommendation",
    "Reservation",
    "Sitting",
    "Treated",
    "load",
    "southern_order",
]


class Content(msgspec.Struct, frozen=True):
    """All that the example is made of."""

    district: District
    names: Names
    motions: tuple[Motion, ...]
    conference: Conference
    """The one that is going on when the story begins, in another district."""

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Those of both districts."""
        return (*self.district.branches, *self.conference.sitting.branches)

    @property
    def people(self) -> tuple[Person | Participant, ...]:
        """Everybody with a part in the story."""
        return (*self.district.people, *self.conference.sitting.people)

    def branch(self, name: str) -> Branch:
        """A branch by its name."""
        return next(each for each in self.branches if each.name == name)


def load() -> Content:
    """Read the files. A faulty one raises `msgspec.ValidationError` with the place of the fault."""
    folder = files(__name__)
    motions = sorted((each for each in (folder / "motions").iterdir() if each.name.endswith(".toml")), key=_name)
    return Content(
        district=msgspec.convert(_read(folder / "district.toml"), District),
        names=msgspec.convert(_read(folder / "names.toml"), Names),
        motions=tuple(motion for each in motions for motion in _motions(each)),
        conference=Conference(
            sitting=msgspec.convert(_read(folder / "conference.toml"), Sitting),
            motions=tuple(_motions(folder / "conference_motions.toml")),
        ),
    )


def southern_order() -> Statutes:
    """The own order of the district whose conference is going on."""
    return from_toml((files(__name__) / "sydslatten.toml").read_text("utf-8"), "sydslatten.toml")


def plan_file() -> bytes:
    """The plan that its board lays before that conference, as Markdown."""
    return (files(__name__) / "verksamhetsplan.md").read_bytes()


def _name(file: Traversable) -> str:
    return file.name


def _motions(file: Traversable) -> list[Motion]:
    return msgspec.convert(_read(file)["motion"], list[Motion])


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
