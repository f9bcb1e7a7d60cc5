"""A clerical error in verified minutes put right (rättelse av skrivfel): signed by the chair and the verifiers.

The original stays as it was signed. What a meeting decided is never changed in this way.
"""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.minutes_facts import AddendumFacts, AddendumState

__all__ = ["ADDENDUM", "AddendumFacts", "AddendumState"]

_S = AddendumState
_PROPOSERS = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY, Role.VERIFIER})
_SIGNERS = frozenset({Role.SIGNATORY})
_REASON = Guard[AddendumFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)

ADDENDUM: Workflow[AddendumState, AddendumFacts] = Workflow(
    name="addendum",
    states=AddendumState,
    initial=AddendumState.PROPOSED,
    rules=(
        Rule(
            "propose",
            (_S.PROPOSED,),
            None,
            "correction",
            _PROPOSERS,
            (
                Guard("not_verified", lambda facts, now: facts.verified, force=Force.INTEGRITY),
                Guard("text_not_found", lambda facts, now: facts.text_found, force=Force.INTEGRITY),
                Guard("same_text", lambda facts, now: facts.changes, force=Force.INTEGRITY),
                _REASON,
            ),
        ),
        Rule(
            "sign",
            (_S.PROPOSED,),
            None,
            "correction",
            _SIGNERS,
            (Guard("signed_already", lambda facts, now: not facts.signed, force=Force.INTEGRITY),),
        ),
        Rule(
            "enforce",
            (_S.PROPOSED,),
            _S.IN_FORCE,
            "correction",
            _SIGNERS,
            (
                Guard(
                    "signatures_missing",
                    lambda facts, now: facts.outstanding == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.outstanding},
                ),
            ),
        ),
        Rule("drop", (_S.PROPOSED,), _S.DROPPED, "correction", _PROPOSERS, (_REASON,)),
    ),
    awaits={_S.PROPOSED: Awaited(Role.SIGNATORY, "sign")},
    final=frozenset({_S.IN_FORCE, _S.DROPPED}),
)
