"""An amendment (ändringsyrkande) to one place of a document: in time or from the floor, until it is decided."""

from workflows.amendment_facts import AmendmentFacts, AmendmentState
from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow

__all__ = ["AMENDMENT", "AmendmentFacts", "AmendmentState"]

_S = AmendmentState
_MEETING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY})
_FLOOR = frozenset({Role.PROPOSER, Role.PRESIDIUM, Role.MEETING_SECRETARY})

_PROPOSED = Guard[AmendmentFacts]("document_not_proposed", lambda facts, now: facts.proposed, force=Force.INTEGRITY)
_RIGHT = Guard[AmendmentFacts]("mover_without_right", lambda facts, now: facts.mover_has_right)
_RECEIVED = Guard[AmendmentFacts](
    "received_in_future",
    lambda facts, now: facts.received_at is None or facts.received_at <= now,
    force=Force.INTEGRITY,
)
_IN_TIME = Guard[AmendmentFacts](
    "deadline_passed",
    lambda facts, now: facts.deadline is None or (facts.received_at or now) < facts.deadline,
    paragraph="motion-deadline",
    # What came in before it is in time for good: then nothing closes.
    closes_at=lambda facts: (
        None if facts.deadline and facts.received_at and facts.received_at < facts.deadline else facts.deadline
    ),
    says=lambda facts, now: {"deadline": facts.deadline},
)
_WAITS = Guard[AmendmentFacts]("meeting_has_begun", lambda facts, now: facts.meeting_waits, force=Force.INTEGRITY)
_OPEN = Guard[AmendmentFacts](
    "meeting_not_open", lambda facts, now: facts.meeting_open, paragraph="meeting-decision", force=Force.INTEGRITY
)
_DECISION = Guard[AmendmentFacts]("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
_HERE = Guard[AmendmentFacts]("decided_on_agenda", lambda facts, now: not facts.on_agenda, force=Force.INTEGRITY)

COMPLETE: tuple[Guard[AmendmentFacts], ...] = (
    Guard("place_unknown", lambda facts, now: facts.place_known, force=Force.INTEGRITY),
    Guard(
        "locked",
        lambda facts, now: not facts.locked,
        paragraph="locked-text",
        # What it quotes, whoever asks the rule fills in: facts hold no text.
        says=lambda facts, now: {"source": "engine.decided_text"},
    ),
    Guard("text_missing", lambda facts, now: facts.has_text, force=Force.INTEGRITY),
    Guard("nothing_changed", lambda facts, now: facts.changes, force=Force.INTEGRITY),
    Guard("destination_missing", lambda facts, now: facts.destination_given, force=Force.INTEGRITY),
    Guard("destination_unknown", lambda facts, now: facts.destination_known, force=Force.INTEGRITY),
)
"""What an amendment has to be. All that is missing is told at once."""

AMENDMENT: Workflow[AmendmentState, AmendmentFacts] = Workflow(
    name="amendment",
    states=AmendmentState,
    initial=AmendmentState.DRAFTED,
    rules=(
        Rule(
            "submit",
            (_S.DRAFTED,),
            _S.SUBMITTED,
            "motion-right",
            frozenset({Role.MOVER}),
            (_PROPOSED, _WAITS, _IN_TIME, _RIGHT, *COMPLETE),
        ),
        Rule(
            "record",
            (_S.DRAFTED,),
            _S.SUBMITTED,
            "motion-right",
            frozenset({Role.SECRETARY}),
            (_PROPOSED, _WAITS, _IN_TIME, _RECEIVED, _RIGHT, *COMPLETE),
        ),
        Rule("move_on_floor", (_S.DRAFTED,), _S.SUBMITTED, "rights-matrix", _FLOOR, (_PROPOSED, _OPEN, *COMPLETE)),
        Rule(
            "withdraw",
            (_S.SUBMITTED,),
            _S.WITHDRAWN,
            "motion-withdrawal",
            frozenset({Role.MOVER, Role.SECRETARY}),
            (
                Guard("belongs_to_meeting", lambda facts, now: not facts.meeting_opened),
                Guard("mover_did_not_ask", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
            ),
        ),
        # On the agenda an amendment goes with its proposal.
        Rule("withdraw_on_floor", (_S.SUBMITTED,), _S.WITHDRAWN, "meeting-decision", _FLOOR, (_OPEN,)),
        Rule("take_over", (_S.WITHDRAWN,), _S.SUBMITTED, "rights-matrix", _FLOOR, (_OPEN, _PROPOSED)),
        Rule("approve", (_S.SUBMITTED,), _S.APPROVED, "meeting-decision", _MEETING, (_OPEN, _DECISION, _HERE)),
        Rule("reject", (_S.SUBMITTED,), _S.REJECTED, "meeting-decision", _MEETING, (_OPEN, _DECISION, _HERE)),
        # What was approved within a passage that went back goes with it.
        Rule("send_back", (_S.SUBMITTED, _S.APPROVED), _S.SENT_BACK, "meeting-decision", _MEETING, (_OPEN, _HERE)),
        Rule(
            "reopen",
            (_S.APPROVED, _S.REJECTED, _S.SENT_BACK),
            _S.SUBMITTED,
            "meeting-decision",
            _MEETING,
            (
                _OPEN,
                _PROPOSED,
                _HERE,
                Guard("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
            ),
        ),
    ),
    awaits={
        _S.DRAFTED: Awaited(Role.MOVER, "submit"),
        _S.SUBMITTED: Awaited(Role.MEETING_SECRETARY, "approve"),
    },
    invites={_S.SUBMITTED: (Awaited(Role.PRESIDIUM, "approve"),)},
    final=frozenset({_S.WITHDRAWN, _S.APPROVED, _S.REJECTED, _S.SENT_BACK}),
)
