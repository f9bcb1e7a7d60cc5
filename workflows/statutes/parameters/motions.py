"""Motions: who, what, where and until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.statutes.deadlines import DeadlineRule
from workflows.statutes.kinds import BodyKind, MeetingKind, MotionCategory, Sender, Until
from workflows.statutes.parameters.base import nothing


@dataclass(frozen=True)
class Motions:
    """What a motion has to meet, and what the meeting may do with it.

    Per kind of meeting: `deadline` for handing in, `replies` for the board's replies, `amendments` for amendments to
    proposals that were sent out, and the `categories` that may be treated. `addressees` gives each sender the kinds of
    meeting that it may write to; a unit's motion is decided by one of `unit_decides`. A motion may be withdrawn until
    `withdrawal_until`, after which it belongs to the meeting. Whether the meeting may take up a late or a stopped one,
    change a text from the floor, or change locked text is said outright.
    """

    deadline: Mapping[MeetingKind, DeadlineRule]
    replies: Mapping[MeetingKind, DeadlineRule]
    categories: Mapping[MeetingKind, tuple[MotionCategory, ...]]
    addressees: Mapping[Sender, tuple[MeetingKind, ...]]
    units_may_move: bool
    min_days_of_membership: int
    withdrawal_until: Until
    late_may_be_taken_up: bool
    stopped_may_be_taken_up: bool
    text_amended_from_floor: bool
    locked_text_may_be_changed: bool
    unit_decides: tuple[BodyKind, ...] = ()
    amendments: Mapping[MeetingKind, DeadlineRule] = field(default_factory=nothing)

    def __post_init__(self) -> None:
        if self.min_days_of_membership < 0:
            raise ValueError("write min_days_of_membership as 0 or more")
        if self.withdrawal_until not in {Until.SUBMITTED, Until.AGENDA, Until.MEETING_OPENED}:
            raise ValueError("withdrawal_until is one of submitted, agenda, meeting_opened")
        if self.units_may_move and not self.unit_decides:
            raise ValueError("where units may move, unit_decides has to say which body decides a unit's motion")

    def may_send_to(self, sender: Sender, meeting: MeetingKind) -> bool:
        """Whether a sender of that kind may write to that kind of meeting at all."""
        return meeting in self.addressees.get(sender, ()) and (sender is Sender.MEMBER or self.units_may_move)
