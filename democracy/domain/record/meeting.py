"""The meeting as a whole: where and when, who ran it, who could vote, what was set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from democracy.domain.record.election import ElectionRecord, ListRecord, ReferralRecord
from democracy.domain.record.item import ItemRecord
from democracy.domain.record.person import Person
from workflows.proceedings import OfficerRole


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top."""

    name: str
    unit: str
    place: str | None
    board: str
    """The board that prepared it, as the minutes call it: `DS`, or its name."""
    starts_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    part_of: str | None = None
    """The meeting of which it is a part."""
    parts: tuple[str, ...] = ()
    """Parts of it that were held, each with minutes of its own."""


@dataclass(frozen=True, slots=True)
class OfficerRecord:
    """Somebody elected to a task at the meeting."""

    member_id: UUID
    role: OfficerRole
    item_id: UUID | None
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class GavelRecord:
    """Who presided, from when."""

    member_id: UUID
    since: datetime
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RollSeat:
    """One voter in a fixed roll."""

    member_id: UUID
    unit: str
    votes: int = 1
    elected: bool = True
    """Reported as a delegate: then the annex names them."""


@dataclass(frozen=True, slots=True)
class RollRecord:
    """A roll (röstlängd) as it was fixed."""

    number: int
    fixed_at: datetime
    voters: int
    votes: int
    seats: tuple[RollSeat, ...] = ()


@dataclass(frozen=True, slots=True)
class WaiverRecord:
    """A rule that the meeting set aside."""

    id: UUID
    item_id: UUID | None
    rule: str
    """`proposal.deadline_passed`: workflow and code."""
    reason: str
    decided_at: datetime
    objections: str | None = None
    votes: tuple[int, int, int] | None = None
    """For, against, abstained; None where nobody counted."""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PauseRecord:
    """An adjournment of the whole meeting, or of one item."""

    at: datetime
    resumed_at: datetime | None = None
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """That an item was opened, or taken up again: from then on what happens belongs to it."""

    at: datetime
    item_id: UUID


@dataclass(frozen=True, slots=True)
class InterpretationRecord:
    """How the meeting read an unclear paragraph."""

    item_id: UUID | None
    paragraph: str
    """Its number."""
    text: str
    decided_at: datetime
    votes: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class NotedRecord:
    """Something that the meeting decided about itself in passing: its notice, its agenda, its speaking order."""

    at: datetime
    what: str
    """`meeting.judge_notice`, `floor.draw_streck` …: workflow and rule."""
    outcome: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Everything that the minutes of one meeting are written from."""

    head: Head
    people: Mapping[UUID, Person]
    items: tuple[ItemRecord, ...] = ()
    officers: tuple[OfficerRecord, ...] = ()
    gavels: tuple[GavelRecord, ...] = ()
    rolls: tuple[RollRecord, ...] = ()
    waivers: tuple[WaiverRecord, ...] = ()
    pauses: tuple[PauseRecord, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    opened_by: UUID | None = None
    interpretations: tuple[InterpretationRecord, ...] = ()
    noted: tuple[NotedRecord, ...] = ()
    elections: tuple[ElectionRecord, ...] = ()
    lists: tuple[ListRecord, ...] = ()
    """Lists for public elections that it decided."""
    referrals: tuple[ReferralRecord, ...] = ()
    """Elections that it left to a coming meeting."""
