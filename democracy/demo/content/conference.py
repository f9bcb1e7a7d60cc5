"""A conference in progress: the district that holds it, who has a part in it, its agenda."""

from enum import Enum

import msgspec

from democracy.demo.content.district import Branch, Meeting, Unit
from democracy.demo.content.motion import Motion
from democracy.domain.kinds import MandateRole
from workflows.proceedings import Formality, ItemKind, OfficerRole


class Treated(Enum):
    """How far the conference has come with an item when the story begins."""

    DECIDED = "decided"
    ADJOURNED = "adjourned"
    OPEN = "open"


class Participant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member with a part in the conference; without `role` and `office` they are ombud who speak and propose."""

    name: str
    branch: str
    role: MandateRole | None = None
    """Their mandate in the district board."""
    office: OfficerRole | None = None
    """What the conference elects them to."""
    body: None = None
    has_email: bool = True

    @property
    def is_delegate(self) -> bool:
        """Whether their branch has elected them."""
        return self.role is None and self.office not in (OfficerRole.CHAIR, OfficerRole.SECRETARY)


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An item of the agenda."""

    kind: ItemKind
    title: str
    formality: Formality | None = None
    motion: str | None = None
    """The title of its motion."""
    document: str | None = None
    """The title of the text that lies before the meeting."""
    block: str | None = None
    """The title of the block that it belongs to: it is decided with that one."""
    presenter: str | None = None
    minutes: int | None = None
    treated: Treated | None = None
    """None for what is left to treat, and for what is decided with its block."""
    day: int | None = None
    """On which of the conference's days it was treated."""


class Sitting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The conference and its district, without the motions."""

    district: Unit
    meeting: Meeting
    branches: tuple[Branch, ...] = msgspec.field(name="branch")
    people: tuple[Participant, ...] = msgspec.field(name="person")
    items: tuple[Point, ...] = msgspec.field(name="item")

    def officers(self, role: OfficerRole) -> list[str]:
        """The names of those who are elected to something."""
        return [each.name for each in self.people if each.office is role]

    def on_board(self, role: MandateRole) -> str:
        """The name of one of the board."""
        return next(each.name for each in self.people if each.role is role)


class Conference(msgspec.Struct, frozen=True):
    """The same with its motions."""

    sitting: Sitting
    motions: tuple[Motion, ...]
