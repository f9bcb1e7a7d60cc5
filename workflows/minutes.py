"""The minutes of a meeting: written, signed, verified, published.

Decisions, names, figures and their order come from what happened; the secretary writes the words around them until the
text is signed. Signing fixes it. If what it says is corrected meanwhile, the signatures fall and are asked for anew.
"""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.minutes_facts import MinutesFacts, MinutesState

__all__ = ["MINUTES", "MinutesFacts", "MinutesState"]

_S = MinutesState
_WRITERS = frozenset({Role.MEETING_SECRETARY, Role.SECRETARY})
_LEADERS = frozenset({Role.MEETING_SECRETARY, Role.SECRETARY, Role.PRESIDIUM})
_DECIDERS = frozenset({Role.PRESIDIUM, Role.SECRETARY})
_SIGNERS = frozenset({Role.SIGNATORY})
_CLOSING = frozenset({Role.SIGNATORY, Role.PRESIDIUM, Role.SECRETARY, Role.CLOCK})

_CHAIR = Guard[MinutesFacts]("no_chair", lambda facts, now: facts.chairs > 0, force=Force.INTEGRITY)
_VERIFIER = Guard[MinutesFacts]("no_verifiers", lambda facts, now: facts.verifiers > 0, force=Force.INTEGRITY)
_ENOUGH = Guard[MinutesFacts](
    "few_verifiers",
    lambda facts, now: facts.verifiers >= facts.verifiers_needed,
    force=Force.CUSTOM,
    says=lambda facts, now: {"count": facts.verifiers, "needed": facts.verifiers_needed},
)
_NOT_KEPT = Guard[MinutesFacts]("item_kept", lambda facts, now: not facts.item_kept, force=Force.INTEGRITY)
_NOT_SIGNED = Guard[MinutesFacts]("signed_already", lambda facts, now: not facts.signed, force=Force.INTEGRITY)
_SAME = Guard[MinutesFacts]("text_changed", lambda facts, now: facts.text_same, force=Force.INTEGRITY)
_REASON = Guard[MinutesFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
_WAITS = Guard[MinutesFacts]("not_asked_to_sign", lambda facts, now: facts.waits_for, force=Force.INTEGRITY)
_DECISION = Guard[MinutesFacts]("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
_DUE = Guard[MinutesFacts](
    "not_due",
    lambda facts, now: facts.due_at is None or now >= facts.due_at,
    opens_at=lambda facts: facts.due_at,
    says=lambda facts, now: {"due": facts.due_at},
)
_COMPLETE = Guard[MinutesFacts](
    "signatures_missing",
    lambda facts, now: facts.outstanding == 0,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"count": facts.outstanding},
)

MINUTES: Workflow[MinutesState, MinutesFacts] = Workflow(
    name="minutes",
    states=MinutesState,
    initial=MinutesState.WRITING,
    rules=(
        Rule("edit", (_S.WRITING,), None, "minutes", _WRITERS, (_NOT_KEPT,)),
        # One § at once (omedelbar justering): its text is fixed, and signed while the meeting goes on.
        Rule(
            "verify_item_at_once",
            (_S.WRITING,),
            None,
            "minutes",
            _LEADERS,
            (
                Guard("immediate_not_allowed", lambda facts, now: facts.immediate),
                Guard("item_undecided", lambda facts, now: not facts.item_undecided, force=Force.INTEGRITY),
                _NOT_KEPT,
                _CHAIR,
                _VERIFIER,
            ),
        ),
        Rule(
            "sign_item",
            (_S.WRITING,),
            None,
            "minutes",
            _SIGNERS,
            (
                Guard("item_not_signed_at_once", lambda facts, now: facts.signing_item, force=Force.INTEGRITY),
                _NOT_SIGNED,
                _SAME,
            ),
        ),
        Rule(
            "open_signing",
            (_S.WRITING,),
            _S.SIGNING,
            "minutes",
            _LEADERS,
            (
                Guard("meeting_not_closed", lambda facts, now: facts.meeting_closed, force=Force.INTEGRITY),
                _CHAIR,
                _VERIFIER,
                _ENOUGH,
            ),
        ),
        Rule("sign", (_S.SIGNING,), None, "minutes", _SIGNERS, (_NOT_SIGNED, _SAME)),
        Rule("take_back", (_S.SIGNING,), _S.WRITING, "minutes", _LEADERS, (_REASON,)),
        # A bound event was corrected: the signatures fall, and everybody is asked anew.
        Rule(
            "renew",
            (_S.SIGNING,),
            None,
            "correction",
            _LEADERS | {Role.TELLER, Role.CLOCK},
            (Guard("nothing_changed", lambda facts, now: not facts.text_same, force=Force.INTEGRITY),),
        ),
        Rule(
            "leave_out",
            (_S.SIGNING,),
            None,
            "minutes",
            _DECIDERS | {Role.CLOCK},
            (
                _DUE,
                _WAITS,
                _NOT_SIGNED,
                Guard("not_a_verifier", lambda facts, now: facts.is_verifier, force=Force.INTEGRITY),
                Guard("nobody_verifies", lambda facts, now: facts.verifying > 0, force=Force.INTEGRITY),
                Guard("is_replaced", lambda facts, now: facts.decision_given or not facts.replace_absent),
            ),
        ),
        Rule(
            "replace",
            (_S.SIGNING,),
            None,
            "minutes",
            _DECIDERS,
            (
                _DECISION,
                _WAITS,
                _NOT_SIGNED,
                Guard("substitute_unfit", lambda facts, now: facts.substitute_fits, force=Force.INTEGRITY),
            ),
        ),
        Rule("verify", (_S.SIGNING,), _S.VERIFIED, "minutes", _CLOSING, (_COMPLETE,)),
        Rule("publish", (_S.VERIFIED,), _S.PUBLISHED, "minutes", _LEADERS | {Role.STAFF}),
    ),
    awaits={
        _S.WRITING: Awaited(Role.MEETING_SECRETARY, "open_signing"),
        _S.SIGNING: Awaited(Role.CLOCK, "verify"),
        _S.VERIFIED: Awaited(Role.SECRETARY, "publish"),
    },
    invites={
        _S.WRITING: (Awaited(Role.SIGNATORY, "sign_item"),),
        _S.SIGNING: (Awaited(Role.SIGNATORY, "sign"),),
    },
    final=frozenset({_S.PUBLISHED}),
)
