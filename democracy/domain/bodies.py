"""What the statutes call a body of a unit."""

from democracy.domain.kinds import BodyKind, UnitKind
from workflows.statutes import BodyKind as StatutesBody

_BOARDS = {UnitKind.PARTY: StatutesBody.PARTY_BOARD, UnitKind.DISTRICT: StatutesBody.DISTRICT_BOARD}
_KINDS = {each.value: each for each in StatutesBody}


def statutes_body(body: BodyKind, unit: UnitKind) -> StatutesBody | None:
    """The statutes' own name for it: a board is named by its level. None for a body that they do not speak of."""
    return _BOARDS.get(unit, StatutesBody.LOCAL_BOARD) if body is BodyKind.BOARD else _KINDS.get(body.value)
