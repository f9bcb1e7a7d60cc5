"""Somebody's presence at a meeting: checked in with the rights that they have there, until checked out."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class PresenceState(Enum):
    """Whether somebody is there."""

    AWAY = "away"
    PRESENT = "present"


@dataclass(frozen=True)
class PresenceFacts:
    """What the rules know of somebody at a meeting."""

    meeting_running: bool = True
    """Called or opened, and neither closed nor cancelled."""
    doors_open_at: datetime | None = None
    """Local midnight of the meeting's first day."""
    may_attend: bool = True
    only_if_room: bool = False
    came_at: datetime | None = None
    """When they came or left, where that is recorded afterwards."""
    times_in_order: bool = True
    reason_given: bool = True
    minutes_verified: bool = False
    substitute_there: bool = True
    """Leaving for good: a substitute of the own unit has stepped in."""
    for_good_allowed: bool = True
    """Leaving for good: the statutes let a substitute take a place over."""
    is_delegate: bool = True


_S = PresenceState
AT_THE_DOOR = frozenset(
    {Role.CONCERNED, Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY, Role.STAFF}
)  # fmt: skip
"""Oneself, or whoever keeps the door: recording who came is no decision."""
_CORRECTS = frozenset({Role.MEETING_SECRETARY, Role.SECRETARY})

_RUNNING = Guard[PresenceFacts]("meeting_not_running", lambda facts, now: facts.meeting_running, force=Force.INTEGRITY)
_TIME = Guard[PresenceFacts](
    "time_in_future", lambda facts, now: facts.came_at is None or facts.came_at <= now, force=Force.INTEGRITY
)
_ORDER = Guard[PresenceFacts]("times_out_of_order", lambda facts, now: facts.times_in_order, force=Force.INTEGRITY)
_DOORS = Guard[PresenceFacts](
    "doors_closed",
    lambda facts, now: facts.doors_open_at is None or now >= facts.doors_open_at,
    opens_at=lambda facts: facts.doors_open_at,
    says=lambda facts, now: {"opens": facts.doors_open_at},
)

PRESENCE: Workflow[PresenceState, PresenceFacts] = Workflow(
    name="presence",
    states=PresenceState,
    initial=PresenceState.AWAY,
    rules=(
        Rule(
            "check_in",
            (_S.AWAY,),
            _S.PRESENT,
            "rights-matrix",
            AT_THE_DOOR,
            (
                _RUNNING,
                _DOORS,
                Guard("no_right_to_attend", lambda facts, now: facts.may_attend),
                Guard("if_there_is_room", lambda facts, now: not facts.only_if_room, force=Force.CUSTOM),
                _TIME,
            ),
        ),
        Rule("check_out", (_S.PRESENT,), _S.AWAY, "rights-matrix", AT_THE_DOOR, (_RUNNING, _TIME, _ORDER)),
        Rule(
            "leave_for_good",
            (_S.PRESENT,),
            _S.AWAY,
            "delegates",
            AT_THE_DOOR,
            (
                _RUNNING,
                _TIME,
                _ORDER,
                Guard("no_delegate", lambda facts, now: facts.is_delegate, force=Force.INTEGRITY),
                Guard("only_for_a_while", lambda facts, now: facts.for_good_allowed),
                Guard("no_substitute_there", lambda facts, now: facts.substitute_there, force=Force.INTEGRITY),
            ),
        ),
        Rule("step_in", (_S.PRESENT,), None, "delegates", AT_THE_DOOR),
        Rule("step_out", (_S.PRESENT,), None, "delegates", AT_THE_DOOR),
        Rule(
            "correct",
            (_S.AWAY, _S.PRESENT),
            None,
            "correction",
            _CORRECTS,
            (
                Guard("minutes_verified", lambda facts, now: not facts.minutes_verified, force=Force.INTEGRITY),
                Guard("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
                _TIME,
                _ORDER,
            ),
        ),
    ),
    awaits={
        _S.AWAY: Awaited(Role.CONCERNED, "check_in"),
        _S.PRESENT: Awaited(Role.CONCERNED, "check_out"),
    },
)
