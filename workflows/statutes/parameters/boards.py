"""Boards: when they can decide, and who steps aside."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.statutes.kinds import Until
from workflows.statutes.majority import Share


class Conflict(StrEnum):
    """A ground on which somebody takes no part in a decision."""

    OWN_MATTER = "own_matter"
    CLOSE_RELATION = "close_relation"
    TOOK_PART_BELOW = "took_part_below"
    OWN_DISCHARGE = "own_discharge"
    EMPLOYED_BY_PARTY_CONCERNED = "employed_by_party_concerned"


@dataclass(frozen=True)
class Boards:
    """What holds for boards and their committees.

    `quorum` is the share of the board's members that has to take part. Whoever is barred on one of the `conflicts` is
    taken off what that share is counted of if `barred_leave_quorum`. A reservation is recorded `reservation_until`.
    """

    quorum: Share
    reservation_until: Until
    conflicts: tuple[Conflict, ...]
    barred_leave_quorum: bool
    mover_may_decide_own_motion: bool
    required_roles: tuple[str, ...] = ()
