"""An election of persons (personval): numbers first, names, acclamation or ballots, and the mandates that follow.

The nomination committee's work is a case of its own, which nobody else sees before it publishes.
"""

from workflows import election_guards as guards
from workflows.election_facts import ElectionFacts, ElectionState, VoteMethod
from workflows.election_guards import CHAIR, COUNTERS, KEEPERS, ROOM, VOTERS
from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow

__all__ = ["ELECTION", "ElectionFacts", "ElectionState", "VoteMethod"]

_S = ElectionState
_P = "elections"

ELECTION: Workflow[ElectionState, ElectionFacts] = Workflow(
    name="election",
    states=ElectionState,
    initial=ElectionState.NOMINATING,
    rules=(
        Rule(
            "prepare",
            (_S.NOMINATING,),
            None,
            _P,
            KEEPERS,
            (guards.MEETING_COMING, guards.SUBSTITUTES, guards.FILLS_IN_PLACE),
        ),
        Rule(
            "publish",
            (_S.NOMINATING,),
            _S.PROPOSED,
            _P,
            KEEPERS | {Role.NOMINATION_COMMITTEE},
            (guards.MEETING_COMING, guards.COMMITTEE_PUBLISHES, guards.NOMINATIONS_CLOSED, guards.NAMES_IN_TIME,
             guards.REPRESENTATION),
        ),
        Rule(
            "decide_numbers",
            (_S.PROPOSED,),
            None,
            _P,
            ROOM,
            (guards.MEETING_SITS, guards.SUBSTITUTES),
        ),
        Rule(
            "except_representation",
            (_S.NOMINATING, _S.PROPOSED, _S.COUNTING),
            None,
            _P,
            ROOM | {Role.NOMINATION_COMMITTEE},
            (guards.REASON, Guard("exception_unknown", lambda facts, now: facts.exception_allowed)),
        ),
        Rule(
            "acclaim",
            (_S.PROPOSED,),
            _S.ELECTED,
            _P,
            CHAIR,
            (
                guards.MEETING_SITS,
                guards.NUMBERS_DECIDED,
                guards.SOMEBODY_STANDS,
                guards.NO_MORE_THAN_SEATS,
                guards.NOBODY_ASKED,
                guards.LISTS_FIT,
                guards.WITNESSES,
                guards.REPRESENTATION,
                Guard("acclamation_unknown", lambda facts, now: facts.acclamation),
            ),
        ),
        Rule(
            "ask_secret",
            (_S.PROPOSED, _S.SECOND),
            None,
            "minority-rights",
            VOTERS,
            (
                guards.MEETING_SITS,
                Guard("secret_unknown", lambda facts, now: facts.secret_right),
                Guard("asked_before", lambda facts, now: not facts.asked_before, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "open",
            (_S.PROPOSED, _S.SECOND),
            _S.OPEN,
            _P,
            CHAIR,
            (
                guards.MEETING_SITS,
                guards.NUMBERS_DECIDED,
                guards.SOMEBODY_STANDS,
                guards.SOMEBODY_VOTES,
                guards.SECRET_ON_PAPER,
                guards.COUNTABLE,
            ),
        ),
        Rule(
            "cast",
            (_S.OPEN,),
            None,
            _P,
            frozenset({Role.VOTER}),
            (guards.MEETING_SITS, guards.ON_DEVICES, guards.IN_ROLL, guards.NAMES_FIT),
        ),
        Rule("enter_papers", (_S.OPEN,), None, _P, COUNTERS, (guards.ON_PAPER, guards.WITHIN_ROLL)),
        Rule("close", (_S.OPEN,), _S.COUNTING, _P, CHAIR, (guards.ALL_COUNTED, guards.COUNTS_AGREE)),
        Rule(
            "commit_lot",
            (_S.PROPOSED, _S.SECOND),
            None,
            _P,
            frozenset({Role.VOTER}),
            (Guard("committed_before", lambda facts, now: not facts.committed_before, force=Force.INTEGRITY),),
        ),
        Rule(
            "reveal_lot",
            (_S.COUNTING,),
            None,
            _P,
            frozenset({Role.VOTER}),
            (guards.LOT_DUE, Guard("share_unknown", lambda facts, now: facts.share_known, force=Force.INTEGRITY)),
        ),
        Rule(
            "draw_lot",
            (_S.COUNTING,),
            None,
            _P,
            CHAIR,
            (guards.LOT_DUE, guards.LOT_FITS, guards.WITNESSES),
        ),
        Rule("go_on", (_S.COUNTING,), _S.SECOND, _P, CHAIR, (guards.NO_LOT_LEFT, guards.SECOND_DUE)),
        Rule(
            "declare",
            (_S.COUNTING, _S.SECOND),
            _S.ELECTED,
            _P,
            CHAIR,
            (guards.NO_LOT_LEFT, guards.NO_SECOND, guards.LISTS_FIT, guards.REPRESENTATION),
        ),
        Rule("refer", (_S.NOMINATING, _S.PROPOSED), None, "meeting-decision", ROOM,
             (guards.MEETING_SITS, guards.REASON, guards.REFERRED_ON)),
        Rule("cancel", (_S.NOMINATING, _S.PROPOSED, _S.OPEN, _S.COUNTING, _S.SECOND), _S.CANCELLED, _P,
             KEEPERS | ROOM, (guards.REASON,)),
        Rule("seat", (_S.ELECTED,), None, _P, CHAIR),
        Rule(
            "step_in",
            (_S.ELECTED,),
            None,
            _P,
            KEEPERS,
            (
                Guard("no_vacancy", lambda facts, now: facts.vacant > 0),
                Guard("no_substitute", lambda facts, now: facts.substitute_left),
                Guard("not_next", lambda facts, now: facts.next_in_order),
            ),
        ),
        Rule(
            "fill",
            (_S.ELECTED,),
            None,
            _P,
            KEEPERS,
            (
                Guard("no_vacancy", lambda facts, now: facts.vacant > 0),
                Guard("by_election_prepared", lambda facts, now: not facts.by_election_prepared),
            ),
        ),
    ),
    awaits={
        _S.NOMINATING: Awaited(Role.SECRETARY, "publish"),
        _S.PROPOSED: Awaited(Role.PRESIDIUM, "open"),
        _S.OPEN: Awaited(Role.PRESIDIUM, "close"),
        _S.COUNTING: Awaited(Role.PRESIDIUM, "declare"),
        _S.SECOND: Awaited(Role.PRESIDIUM, "open"),
    },
    invites={
        _S.NOMINATING: (Awaited(Role.NOMINATION_COMMITTEE, "publish"),),
        _S.PROPOSED: (Awaited(Role.PRESIDIUM, "decide_numbers"), Awaited(Role.PRESIDIUM, "acclaim")),
        _S.OPEN: (Awaited(Role.VOTER, "cast"), Awaited(Role.TELLER, "enter_papers")),
        _S.COUNTING: (Awaited(Role.PRESIDIUM, "draw_lot"), Awaited(Role.PRESIDIUM, "go_on")),
        _S.ELECTED: (Awaited(Role.SECRETARY, "step_in"), Awaited(Role.SECRETARY, "fill")),
    },
    final=frozenset({_S.ELECTED, _S.CANCELLED}),
)  # fmt: skip
