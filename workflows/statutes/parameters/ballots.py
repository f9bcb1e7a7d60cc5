"""Member ballots, and decisions in writing."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.statutes.deadlines import Period
from workflows.statutes.kinds import BodyKind, Until
from workflows.statutes.majority import Base, Blank, Majority, Share, Tie

SIMPLE = Majority(1, 2, strict=True, base=Base.YES_NO, blank=Blank.NOT_CAST, tie=Tie.STATUS_QUO)
"""More yes than no; with as many of each, all stays as it is."""


class Effect(StrEnum):
    """What a ballot's outcome does."""

    ADVISORY = "advisory"
    BINDING = "binding"


class Readers(StrEnum):
    """Who may read a result."""

    BODY = "body"
    MEMBERS = "members"
    EVERYONE = "everyone"


class ResultAt(StrEnum):
    """When a result may be read. Never before the ballot closes."""

    CLOSED = "closed"
    CERTIFIED = "certified"


class AfterDecision(StrEnum):
    """What happens to a decision in writing at the next meeting."""

    REPORTED = "reported"
    RATIFIED = "ratified"


@dataclass(frozen=True)
class MemberBallots:
    """Ballots among the members.

    Ordered by one of `ordered_by`; open for `days`, or `urgent_days` in a hurry. The outcome holds where at least
    `turnout` took part, if that is set; `majority` carries a question that is answered with yes or no. Objections are
    taken for `objections` after the close. Those who have not voted are reminded `reminder_days` before it.
    """

    effect: Effect
    secret: bool
    ordered_by: tuple[BodyKind, ...]
    days: int
    urgent_days: int
    result_readers: Readers
    result_at: ResultAt
    objections: Period
    turnout: Share | None = None
    majority: Majority = SIMPLE
    reminder_days: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(not 1 <= each < self.days for each in self.reminder_days):
            raise ValueError("reminders go out while a ballot is open: write days before it closes, from 1")
        if not 1 <= self.urgent_days <= self.days:
            raise ValueError("an urgent ballot is open for at least a day and no longer than an ordinary one")


@dataclass(frozen=True)
class WrittenProcedure:
    """Decisions without a meeting (per capsulam).

    May be opened by `opened_by` for at least `hours`; needs answers from `answers` of those entitled and is carried by
    `share` of yes and no. `stopped_by` of those entitled send the matter to a meeting. A reservation is recorded
    `reservation_until`, where the window counts as the meeting.
    """

    opened_by: tuple[BodyKind, ...]
    hours: int
    answers: Share
    share: Share
    after: AfterDecision
    reservation_until: Until
    stopped_by: Share | None = None

    def __post_init__(self) -> None:
        if self.hours < 1:
            raise ValueError("the window is open for at least an hour: write hours as 1 or more")
