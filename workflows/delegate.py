"""Somebody reported as a delegate (ombud) or substitute (ersättare) to one meeting."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class DelegateState(Enum):
    """Where a place in the roll stands."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RESIGNED = "resigned"
    REPLACED = "replaced"


@dataclass(frozen=True)
class DelegateFacts:
    """What the rules know of a report, of the person and of the unit's places."""

    meeting_coming: bool = True
    """Planned, called or opened: neither closed nor cancelled."""
    meeting_open: bool = False
    allotted: bool = True
    """The seats have been shared out, and the unit is one of those that send delegates."""
    taken: int = 0
    """Places of the same kind that the unit has filled already."""
    limited: bool = True
    at_most: int = 1
    """The most of that kind, where there is a limit: the seats, or for substitutes the statutes' share of them."""
    member_with_rights: bool = True
    votes_in_unit: bool = True
    old_enough: bool = True
    reported_elsewhere: bool = False
    decision_given: bool = True
    reason_given: bool = True
    received_at: datetime | None = None
    due_at: datetime | None = None
    """First moment too late for a report."""
    roll_fixed: bool = False
    late_until_roll: bool = True
    """The statutes let late reports in until the roll is fixed."""
    weight_allowed: bool = True
    proxies_allowed: bool = True
    for_the_unit_only: bool = False
    """Whoever acts does so for the unit, not for the meeting."""
    minutes_verified: bool = False

    def late(self, now: datetime) -> bool:
        """Whether the report came after its deadline."""
        return self.due_at is not None and (self.received_at or now) >= self.due_at

    def meeting_decides(self, now: datetime) -> bool:
        """Whether a late report waits for the meeting's decision."""
        return self.late(now) and (self.roll_fixed or not self.late_until_roll)


def rule_for(facts: DelegateFacts, now: datetime) -> str:
    """By which rule a report comes in: `report`, or `announce` where the meeting has to decide on it."""
    return "announce" if facts.meeting_decides(now) else "report"


_S = DelegateState
_G = Guard[DelegateFacts]
_REPORTS = frozenset({Role.BRANCH_OFFICER, Role.STAFF, Role.SECRETARY, Role.MEETING_SECRETARY})
"""The unit's own chair or secretary; the office, the board's or the meeting's secretary record a letter."""
_MEETING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY})


def _who(facts: DelegateFacts, now: datetime) -> dict[str, str]:
    """Whom a reason is about: the service fills in the member's number, and where they are; facts hold no text."""
    return {"number": ""}


_COMING = _G("meeting_over", lambda facts, now: facts.meeting_coming, force=Force.INTEGRITY)
_ALLOTTED = _G("seats_not_allotted", lambda facts, now: facts.allotted, force=Force.INTEGRITY)
_ROOM = _G(
    "no_seat_left",
    lambda facts, now: not facts.limited or facts.taken < facts.at_most,
    says=lambda facts, now: {"count": facts.at_most},
)
_ELIGIBLE = (
    _G("no_member_yet", lambda facts, now: facts.member_with_rights, "membership-effective", says=_who),
    _G("votes_elsewhere", lambda facts, now: facts.votes_in_unit, "voting-unit", says=_who),
    _G("too_young", lambda facts, now: facts.old_enough, "membership-effective", says=_who),
    _G(
        "reported_already",
        lambda facts, now: not facts.reported_elsewhere,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"number": "", "unit": ""},
    ),
)
_DECISION = _G("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
_VOTES = (
    _G("weight_too_big", lambda facts, now: facts.weight_allowed),
    _G("proxies_too_many", lambda facts, now: facts.proxies_allowed),
)
_IN_TIME_OR_BEFORE_ROLL = _G(
    "meeting_decides",
    lambda facts, now: not facts.meeting_decides(now),
    force=Force.MEETING_ORDER,
    closes_at=lambda facts: facts.due_at,
    says=lambda facts, now: {"deadline": facts.due_at},
)
_LATE = _G(
    "report_late",
    lambda facts, now: not facts.late(now),
    force=Force.CUSTOM,
    closes_at=lambda facts: facts.due_at,
    says=lambda facts, now: {"deadline": facts.due_at},
)
_FUTURE = _G(
    "received_in_future", lambda facts, now: facts.received_at is None or facts.received_at <= now, None,
    Force.INTEGRITY,
)  # fmt: skip
_SITS = _G("meeting_not_open", lambda facts, now: facts.meeting_open, force=Force.INTEGRITY)
_REASON = _G("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
_WORTHY = (_COMING, _ALLOTTED, _ROOM, *_ELIGIBLE, _DECISION, *_VOTES, _FUTURE)

DELEGATE: Workflow[DelegateState, DelegateFacts] = Workflow(
    name="delegate",
    states=DelegateState,
    initial=DelegateState.REPORTED,
    rules=(
        Rule("report", (_S.REPORTED,), _S.ACCEPTED, "delegates", _REPORTS, (*_WORTHY, _IN_TIME_OR_BEFORE_ROLL, _LATE)),
        Rule(
            "announce",
            (_S.REPORTED,),
            None,
            "delegates",
            _REPORTS,
            (*_WORTHY, _G("came_in_time", lambda facts, now: facts.meeting_decides(now), force=Force.INTEGRITY)),
        ),
        Rule("enter", (_S.REPORTED,), _S.ACCEPTED, "correction", _REPORTS, (_COMING, _ALLOTTED, _ROOM, *_ELIGIBLE)),
        Rule("accept", (_S.REPORTED,), _S.ACCEPTED, "delegates", _MEETING, (_SITS, _ROOM)),
        Rule("refuse", (_S.REPORTED,), _S.REFUSED, "delegates", _MEETING, (_SITS, _REASON)),
        Rule(
            "resign",
            (_S.REPORTED, _S.ACCEPTED),
            _S.RESIGNED,
            "delegates",
            _REPORTS | {Role.CONCERNED},
            (_COMING,),
        ),
        Rule("replace", (_S.ACCEPTED,), _S.REPLACED, "delegates", _MEETING | _REPORTS | {Role.CONCERNED}),
        Rule(
            "correct",
            (_S.ACCEPTED,),
            _S.REPLACED,
            "correction",
            _REPORTS,
            (
                _REASON,
                _G("minutes_verified", lambda facts, now: not facts.minutes_verified, force=Force.INTEGRITY),
                _G(
                    "roll_is_fixed",
                    lambda facts, now: not (facts.for_the_unit_only and facts.roll_fixed),
                    force=Force.MEETING_ORDER,
                ),
            ),
        ),
    ),
    awaits={
        _S.REPORTED: Awaited(Role.MEETING_SECRETARY, "accept"),
        _S.ACCEPTED: Awaited(Role.CONCERNED, "resign"),
    },
    invites={_S.REPORTED: (Awaited(Role.PRESIDIUM, "accept"),)},
    final=frozenset({_S.REFUSED, _S.RESIGNED, _S.REPLACED}),
)
