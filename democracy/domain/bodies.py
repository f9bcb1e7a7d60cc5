"""What the statutes call a body of a unit."""

from democracy.domain.kinds import BodyKind, UnitKind
from workflows.statutes import BodyKind as StatutesBody

_BOARDS = {UnitKind.PARTY: StatutesBody.PARTY_BOARD, UnitKind.DISTRICT: StatutesBody.DISTRICT_BOARD}
_KINDS = {each.value: each for each in StatutesBody}


def board_of(unit: UnitKind) -> StatutesBody:
    """The board of a unit: the statutes name it by its level."""
    return _BOARDS.get(unit, StatutesBody.LOCAL_BOARD)


def statutes_body(body: BodyKind, unit: UnitKind) -> StatutesBody | None:
    """The statutes' own name for a body. None for a body that they do not speak of."""
    return board_of(unit) if body is BodyKind.BOARD else _KINDS.get(body.value)
