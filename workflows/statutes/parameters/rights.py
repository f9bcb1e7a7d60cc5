"""Who may do what in which body."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.statutes.kinds import BodyKind, Level, Participant, Right


@dataclass(frozen=True)
class Rights:
    """The rights matrix, and who reads the statutes where they are unclear.

    `matrix` gives each kind of body the rights of those who take part in it: who is not named has none.
    `interpreted_by` names, for each level, the body that settles an unclear paragraph; `statutes_waived_by` the bodies
    that may set a rule of the statutes aside where they allow it.
    """

    matrix: Mapping[BodyKind, Mapping[Participant, tuple[Right, ...]]]
    interpreted_by: Mapping[Level, BodyKind]
    statutes_waived_by: tuple[BodyKind, ...] = ()

    def allows(self, body: BodyKind, participant: Participant, right: Right) -> bool:
        """Whether somebody who takes part in that capacity has the right in the body."""
        return right in self.matrix.get(body, {}).get(participant, ())
