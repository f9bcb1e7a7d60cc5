"""The life of a meeting: called, opened, adjourned and resumed, closed; its officers, and what it sets aside."""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.meeting_facts import MeetingFacts, MeetingState
from workflows.meeting_guards import (
    AGENDA_CHANGED,
    CARRIED,
    CLOSING,
    GAVEL,
    NO_DIVISION,
    NO_PART,
    NOT_BARRED,
    NOT_HELD,
    NOTICE_IN_TIME,
    NOTICE_WAS_IN_TIME,
    ORDER_WHOLE,
    REASON,
    ROLL_OF_TODAY,
    SOMEBODY_SENT,
    WHOLE_OPEN,
)
from workflows.proceedings_guards import BY_CHAIR

__all__ = ["MEETING", "MeetingFacts", "MeetingState"]

_S = MeetingState
_CALLER = frozenset({Role.SECRETARY, Role.STAFF})
_SECRETARY = frozenset({Role.SECRETARY})
"""To move or cancel is the board's decision: staff prepare and execute, they never decide."""
_MEETING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY})
_BEFORE = (_S.PLANNED, _S.CALLED)
_HELD = (_S.OPENED, _S.ADJOURNED)

MEETING: Workflow[MeetingState, MeetingFacts] = Workflow(
    name="meeting",
    states=MeetingState,
    initial=MeetingState.PLANNED,
    rules=(
        Rule("plan", (_S.PLANNED,), None, "meeting-notice", _CALLER),
        # Before it opens the board plans a part of it; then it is the meeting that decides to divide.
        Rule("plan_part", (*_BEFORE, *_HELD), None, "meeting-order", _CALLER | BY_CHAIR, (NO_PART,)),
        Rule("draft_agenda", _BEFORE, None, "meeting-notice", _CALLER, (ORDER_WHOLE,)),
        Rule(
            "call",
            (_S.PLANNED,),
            _S.CALLED,
            "meeting-notice",
            _CALLER,
            (Guard("date_missing", lambda facts, now: facts.starts_at is not None), NOTICE_IN_TIME),
        ),
        Rule("send_papers", (_S.CALLED,), None, "meeting-notice", _CALLER),
        Rule("send_correction", (_S.CALLED, *_HELD), None, "correction", _CALLER, (REASON,)),
        Rule("move", _BEFORE, None, "meeting-notice", _SECRETARY, (REASON,)),
        Rule(
            "open",
            (_S.CALLED,),
            _S.OPENED,
            "meeting-opening",
            _MEETING,
            (
                Guard(
                    "not_the_day",
                    lambda facts, now: facts.starts_at is None or now >= facts.starts_at,
                    force=Force.CUSTOM,
                    opens_at=lambda facts: facts.starts_at,
                    says=lambda facts, now: {"starts": facts.starts_at},
                ),
                NOTICE_WAS_IN_TIME,
                WHOLE_OPEN,
                SOMEBODY_SENT,
            ),
        ),
        Rule("judge_notice", (_S.OPENED,), None, "meeting-notice", BY_CHAIR),
        Rule(
            "set_agenda",
            (_S.OPENED,),
            None,
            "meeting-order",
            BY_CHAIR,
            (
                Guard("agenda_empty", lambda facts, now: facts.items > 0, force=Force.INTEGRITY),
                ORDER_WHOLE,
                AGENDA_CHANGED,
            ),
        ),
        Rule("elect_officer", _HELD, None, "meeting-opening", BY_CHAIR, (NOT_HELD,)),
        Rule("release_officer", _HELD, None, "meeting-opening", BY_CHAIR),
        Rule("pass_gavel", _HELD, None, "meeting-opening", _MEETING, (NOT_HELD, NOT_BARRED)),
        Rule(
            "adjourn",
            (_S.OPENED,),
            _S.ADJOURNED,
            "meeting-order",
            BY_CHAIR,
            (
                GAVEL,
                NO_DIVISION,
                Guard(
                    "resumes_in_past",
                    lambda facts, now: facts.resumes_at is None or now < facts.resumes_at,
                    force=Force.INTEGRITY,
                ),
            ),
        ),
        Rule("resume", (_S.ADJOURNED,), _S.OPENED, "meeting-order", BY_CHAIR, (ROLL_OF_TODAY,)),
        Rule(
            "waive",
            (_S.OPENED,),
            None,
            "meeting-order",
            BY_CHAIR,
            (
                Guard("not_waivable", lambda facts, now: facts.waivable, force=Force.INTEGRITY),
                Guard("waived_already", lambda facts, now: not facts.waived_already, force=Force.INTEGRITY),
                CARRIED,
                REASON,
            ),
        ),
        Rule(
            "end_waiver",
            _HELD,
            None,
            "meeting-order",
            BY_CHAIR,
            (Guard("waiver_ended", lambda facts, now: facts.in_force, force=Force.INTEGRITY),),
        ),
        Rule(
            "interpret",
            (_S.OPENED,),
            None,
            "interpretation",
            BY_CHAIR,
            (
                Guard("not_readable", lambda facts, now: facts.readable, force=Force.INTEGRITY),
                Guard("overruled", lambda facts, now: not facts.overruled),
                CARRIED,
            ),
        ),
        Rule("close", (_S.OPENED,), _S.CLOSED, "meeting-closing", _MEETING, (*CLOSING, NOTICE_WAS_IN_TIME)),
        Rule(
            "cancel",
            _BEFORE,
            _S.CANCELLED,
            "meeting-notice",
            _SECRETARY,
            (
                REASON,
                Guard(
                    "motions_without_meeting",
                    lambda facts, now: facts.standing == 0 or facts.successor_fits,
                    paragraph="motion-agenda",
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.standing},
                ),
                Guard(
                    "elections_without_meeting",
                    lambda facts, now: facts.elections_left == 0 or facts.successor_fits,
                    paragraph="elections",
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.elections_left},
                ),
            ),
        ),
    ),
    awaits={
        _S.PLANNED: Awaited(Role.SECRETARY, "call"),
        _S.CALLED: Awaited(Role.MEETING_SECRETARY, "open"),
        _S.OPENED: Awaited(Role.MEETING_SECRETARY, "close"),
        _S.ADJOURNED: Awaited(Role.PRESIDIUM, "resume"),
    },
    invites={
        _S.CALLED: (Awaited(Role.PRESIDIUM, "open"),),
        _S.OPENED: (Awaited(Role.PRESIDIUM, "close"),),
    },
    final=frozenset({_S.CLOSED, _S.CANCELLED}),
)
