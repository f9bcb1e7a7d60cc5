"""What every sentence needs at hand: the record, local time, and the names of things."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from democracy.domain.record.meeting import MeetingRecord
from democracy.domain.record.proposal import MoverRecord, ProposalRecord
from democracy.texts.minutes.names import Form, mark
from democracy.texts.minutes.swedish import clock, listed, short_day


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or paragraph that follows from an event."""

    at: datetime
    rank: int
    """Order among what happened at the same moment."""
    key: str
    """How the secretary's wording refers to it."""
    text: str
    joins: bool = False
    """Goes on in the paragraph of the line before it."""


@dataclass(frozen=True)
class Told:
    """The record of one meeting on its way into words."""

    record: MeetingRecord
    zone: ZoneInfo
    since: datetime | None = None
    """When the item was opened that is being told of."""

    def at(self, moment: datetime) -> str:
        """`kl. 10.12`; on any other day than the item's, or else the meeting's first, with the day."""
        local, began = moment.astimezone(self.zone), (self.since or self.began).astimezone(self.zone)
        same = local.date() == began.date()
        return clock(moment, self.zone) if same else f"den {short_day(local.date())} {clock(moment, self.zone)}"

    @property
    def began(self) -> datetime:
        """When the meeting was opened, or is to be."""
        return self.record.head.opened_at or self.record.head.starts_at


def movers(those: tuple[MoverRecord, ...], form: Form = "unit") -> str:
    """Everybody in a row: people as marks, bodies by their names."""
    people = [each.member_id for each in those if each.member_id is not None]
    if len(people) == len(those):
        return mark(*people, form=form) if people else ""
    return listed([mark(each.member_id, form=form) if each.member_id else each.body or "" for each in those])


def labels(proposals: dict[UUID, ProposalRecord], ids: tuple[UUID, ...]) -> list[str]:
    """What the chair calls them."""
    return [proposals[each].label for each in ids if each in proposals]
