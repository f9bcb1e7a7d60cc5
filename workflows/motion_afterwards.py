"""What comes after the decision on a motion: tasks, sending on, corrections, another meeting."""

from workflows.engine import Force, Guard, Role, Rule
from workflows.motion_facts import MotionState
from workflows.motion_guards import (
    BY_MEETING,
    BY_SECRETARY,
    HANDED_IN,
    MEETING_TAKES,
    NAMED_MEETING,
    REASON,
    RECEIVED,
    Rules,
    before,
)

_S = MotionState

AFTER: Rules = (
    Rule(
        "assign_follow_up",
        (_S.DECIDED,),
        None,
        "follow-up",
        frozenset({Role.SECRETARY, Role.MEETING_SECRETARY}),
        (
            Guard("nothing_approved", lambda facts, now: facts.approved_clauses > 0),
            Guard("responsible_missing", lambda facts, now: facts.responsible_given),
        ),
    ),
    Rule(
        "report_follow_up",
        (_S.DECIDED,),
        None,
        "follow-up",
        frozenset({Role.RESPONSIBLE, Role.SECRETARY}),
        (
            Guard("nothing_to_report", lambda facts, now: facts.follow_ups > facts.follow_ups_reported),
            Guard("report_missing", lambda facts, now: facts.report_given),
        ),
    ),
    Rule(
        "close",
        (_S.DECIDED,),
        _S.CLOSED,
        "follow-up",
        frozenset({Role.SECRETARY, Role.CLOCK}),
        (
            Guard(
                "follow_up_unassigned",
                lambda facts, now: facts.follow_ups >= facts.approved_clauses,
                says=lambda facts, now: {"count": facts.approved_clauses - facts.follow_ups},
            ),
            Guard(
                "follow_up_unreported",
                lambda facts, now: facts.follow_ups_reported >= facts.follow_ups,
                says=lambda facts, now: {"count": facts.follow_ups - facts.follow_ups_reported},
            ),
            Guard(
                "not_carried_over",
                lambda facts, now: facts.to_carry == 0,
                paragraph="motion-decision",
                force=Force.INTEGRITY,
                says=lambda facts, now: {"count": facts.to_carry},
            ),
            # Until the meeting closes it may reopen what it has decided.
            Guard(
                "meeting_still_open",
                lambda facts, now: not facts.meeting_open,
                paragraph="meeting-closing",
                force=Force.INTEGRITY,
            ),
        ),
    ),
    Rule(
        "send_on",
        (_S.DECIDED,),
        None,
        "motion-forwarding",
        BY_SECRETARY,
        (
            Guard(
                "target_deadline_passed",
                lambda facts, now: before(facts.target_deadline, now),
                paragraph="motion-deadline",
                closes_at=lambda facts: facts.target_deadline,
                says=lambda facts, now: {"deadline": facts.target_deadline},
            ),
            Guard("target_without_right", lambda facts, now: facts.target_right, paragraph="motion-right"),
            Guard("already_sent", lambda facts, now: not facts.already_sent, force=Force.INTEGRITY),
        ),
    ),
)

CORRECTION: Rules = (
    Rule(
        "correct",
        HANDED_IN,
        None,
        "correction",
        BY_SECRETARY,
        (
            REASON,
            Guard("papers_are_out", lambda facts, now: not facts.papers_sent),
            Guard("consent_missing", lambda facts, now: facts.mover_consents),
        ),
    ),
    # Once the papers are out the same readers get a sheet of errata, until the item is decided.
    Rule(
        "correct_papers",
        HANDED_IN,
        None,
        "correction",
        frozenset({Role.BOARD, Role.SECRETARY}),
        (
            REASON,
            Guard("papers_not_out", lambda facts, now: facts.papers_sent),
            Guard("clause_closed", lambda facts, now: facts.clause_open, force=Force.INTEGRITY),
        ),
    ),
)

ON_TO_ANOTHER_MEETING: Rules = (
    # Deferred or referred back: what the meeting left lives on as a motion to another.
    Rule(
        "carry_over",
        (_S.DECIDED,),
        None,
        "motion-decision",
        BY_MEETING | {Role.CLOCK},
        (
            Guard("nothing_to_carry", lambda facts, now: facts.to_carry > 0, force=Force.INTEGRITY),
            Guard("meeting_still_open", lambda facts, now: not facts.meeting_open, paragraph="meeting-closing"),
            NAMED_MEETING,
        ),
    ),
    # It came in and was found in order once: no deadline, no new trial of its form.
    Rule("carry_in", (_S.DRAFT,), _S.ADMITTED, "motion-decision", BY_MEETING | {Role.CLOCK}, (MEETING_TAKES, RECEIVED)),
    Rule(
        "keep_reply",
        (_S.ADMITTED,),
        _S.PREPARED,
        "board-reply",
        BY_MEETING | {Role.CLOCK},
        (
            Guard(
                "reply_not_whole",
                lambda facts, now: facts.replied_clauses >= facts.clauses,
                force=Force.INTEGRITY,
                says=lambda facts, now: {"count": facts.clauses - facts.replied_clauses},
            ),
        ),
    ),
    # A cancelled meeting's motions, drafts too, go as they are to the one that is held instead.
    Rule(
        "readdress",
        (_S.DRAFT, *HANDED_IN),
        None,
        "meeting-notice",
        frozenset({Role.SECRETARY, Role.CLOCK}),
        (
            Guard("meeting_not_cancelled", lambda facts, now: facts.meeting_cancelled, force=Force.INTEGRITY),
            NAMED_MEETING,
        ),
    ),
)
