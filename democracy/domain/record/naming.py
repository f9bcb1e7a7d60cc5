"""What minutes call a unit or a body in passing: `Stenvika`, `DS`."""

from democracy.domain.kinds import BodyKind, UnitKind

_LEADING = ("Partiföreningen ", "Branschföreningen ", "Studentföreningen ")
_BOARDS = {
    (UnitKind.PARTY, BodyKind.BOARD): "PS",
    (UnitKind.PARTY, BodyKind.EXECUTIVE_COMMITTEE): "VU",
    (UnitKind.DISTRICT, BodyKind.BOARD): "DS",
}


def short_unit(name: str) -> str:
    """A branch without the word for what it is."""
    return next((name.removeprefix(lead) for lead in _LEADING if name.startswith(lead)), name)


def short_body(name: str, unit: UnitKind, body: BodyKind) -> str:
    """The boards of the party and of a district by their letters, other bodies by their names."""
    return _BOARDS.get((unit, body), name)
