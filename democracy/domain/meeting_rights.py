"""What somebody may do in a meeting: the statutes' rights matrix joined with their capacities in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from democracy.domain.bodies import board_of
from democracy.domain.kinds import UnitKind
from workflows.statutes.kinds import BodyKind, MeetingKind, Participant, Right

Matrix = Mapping[Participant, tuple[Right, ...]]


def body_of(meeting: MeetingKind, unit: UnitKind) -> BodyKind:
    """The kind of body, in the statutes' words, that meets in a unit of a kind."""
    return meeting.body or board_of(unit)


@dataclass(frozen=True)
class MeetingRights:
    """The four rights, and the capacity that gives the most of them."""

    participant: Participant
    attends: bool = False
    if_room: bool = False
    """May attend while there is room, and not otherwise."""
    speaks: bool = False
    proposes: bool = False
    votes: bool = False
    speaks_as_mover: bool = False
    """May speak, but only on the item of a motion of their own."""


def rights_of(
    matrix: Matrix, capacities: Collection[Participant], seated: Collection[Participant] = ()
) -> MeetingRights:
    """What follows from every capacity together. Those `seated` ex officio have a delegate's rights."""
    rows = {each: set(matrix.get(each, ())) for each in Participant if each in capacities}
    for each in rows.keys() & set(seated):
        rows[each] |= set(matrix.get(Participant.DELEGATE, ()))
    # A mover speaks in their own item: that is not a right to speak on everything.
    general = {each: rights for each, rights in rows.items() if each is not Participant.MOVER}
    every = set[Right]().union(*general.values())
    mover = rows.get(Participant.MOVER, set())
    attends = Right.ATTEND in every | mover
    return MeetingRights(
        participant=_strongest(rows),
        attends=attends,
        if_room=not attends and Right.ATTEND_IF_ROOM in every | mover,
        speaks=Right.SPEAK in every,
        proposes=Right.PROPOSE in every,
        votes=Right.VOTE in every,
        speaks_as_mover=Right.SPEAK in mover and Right.SPEAK not in every,
    )


def _strongest(rows: Mapping[Participant, set[Right]]) -> Participant:
    """The capacity with the most rights, of several the first in the statutes' order; a guest has none."""
    return max(rows, key=lambda each: len(rows[each]), default=Participant.GUEST)
