"""Appeals: who, against what, to whom, within how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflows.statutes.deadlines import Period
from workflows.statutes.kinds import BodyKind


class Appellant(StrEnum):
    """Who may appeal."""

    CONCERNED = "concerned"
    MEMBER = "member"
    UNIT = "unit"


class Decision(StrEnum):
    """What can be appealed against."""

    BRANCH_REFUSED = "branch_refused"
    MEMBERSHIP_REFUSED = "membership_refused"
    EXCLUSION = "exclusion"
    SUSPENSION = "suspension"
    ELECTION = "election"
    BOARD_DECISION = "board_decision"
    MEETING_DECISION = "meeting_decision"


class Start(StrEnum):
    """What starts the time for an appeal."""

    NOTIFICATION = "notification"
    DECISION = "decision"
    MINUTES_VERIFIED = "minutes_verified"


class WrongAddressee(StrEnum):
    """What happens to an appeal that was sent to the wrong body."""

    PASSED_ON = "passed_on"
    DISMISSED = "dismissed"


class Silence(StrEnum):
    """The effect when the body that decided says nothing in time."""

    PROCEEDS = "proceeds"
    UPHELD = "upheld"
    """The appeal is: what was decided in silence does not stand."""


@dataclass(frozen=True)
class Appeal:
    """One way to appeal.

    `to` decides; where members that are barred leave it without quorum, `next_body` does. The body that decided states
    its view within `statement_days` and the appellants answer within `reply_days`. `suspensive`: the decision waits by
    itself; a stay, on the other hand, is a decision of `stay_by`. `final` means within the organisation. What was
    decided is told to `reported_to` at its next meeting.
    """

    by: tuple[Appellant, ...]
    to: BodyKind
    within: Period
    starts: Start
    statement_days: int
    reply_days: int
    heard: bool
    suspensive: bool
    final: bool
    wrong_addressee: WrongAddressee
    silence: Silence
    stay_by: BodyKind | None = None
    next_body: BodyKind | None = None
    reported_to: BodyKind | None = None

    def __post_init__(self) -> None:
        if min(self.statement_days, self.reply_days) < 1:
            raise ValueError("both sides get at least a day: write statement_days and reply_days as 1 or more")
        if self.next_body is self.to:
            raise ValueError("next_body stands in for another body than itself: name another, or leave it out")


@dataclass(frozen=True)
class Appeals:
    """Every decision that can be appealed, and how. What is not named cannot be."""

    against: Mapping[Decision, Appeal]
