"""A proposal (yrkande) in a meeting: made, joined, reconciled, withdrawn, taken over."""

from enum import Enum


class ProposalState(Enum):
    """Where a proposal (yrkande) stands."""

    MADE = "made"
    WITHDRAWN = "withdrawn"
    RECONCILED = "reconciled"
    CARRIED = "carried"
    LOST = "lost"
    FALLEN = "fallen"
