"""Who keeps a place in a council whose size follows the political position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Seat:
    """Somebody's place in the council, for their branch."""

    mandate_id: UUID
    member_id: UUID
    name: str


@dataclass(frozen=True)
class BranchSeats:
    """A branch before and after."""

    unit_id: UUID
    name: str
    members: int
    before: int
    after: int
    leaving: tuple[Seat, ...]
    """Those who lose their place: the last in the branch's own order."""

    @property
    def to_elect(self) -> int:
        """Places that the branch is to fill."""
        return max(0, self.after - self.before)


def changed_seats(
    branches: Sequence[tuple[UUID, str, int]], allotted: Mapping[UUID, int], held: Mapping[UUID, Sequence[Seat]]
) -> list[BranchSeats]:
    """What becomes of each branch's places, where `held` has them in the branch's own order."""
    found = []
    for unit_id, name, members in branches:
        now, after = tuple(held.get(unit_id, ())), allotted.get(unit_id, 0)
        found.append(BranchSeats(unit_id, name, members, len(now), after, now[after:]))
    return found
