"""What those who take part in a body may do there (rättighetsmatrisen)."""

import strawberry

from democracy.domain.bodies import statutes_body
from democracy.domain.kinds import BodyKind, UnitKind
from workflows.statutes import Participant, Resolved, Right


@strawberry.type(description="What whoever takes part in this capacity may do in the body, by the statutes.")
class BodyRight:
    """One row of the matrix."""

    participant: Participant = strawberry.field(description="In what capacity.")
    rights: list[Right] = strawberry.field(description="What they may do; whoever is not named may do nothing.")


def rights_of(rules: Resolved, body: BodyKind, unit: UnitKind) -> list[BodyRight]:
    """The matrix of a body; empty where the statutes say nothing of its kind."""
    kind = statutes_body(body, unit)
    matrix = rules.parameters.rights.matrix.get(kind, {}) if kind else {}
    return [BodyRight(participant=who, rights=list(may)) for who, may in matrix.items()]
