"""Who of those present has the votes of one unit: its delegates, and substitutes for those who are not there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """A delegate's place, in the unit's order."""

    id: UUID
    member_id: UUID
    weight: int = 1
    proxies: int = 0


@dataclass(frozen=True)
class Reserve:
    """A substitute, in the order in which they step in."""

    id: UUID
    member_id: UUID


@dataclass(frozen=True)
class Vote:
    """That somebody votes now, with how many votes, and for whose place where they stand in."""

    votes: int = 1
    stands_in_for: UUID | None = None
    stands_in: bool = False


def seat(
    seats: int,
    places: Sequence[Place],
    reserves: Sequence[Reserve],
    present: Collection[UUID],
    standing: Mapping[UUID, UUID | None],
    *,
    for_good: bool = False,
) -> dict[UUID, Vote]:
    """The votes of a unit with so many seats, by member.

    Delegates who are there vote; for each seat that is left the next substitute in order does, in an absent delegate's
    place or a vacant one. `standing` has the place that each substitute stands in for now: they keep it while it is
    theirs. A delegate who comes back takes the vote back, unless substitutes step in `for_good`. The weight follows
    the place; proxies were given to a person and do not.
    """
    kept = [each for each in reserves if for_good and each.member_id in present and each.id in standing][:seats]
    taken = {standing[each.id] for each in kept}
    voting = [each for each in places if each.member_id in present and each.id not in taken][: seats - len(kept)]
    free = seats - len(voting) - len(kept)
    others = [each for each in reserves if each.member_id in present and each not in kept]
    stepping_in = [*kept, *others[:free]]
    votes = {each.member_id: Vote(each.weight + each.proxies) for each in voting}
    absent = [each for each in places if each.member_id not in present or each.id in taken]
    return votes | _paired(stepping_in, absent, standing)


def _paired(
    stepping_in: Sequence[Reserve], absent: Sequence[Place], standing: Mapping[UUID, UUID | None]
) -> dict[UUID, Vote]:
    """Whose place each substitute takes: the one that they have, else the first without anybody."""
    left = {each.id: each for each in absent}
    own: dict[UUID, Place] = {}
    for reserve in stepping_in:
        place_id = standing.get(reserve.id)
        if place_id in left and place_id is not None:
            own[reserve.id] = left.pop(place_id)
    rest = iter(left.values())
    return {reserve.member_id: _standing_in(own.get(reserve.id) or next(rest, None)) for reserve in stepping_in}


def _standing_in(place: Place | None) -> Vote:
    return Vote(place.weight, place.id, stands_in=True) if place else Vote(stands_in=True)
