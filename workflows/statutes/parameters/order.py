"""How the order itself changes: adoption, statutes, new units, and what is kept for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflows.statutes.deadlines import Period
from workflows.statutes.kinds import BodyKind, MeetingKind
from workflows.statutes.parameters.base import nothing


class DocumentKind(StrEnum):
    """A text that a body adopts."""

    PROGRAMME = "programme"
    STATUTES = "statutes"
    GROUP_STATUTES = "group_statutes"
    ACTIVITY_PLAN = "activity_plan"
    ELECTION_PLATFORM = "election_platform"


class Route(StrEnum):
    """A way to adopt a text."""

    HIGHEST_BODY = "highest_body"
    EXTRA_CONFERENCE = "extra_conference"
    BOARD_AFTER_CONFERENCE = "board_after_conference"
    BOARD = "board"


class InForce(StrEnum):
    """When changed statutes apply."""

    AT_ONCE = "at_once"
    MEETING_CLOSED = "meeting_closed"
    SECOND_MEETING = "second_meeting"


class Purpose(StrEnum):
    """Why personal data is kept."""

    FORMER_MEMBER = "former_member"
    REFUSED_APPLICANT = "refused_applicant"
    EXPELLED_MEMBER = "expelled_member"
    MOTION_DRAFT = "motion_draft"
    MOTION = "motion"
    ATTENDANCE = "attendance"
    CONFIDENTIAL_CASE = "confidential_case"
    ACCESS_LOG = "access_log"
    APPLICATION = "application"
    MESSAGES = "messages"


@dataclass(frozen=True)
class Adoption:
    """The ways in which each kind of text can be adopted; any one of them is enough."""

    routes: Mapping[DocumentKind, tuple[Route, ...]]

    def meeting_may_adopt(self, document: DocumentKind, meeting: MeetingKind) -> bool:
        """Whether a meeting of that kind may itself adopt such a text. A kind without routes is not restricted."""
        routes = self.routes.get(document)
        if routes is None:
            return True
        if meeting is MeetingKind.BOARD_MEETING:
            return Route.BOARD in routes
        return Route.EXTRA_CONFERENCE in routes or (Route.HIGHEST_BODY in routes and meeting in _HIGHEST)

    def board_may_adopt(self, document: DocumentKind, meeting: MeetingKind) -> bool:
        """Whether the board may adopt such a text once a meeting of that kind has treated it."""
        return (
            Route.BOARD_AFTER_CONFERENCE in self.routes.get(document, ()) and meeting is not MeetingKind.BOARD_MEETING
        )


_HIGHEST = frozenset({
    MeetingKind.CONGRESS, MeetingKind.EXTRA_CONGRESS, MeetingKind.PROGRAMME_CONGRESS,
    MeetingKind.ELECTION_YEAR_CONGRESS, MeetingKind.DISTRICT_CONFERENCE, MeetingKind.ANNUAL_MEETING,
})  # fmt: skip


@dataclass(frozen=True)
class StatutesChange:
    """How the statutes change. The majority and number of meetings stand among the majorities, as `statutes`.

    `approved_by` a higher body where that is needed; `between_meetings` is the least time between two decisions.
    """

    in_force: InForce
    between_meetings: Period | None = None
    approved_by: BodyKind | None = None


@dataclass(frozen=True)
class Founding:
    """How a new local unit comes to be.

    `minimum` founders apply to `decided_by`, which hears those affected (`hearing_days`; the applicants meet what was
    answered within `reply_days`) and decides `within`. The founding meeting is held within `meeting_within`, called by
    `called_by` or, if that is silent, by `called_next`.
    """

    minimum: int
    decided_by: BodyKind
    hearing_days: int
    within: Period
    meeting_within: Period
    called_by: BodyKind
    called_next: BodyKind | None = None
    reply_days: int = 14

    def __post_init__(self) -> None:
        if self.minimum < 1 or self.hearing_days < 0:
            raise ValueError("write minimum as 1 or more and hearing_days as 0 or more")


@dataclass(frozen=True)
class Retention:
    """How long personal data is kept after its purpose has ended."""

    keep: Mapping[Purpose, Period] = field(default_factory=nothing)
