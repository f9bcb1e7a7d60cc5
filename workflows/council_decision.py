"""A matter before a council or a board: raised, prepared, decided at a meeting or in writing, explained."""

from workflows.council_afterwards import AFTERWARDS
from workflows.council_decision_facts import CouncilDecisionFacts, CouncilDecisionState
from workflows.council_decision_guards import (
    DECISION,
    EARLY,
    ENTITLED,
    LIVE,
    OFFICE,
    OFFICERS,
    PERSON,
    REASON,
    UNDONE,
    G,
    Rules,
    reached,
)
from workflows.council_procedure import PROCEDURE
from workflows.engine import Awaited, Force, Role, Rule, Workflow

__all__ = ["COUNCIL_DECISION", "CouncilDecisionFacts", "CouncilDecisionState"]

_S = CouncilDecisionState

PREPARING: Rules = (
    Rule(
        "raise",
        (_S.RAISED,),
        None,
        "rights-matrix",
        frozenset({Role.MEMBER}),
        (
            # The policy's own ground, whoever asks the rule fills in: facts hold no text.
            G("route_closed", lambda facts, now: facts.route_open, says=lambda facts, now: {"ground": ""}),
        ),
    ),
    Rule(
        "attach",
        EARLY,
        None,
        "rights-matrix",
        frozenset({Role.MOVER, *OFFICE}),
        (G("secret_by_law", lambda facts, now: not facts.secret_by_law, paragraph="personal-data", force=Force.LAW),),
    ),
    Rule(
        "prepare",
        EARLY,
        _S.PREPARED,
        "rights-matrix",
        frozenset({Role.BOARD, *OFFICE}),
        (
            G("report_missing", lambda facts, now: facts.report_given),
            G("alternatives_missing", lambda facts, now: facts.alternatives > 1),
            G("costs_missing", lambda facts, now: facts.costs_given),
            G("consequences_missing", lambda facts, now: facts.consequences_given),
        ),
    ),
    Rule("declare", EARLY, None, "interpretation", OFFICERS, (DECISION, REASON)),
    Rule(
        "set_level",
        LIVE,
        None,
        "rights-matrix",
        OFFICERS,
        (
            G(
                "embargo_past",
                lambda facts, now: facts.new_embargo is None or now < facts.new_embargo,
                force=Force.INTEGRITY,
            ),
            G(
                "public_already",
                lambda facts, now: not reached(facts.embargo_until, now),
                force=Force.INTEGRITY,
                closes_at=lambda facts: facts.embargo_until,
            ),
            REASON,
        ),
    ),
    # Judged like any rule and never recorded as a step: who opened what stands in the access log alone.
    Rule(
        "open_paper",
        tuple(_S),
        None,
        "rights-matrix",
        frozenset({Role.MEMBER, Role.STAFF}),
        (G("paper_closed", lambda facts, now: facts.may_read),),
    ),
    Rule(
        "declare_conflict",
        LIVE,
        None,
        "conflict-of-interest",
        PERSON,
        (
            ENTITLED,
            REASON,
            G("barred_already", lambda facts, now: not facts.barred, force=Force.INTEGRITY),
        ),
    ),
)

SOUNDING: Rules = (
    Rule(
        "sound",
        EARLY,
        None,
        "rights-matrix",
        OFFICERS,
        (
            G("nobody_asked", lambda facts, now: facts.recipients > 0, force=Force.INTEGRITY),
            G("answer_past", lambda facts, now: not reached(facts.opinion_until, now), force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "give_opinion",
        EARLY,
        None,
        "rights-matrix",
        frozenset({Role.BRANCH_OFFICER, Role.SECRETARY}),
        (
            G("unit_not_asked", lambda facts, now: facts.asked, force=Force.INTEGRITY),
            REASON,
            # A late opinion is read too, with a word about it.
            G(
                "opinion_late",
                lambda facts, now: not reached(facts.opinion_until, now),
                force=Force.CUSTOM,
                says=lambda facts, now: {"until": facts.opinion_until},
            ),
        ),
    ),
    Rule("summarise", EARLY, None, "rights-matrix", OFFICE, (REASON,)),
)

DECIDING: Rules = (
    Rule("call_meeting", (_S.PREPARED,), _S.CALLED, "meeting-notice", OFFICERS),
    Rule(
        "decide",
        (_S.CALLED,),
        _S.DECIDED,
        "meeting-decision",
        OFFICERS,
        (
            G("outcome_missing", lambda facts, now: facts.outcome_given, force=Force.INTEGRITY),
            G("item_elsewhere", lambda facts, now: facts.item_of_body, force=Force.INTEGRITY),
            G("item_undecided", lambda facts, now: facts.item_decided, force=Force.INTEGRITY),
        ),
    ),
    Rule("withdraw", UNDONE, _S.WITHDRAWN, "rights-matrix", frozenset({Role.MOVER, Role.SECRETARY}), (REASON,)),
)

COUNCIL_DECISION: Workflow[CouncilDecisionState, CouncilDecisionFacts] = Workflow(
    name="council_decision",
    states=CouncilDecisionState,
    initial=CouncilDecisionState.RAISED,
    rules=(*PREPARING, *SOUNDING, *PROCEDURE, *DECIDING, *AFTERWARDS),
    awaits={
        _S.RAISED: Awaited(Role.SECRETARY, "prepare"),
        _S.PREPARED: Awaited(Role.PRESIDIUM, "open_procedure"),
        _S.ASKING: Awaited(Role.CLOCK, "close_procedure"),
        _S.CALLED: Awaited(Role.SECRETARY, "decide"),
        _S.DECIDED: Awaited(Role.SECRETARY, "finish"),
    },
    invites={
        _S.RAISED: (Awaited(Role.BRANCH_OFFICER, "give_opinion"),),
        _S.PREPARED: (Awaited(Role.BRANCH_OFFICER, "give_opinion"),),
        _S.ASKING: (Awaited(Role.DELEGATE, "answer"),),
        _S.DECIDED: (Awaited(Role.RESPONSIBLE, "report_back"),),
    },
    final=frozenset({_S.CLOSED, _S.WITHDRAWN}),
)
