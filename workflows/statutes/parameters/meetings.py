"""Meetings: how they are called, decide and are minuted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflows.statutes.deadlines import DayOfYear, DeadlineRule
from workflows.statutes.kinds import MeetingKind, Until
from workflows.statutes.majority import Majority, Share
from workflows.statutes.parameters.base import nothing


class Matter(StrEnum):
    """What a majority is needed for."""

    ORDINARY = "ordinary"
    PROCEDURE = "procedure"
    STATUTES = "statutes"
    PROGRAMME = "programme"
    REOPEN = "reopen"
    WAIVE = "waive"
    LATE_MOTION = "late_motion"
    EXCLUSION = "exclusion"
    DISSOLUTION = "dissolution"


class ProposalDeadline(StrEnum):
    """Who says when proposals can no longer be made."""

    MEETING = "meeting"
    PRESIDIUM = "presidium"
    NONE = "none"


class Place(StrEnum):
    """Where something is put in the order of questions."""

    FIRST = "first"
    AMONG_RIVALS = "among_rivals"
    LAST = "last"


@dataclass(frozen=True)
class QuestionPlaces:
    """Where rejection, the whole and additions are put when the meeting decides between proposals."""

    rejection: Place
    whole: Place
    additions: Place


@dataclass(frozen=True)
class Meetings:
    """The frame of a meeting.

    `kinds` are the kinds of meeting that this organisation holds. Per kind: `notice` is the latest call, `papers` the
    latest day for the papers, `proposals` the day when the board's proposals go out so that motions can be written on
    them, `quorum` the share of those entitled that has to be present: asked before every vote, and before every gavel
    too where `acclamation_needs_quorum`, else a warning there. `majority` holds at least `ordinary`.
    A kind is `held_by` a day of the year, every `interval_months`.
    A casting vote exists only where a majority's tie rule gives it; `casting_vote_off_roll` says whether a chair
    without a vote of their own has one.
    """

    kinds: tuple[MeetingKind, ...]
    notice: Mapping[MeetingKind, DeadlineRule]
    majority: Mapping[Matter, Majority]
    reservation_until: Until
    reservation_by_voters_only: bool
    proposal_deadline: ProposalDeadline
    question_places: QuestionPlaces
    casting_vote_off_roll: bool
    late_delegates_until_roll: bool
    papers: Mapping[MeetingKind, DeadlineRule] = field(default_factory=nothing)
    proposals: Mapping[MeetingKind, DeadlineRule] = field(default_factory=nothing)
    quorum: Mapping[MeetingKind, Share] = field(default_factory=nothing)
    acclamation_needs_quorum: bool = False
    held_by: Mapping[MeetingKind, DayOfYear] = field(default_factory=nothing)
    interval_months: Mapping[MeetingKind, int] = field(default_factory=nothing)

    def __post_init__(self) -> None:
        if Matter.ORDINARY not in self.majority:
            raise ValueError("majority has to say what carries an ordinary matter: write majority.ordinary")

    def majority_for(self, matter: Matter) -> Majority:
        """The majority that a matter needs: its own, else the ordinary one."""
        return self.majority.get(matter, self.majority[Matter.ORDINARY])


@dataclass(frozen=True)
class Minutes:
    """How minutes are verified.

    `verifiers` people and the chair sign within `days`; who is out of reach by then is left out or replaced as
    `replace_absent` says. `immediate` allows one item to be verified on the spot. `decisions_in_force_at_gavel` is
    false where a decision waits for its minutes.
    """

    verifiers: int
    days: int
    replace_absent: bool
    immediate: bool
    decisions_in_force_at_gavel: bool

    def __post_init__(self) -> None:
        if self.verifiers < 1 or self.days < 1:
            raise ValueError("at least one verifier and one day: write verifiers and days as 1 or more")
