"""What comes after a council has decided: signed, reported, carried out by somebody, explained, closed."""

from workflows.council_decision_facts import CouncilDecisionState
from workflows.council_decision_guards import ENTITLED, OFFICERS, REASON, G, Rules
from workflows.engine import Force, Role, Rule

_S = CouncilDecisionState

AFTERWARDS: Rules = (
    Rule(
        "sign_minutes",
        (_S.DECIDED,),
        None,
        "minutes",
        frozenset({Role.PRESIDIUM, Role.DELEGATE}),
        (
            G("minuted_by_meeting", lambda facts, now: facts.written, force=Force.INTEGRITY),
            ENTITLED,
            G("signed_already", lambda facts, now: not facts.signed, force=Force.INTEGRITY),
        ),
    ),
    # Told to the next meeting and minuted there; the report changes nothing in the decision.
    Rule(
        "report",
        (_S.DECIDED,),
        None,
        "written-procedure",
        OFFICERS,
        (
            G("minuted_by_meeting", lambda facts, now: facts.written, force=Force.INTEGRITY),
            G("reported_already", lambda facts, now: not facts.reported, force=Force.INTEGRITY),
            G("item_elsewhere", lambda facts, now: facts.item_of_body, force=Force.INTEGRITY),
        ),
    ),
    Rule("assign", (_S.DECIDED,), None, "follow-up", OFFICERS),
    Rule(
        "report_back",
        (_S.DECIDED,),
        None,
        "follow-up",
        frozenset({Role.RESPONSIBLE, Role.SECRETARY}),
        (G("nobody_responsible", lambda facts, now: facts.assigned, force=Force.INTEGRITY), REASON),
    ),
    Rule("explain", (_S.DECIDED, _S.CLOSED), None, "follow-up", OFFICERS, (REASON,)),
    Rule(
        "finish",
        (_S.DECIDED,),
        _S.CLOSED,
        "follow-up",
        OFFICERS,
        (
            G("not_verified", lambda facts, now: facts.minutes_verified or not facts.written),
            G("not_reported", lambda facts, now: facts.reported or not facts.written),
            G("not_reported_back", lambda facts, now: facts.reported_back or not facts.assigned),
            G("not_explained", lambda facts, now: facts.explained),
        ),
    ),
)
