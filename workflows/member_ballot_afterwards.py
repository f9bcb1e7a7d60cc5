"""What comes after a member ballot has closed: papers, objections, count, certification, publication, the end."""

from workflows.engine import Force, Guard, Role, Rule
from workflows.member_ballot_facts import MemberBallotState
from workflows.member_ballot_guards import ANSWERED, BODY, DECISION, ELECTOR, LIVE, OFFICE, OFFICERS, REASON, Rules

_S = MemberBallotState

AFTERWARDS: Rules = (
    Rule(
        "object",
        (*LIVE, _S.CLOSED, _S.COUNTED),
        None,
        "ballot-conduct",
        frozenset({Role.MEMBER, Role.SCRUTINEER, Role.SECRETARY}),
        (
            REASON,
            ELECTOR,
            Guard(
                "received_in_future",
                lambda facts, now: facts.received_at is None or facts.received_at <= now,
                force=Force.INTEGRITY,
            ),
            # What came in by post in time was in time, whenever it is written in.
            Guard(
                "objections_closed",
                lambda facts, now: (
                    facts.objections_until is None or (facts.received_at or now) < facts.objections_until
                ),
                closes_at=lambda facts: facts.objections_until,
                says=lambda facts, now: {"until": facts.objections_until},
            ),
        ),
    ),
    Rule(
        "answer_objection",
        (*LIVE, _S.CLOSED, _S.COUNTED),
        None,
        "ballot-conduct",
        BODY,
        (
            REASON,
            DECISION,
            Guard("answered_already", lambda facts, now: not facts.objection_answered, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "count_papers",
        (_S.CLOSED,),
        None,
        "ballot-conduct",
        frozenset({*OFFICERS, Role.STAFF}),
        (Guard("no_envelopes", lambda facts, now: facts.envelopes > 0, force=Force.INTEGRITY),),
    ),
    Rule(
        "count",
        (_S.CLOSED,),
        _S.COUNTED,
        "ballot-conduct",
        frozenset({Role.SECRETARY, Role.STAFF, Role.SCRUTINEER}),
        (
            Guard("urn_not_opened", lambda facts, now: facts.urn_opened, force=Force.INTEGRITY),
            Guard("paper_uncounted", lambda facts, now: facts.paper_counted, force=Force.INTEGRITY),
            Guard("papers_differ", lambda facts, now: facts.papers_agree, force=Force.INTEGRITY),
        ),
    ),
    Rule(
        "certify",
        (_S.COUNTED,),
        _S.CERTIFIED,
        "member-ballot",
        BODY,
        (
            DECISION,
            ANSWERED,
            Guard(
                "objections_still_taken",
                lambda facts, now: facts.objections_until is None or now >= facts.objections_until,
                opens_at=lambda facts: facts.objections_until,
                says=lambda facts, now: {"until": facts.objections_until},
            ),
            Guard(
                "objection_stands",
                lambda facts, now: facts.objections_annulling == 0,
                force=Force.INTEGRITY,
                says=lambda facts, now: {"count": facts.objections_annulling},
            ),
            Guard("recount_differs", lambda facts, now: facts.recount_agrees, force=Force.INTEGRITY),
            Guard("bundle_unverified", lambda facts, now: facts.bundle_verified, force=Force.INTEGRITY),
        ),
    ),
    Rule("annul", (*LIVE, _S.CLOSED, _S.COUNTED), _S.ANNULLED, "member-ballot", BODY, (DECISION, REASON)),
    Rule("publish", (_S.CERTIFIED,), _S.PUBLISHED, "ballot-conduct", OFFICE),
    Rule(
        "decide",
        (_S.PUBLISHED,),
        None,
        "member-ballot",
        BODY,
        (
            DECISION,
            REASON,
            Guard("binding_as_it_is", lambda facts, now: facts.advisory),
        ),
    ),
    Rule(
        "finish",
        (_S.PUBLISHED,),
        _S.FINAL,
        "retention",
        frozenset({Role.SECRETARY, Role.SCRUTINEER}),
        (
            Guard("body_has_not_decided", lambda facts, now: facts.body_decided or not facts.advisory),
            Guard(
                "keys_not_declared",
                lambda facts, now: facts.holders_silent == 0 or facts.silence_explained,
                force=Force.INTEGRITY,
                says=lambda facts, now: {"count": facts.holders_silent},
            ),
        ),
    ),
)
