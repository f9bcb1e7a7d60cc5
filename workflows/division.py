"""A division (votering): asked for, opened by the fixed roll, answered, counted, announced; or annulled, taken again.

A figure is never changed in silence: a correction keeps both, and what the gavel has fallen on changes only by a new
decision of the meeting.
"""

from workflows import division_guards as guards
from workflows.division_facts import DivisionFacts, DivisionState
from workflows.division_guards import CHAIR, COUNTERS, VOTERS
from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow

__all__ = ["DIVISION", "DivisionFacts", "DivisionState"]

_S = DivisionState

DIVISION: Workflow[DivisionState, DivisionFacts] = Workflow(
    name="division",
    states=DivisionState,
    initial=DivisionState.ORDERED,
    rules=(
        Rule(
            "request",
            (_S.ORDERED,),
            None,
            "minority-rights",
            VOTERS,
            (
                guards.MEETING_SITS,
                guards.QUESTION_PUT,
                guards.BEFORE_THE_GAVEL,
                guards.A_VOTER_ASKS,
                guards.NOT_BARRED,
                guards.NOT_ASKED_BEFORE,
                guards.NOT_ORDERED,
                guards.RECEIVED,
            ),
        ),
        # Whoever asks for a closed vote asks for a vote.
        Rule(
            "request_secret",
            (_S.ORDERED,),
            None,
            "minority-rights",
            VOTERS,
            (
                guards.MEETING_SITS,
                guards.QUESTION_PUT,
                guards.BEFORE_THE_GAVEL,
                guards.NONE_OPEN,
                guards.SECRET_RIGHT,
                guards.A_VOTER_ASKS,
                guards.NOT_BARRED,
                guards.SECRET_NOT_ASKED,
                guards.RECEIVED,
            ),
        ),
        Rule(
            "open",
            (_S.ORDERED,),
            _S.OPEN,
            "meeting-decision",
            CHAIR,
            (
                guards.MEETING_SITS,
                guards.BEFORE_THE_GAVEL,
                guards.COMES_NEXT,
                guards.NONE_OPEN,
                guards.SOMEBODY_VOTES,
                guards.ENOUGH_PRESENT,
                guards.CLOSED_AS_ASKED,
                guards.METHOD_DECIDED,
            ),
        ),
        Rule(
            "open_trial",
            (_S.ORDERED,),
            _S.OPEN,
            "meeting-decision",
            CHAIR,
            (
                guards.MEETING_SITS,
                guards.BEFORE_THE_GAVEL,
                guards.COMES_NEXT,
                guards.NONE_OPEN,
                guards.SETTLES,
                guards.NO_CARDS_SHOWN,
            ),
        ),
        Rule(
            "count_instead",
            (_S.OPEN,),
            _S.ORDERED,
            "minority-rights",
            VOTERS,
            (guards.MEETING_SITS, guards.TRIAL, guards.A_VOTER_ASKS, guards.NOT_BARRED),
        ),
        Rule(
            "cast",
            (_S.OPEN,),
            None,
            "meeting-decision",
            VOTERS,
            (
                guards.MEETING_SITS,
                guards.NOT_SEALED,
                guards.BY_NAME,
                guards.IN_ROLL,
                guards.NOT_BARRED,
                guards.OWN_ANSWER,
            ),
        ),
        Rule(
            "enter_figures",
            (_S.OPEN, _S.CLOSED),
            None,
            "meeting-decision",
            COUNTERS,
            (guards.COUNTED_BY_TELLERS, guards.NOT_BY_URN, guards.COUNTED, guards.WITHIN_ROLL),
        ),
        Rule(
            "close",
            (_S.OPEN,),
            _S.CLOSED,
            "meeting-decision",
            CHAIR,
            (guards.COUNTED,),
        ),
        Rule(
            "commit_lot",
            (_S.ORDERED, _S.OPEN),
            None,
            "meeting-decision",
            frozenset({Role.VOTER}),
            (Guard("committed_before", lambda facts, now: not facts.committed_before),),
        ),
        Rule(
            "reveal_lot",
            (_S.CLOSED,),
            None,
            "meeting-decision",
            frozenset({Role.VOTER}),
            (Guard("share_unknown", lambda facts, now: facts.share_known),),
        ),
        Rule(
            "announce",
            (_S.CLOSED,),
            _S.ANNOUNCED,
            "meeting-decision",
            CHAIR,
            (
                guards.ALL_COUNTS,
                guards.COUNTS_AGREE,
                guards.WITHIN_ROLL,
                guards.QUORATE,
                guards.CASTING_VOTE,
                guards.NO_CASTING_VOTE,
                guards.LOT,
                guards.NO_LOT,
            ),
        ),
        Rule(
            "announce_trial",
            (_S.OPEN,),
            _S.ANNOUNCED,
            "meeting-decision",
            CHAIR,
            (
                guards.MEETING_SITS,
                guards.TRIAL,
                guards.BEFORE_THE_GAVEL,
            ),
        ),
        Rule(
            "correct_figures",
            (_S.ANNOUNCED,),
            None,
            "correction",
            CHAIR,
            (
                guards.MEETING_SITS,
                guards.COUNTED_BY_TELLERS,
                guards.NOT_BY_URN,
                guards.COUNTED,
                guards.REASON,
                guards.TELLER,
                guards.WITHIN_ROLL,
                guards.DECIDED_STANDS,
                Guard("next_item_opened", lambda facts, now: not facts.next_item_opened),
            ),
        ),
        # Once the meeting has gone on, it has to hear of the correction: the chair says both figures aloud.
        Rule(
            "correct_aloud",
            (_S.ANNOUNCED,),
            None,
            "correction",
            CHAIR,
            (
                guards.MEETING_SITS,
                guards.COUNTED_BY_TELLERS,
                guards.NOT_BY_URN,
                guards.COUNTED,
                guards.REASON,
                guards.TELLER,
                guards.WITHIN_ROLL,
                guards.DECIDED_STANDS,
            ),
        ),
        # Too few asked, or what it was about was withdrawn.
        Rule(
            "lapse",
            (_S.ORDERED,),
            _S.LAPSED,
            "meeting-decision",
            CHAIR,
            (Guard("still_possible", lambda facts, now: facts.gavel_fallen, force=Force.INTEGRITY),),
        ),
        # Until the item is closed, also when the gavel has fallen: then all that was decided on it is put again.
        Rule(
            "annul",
            (_S.ORDERED, _S.OPEN, _S.CLOSED, _S.ANNOUNCED),
            _S.ANNULLED,
            "correction",
            CHAIR,
            (
                guards.REASON,
                guards.NO_LATER_VOTE,
                Guard("item_closed", lambda facts, now: facts.item_open),
            ),
        ),
    ),
    awaits={
        _S.ORDERED: Awaited(Role.PRESIDIUM, "open"),
        _S.OPEN: Awaited(Role.PRESIDIUM, "close"),
        _S.CLOSED: Awaited(Role.PRESIDIUM, "announce"),
    },
    invites={
        _S.OPEN: (
            Awaited(Role.VOTER, "cast"),
            Awaited(Role.TELLER, "enter_figures"),
            Awaited(Role.PRESIDIUM, "announce_trial"),
        ),
        _S.CLOSED: (Awaited(Role.TELLER, "enter_figures"),),
    },
    final=frozenset({_S.ANNOUNCED, _S.ANNULLED, _S.LAPSED}),
)
