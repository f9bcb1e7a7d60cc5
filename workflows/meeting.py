"""The life of a meeting, as far as a motion needs it: called, opened, decides, closed."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class MeetingState(Enum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CALLED = "called"
    OPENED = "opened"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class MeetingFacts:
    """What the rules know of a meeting."""

    starts_at: datetime | None = None
    notice_deadline: datetime | None = None
    """First moment at which the notice goes out too late."""
    papers_sent: bool = False
    undecided: int = 0
    """Motions on the agenda of which some att-sats has no decision."""
    stopped: int = 0
    """Stopped motions that the meeting has neither taken up nor laid aside."""
    untreated: int = 0
    """Motions that came in and have neither been put on the agenda nor stopped."""
    standing: int = 0
    """Motions that came in and are not ended: cancelled, the meeting leaves them to another."""
    successor_fits: bool = False
    """Cancelling: a meeting of the same unit, not opened, closed or cancelled, takes over its motions."""
    reason_given: bool = True


_S = MeetingState
_CALLER = frozenset({Role.SECRETARY, Role.STAFF})
_SECRETARY = frozenset({Role.SECRETARY})
"""To move or cancel is the board's decision: staff prepare and execute, they never decide."""
_MEETING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY})
_REASON = Guard[MeetingFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)

_NOTICE_IN_TIME = Guard[MeetingFacts](
    "notice_late",
    lambda facts, now: facts.notice_deadline is None or now < facts.notice_deadline,
    # Whether the notice was proper is the meeting's own first decision: a warning here, never a shut door.
    force=Force.CUSTOM,
    closes_at=lambda facts: facts.notice_deadline,
    says=lambda facts, now: {"deadline": facts.notice_deadline},
)

MEETING: Workflow[MeetingState, MeetingFacts] = Workflow(
    name="meeting",
    states=MeetingState,
    initial=MeetingState.PLANNED,
    rules=(
        Rule("plan", (_S.PLANNED,), None, "meeting-notice", _CALLER),
        Rule(
            "call",
            (_S.PLANNED,),
            _S.CALLED,
            "meeting-notice",
            _CALLER,
            (Guard("date_missing", lambda facts, now: facts.starts_at is not None), _NOTICE_IN_TIME),
        ),
        Rule("send_papers", (_S.CALLED,), None, "meeting-notice", _CALLER),
        Rule(
            "move",
            (_S.PLANNED, _S.CALLED),
            None,
            "meeting-notice",
            _SECRETARY,
            (_REASON,),
        ),
        Rule(
            "open",
            (_S.CALLED,),
            _S.OPENED,
            "meeting-opening",
            frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY}),
            (
                Guard(
                    "not_the_day",
                    lambda facts, now: facts.starts_at is None or now >= facts.starts_at,
                    force=Force.CUSTOM,
                    opens_at=lambda facts: facts.starts_at,
                    says=lambda facts, now: {"starts": facts.starts_at},
                ),
            ),
        ),
        Rule(
            "close",
            (_S.OPENED,),
            _S.CLOSED,
            "meeting-closing",
            _MEETING,
            (
                Guard(
                    "motions_undecided",
                    lambda facts, now: facts.undecided == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.undecided},
                ),
                Guard(
                    "motions_untreated",
                    lambda facts, now: facts.untreated == 0,
                    paragraph="motion-agenda",
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.untreated},
                ),
                Guard(
                    "stopped_unnoted",
                    lambda facts, now: facts.stopped == 0,
                    paragraph="motion-late",
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.stopped},
                ),
            ),
        ),
        Rule(
            "cancel",
            (_S.PLANNED, _S.CALLED),
            _S.CANCELLED,
            "meeting-notice",
            _SECRETARY,
            (
                _REASON,
                Guard(
                    "motions_without_meeting",
                    lambda facts, now: facts.standing == 0 or facts.successor_fits,
                    paragraph="motion-agenda",
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.standing},
                ),
            ),
        ),
    ),
    awaits={
        _S.PLANNED: Awaited(Role.SECRETARY, "call"),
        _S.CALLED: Awaited(Role.MEETING_SECRETARY, "open"),
        _S.OPENED: Awaited(Role.MEETING_SECRETARY, "close"),
    },
    invites={
        _S.CALLED: (Awaited(Role.PRESIDIUM, "open"),),
        _S.OPENED: (Awaited(Role.PRESIDIUM, "close"),),
    },
    final=frozenset({_S.CLOSED, _S.CANCELLED}),
)
