"""A member ballot (medlemsomröstning): ordered or demanded, prepared, open, counted, certified, published."""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.member_ballot_afterwards import AFTERWARDS
from workflows.member_ballot_facts import MemberBallotFacts, MemberBallotState
from workflows.member_ballot_guards import (
    BEFORE,
    BEFORE_THE_LISTS,
    BODY,
    BRANCH,
    CLOCK,
    DECISION,
    DIGEST_AGREES,
    ELECTOR,
    IN_TIME,
    LIVE,
    NOT_CLOSED,
    NOT_TWICE,
    NOT_VOTED,
    OFFICE,
    OFFICERS,
    OPEN_YET,
    REASON,
    SENDER,
    SLOT_THERE,
    TWO_OFFICERS,
    URN_READY,
    Rules,
    reached,
)

__all__ = ["MEMBER_BALLOT", "MemberBallotFacts", "MemberBallotState"]

_S = MemberBallotState

ORDERING: Rules = (
    Rule("edit", (_S.DRAFT, _S.COLLECTING, _S.ORDERED), None, "ballot-conduct", OFFICE),
    Rule(
        "order",
        (_S.DRAFT,),
        _S.ORDERED,
        "member-ballot",
        BODY,
        (
            Guard("body_may_not_order", lambda facts, now: facts.body_may_order),
            Guard("route_closed", lambda facts, now: facts.route_open),
            Guard("no_majority_in_sight", lambda facts, now: facts.majority_possible),
            DECISION,
        ),
    ),
    Rule(
        "demand",
        (_S.DRAFT,),
        _S.COLLECTING,
        "member-ballot",
        BRANCH,
        (Guard("no_right_to_demand", lambda facts, now: facts.demand_possible), DECISION),
    ),
    Rule(
        "support",
        (_S.COLLECTING,),
        None,
        "member-ballot",
        BRANCH,
        (
            DECISION,
            Guard("supports_already", lambda facts, now: not facts.supports_already, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "withdraw_support",
        (_S.COLLECTING,),
        None,
        "member-ballot",
        BRANCH,
        (DECISION, Guard("supports_not", lambda facts, now: facts.supports_already, force=Force.INTEGRITY)),
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

PREPARING: Rules = (
    Rule("inform", (_S.COLLECTING, _S.ORDERED), None, "ballot-conduct", OFFICE),
    Rule("fix_electorate", (_S.ORDERED,), None, "voting-unit", OFFICE),
    Rule(
        "announce",
        (_S.ORDERED,),
        _S.ANNOUNCED,
        "ballot-conduct",
        BODY,
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
    Rule("propose_correction", LIVE, None, "voting-unit", OFFICERS, (REASON,)),
    Rule("correct_electorate", LIVE, None, "voting-unit", OFFICERS, (TWO_OFFICERS,)),
    Rule("cancel", BEFORE, _S.CANCELLED, "member-ballot", BODY, (DECISION, REASON)),
)

VOTING: Rules = (
    # Shortly before it opens, by people; the clock does the same when it opens it.
    Rule(
        "check",
        (_S.ANNOUNCED,),
        None,
        "ballot-conduct",
        frozenset({*OFFICE, Role.SCRUTINEER}),
        (URN_READY, DIGEST_AGREES),
    ),
    Rule(
        "open",
        (_S.ANNOUNCED,),
        _S.OPEN,
        "ballot-conduct",
        CLOCK,
        (
            OPEN_YET,
            URN_READY,
            Guard("digest_unpublished", lambda facts, now: facts.digest_published, force=Force.INTEGRITY),
            DIGEST_AGREES,
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
            ELECTOR,
            OPEN_YET,
            NOT_CLOSED,
            Guard("voted_by_post", lambda facts, now: not facts.slot_void, force=Force.INTEGRITY),
            Guard("slot_struck", lambda facts, now: not facts.slot_struck, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "remind",
        (_S.OPEN,),
        None,
        "ballot-conduct",
        frozenset({Role.CLOCK, Role.SECRETARY, Role.STAFF}),
        (
            NOT_CLOSED,
            Guard(
                "reminded_lately",
                lambda facts, now: reached(facts.next_reminder, now) or facts.next_reminder is None,
                opens_at=lambda facts: facts.next_reminder,
                says=lambda facts, now: {"next": facts.next_reminder},
            ),
        ),
    ),
    # The first vote that was received counts: with a digital one in the urn the envelope is set aside unopened.
    Rule(
        "mark_postal",
        (_S.OPEN, _S.CLOSED),
        None,
        "ballot-conduct",
        OFFICE,
        (SENDER, NOT_VOTED, NOT_TWICE, SLOT_THERE, IN_TIME, BEFORE_THE_LISTS),
    ),
    Rule("set_aside", (_S.OPEN, _S.CLOSED), None, "ballot-conduct", OFFICE),
    Rule(
        "extend",
        (_S.OPEN,),
        None,
        "ballot-conduct",
        BODY,
        (
            REASON,
            DECISION,
            Guard(
                "only_later",
                lambda facts, now: (
                    facts.new_close is None or facts.closes_at is None or facts.new_close > facts.closes_at
                ),
                force=Force.INTEGRITY,
            ),
            NOT_CLOSED,
        ),
    ),
    Rule(
        "close",
        (_S.OPEN,),
        _S.CLOSED,
        "ballot-conduct",
        CLOCK,
        (
            Guard(
                "still_open",
                lambda facts, now: reached(facts.closes_at, now),
                force=Force.INTEGRITY,
                opens_at=lambda facts: facts.closes_at,
                says=lambda facts, now: {"closes": facts.closes_at},
            ),
        ),
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
