"""A list for a public election (valsedelslista): names in order, each with their own consent, decided by a conference.

Women and men stand by turns where the statutes ask for equal representation, unless an exception with reasons is given.
"""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class CandidateListState(Enum):
    """Where a list stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    """Published: the conference may change it, and decides."""
    DECIDED = "decided"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class CandidateListFacts:
    """What the rules know of a list. No names: numbers, and whether there is something."""

    meeting_coming: bool = True
    meeting_open: bool = False
    decides_lists: bool = True
    """The meeting is an election conference."""
    proposed: bool = False
    names: int = 0
    most: int = 1
    names_fit: bool = True
    """Everybody is known, and stands once."""
    waits: bool = True
    """Whoever acts, or is recorded for, stands on the list and has not declined."""
    consents_missing: int = 0
    alternates: bool = True
    """Women and men by turns, as far as people have said what they are; or an exception is given."""
    exception_fits: bool = True
    """No exception is given, or the statutes allow one."""
    reason_given: bool = True


_S = CandidateListState
_P = "elections"
_KEEPERS = frozenset({Role.SECRETARY, Role.MEETING_SECRETARY})
_ROOM = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY})
_OWN = frozenset({Role.CONCERNED}) | _KEEPERS
_G = Guard[CandidateListFacts]

_SITS = _G("meeting_not_open", lambda facts, now: facts.meeting_open, force=Force.INTEGRITY)
_CHANGES = _G("meeting_changes_it", lambda facts, now: not facts.proposed or facts.meeting_open, force=Force.INTEGRITY)
_NAMED = _G("nobody_on_it", lambda facts, now: facts.names > 0, force=Force.INTEGRITY)
_CONSENT = _G(
    "consents_missing",
    lambda facts, now: facts.consents_missing == 0,
    force=Force.LAW,
    says=lambda facts, now: {"count": facts.consents_missing},
)
_TURNS = _G("not_by_turns", lambda facts, now: facts.alternates)
_EXCEPTION = _G("exception_unknown", lambda facts, now: facts.exception_fits)
_WAITS = _G("not_on_it", lambda facts, now: facts.waits, force=Force.INTEGRITY)

CANDIDATE_LIST: Workflow[CandidateListState, CandidateListFacts] = Workflow(
    name="candidate_list",
    states=CandidateListState,
    initial=CandidateListState.DRAFT,
    rules=(
        Rule("prepare", (_S.DRAFT,), None, _P, _KEEPERS, (
            _G("meeting_over", lambda facts, now: facts.meeting_coming),
            _G("no_election_conference", lambda facts, now: facts.decides_lists),
        )),
        Rule("place", (_S.DRAFT, _S.PROPOSED), None, _P, _KEEPERS | _ROOM, (
            _CHANGES,
            _G("names_do_not_fit", lambda facts, now: facts.names_fit, force=Force.INTEGRITY),
            _G(
                "too_many_names",
                lambda facts, now: facts.names <= facts.most,
                says=lambda facts, now: {"names": facts.names, "most": facts.most},
            ),
        )),
        Rule("consent", (_S.DRAFT, _S.PROPOSED), None, _P, _OWN, (_WAITS,)),
        Rule("decline", (_S.DRAFT, _S.PROPOSED), None, _P, _OWN, (_WAITS,)),
        Rule("publish", (_S.DRAFT,), _S.PROPOSED, _P, _KEEPERS, (_NAMED, _CONSENT, _EXCEPTION, _TURNS)),
        Rule("decide", (_S.PROPOSED,), _S.DECIDED, _P, _ROOM, (_SITS, _NAMED, _CONSENT, _EXCEPTION, _TURNS)),
        Rule("cancel", (_S.DRAFT, _S.PROPOSED), _S.CANCELLED, _P, _KEEPERS | _ROOM, (
            _G("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
        )),
    ),
    awaits={
        _S.DRAFT: Awaited(Role.SECRETARY, "publish"),
        _S.PROPOSED: Awaited(Role.PRESIDIUM, "decide"),
    },
    invites={
        _S.DRAFT: (Awaited(Role.CONCERNED, "consent"),),
        _S.PROPOSED: (Awaited(Role.CONCERNED, "consent"),),
    },
    final=frozenset({_S.DECIDED, _S.CANCELLED}),
)  # fmt: skip
