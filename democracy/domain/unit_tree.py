"""What the tree of units may look like, and which bodies each kind of unit has."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from democracy.domain.kinds import BodyKind, UnitKind

K = TypeVar("K")

BRANCHES = frozenset(
    {UnitKind.LOCAL_BRANCH, UnitKind.TRADE_BRANCH, UnitKind.STUDENT_BRANCH, UnitKind.LIGHT_BRANCH}
)  # fmt: skip
"""The kinds that may become one another."""

_ABOVE: Mapping[UnitKind, frozenset[UnitKind | None]] = {
    UnitKind.PARTY: frozenset({None}),
    UnitKind.ASSOCIATION: frozenset({None}),
    # A district may run an installation of its own, without the party above it.
    UnitKind.DISTRICT: frozenset({None, UnitKind.PARTY}),
    **dict.fromkeys(BRANCHES, frozenset({UnitKind.DISTRICT, UnitKind.PARTY})),
}

_BRANCH_BODIES = {
    BodyKind.ANNUAL_MEETING: "Årsmöte",
    BodyKind.MEMBERS_MEETING: "Medlemsmöte",
    BodyKind.BOARD: "Styrelse",
    BodyKind.NOMINATION_COMMITTEE: "Valberedning",
    BodyKind.AUDITORS: "Revisorer",
}
_BODIES: Mapping[UnitKind, Mapping[BodyKind, str]] = {
    UnitKind.PARTY: {
        BodyKind.CONGRESS: "Kongress",
        BodyKind.BOARD: "Partistyrelse",
        BodyKind.EXECUTIVE_COMMITTEE: "Verkställande utskott",
        BodyKind.NOMINATION_COMMITTEE: "Valberedning",
        BodyKind.AUDITORS: "Revisorer",
    },
    UnitKind.DISTRICT: {
        BodyKind.DISTRICT_CONFERENCE: "Distriktsårskonferens",
        BodyKind.ELECTION_CONFERENCE: "Valkonferens",
        BodyKind.BOARD: "Distriktsstyrelse",
        BodyKind.REPRESENTATIVE_COUNCIL: "Representantskap",
        BodyKind.NOMINATION_COMMITTEE: "Valberedning",
        BodyKind.AUDITORS: "Revisorer",
    },
    UnitKind.ASSOCIATION: _BRANCH_BODIES,
    **dict.fromkeys(BRANCHES, _BRANCH_BODIES),
}


def may_stand_under(kind: UnitKind, parent: UnitKind | None) -> bool:
    """Whether a unit of one kind may stand right under one of another; None is the top."""
    return parent in _ABOVE[kind]


def may_become(kind: UnitKind, other: UnitKind) -> bool:
    """Whether a unit may change from one kind to another: its bodies stay what they are."""
    return kind is other or {kind, other} <= BRANCHES


def standard_bodies(kind: UnitKind) -> Mapping[BodyKind, str]:
    """The bodies that every unit of a kind has, with their Swedish names."""
    return _BODIES[kind]


def body_code(unit_code: str, kind: BodyKind) -> str:
    """The name that import files know a body by."""
    return f"{unit_code}/{kind.value}"


def above(unit: K, parents: Mapping[K, K | None]) -> Iterator[K]:
    """The unit and every unit above it, nearest first; stops where a circle closes."""
    seen: set[K] = set()
    at: K | None = unit
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        at = parents.get(at)


def in_circle(unit: K, parents: Mapping[K, K | None]) -> bool:
    """Whether a unit stands, through others, under itself."""
    return any(parents.get(each) == unit for each in above(unit, parents))


def closure(parents: Mapping[K, K | None]) -> set[tuple[K, K, int]]:
    """Every unit with every unit above it and how far, itself at distance 0. The tree must have no circle."""
    return {(unit, ancestor, far) for unit in parents for far, ancestor in enumerate(above(unit, parents))}
