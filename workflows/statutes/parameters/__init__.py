"""Everything that rules read from the statutes, grouped by area."""

from dataclasses import dataclass

from workflows.statutes.parameters.appeals import Appeals
from workflows.statutes.parameters.ballots import MemberBallots, WrittenProcedure
from workflows.statutes.parameters.boards import Boards
from workflows.statutes.parameters.delegates import Delegates
from workflows.statutes.parameters.elections import Elections
from workflows.statutes.parameters.meetings import Meetings, Minutes
from workflows.statutes.parameters.membership import Membership
from workflows.statutes.parameters.minorities import Minorities
from workflows.statutes.parameters.motions import Motions
from workflows.statutes.parameters.order import Adoption, Founding, Retention, StatutesChange
from workflows.statutes.parameters.rights import Rights


@dataclass(frozen=True)
class Parameters:
    """The parameters of a resolved set, complete and typed.

    A group that is None is a matter that the statutes leave out: no written procedure, no new units, no ballots.
    """

    rights: Rights
    membership: Membership
    motions: Motions
    meetings: Meetings
    minutes: Minutes
    boards: Boards
    delegates: Delegates
    minorities: Minorities
    elections: Elections
    appeals: Appeals
    adoption: Adoption
    statutes_change: StatutesChange
    retention: Retention
    member_ballots: MemberBallots | None = None
    written_procedure: WrittenProcedure | None = None
    founding: Founding | None = None


__all__ = ["Parameters"]
