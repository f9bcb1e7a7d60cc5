"""A question put to the meeting: the chair names the outcome, a division may be asked for, the gavel decides."""

from collections.abc import Mapping
from datetime import datetime

from workflows.denial import Said
from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.proceedings_guards import BY_CHAIR, IN_SESSION
from workflows.question_facts import QuestionFacts, QuestionState

__all__ = ["QUESTION", "QuestionFacts", "QuestionState"]

_S = QuestionState
_NOT_COUNTED = Guard[QuestionFacts]("already_counted", lambda facts, now: not facts.counted, force=Force.INTEGRITY)
_NONE_OPEN = Guard[QuestionFacts]("division_open", lambda facts, now: not facts.division_open, force=Force.INTEGRITY)


def _quorum(facts: QuestionFacts, now: datetime) -> Mapping[str, Said]:
    return {"count": facts.present, "needed": facts.present_needed}


_QUORUM: tuple[Guard[QuestionFacts], ...] = (
    Guard("too_few_present", lambda facts, now: facts.enough_present or not facts.quorum_binds, says=_quorum),
    # Who was there is asked when somebody counts; before that it is good order to look.
    Guard(
        "quorum_doubtful",
        lambda facts, now: facts.enough_present or facts.quorum_binds,
        force=Force.CUSTOM,
        says=_quorum,
    ),
)

QUESTION: Workflow[QuestionState, QuestionFacts] = Workflow(
    name="question",
    states=QuestionState,
    initial=QuestionState.WAITING,
    rules=(
        Rule(
            "put",
            (_S.WAITING,),
            _S.PUT,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard("earlier_undecided", lambda facts, now: facts.earlier_left == 0, force=Force.INTEGRITY),
            ),
        ),
        # Named anew as long as the gavel has not fallen: a trial vote may show another winner.
        Rule(
            "name",
            (_S.PUT, _S.NAMED),
            _S.NAMED,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard("named_unfit", lambda facts, now: facts.named_fits, force=Force.INTEGRITY),
                _NOT_COUNTED,
            ),
        ),
        Rule(
            "ask_division",
            (_S.PUT, _S.NAMED),
            _S.DIVIDING,
            "meeting-decision",
            frozenset({Role.VOTER, *BY_CHAIR}),
            (*IN_SESSION, _NOT_COUNTED),
        ),
        Rule(
            "approve_voting",
            (_S.DIVIDING,),
            None,
            "meeting-decision",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard("naming_unfinished", lambda facts, now: facts.named_last, force=Force.INTEGRITY),
                Guard("single_vote", lambda facts, now: facts.votes > 1, force=Force.INTEGRITY),
                Guard("voting_approved", lambda facts, now: not facts.voting_approved, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "count",
            (_S.DIVIDING,),
            _S.NAMED,
            "meeting-decision",
            BY_CHAIR,
            (
                Guard(
                    "votes_left",
                    lambda facts, now: facts.votes_left == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.votes_left},
                ),
            ),
        ),
        # A show of cards that nobody counted: whoever has a vote may still have a count.
        Rule("show", (_S.DIVIDING,), _S.NAMED, "meeting-decision", BY_CHAIR, IN_SESSION),
        # A vote of the chain was annulled, or figures corrected: it is voted on.
        Rule("vote_again", (_S.NAMED,), _S.DIVIDING, "correction", BY_CHAIR),
        # What was named has been withdrawn.
        Rule("put_again", (_S.PUT, _S.NAMED), _S.PUT, "meeting-decision", BY_CHAIR),
        Rule("gavel", (_S.NAMED,), _S.DECIDED, "meeting-decision", BY_CHAIR, (*IN_SESSION, _NONE_OPEN, *_QUORUM)),
        # The gavel was forgotten: opening the next item asks, and the chair confirms.
        Rule("confirm", (_S.NAMED,), _S.DECIDED, "correction", BY_CHAIR, (*IN_SESSION, _NONE_OPEN, *_QUORUM)),
        Rule(
            "fall",
            (_S.WAITING, _S.PUT, _S.NAMED, _S.DIVIDING),
            _S.FALLEN,
            "meeting-decision",
            BY_CHAIR,
        ),
    ),
    awaits={
        _S.WAITING: Awaited(Role.PRESIDIUM, "put"),
        _S.PUT: Awaited(Role.PRESIDIUM, "name"),
        _S.NAMED: Awaited(Role.PRESIDIUM, "gavel"),
        _S.DIVIDING: Awaited(Role.PRESIDIUM, "count"),
    },
    invites={
        _S.PUT: (Awaited(Role.VOTER, "ask_division"),),
        _S.NAMED: (Awaited(Role.VOTER, "ask_division"),),
        _S.DIVIDING: (Awaited(Role.PRESIDIUM, "approve_voting"),),
    },
    final=frozenset({_S.DECIDED, _S.FALLEN}),
)
