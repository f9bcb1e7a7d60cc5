"""One point that a meeting decides: debate, the order of questions, decision; and taken up again.

Its proposals have a workflow of their own, and so has each question put.
"""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.matter_facts import MatterFacts, MatterState
from workflows.proceedings_guards import BY_CHAIR, BY_PROPOSER, IN_SESSION

__all__ = ["MATTER", "MatterFacts", "MatterState"]

_S = MatterState
_UNDECIDED = (_S.OPEN, _S.DEBATE_CLOSED)

_SOMETHING_PROPOSED = Guard[MatterFacts]("no_proposal", lambda facts, now: facts.standing > 0, force=Force.INTEGRITY)
_RECONCILED = Guard[MatterFacts](
    "reconciliation_waits",
    lambda facts, now: facts.reconciling == 0,
    force=Force.CUSTOM,
    says=lambda facts, now: {"count": facts.reconciling},
)

MATTER: Workflow[MatterState, MatterFacts] = Workflow(
    name="matter",
    states=MatterState,
    initial=MatterState.OPEN,
    rules=(
        Rule("prepare", (_S.OPEN,), None, "meeting-decision", BY_CHAIR | {Role.SECRETARY, Role.CLOCK}),
        Rule(
            "close_debate",
            (_S.OPEN,),
            _S.DEBATE_CLOSED,
            "meeting-decision",
            BY_CHAIR,
            (*IN_SESSION, _RECONCILED),
        ),
        # An order that nobody has begun to follow is given up, so that new proposals can be made.
        Rule(
            "reopen_debate",
            (_S.DEBATE_CLOSED, _S.ORDERED),
            _S.OPEN,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard(
                    "question_put",
                    lambda facts, now: facts.questions_put == 0 or facts.standing == 0,
                    force=Force.INTEGRITY,
                ),
            ),
        ),
        Rule(
            "propose_order",
            (_S.DEBATE_CLOSED,),
            None,
            "meeting-decision",
            BY_CHAIR | BY_PROPOSER,
            (
                *IN_SESSION,
                _SOMETHING_PROPOSED,
                Guard("order_unfit", lambda facts, now: facts.order_fits, force=Force.INTEGRITY),
                Guard("chair_order_missing", lambda facts, now: facts.chair_proposes or facts.orders > 0),
                # The meeting has preferred another order to the chair's: only opening the debate again undoes that.
                Guard(
                    "order_chosen",
                    lambda facts, now: not facts.chair_proposes or facts.orders == 0 or facts.chair_order,
                    force=Force.INTEGRITY,
                ),
            ),
        ),
        Rule(
            "approve_order",
            (_S.DEBATE_CLOSED,),
            _S.ORDERED,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                _SOMETHING_PROPOSED,
                Guard("order_missing", lambda facts, now: facts.orders > 0, force=Force.INTEGRITY),
                Guard("rival_order_undecided", lambda facts, now: facts.orders <= 1, force=Force.INTEGRITY),
                _RECONCILED,
            ),
        ),
        Rule(
            "decide",
            (_S.ORDERED,),
            _S.DECIDED,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard(
                    "questions_left",
                    lambda facts, now: facts.questions_left == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.questions_left},
                ),
            ),
        ),
        # What was put and answered aloud in the room, recorded in one act.
        Rule(
            "decide_at_once",
            _UNDECIDED,
            _S.DECIDED,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                _SOMETHING_PROPOSED,
                Guard("winner_unfit", lambda facts, now: facts.winner_fits, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "decide_in_block",
            _UNDECIDED,
            _S.DECIDED,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard("not_in_block", lambda facts, now: facts.in_block, force=Force.INTEGRITY),
                Guard("not_recommended", lambda facts, now: facts.recommended, force=Force.INTEGRITY),
                Guard(
                    "contested",
                    lambda facts, now: facts.contested == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.contested},
                ),
            ),
        ),
        # Until the gavel, whoever may propose lifts what they want to debate out of a block.
        Rule(
            "lift",
            (_S.OPEN,),
            None,
            "meeting-decision",
            BY_CHAIR | BY_PROPOSER,
            (*IN_SESSION, Guard("not_in_block", lambda facts, now: facts.in_block, force=Force.INTEGRITY)),
        ),
        # Nobody proposes anything any longer: there is nothing to decide.
        Rule(
            "lapse",
            _UNDECIDED,
            _S.LAPSED,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard(
                    "proposals_stand",
                    lambda facts, now: facts.standing == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.standing},
                ),
            ),
        ),
        # A vote went wrong, and was annulled after the gavel: everything is put once more, without a new debate.
        Rule("vote_again", (_S.ORDERED, _S.DECIDED), _S.DEBATE_CLOSED, "correction", BY_CHAIR, IN_SESSION),
        Rule(
            "reopen",
            (_S.DECIDED, _S.LAPSED),
            _S.OPEN,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard("reopening_not_carried", lambda facts, now: facts.reopening_carried),
                Guard("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
            ),
        ),
    ),
    awaits={
        _S.OPEN: Awaited(Role.PRESIDIUM, "close_debate"),
        _S.DEBATE_CLOSED: Awaited(Role.PRESIDIUM, "approve_order"),
        _S.ORDERED: Awaited(Role.PRESIDIUM, "decide"),
    },
    invites={
        _S.OPEN: (
            Awaited(Role.PRESIDIUM, "decide_in_block"),
            Awaited(Role.PRESIDIUM, "lapse"),
            Awaited(Role.PROPOSER, "lift"),
        ),
        _S.DEBATE_CLOSED: (Awaited(Role.PRESIDIUM, "propose_order"), Awaited(Role.PROPOSER, "propose_order")),
    },
    final=frozenset({_S.DECIDED, _S.LAPSED}),
)
