"""A candidacy: nominated and asked, accepted with the pledge signed, or declined; stepped back; elected or not.

Until the names are out it is known to the nominee, to whoever nominated, and to the nomination committee alone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class CandidacyState(Enum):
    """Where a candidacy stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ELECTED = "elected"
    SUBSTITUTE = "substitute"
    NOT_ELECTED = "not_elected"
    GAVE_UP = "gave_up"
    """Elected to two posts, and chose the other."""


@dataclass(frozen=True)
class CandidacyFacts:
    """What the rules know of a candidacy."""

    received_at: datetime | None = None
    deadline: datetime | None = None
    names_out: bool = False
    """The election's names have been published: the meeting itself may add to them."""
    meeting_open: bool = False
    floor_allowed: bool = True
    """The statutes let the meeting add names."""
    nominator_named: bool = True
    """The statutes name whoever nominates: members, branches, districts."""
    decision_given: bool = True
    """For a unit: the decision of its meeting."""
    nominated_before: bool = False
    voting_begun: bool = False
    between_rounds: bool = False
    steps_back_between: bool = True
    pledge_signed: bool = True
    """The pledge in its current version is signed; or there is none."""
    pledge_current: bool = True
    """The version that was signed is still the one in force; or there is none."""
    confirmed: bool = False
    """Whoever was elected has declared that they accept."""
    text_given: bool = True
    name_may_show: bool = True
    """No protected identity; or the consent to be named to those who elect."""
    elected_elsewhere: bool = False
    """Elected to the other post that is named, at the same meeting."""


_S = CandidacyState
_OWN = frozenset({Role.CONCERNED, Role.NOMINATION_COMMITTEE, Role.SECRETARY, Role.MEETING_SECRETARY})
"""The candidate, and whoever records it for them: before the names are out the committee, where there is one."""
_CHAIR = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY})
_P = "elections"
_G = Guard[CandidacyFacts]

_VOTING = _G("voting_begun", lambda facts, now: not facts.voting_begun, force=Force.INTEGRITY)
_TWICE = _G("nominated_before", lambda facts, now: not facts.nominated_before, force=Force.INTEGRITY)

CANDIDACY: Workflow[CandidacyState, CandidacyFacts] = Workflow(
    name="candidacy",
    states=CandidacyState,
    initial=CandidacyState.ASKED,
    rules=(
        Rule(
            "nominate",
            (_S.ASKED, _S.ACCEPTED, _S.DECLINED),
            None,
            _P,
            frozenset({
                Role.MEMBER, Role.BRANCH_OFFICER, Role.SECRETARY, Role.MEETING_SECRETARY, Role.NOMINATION_COMMITTEE,
            }),
            (
                Guard(
                    "deadline_passed",
                    lambda facts, now: facts.deadline is None or (facts.received_at or now) < facts.deadline,
                    closes_at=lambda facts: facts.deadline,
                    says=lambda facts, now: {"deadline": facts.deadline or now},
                ),
                Guard("names_are_out", lambda facts, now: not facts.names_out),
                Guard("may_not_nominate", lambda facts, now: facts.nominator_named),
                Guard("decision_missing", lambda facts, now: facts.decision_given),
                _TWICE,
            ),
        ),
        Rule(
            "add",
            (_S.ASKED, _S.ACCEPTED, _S.DECLINED),
            None,
            _P,
            frozenset({Role.VOTER, Role.PROPOSER, Role.PRESIDIUM, Role.MEETING_SECRETARY}),
            (
                Guard("meeting_not_open", lambda facts, now: facts.meeting_open, force=Force.INTEGRITY),
                Guard("floor_closed", lambda facts, now: facts.floor_allowed),
                _VOTING,
                _TWICE,
            ),
        ),
        Rule("present", (_S.ASKED, _S.ACCEPTED), None, _P, _OWN, (
            _G("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY), _VOTING,
        )),
        Rule("accept", (_S.ASKED, _S.DECLINED), _S.ACCEPTED, _P, _OWN, (
            _VOTING, _G("pledge_unsigned", lambda facts, now: facts.pledge_signed),
            _G("name_hidden", lambda facts, now: facts.name_may_show, force=Force.INTEGRITY),
        )),
        Rule("sign", (_S.ACCEPTED,), None, _P, _OWN, (
            _VOTING,
            _G("pledge_unsigned", lambda facts, now: facts.pledge_signed),
            _G("pledge_signed_before", lambda facts, now: not facts.pledge_current, force=Force.INTEGRITY),
        )),
        Rule("declare_acceptance", (_S.ELECTED, _S.SUBSTITUTE), None, _P, _OWN, (
            _G("accepted_before", lambda facts, now: not facts.confirmed, force=Force.INTEGRITY),
        )),
        Rule("decline", (_S.ASKED,), _S.DECLINED, _P, _OWN),
        Rule("withdraw", (_S.ACCEPTED,), _S.WITHDRAWN, _P, _OWN, (
            _VOTING,
            _G("stays_between_rounds", lambda facts, now: not facts.between_rounds or facts.steps_back_between),
        )),
        Rule("elect", (_S.ACCEPTED,), _S.ELECTED, _P, _CHAIR),
        Rule("make_substitute", (_S.ACCEPTED,), _S.SUBSTITUTE, _P, _CHAIR),
        Rule("pass_over", (_S.ACCEPTED, _S.ASKED), _S.NOT_ELECTED, _P, _CHAIR),
        Rule("choose_other", (_S.ELECTED, _S.SUBSTITUTE), _S.GAVE_UP, _P, _OWN, (
            _G("elected_once", lambda facts, now: facts.elected_elsewhere),
        )),
    ),
    awaits={
        _S.ASKED: Awaited(Role.CONCERNED, "accept"),
        _S.ACCEPTED: Awaited(Role.PRESIDIUM, "elect"),
    },
    invites={
        _S.ASKED: (Awaited(Role.CONCERNED, "present"),),
        _S.ACCEPTED: (Awaited(Role.CONCERNED, "sign"), Awaited(Role.CONCERNED, "present")),
        _S.ELECTED: (Awaited(Role.CONCERNED, "declare_acceptance"),),
        _S.SUBSTITUTE: (Awaited(Role.CONCERNED, "declare_acceptance"),),
    },
    final=frozenset({_S.DECLINED, _S.WITHDRAWN, _S.ELECTED, _S.SUBSTITUTE, _S.NOT_ELECTED, _S.GAVE_UP}),
)  # fmt: skip
