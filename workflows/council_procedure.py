"""A decision in writing (per capsulam): everybody is sought, answers within a window, or asks for a meeting."""

from workflows.council_decision_facts import CouncilDecisionState
from workflows.council_decision_guards import (
    CLOCK,
    DECISION,
    ENTITLED,
    NOT_BARRED,
    OFFICE,
    OFFICERS,
    PERSON,
    WINDOW,
    WINDOW_OVER,
    G,
    Rules,
    reached,
)
from workflows.engine import Force, Role, Rule

_S = CouncilDecisionState

PROCEDURE: Rules = (
    Rule(
        "open_procedure",
        (_S.PREPARED,),
        _S.ASKING,
        "written-procedure",
        OFFICERS,
        (
            G("no_written_procedure", lambda facts, now: facts.procedure_known),
            G("body_may_not_open", lambda facts, now: facts.body_may_open),
            DECISION,
            G("question_missing", lambda facts, now: facts.question_given, force=Force.INTEGRITY),
            G("level_missing", lambda facts, now: facts.level_set, force=Force.INTEGRITY),
            G("nobody_entitled", lambda facts, now: facts.entitled_count > 0, force=Force.INTEGRITY),
            G(
                "window_too_short",
                lambda facts, now: (
                    facts.closes_at is not None and (facts.shortest is None or facts.closes_at >= facts.shortest)
                ),
                says=lambda facts, now: {"earliest": facts.shortest},
            ),
        ),
    ),
    Rule("seek", (_S.ASKING,), None, "written-procedure", OFFICE, (ENTITLED, WINDOW)),
    # What somebody answers is kept beside the step, never in it: nobody learns of it before the window has closed.
    Rule(
        "answer",
        (_S.ASKING,),
        None,
        "written-procedure",
        PERSON,
        (
            ENTITLED,
            NOT_BARRED,
            WINDOW,
            G("answered_already", lambda facts, now: not facts.has_answered, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "ask_meeting",
        (_S.ASKING,),
        None,
        "written-procedure",
        PERSON,
        (
            ENTITLED,
            NOT_BARRED,
            WINDOW,
            G("no_right_to_stop", lambda facts, now: facts.meetings_needed > 0),
            G("asked_already", lambda facts, now: not facts.asked_for_meeting, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "stop_procedure",
        (_S.ASKING,),
        _S.CALLED,
        "written-procedure",
        frozenset({Role.CLOCK, *PERSON}),
        (
            G(
                "too_few_ask",
                lambda facts, now: 0 < facts.meetings_needed <= facts.meetings_asked,
                force=Force.INTEGRITY,
            ),
        ),
    ),
    Rule(
        "close_procedure",
        (_S.ASKING,),
        _S.DECIDED,
        "written-procedure",
        CLOCK,
        (
            WINDOW_OVER,
            G(
                "too_few_answers",
                lambda facts, now: facts.answered >= facts.answers_needed or not reached(facts.closes_at, now),
                says=lambda facts, now: {"answered": facts.answered, "needed": facts.answers_needed},
            ),
            G(
                "not_all_sought",
                lambda facts, now: facts.never_sought == 0,
                says=lambda facts, now: {"count": facts.never_sought},
            ),
        ),
    ),
    # Too few have answered, or somebody was never sought: a meeting decides, and what was answered is never shown.
    Rule(
        "leave_to_meeting",
        (_S.ASKING,),
        _S.CALLED,
        "written-procedure",
        CLOCK,
        (
            WINDOW_OVER,
            G(
                "answers_enough",
                lambda facts, now: facts.answered < facts.answers_needed or facts.never_sought > 0,
                force=Force.INTEGRITY,
            ),
        ),
    ),
    Rule(
        "reserve",
        (_S.ASKING,),
        None,
        "board-reservation",
        PERSON,
        (
            ENTITLED,
            NOT_BARRED,
            WINDOW,
            G("took_no_part", lambda facts, now: facts.has_answered),
            G("reserved_already", lambda facts, now: not facts.reserved, force=Force.INTEGRITY),
        ),
    ),
)
