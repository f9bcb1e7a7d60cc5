"""What is said loudly about a meeting as long as it is so, whatever is done next."""

from datetime import datetime

from workflows.denial import Denial
from workflows.meeting import MEETING, MeetingFacts, MeetingState
from workflows.meeting_guards import NOTICE_WAS_IN_TIME, ROLL_OF_TODAY

_WARNINGS = {
    MeetingState.CALLED: (("open", NOTICE_WAS_IN_TIME),),
    MeetingState.OPENED: (("close", NOTICE_WAS_IN_TIME), ("resume", ROLL_OF_TODAY)),
    MeetingState.ADJOURNED: (("close", NOTICE_WAS_IN_TIME),),
}


def warnings(state: MeetingState, facts: MeetingFacts, now: datetime) -> tuple[Denial, ...]:
    """The conditions that do not hold: a late notice until the meeting has judged it, a roll of another day."""
    return tuple(
        guard.denial(MEETING.name, MEETING.rules[rule], facts, now)
        for rule, guard in _WARNINGS.get(state, ())
        if not guard.holds(facts, now)
    )
