"""The life of a motion, from draft to a decision per att-sats and its follow-up. Every rule of it is declared once.

What follows on the decision stands in `motion_afterwards`, the facts in `motion_facts`.
"""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.motion_afterwards import AFTER, CORRECTION, ON_TO_ANOTHER_MEETING
from workflows.motion_facts import MotionFacts, MotionState
from workflows.motion_guards import (
    ASKED,
    BOARD_DECISION,
    BY_MEETING,
    BY_MOVERS,
    BY_OFFICE,
    BY_SECRETARY,
    HANDED_IN,
    IN_TIME,
    MAY_COME_IN,
    MEETING_OPEN,
    MEETING_TREATS,
    MOVERS_OWN,
    NAMED_MEETING,
    NOT_TAKEN_UP,
    QUORUM,
    REASON,
    RECEIVED,
    Rules,
    before,
)

__all__ = ["MOTION", "MotionFacts", "MotionState"]

_S = MotionState

WRITING: Rules = (
    Rule("edit", (_S.DRAFT, _S.RETURNED), None, "motion-form", BY_MOVERS, (ASKED,)),
    Rule("invite", (_S.DRAFT, _S.RETURNED), None, "motion-movers", BY_MOVERS),
    Rule(
        "confirm",
        (_S.DRAFT, _S.RETURNED),
        None,
        "motion-movers",
        frozenset({Role.INVITED, Role.SECRETARY}),
        (Guard("nobody_invited", lambda facts, now: facts.invited > 0, force=Force.INTEGRITY),),
    ),
    Rule(
        "decline",
        (_S.DRAFT, _S.RETURNED),
        None,
        "motion-movers",
        frozenset({Role.INVITED, Role.SECRETARY}),
        (Guard("nobody_invited", lambda facts, now: facts.invited > 0, force=Force.INTEGRITY),),
    ),
    Rule(
        "leave",
        (_S.DRAFT, *HANDED_IN),
        None,
        "motion-movers",
        BY_MOVERS,
        (
            Guard("last_mover", lambda facts, now: facts.movers > 1),
            MOVERS_OWN,
        ),
    ),
    Rule("submit", (_S.DRAFT, _S.RETURNED), _S.SUBMITTED, "motion-right", BY_MOVERS, (*MAY_COME_IN, IN_TIME, ASKED)),
    Rule(
        "record",
        (_S.DRAFT,),
        _S.SUBMITTED,
        "motion-right",
        frozenset({Role.SECRETARY}),
        (*MAY_COME_IN, IN_TIME, RECEIVED),
    ),
    # What came late on paper is recorded too: the board stops it, and the meeting is told.
    Rule(
        "record_late",
        (_S.DRAFT,),
        _S.SUBMITTED,
        "motion-late",
        frozenset({Role.SECRETARY}),
        (
            *MAY_COME_IN,
            RECEIVED,
            Guard("came_in_time", lambda facts, now: not before(facts.deadline, facts.received_at)),
        ),
    ),
    Rule(
        "withdraw",
        (_S.DRAFT, *HANDED_IN),
        _S.WITHDRAWN,
        "motion-withdrawal",
        BY_MOVERS,
        (
            MOVERS_OWN,
            ASKED,
            Guard("others_stand", lambda facts, now: facts.movers <= 1, paragraph="motion-movers"),
        ),
    ),
)

ADMISSION: Rules = (
    Rule("note_fault", (_S.SUBMITTED,), None, "motion-admissibility", BY_OFFICE),
    Rule(
        "admit",
        (_S.SUBMITTED, _S.NOT_ADMISSIBLE),
        _S.ADMITTED,
        "motion-admissibility",
        BY_SECRETARY,
        (
            Guard(
                "came_late",
                lambda facts, now: before(facts.deadline, facts.received_at),
                paragraph="motion-late",
                says=lambda facts, now: {"deadline": facts.deadline},
            ),
            Guard(
                "category_not_admissible",
                lambda facts, now: facts.category_admissible,
                paragraph="motion-categories",
            ),
            # A motion that the board never came to is still treated: the meeting decides, nothing is stuck.
            MEETING_TREATS,
        ),
    ),
    Rule(
        "return",
        (_S.SUBMITTED,),
        _S.RETURNED,
        "motion-form",
        BY_SECRETARY,
        (Guard("ground_missing", lambda facts, now: facts.ground_given, force=Force.INTEGRITY),),
    ),
    Rule(
        "refuse",
        (_S.SUBMITTED, _S.RETURNED, _S.ADMITTED, _S.PREPARED),
        _S.NOT_ADMISSIBLE,
        "motion-admissibility",
        BY_SECRETARY,
        (
            Guard("ground_missing", lambda facts, now: facts.ground_given, force=Force.INTEGRITY),
            BOARD_DECISION,
        ),
    ),
    Rule(
        "refuse_clause",
        (_S.SUBMITTED, _S.ADMITTED, _S.PREPARED),
        None,
        "motion-admissibility",
        BY_SECRETARY,
        (
            Guard("ground_missing", lambda facts, now: facts.ground_given, force=Force.INTEGRITY),
            BOARD_DECISION,
            Guard("clause_closed", lambda facts, now: facts.clause_open, force=Force.INTEGRITY),
            Guard("last_clause", lambda facts, now: facts.clauses > 1),
        ),
    ),
    Rule(
        "take_up",
        (_S.NOT_ADMISSIBLE,),
        _S.SCHEDULED,
        "motion-late",
        BY_MEETING,
        (
            MEETING_OPEN,
            Guard("statutes_forbid_taking_up", lambda facts, now: facts.stopped_may_be_taken_up),
        ),
    ),
    Rule(
        "lay_aside",
        (_S.NOT_ADMISSIBLE,),
        _S.CLOSED,
        "motion-late",
        BY_MEETING,
        (Guard("meeting_not_opened", lambda facts, now: facts.meeting_opened),),
    ),
)

ADOPTED: tuple[Guard[MotionFacts], ...] = (
    Guard(
        "recommendation_missing",
        lambda facts, now: facts.reply_missing == 0,
        says=lambda facts, now: {"count": facts.reply_missing},
    ),
    Guard(
        "recommendation_incomplete",
        lambda facts, now: facts.reply_incomplete == 0,
        says=lambda facts, now: {"count": facts.reply_incomplete},
    ),
    Guard("reasons_missing", lambda facts, now: facts.reply_has_reasons),
    QUORUM,
    Guard(
        "more_than_the_board",
        lambda facts, now: facts.board_present <= facts.board_size,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"present": facts.board_present, "size": facts.board_size},
    ),
    Guard("meeting_has_opened", lambda facts, now: not facts.meeting_opened),
    Guard(
        "reply_late",
        lambda facts, now: before(facts.replies_due, now),
        paragraph="board-reply-deadline",
        force=Force.CUSTOM,
        closes_at=lambda facts: facts.replies_due,
        says=lambda facts, now: {"deadline": facts.replies_due},
    ),
)

PREPARATION: Rules = (
    Rule("adopt_reply", (_S.ADMITTED, _S.PREPARED), _S.PREPARED, "board-reply", BY_SECRETARY, ADOPTED),
    # What stands on the agenda keeps its place when the reply comes or changes afterwards.
    Rule("revise_reply", (_S.SCHEDULED,), None, "board-reply", BY_SECRETARY, ADOPTED),
    Rule(
        "reserve",
        (_S.PREPARED, _S.SCHEDULED),
        None,
        "board-reservation",
        frozenset({Role.BOARD, Role.SECRETARY}),
        (
            Guard(
                "reservation_late",
                lambda facts, now: before(facts.reservation_until, now),
                closes_at=lambda facts: facts.reservation_until,
                says=lambda facts, now: {"deadline": facts.reservation_until},
            ),
        ),
    ),
    Rule(
        "schedule",
        (_S.ADMITTED, _S.PREPARED),
        _S.SCHEDULED,
        "motion-agenda",
        BY_SECRETARY,
        (
            Guard("meeting_not_called", lambda facts, now: facts.meeting_called),
            MEETING_TREATS,
            Guard(
                "unprepared",
                lambda facts, now: facts.replied_clauses >= facts.clauses,
                paragraph="board-reply",
                force=Force.CUSTOM,
            ),
        ),
    ),
)

DECISION: Rules = (
    Rule(
        "decide_clause",
        (_S.SCHEDULED,),
        None,
        "motion-decision",
        BY_MEETING,
        (
            MEETING_OPEN,
            Guard("clause_closed", lambda facts, now: facts.clause_open, force=Force.INTEGRITY),
            NOT_TAKEN_UP,
            Guard("outcome_incomplete", lambda facts, now: facts.outcome_complete, force=Force.INTEGRITY),
            NAMED_MEETING,
        ),
    ),
    Rule(
        "conclude",
        (_S.SCHEDULED,),
        _S.DECIDED,
        "motion-decision",
        BY_MEETING,
        (
            Guard(
                "clauses_undecided",
                lambda facts, now: facts.clauses_decided >= facts.clauses,
                force=Force.INTEGRITY,
                says=lambda facts, now: {"count": facts.clauses - facts.clauses_decided},
            ),
        ),
    ),
    Rule(
        "reopen_clause",
        (_S.SCHEDULED, _S.DECIDED),
        _S.SCHEDULED,
        "motion-decision",
        BY_MEETING,
        (
            MEETING_OPEN,
            NOT_TAKEN_UP,
            Guard("clause_undecided", lambda facts, now: not facts.clause_open, force=Force.INTEGRITY),
            Guard("reopening_not_carried", lambda facts, now: facts.reopening_carried, paragraph="meeting-decision"),
            REASON,
        ),
    ),
)

MOTION: Workflow[MotionState, MotionFacts] = Workflow(
    name="motion",
    states=MotionState,
    initial=MotionState.DRAFT,
    rules=(*WRITING, *ADMISSION, *PREPARATION, *DECISION, *AFTER, *CORRECTION, *ON_TO_ANOTHER_MEETING),
    awaits={
        _S.DRAFT: Awaited(Role.MOVER, "submit"),
        _S.SUBMITTED: Awaited(Role.SECRETARY, "admit"),
        _S.RETURNED: Awaited(Role.MOVER, "submit"),
        _S.ADMITTED: Awaited(Role.SECRETARY, "adopt_reply"),
        _S.NOT_ADMISSIBLE: Awaited(Role.MEETING_SECRETARY, "lay_aside"),
        _S.PREPARED: Awaited(Role.SECRETARY, "schedule"),
        _S.SCHEDULED: Awaited(Role.MEETING_SECRETARY, "decide_clause"),
        _S.DECIDED: Awaited(Role.SECRETARY, "close"),
    },
    invites={
        _S.DRAFT: (Awaited(Role.INVITED, "confirm"),),
        _S.RETURNED: (Awaited(Role.INVITED, "confirm"),),
        _S.SUBMITTED: (Awaited(Role.STAFF, "note_fault"),),
        _S.NOT_ADMISSIBLE: (Awaited(Role.PRESIDIUM, "lay_aside"),),
        _S.SCHEDULED: (Awaited(Role.PRESIDIUM, "decide_clause"),),
        _S.DECIDED: (Awaited(Role.RESPONSIBLE, "report_follow_up"),),
    },
    final=frozenset({_S.CLOSED, _S.WITHDRAWN}),
)
