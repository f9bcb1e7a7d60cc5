"""A proposal (yrkande) in a meeting: made, joined, reconciled, withdrawn, taken over; carried, lost or fallen."""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.proceedings_guards import BY_CHAIR, BY_PROPOSER, IN_SESSION
from workflows.proposal_facts import ProposalFacts, ProposalState
from workflows.proposal_guards import A_MOVER, BEFORE_THE_ORDER, MAY_BE_MADE, NO_DIVISION, OWN, RECEIVED, RIGHT

__all__ = ["PROPOSAL", "ProposalFacts", "ProposalState"]

_S = ProposalState
_BY_MOVER = frozenset({Role.MOVER, Role.MEETING_SECRETARY})

PROPOSAL: Workflow[ProposalState, ProposalFacts] = Workflow(
    name="proposal",
    states=ProposalState,
    initial=ProposalState.DRAFTED,
    rules=(
        Rule("make", (_S.DRAFTED,), _S.MADE, "rights-matrix", BY_PROPOSER, MAY_BE_MADE),
        # The board's recommendation, and what a motion asks for, stand from the start.
        Rule(
            "stand_from_start",
            (_S.DRAFTED,),
            _S.MADE,
            "board-reply",
            BY_CHAIR | {Role.SECRETARY, Role.CLOCK},
        ),
        Rule(
            "relabel",
            (_S.MADE, _S.WITHDRAWN),
            None,
            "meeting-decision",
            BY_CHAIR | BY_PROPOSER,
        ),
        Rule(
            "join",
            (_S.MADE,),
            None,
            "rights-matrix",
            BY_PROPOSER,
            (
                *IN_SESSION,
                BEFORE_THE_ORDER,
                RIGHT,
                RECEIVED,
                Guard("stands_already", lambda facts, now: not facts.stands_behind, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "leave",
            (_S.MADE,),
            None,
            "meeting-decision",
            _BY_MOVER,
            (
                *IN_SESSION,
                A_MOVER,
                NO_DIVISION,
                Guard("last_mover", lambda facts, now: facts.movers > 1, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "withdraw",
            (_S.MADE,),
            _S.WITHDRAWN,
            "meeting-decision",
            _BY_MOVER,
            (
                *IN_SESSION,
                A_MOVER,
                OWN,
                NO_DIVISION,
                Guard("others_stand", lambda facts, now: facts.movers <= 1, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "take_over",
            (_S.WITHDRAWN,),
            _S.MADE,
            "rights-matrix",
            BY_PROPOSER,
            (*IN_SESSION, BEFORE_THE_ORDER, RIGHT, RECEIVED),
        ),
        # Jämkning: one text that every mover concerned accepts, also after yrkandestopp.
        Rule(
            "reconcile",
            (_S.DRAFTED,),
            None,
            "meeting-decision",
            BY_PROPOSER,
            (
                *IN_SESSION,
                BEFORE_THE_ORDER,
                RECEIVED,
                Guard("text_missing", lambda facts, now: facts.has_text, force=Force.INTEGRITY),
                Guard("sources_missing", lambda facts, now: facts.sources > 0, force=Force.INTEGRITY),
                Guard("passage_locked", lambda facts, now: not facts.locked, paragraph="locked-text"),
            ),
        ),
        Rule(
            "accept",
            (_S.DRAFTED,),
            None,
            "meeting-decision",
            frozenset({Role.INVITED, Role.MEETING_SECRETARY}),
            (
                *IN_SESSION,
                BEFORE_THE_ORDER,
                Guard("not_asked", lambda facts, now: facts.asked, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "decline",
            (_S.DRAFTED,),
            _S.WITHDRAWN,
            "meeting-decision",
            frozenset({Role.INVITED, Role.MEETING_SECRETARY, Role.PRESIDIUM}),
        ),
        Rule(
            "settle",
            (_S.DRAFTED,),
            _S.MADE,
            "meeting-decision",
            frozenset({Role.INVITED, *BY_PROPOSER}),
            (
                *IN_SESSION,
                BEFORE_THE_ORDER,
                Guard(
                    "answers_missing",
                    lambda facts, now: facts.answers_left == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.answers_left},
                ),
            ),
        ),
        Rule("replace", (_S.MADE,), _S.RECONCILED, "meeting-decision", frozenset({Role.INVITED, *BY_PROPOSER})),
        Rule("carry", (_S.MADE,), _S.CARRIED, "meeting-decision", BY_CHAIR),
        Rule("lose", (_S.MADE,), _S.LOST, "meeting-decision", BY_CHAIR),
        Rule("fall", (_S.MADE,), _S.FALLEN, "meeting-decision", BY_CHAIR),
        Rule("restore", (_S.CARRIED, _S.LOST, _S.FALLEN), _S.MADE, "meeting-decision", BY_CHAIR),
    ),
    awaits={
        _S.DRAFTED: Awaited(Role.INVITED, "accept"),
        _S.MADE: Awaited(Role.PRESIDIUM, "carry"),
    },
    final=frozenset({_S.WITHDRAWN, _S.RECONCILED, _S.CARRIED, _S.LOST, _S.FALLEN}),
)
