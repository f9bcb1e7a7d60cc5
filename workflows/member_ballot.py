"""A member ballot (medlemsomröstning): ordered or demanded, prepared, open, counted, certified, published."""

from datetime import datetime

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.member_ballot_facts import MemberBallotFacts, MemberBallotState

__all__ = ["MEMBER_BALLOT", "MemberBallotFacts", "MemberBallotState"]

_S = MemberBallotState
_OFFICE = frozenset({Role.SECRETARY, Role.STAFF})
_BODY = frozenset({Role.SECRETARY})
"""Whoever records the ordering body's decisions: staff prepare and execute, they never decide."""
_OFFICERS = frozenset({Role.SECRETARY, Role.BOARD, Role.SCRUTINEER})
"""Two of them, together, correct an electorate that has been announced."""
_BRANCH = frozenset({Role.BRANCH_OFFICER, Role.SECRETARY})
_CLOCK = frozenset({Role.CLOCK, Role.SECRETARY})
_LIVE = (_S.ANNOUNCED, _S.OPEN)
_BEFORE = (_S.DRAFT, _S.COLLECTING, _S.ORDERED, _S.ANNOUNCED)


def _reached(at: datetime | None, now: datetime) -> bool:
    return at is not None and now >= at


_DECISION = Guard[MemberBallotFacts]("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
_REASON = Guard[MemberBallotFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
_TWO_OFFICERS = Guard[MemberBallotFacts](
    "second_officer_missing",
    lambda facts, now: facts.officers >= 2,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"count": 2 - facts.officers},
)
_OPEN_YET = Guard[MemberBallotFacts](
    "not_yet_time",
    lambda facts, now: _reached(facts.opens_at, now),
    force=Force.INTEGRITY,
    opens_at=lambda facts: facts.opens_at,
    says=lambda facts, now: {"opens": facts.opens_at},
)
_NOT_CLOSED = Guard[MemberBallotFacts](
    "closing_passed",
    lambda facts, now: not _reached(facts.closes_at, now),
    force=Force.INTEGRITY,
    closes_at=lambda facts: facts.closes_at,
    says=lambda facts, now: {"closes": facts.closes_at},
)
_ELECTOR = Guard[MemberBallotFacts]("not_an_elector", lambda facts, now: facts.is_elector, paragraph="voting-unit")
_ANSWERED = Guard[MemberBallotFacts](
    "objections_unanswered",
    lambda facts, now: facts.objections_open == 0,
    says=lambda facts, now: {"count": facts.objections_open},
)

ORDERING: tuple[Rule[_S, MemberBallotFacts], ...] = (
    Rule("edit", (_S.DRAFT, _S.COLLECTING, _S.ORDERED), None, "ballot-conduct", _OFFICE),
    Rule(
        "order",
        (_S.DRAFT,),
        _S.ORDERED,
        "member-ballot",
        _BODY,
        (
            Guard("body_may_not_order", lambda facts, now: facts.body_may_order),
            Guard("route_closed", lambda facts, now: facts.route_open),
            Guard("no_majority_in_sight", lambda facts, now: facts.majority_possible),
            _DECISION,
        ),
    ),
    Rule(
        "demand",
        (_S.DRAFT,),
        _S.COLLECTING,
        "member-ballot",
        _BRANCH,
        (Guard("no_right_to_demand", lambda facts, now: facts.demand_possible), _DECISION),
    ),
    Rule(
        "support",
        (_S.COLLECTING,),
        None,
        "member-ballot",
        _BRANCH,
        (
            _DECISION,
            Guard("supports_already", lambda facts, now: not facts.supports_already, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "withdraw_support",
        (_S.COLLECTING,),
        None,
        "member-ballot",
        _BRANCH,
        (_DECISION, Guard("supports_not", lambda facts, now: facts.supports_already, force=Force.INTEGRITY)),
    ),
    Rule(
        "meet_demand",
        (_S.COLLECTING,),
        _S.ORDERED,
        "member-ballot",
        frozenset({Role.CLOCK, Role.SECRETARY, Role.BRANCH_OFFICER}),
        (
            Guard(
                "support_too_small",
                lambda facts, now: 0 < facts.support_needed <= facts.supported,
                says=lambda facts, now: {"supported": facts.supported, "needed": facts.support_needed},
            ),
        ),
    ),
)

PREPARING: tuple[Rule[_S, MemberBallotFacts], ...] = (
    Rule("inform", (_S.COLLECTING, _S.ORDERED), None, "ballot-conduct", _OFFICE),
    Rule("fix_electorate", (_S.ORDERED,), None, "voting-unit", _OFFICE),
    Rule(
        "announce",
        (_S.ORDERED,),
        _S.ANNOUNCED,
        "ballot-conduct",
        _BODY,
        (
            Guard("question_missing", lambda facts, now: facts.questions > 0, force=Force.INTEGRITY),
            Guard(
                "question_incomplete",
                lambda facts, now: facts.questions_incomplete == 0,
                force=Force.INTEGRITY,
                says=lambda facts, now: {"count": facts.questions_incomplete},
            ),
            Guard(
                "side_not_heard",
                lambda facts, now: facts.sides_without_information == 0,
                says=lambda facts, now: {"count": facts.sides_without_information},
            ),
            Guard("electorate_not_fixed", lambda facts, now: facts.electorate_fixed, force=Force.INTEGRITY),
            Guard("nobody_entitled", lambda facts, now: facts.electors > 0, force=Force.INTEGRITY),
            Guard(
                "times_missing",
                lambda facts, now: facts.opens_at is not None and facts.closes_at is not None,
                force=Force.INTEGRITY,
            ),
            Guard(
                "open_too_short",
                lambda facts, now: (
                    facts.closes_at is None or facts.shortest is None or facts.closes_at >= facts.shortest
                ),
                says=lambda facts, now: {"earliest": facts.shortest},
            ),
            Guard(
                "embargo_too_long",
                lambda facts, now: (
                    facts.embargo_until is None or facts.opens_at is None or facts.embargo_until <= facts.opens_at
                ),
                force=Force.INTEGRITY,
                says=lambda facts, now: {"until": facts.embargo_until},
            ),
            Guard(
                "opens_in_the_past",
                lambda facts, now: facts.opens_at is None or now < facts.opens_at,
                force=Force.INTEGRITY,
                closes_at=lambda facts: facts.opens_at,
            ),
        ),
    ),
    Rule("propose_correction", _LIVE, None, "voting-unit", _OFFICERS, (_REASON,)),
    Rule("correct_electorate", _LIVE, None, "voting-unit", _OFFICERS, (_TWO_OFFICERS,)),
    Rule("cancel", _BEFORE, _S.CANCELLED, "member-ballot", _BODY, (_DECISION, _REASON)),
)

VOTING: tuple[Rule[_S, MemberBallotFacts], ...] = (
    Rule(
        "open",
        (_S.ANNOUNCED,),
        _S.OPEN,
        "ballot-conduct",
        _CLOCK,
        (
            _OPEN_YET,
            Guard("urn_not_ready", lambda facts, now: facts.urn_ready, force=Force.INTEGRITY),
            Guard("digest_unpublished", lambda facts, now: facts.digest_published, force=Force.INTEGRITY),
        ),
    ),
    # Judged like any rule, and never recorded as a step: what is written beside a secret vote betrays it.
    Rule(
        "cast",
        # By the time alone: whether the clock has come to write that it is open matters to no voter.
        (_S.ANNOUNCED, _S.OPEN),
        None,
        "ballot-conduct",
        frozenset({Role.MEMBER}),
        (
            _ELECTOR,
            _OPEN_YET,
            _NOT_CLOSED,
            Guard("voted_by_post", lambda facts, now: not facts.slot_void, force=Force.INTEGRITY),
        ),
    ),
    Rule("remind", (_S.OPEN,), None, "ballot-conduct", frozenset({Role.CLOCK, Role.SECRETARY, Role.STAFF})),
    Rule(
        "mark_postal",
        (_S.OPEN,),
        None,
        "ballot-conduct",
        _OFFICE,
        (
            _ELECTOR,
            # The first that was received counts: the envelope is set aside unopened.
            Guard("voted_already", lambda facts, now: not facts.slot_used, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "extend",
        (_S.OPEN,),
        None,
        "ballot-conduct",
        _BODY,
        (
            _REASON,
            _DECISION,
            Guard(
                "only_later",
                lambda facts, now: (
                    facts.new_close is None or facts.closes_at is None or facts.new_close > facts.closes_at
                ),
                force=Force.INTEGRITY,
            ),
            _NOT_CLOSED,
        ),
    ),
    Rule(
        "close",
        (_S.OPEN,),
        _S.CLOSED,
        "ballot-conduct",
        _CLOCK,
        (
            Guard(
                "still_open",
                lambda facts, now: _reached(facts.closes_at, now),
                force=Force.INTEGRITY,
                opens_at=lambda facts: facts.closes_at,
                says=lambda facts, now: {"closes": facts.closes_at},
            ),
        ),
    ),
)

AFTERWARDS: tuple[Rule[_S, MemberBallotFacts], ...] = (
    Rule(
        "object",
        (*_LIVE, _S.CLOSED, _S.COUNTED),
        None,
        "ballot-conduct",
        frozenset({Role.MEMBER, Role.SCRUTINEER, Role.SECRETARY}),
        (
            _REASON,
            _ELECTOR,
            Guard(
                "objections_closed",
                lambda facts, now: facts.objections_until is None or now < facts.objections_until,
                closes_at=lambda facts: facts.objections_until,
                says=lambda facts, now: {"until": facts.objections_until},
            ),
        ),
    ),
    Rule("answer_objection", (*_LIVE, _S.CLOSED, _S.COUNTED), None, "ballot-conduct", _BODY, (_REASON,)),
    Rule(
        "count",
        (_S.CLOSED,),
        _S.COUNTED,
        "ballot-conduct",
        frozenset({Role.SECRETARY, Role.STAFF, Role.SCRUTINEER}),
        (
            Guard("urn_not_opened", lambda facts, now: facts.urn_opened, force=Force.INTEGRITY),
            Guard("paper_uncounted", lambda facts, now: facts.paper_counted, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "certify",
        (_S.COUNTED,),
        _S.CERTIFIED,
        "member-ballot",
        _BODY,
        (
            _DECISION,
            _ANSWERED,
            Guard(
                "objections_still_taken",
                lambda facts, now: facts.objections_until is None or now >= facts.objections_until,
                opens_at=lambda facts: facts.objections_until,
                says=lambda facts, now: {"until": facts.objections_until},
            ),
            Guard("recount_differs", lambda facts, now: facts.recount_agrees, force=Force.INTEGRITY),
            Guard("bundle_unverified", lambda facts, now: facts.bundle_verified, force=Force.INTEGRITY),
        ),
    ),
    Rule("annul", (*_LIVE, _S.CLOSED, _S.COUNTED), _S.ANNULLED, "member-ballot", _BODY, (_DECISION, _REASON)),
    Rule("publish", (_S.CERTIFIED,), _S.PUBLISHED, "ballot-conduct", _OFFICE),
    Rule(
        "decide",
        (_S.PUBLISHED,),
        None,
        "member-ballot",
        _BODY,
        (
            _DECISION,
            _REASON,
            Guard("binding_as_it_is", lambda facts, now: facts.advisory),
        ),
    ),
    Rule(
        "finish",
        (_S.PUBLISHED,),
        _S.FINAL,
        "retention",
        frozenset({Role.SECRETARY, Role.SCRUTINEER}),
        (Guard("body_has_not_decided", lambda facts, now: facts.body_decided or not facts.advisory),),
    ),
)

MEMBER_BALLOT: Workflow[MemberBallotState, MemberBallotFacts] = Workflow(
    name="member_ballot",
    states=MemberBallotState,
    initial=MemberBallotState.DRAFT,
    rules=(*ORDERING, *PREPARING, *VOTING, *AFTERWARDS),
    awaits={
        _S.DRAFT: Awaited(Role.SECRETARY, "order"),
        _S.COLLECTING: Awaited(Role.BRANCH_OFFICER, "support"),
        _S.ORDERED: Awaited(Role.SECRETARY, "announce"),
        _S.ANNOUNCED: Awaited(Role.CLOCK, "open"),
        _S.OPEN: Awaited(Role.CLOCK, "close"),
        _S.CLOSED: Awaited(Role.SECRETARY, "count"),
        _S.COUNTED: Awaited(Role.SECRETARY, "certify"),
        _S.CERTIFIED: Awaited(Role.SECRETARY, "publish"),
        _S.PUBLISHED: Awaited(Role.SECRETARY, "finish"),
    },
    invites={
        _S.OPEN: (Awaited(Role.MEMBER, "cast"),),
    },
    final=frozenset({_S.FINAL, _S.CANCELLED, _S.ANNULLED}),
)
