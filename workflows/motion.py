"""The life of a motion, from draft to a decision per att-sats and its follow-up. Every rule of it stands here, once."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class MotionState(Enum):
    """Where a motion stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ADMITTED = "admitted"
    NOT_ADMISSIBLE = "not_admissible"
    PREPARED = "prepared"
    SCHEDULED = "scheduled"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class MotionFacts:
    """What the rules know of a motion. No text: only whether there is one."""

    # The text
    has_title: bool = False
    has_reasoning: bool = False
    clauses: int = 0
    """Number of att-satser."""
    # The movers
    movers: int = 0
    """Movers who have confirmed (the writer included)."""
    movers_with_right: int = 0
    """Those of them who may move here: membership in force, or a unit that the statutes let move."""
    invited: int = 0
    """Invited co-movers who have not answered."""
    # The meeting and its times
    received_at: datetime | None = None
    """When the motion came in, by whatever channel; None while it is a draft."""
    deadline: datetime | None = None
    """First moment too late (motionsstopp)."""
    next_deadline: datetime | None = None
    """The same for the next meeting of the same kind, where one is planned."""
    completion_due: datetime | None = None
    """A returned motion: first moment too late to hand it in again."""
    meeting_takes_motions: bool = True
    """The meeting has not been opened, closed or cancelled."""
    meeting_open: bool = False
    meeting_opened: bool = False
    """It is or has been open."""
    withdrawable: bool = True
    """The moment after which it belongs to the meeting has not come (the statutes say which)."""
    meeting_called: bool = False
    category_admissible: bool = True
    """The statutes let this kind of meeting treat motions of this category."""
    papers_sent: bool = False
    meeting_cancelled: bool = False
    # The board
    ground_given: bool = True
    """A formal fault is named (on refusing) or what is missing is said (on returning)."""
    board_decided: bool = True
    """The board's decision that something rests on is named (meeting and paragraph)."""
    reply_missing: int = 0
    """Att-satser on which the reply in question recommends nothing."""
    reply_incomplete: int = 0
    """Its recommendations of changed wording, or of referral, that lack the wording or the recipient."""
    reply_has_reasons: bool = True
    replied_clauses: int = 0
    """Att-satser that the adopted reply recommends something on."""
    board_size: int = 0
    """Members of the board with a vote."""
    board_present: int = 0
    """Members of the board who took part in the decision, the barred not counted."""
    board_quorum: int = 0
    """How many must take part."""
    reservation_until: datetime | None = None
    replies_due: datetime | None = None
    """First moment at which the board's reply comes too late."""
    stopped_may_be_taken_up: bool = True
    """The statutes let the meeting take up a motion that was stopped."""
    # Decisions
    clauses_decided: int = 0
    clause_open: bool = True
    """The att-sats in question has not been decided."""
    outcome_complete: bool = True
    """The outcome in question has the wording, recipient or meeting that it needs."""
    reopening_carried: bool = True
    """The vote on reopening, where it was counted, reached the majority of the meeting's order."""
    named_meeting_fits: bool = True
    """The meeting that it goes on to is one of the same unit that has not been opened, closed or cancelled."""
    to_carry: int = 0
    """Att-satser deferred or referred back that do not yet live on at another meeting."""
    approved_clauses: int = 0
    """Att-satser that gave somebody a task."""
    follow_ups: int = 0
    """Of these, how many have a body that is responsible; and below, how many have been reported on."""
    follow_ups_reported: int = 0
    responsible_given: bool = True
    report_given: bool = True
    # Sending on and correcting
    target_deadline: datetime | None = None
    """Sending on: the deadline of the meeting it goes to."""
    target_right: bool = True
    """Sending on: the statutes let this unit (or its member) move there."""
    already_sent: bool = False
    """Sending on: it has been sent to that meeting before."""
    reason_given: bool = True
    mover_consents: bool = True


def _before(deadline: datetime | None, at: datetime | None) -> bool:
    return deadline is None or at is None or at < deadline


_HAS_TEXT = (
    Guard[MotionFacts]("title_missing", lambda facts, now: facts.has_title, paragraph="motion-form"),
    Guard[MotionFacts]("reasoning_missing", lambda facts, now: facts.has_reasoning, paragraph="motion-form"),
    Guard[MotionFacts]("clause_missing", lambda facts, now: facts.clauses > 0, paragraph="motion-form"),
)

_IN_TIME = Guard[MotionFacts](
    "deadline_passed",
    lambda facts, now: _before(facts.deadline, facts.received_at or now),
    paragraph="motion-deadline",
    # What came in before it is in time for good: then nothing closes.
    closes_at=lambda facts: (
        None if facts.received_at and _before(facts.deadline, facts.received_at) else facts.deadline
    ),
    next_chance=lambda facts: facts.next_deadline,
    says=lambda facts, now: {"deadline": facts.deadline},
)

_MEETING_TAKES = Guard[MotionFacts]("meeting_closed_to_motions", lambda facts, now: facts.meeting_takes_motions)

_MAY_COME_IN: tuple[Guard[MotionFacts], ...] = (
    *_HAS_TEXT,
    Guard("mover_missing", lambda facts, now: facts.movers > 0, paragraph="motion-movers"),
    Guard(
        "mover_without_right",
        lambda facts, now: facts.movers_with_right == facts.movers,
        says=lambda facts, now: {"count": facts.movers - facts.movers_with_right},
    ),
    Guard(
        "completion_late",
        lambda facts, now: _before(facts.completion_due, now),
        paragraph="motion-form",
        closes_at=lambda facts: facts.completion_due,
        says=lambda facts, now: {"deadline": facts.completion_due},
    ),
    _MEETING_TAKES,
    Guard(
        "co_mover_unconfirmed",
        lambda facts, now: facts.invited == 0,
        paragraph="motion-movers",
        force=Force.CUSTOM,
        says=lambda facts, now: {"count": facts.invited},
    ),
)

_RECEIVED = Guard[MotionFacts](
    "received_in_future",
    lambda facts, now: facts.received_at is None or facts.received_at <= now,
    force=Force.INTEGRITY,
)

_ASKED = Guard[MotionFacts](
    "mover_did_not_ask", lambda facts, now: facts.mover_consents, paragraph="motion-movers", force=Force.INTEGRITY
)

_REASON = Guard[MotionFacts](
    "reason_missing", lambda facts, now: facts.reason_given, paragraph="correction", force=Force.INTEGRITY
)

_MEETING_OPEN = Guard[MotionFacts](
    "meeting_not_open", lambda facts, now: facts.meeting_open, paragraph="meeting-decision", force=Force.INTEGRITY
)

_QUORUM = Guard[MotionFacts](
    "board_not_quorate",
    lambda facts, now: facts.board_present >= facts.board_quorum,
    paragraph="board-quorum",
    says=lambda facts, now: {"present": facts.board_present, "quorum": facts.board_quorum},
)

_BOARD_DECISION = Guard[MotionFacts](
    "board_decision_missing",
    lambda facts, now: facts.board_decided,
    paragraph="motion-admissibility",
    force=Force.INTEGRITY,
)

# A draft has come to nobody: it stays its writers' own whatever the meeting does.
_MOVERS_OWN = Guard[MotionFacts](
    "belongs_to_meeting",
    lambda facts, now: facts.received_at is None or facts.withdrawable,
    paragraph="motion-withdrawal",
)

_MEETING_TREATS = Guard[MotionFacts](
    "meeting_closed_to_motions", lambda facts, now: facts.meeting_takes_motions or facts.meeting_open
)

_NAMED_MEETING = Guard[MotionFacts](
    "named_meeting_unfit", lambda facts, now: facts.named_meeting_fits, force=Force.INTEGRITY
)

_S = MotionState
_Rules = tuple[Rule[MotionState, MotionFacts], ...]
_MOVERS = frozenset({Role.MOVER, Role.SECRETARY})
_OFFICE = frozenset({Role.SECRETARY, Role.STAFF})
_SECRETARY = frozenset({Role.SECRETARY})
_MEETING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY})
_HANDED_IN = (_S.SUBMITTED, _S.RETURNED, _S.ADMITTED, _S.NOT_ADMISSIBLE, _S.PREPARED, _S.SCHEDULED)

_WRITING: _Rules = (
    Rule("edit", (_S.DRAFT, _S.RETURNED), None, "motion-form", _MOVERS, (_ASKED,)),
    Rule("invite", (_S.DRAFT, _S.RETURNED), None, "motion-movers", _MOVERS),
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
        (_S.DRAFT, *_HANDED_IN),
        None,
        "motion-movers",
        _MOVERS,
        (
            Guard("last_mover", lambda facts, now: facts.movers > 1),
            _MOVERS_OWN,
        ),
    ),
    Rule("submit", (_S.DRAFT, _S.RETURNED), _S.SUBMITTED, "motion-right", _MOVERS, (*_MAY_COME_IN, _IN_TIME, _ASKED)),
    Rule(
        "record",
        (_S.DRAFT,),
        _S.SUBMITTED,
        "motion-right",
        frozenset({Role.SECRETARY}),
        (*_MAY_COME_IN, _IN_TIME, _RECEIVED),
    ),
    # What came late on paper is recorded too: the board stops it, and the meeting is told.
    Rule(
        "record_late",
        (_S.DRAFT,),
        _S.SUBMITTED,
        "motion-late",
        frozenset({Role.SECRETARY}),
        (
            *_MAY_COME_IN,
            _RECEIVED,
            Guard("came_in_time", lambda facts, now: not _before(facts.deadline, facts.received_at)),
        ),
    ),
    Rule(
        "withdraw",
        (_S.DRAFT, *_HANDED_IN),
        _S.WITHDRAWN,
        "motion-withdrawal",
        _MOVERS,
        (
            _MOVERS_OWN,
            _ASKED,
            Guard("others_stand", lambda facts, now: facts.movers <= 1, paragraph="motion-movers"),
        ),
    ),
)

_ADMISSION: _Rules = (
    Rule("note_fault", (_S.SUBMITTED,), None, "motion-admissibility", _OFFICE),
    Rule(
        "admit",
        (_S.SUBMITTED, _S.NOT_ADMISSIBLE),
        _S.ADMITTED,
        "motion-admissibility",
        _SECRETARY,
        (
            Guard(
                "came_late",
                lambda facts, now: _before(facts.deadline, facts.received_at),
                paragraph="motion-late",
                says=lambda facts, now: {"deadline": facts.deadline},
            ),
            Guard(
                "category_not_admissible",
                lambda facts, now: facts.category_admissible,
                paragraph="motion-categories",
            ),
            # A motion that the board never came to is still treated: the meeting decides, nothing is stuck.
            _MEETING_TREATS,
        ),
    ),
    Rule(
        "return",
        (_S.SUBMITTED,),
        _S.RETURNED,
        "motion-form",
        _SECRETARY,
        (Guard("ground_missing", lambda facts, now: facts.ground_given, force=Force.INTEGRITY),),
    ),
    Rule(
        "refuse",
        (_S.SUBMITTED, _S.RETURNED, _S.ADMITTED, _S.PREPARED),
        _S.NOT_ADMISSIBLE,
        "motion-admissibility",
        _SECRETARY,
        (
            Guard("ground_missing", lambda facts, now: facts.ground_given, force=Force.INTEGRITY),
            _BOARD_DECISION,
        ),
    ),
    Rule(
        "refuse_clause",
        (_S.SUBMITTED, _S.ADMITTED, _S.PREPARED),
        None,
        "motion-admissibility",
        _SECRETARY,
        (
            Guard("ground_missing", lambda facts, now: facts.ground_given, force=Force.INTEGRITY),
            _BOARD_DECISION,
            Guard("clause_closed", lambda facts, now: facts.clause_open, force=Force.INTEGRITY),
            Guard("last_clause", lambda facts, now: facts.clauses > 1),
        ),
    ),
    Rule(
        "take_up",
        (_S.NOT_ADMISSIBLE,),
        _S.SCHEDULED,
        "motion-late",
        _MEETING,
        (
            _MEETING_OPEN,
            Guard("statutes_forbid_taking_up", lambda facts, now: facts.stopped_may_be_taken_up),
        ),
    ),
    Rule(
        "lay_aside",
        (_S.NOT_ADMISSIBLE,),
        _S.CLOSED,
        "motion-late",
        _MEETING,
        (Guard("meeting_not_opened", lambda facts, now: facts.meeting_opened),),
    ),
)

_ADOPTED: tuple[Guard[MotionFacts], ...] = (
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
    _QUORUM,
    Guard(
        "more_than_the_board",
        lambda facts, now: facts.board_present <= facts.board_size,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"present": facts.board_present, "size": facts.board_size},
    ),
    Guard("meeting_has_opened", lambda facts, now: not facts.meeting_opened),
    Guard(
        "reply_late",
        lambda facts, now: _before(facts.replies_due, now),
        paragraph="board-reply-deadline",
        force=Force.CUSTOM,
        closes_at=lambda facts: facts.replies_due,
        says=lambda facts, now: {"deadline": facts.replies_due},
    ),
)

_PREPARATION: _Rules = (
    Rule("adopt_reply", (_S.ADMITTED, _S.PREPARED), _S.PREPARED, "board-reply", _SECRETARY, _ADOPTED),
    # What stands on the agenda keeps its place when the reply comes or changes afterwards.
    Rule("revise_reply", (_S.SCHEDULED,), None, "board-reply", _SECRETARY, _ADOPTED),
    Rule(
        "reserve",
        (_S.PREPARED, _S.SCHEDULED),
        None,
        "board-reservation",
        frozenset({Role.BOARD, Role.SECRETARY}),
        (
            Guard(
                "reservation_late",
                lambda facts, now: _before(facts.reservation_until, now),
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
        _SECRETARY,
        (
            Guard("meeting_not_called", lambda facts, now: facts.meeting_called),
            _MEETING_TREATS,
            Guard(
                "unprepared",
                lambda facts, now: facts.replied_clauses >= facts.clauses,
                paragraph="board-reply",
                force=Force.CUSTOM,
            ),
        ),
    ),
)

_DECISION: _Rules = (
    Rule(
        "decide_clause",
        (_S.SCHEDULED,),
        None,
        "motion-decision",
        _MEETING,
        (
            _MEETING_OPEN,
            Guard("clause_closed", lambda facts, now: facts.clause_open, force=Force.INTEGRITY),
            Guard("outcome_incomplete", lambda facts, now: facts.outcome_complete, force=Force.INTEGRITY),
            _NAMED_MEETING,
        ),
    ),
    Rule(
        "conclude",
        (_S.SCHEDULED,),
        _S.DECIDED,
        "motion-decision",
        _MEETING,
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
        _MEETING,
        (
            _MEETING_OPEN,
            Guard("clause_undecided", lambda facts, now: not facts.clause_open, force=Force.INTEGRITY),
            Guard("reopening_not_carried", lambda facts, now: facts.reopening_carried, paragraph="meeting-decision"),
            _REASON,
        ),
    ),
)

_AFTER: _Rules = (
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
        _SECRETARY,
        (
            Guard(
                "target_deadline_passed",
                lambda facts, now: _before(facts.target_deadline, now),
                paragraph="motion-deadline",
                closes_at=lambda facts: facts.target_deadline,
                says=lambda facts, now: {"deadline": facts.target_deadline},
            ),
            Guard("target_without_right", lambda facts, now: facts.target_right, paragraph="motion-right"),
            Guard("already_sent", lambda facts, now: not facts.already_sent, force=Force.INTEGRITY),
        ),
    ),
)

_CORRECTION: _Rules = (
    Rule(
        "correct",
        _HANDED_IN,
        None,
        "correction",
        _SECRETARY,
        (
            _REASON,
            Guard("papers_are_out", lambda facts, now: not facts.papers_sent),
            Guard("consent_missing", lambda facts, now: facts.mover_consents),
        ),
    ),
    # Once the papers are out the same readers get a sheet of errata, until the item is decided.
    Rule(
        "correct_papers",
        _HANDED_IN,
        None,
        "correction",
        frozenset({Role.BOARD, Role.SECRETARY}),
        (
            _REASON,
            Guard("papers_not_out", lambda facts, now: facts.papers_sent),
            Guard("clause_closed", lambda facts, now: facts.clause_open, force=Force.INTEGRITY),
        ),
    ),
)

_ON_TO_ANOTHER_MEETING: _Rules = (
    # Deferred or referred back: what the meeting left lives on as a motion to another.
    Rule(
        "carry_over",
        (_S.DECIDED,),
        None,
        "motion-decision",
        _MEETING | {Role.CLOCK},
        (
            Guard("nothing_to_carry", lambda facts, now: facts.to_carry > 0, force=Force.INTEGRITY),
            Guard("meeting_still_open", lambda facts, now: not facts.meeting_open, paragraph="meeting-closing"),
            _NAMED_MEETING,
        ),
    ),
    # It came in and was found in order once: no deadline, no new trial of its form.
    Rule("carry_in", (_S.DRAFT,), _S.ADMITTED, "motion-decision", _MEETING | {Role.CLOCK}, (_MEETING_TAKES, _RECEIVED)),
    Rule(
        "keep_reply",
        (_S.ADMITTED,),
        _S.PREPARED,
        "board-reply",
        _MEETING | {Role.CLOCK},
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
        (_S.DRAFT, *_HANDED_IN),
        None,
        "meeting-notice",
        frozenset({Role.SECRETARY, Role.CLOCK}),
        (
            Guard("meeting_not_cancelled", lambda facts, now: facts.meeting_cancelled, force=Force.INTEGRITY),
            _NAMED_MEETING,
        ),
    ),
)

MOTION: Workflow[MotionState, MotionFacts] = Workflow(
    name="motion",
    states=MotionState,
    initial=MotionState.DRAFT,
    rules=(*_WRITING, *_ADMISSION, *_PREPARATION, *_DECISION, *_AFTER, *_CORRECTION, *_ON_TO_ANOTHER_MEETING),
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
        _S.DECIDED: (Awaited(Role.RESPONSIBLE, "report_follow_up"),),
    },
    final=frozenset({_S.CLOSED, _S.WITHDRAWN}),
)
