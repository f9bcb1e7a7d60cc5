"""Who reads the result of a member ballot, and from when. Nobody before it has closed."""

from workflows.engine import Role
from workflows.member_ballot_facts import MemberBallotState
from workflows.statutes.parameters.ballots import Readers, ResultAt

_S = MemberBallotState
KEEPERS = frozenset({Role.SECRETARY, Role.STAFF, Role.SCRUTINEER, Role.BOARD})
"""Those who prepare a ballot, keep its roll, count and certify it."""
_COUNTED = frozenset({_S.COUNTED, _S.CERTIFIED, _S.PUBLISHED, _S.FINAL, _S.ANNULLED})
_PUBLISHED = frozenset({_S.PUBLISHED, _S.FINAL})


def may_read_result(state: MemberBallotState, roles: frozenset[Role], readers: Readers, at: ResultAt) -> bool:
    """Whether the result may be read in a state by somebody with these roles, as the statutes say.

    Where the statutes let a result be read from the close, that is when it has been counted; else when the certified
    result has been published.
    """
    if state not in _COUNTED:
        return False
    if roles & KEEPERS:
        return True
    out = state in _PUBLISHED or (at is ResultAt.CLOSED and state is not _S.ANNULLED)
    return out and readers is not Readers.BODY
