"""The district of the example: units, bodies, meetings, people with a part in the story."""

from datetime import date

import msgspec

from democracy.domain.kinds import BodyKind, MandateRole, MeetingKind, UnitKind


class Branch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A branch of the district."""

    name: str
    kind: UnitKind
    members: int
    """How many have their vote here."""
    municipality: str | None = None
    """None for branches by trade and by place of study."""


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body of the district."""

    name: str
    kind: BodyKind


class Meeting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A meeting to which motions go."""

    key: str
    kind: MeetingKind
    unit: str
    title: str
    place: str
    first_day: date
    last_day: date


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member with a part in the story."""

    name: str
    branch: str
    """Where they have their vote."""
    body: str | None = None
    role: MandateRole | None = None
    """Their mandate in `body`."""
    has_email: bool = True
    """Without e-mail they act on paper and get letters."""


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit above the branches."""

    name: str


class District(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A district below its party, with its branches."""

    party: Unit
    district: Unit
    branches: tuple[Branch, ...] = msgspec.field(name="branch")
    bodies: tuple[Body, ...] = msgspec.field(name="body")
    meetings: tuple[Meeting, ...] = msgspec.field(name="meeting")
    people: tuple[Person, ...] = msgspec.field(name="person")
