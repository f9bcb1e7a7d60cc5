"""Turnout by unit: once a day, and only where so many stand together that nobody is told apart."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.services.ballots.roll_state import standings
from democracy.services.urns.seeds import Seeds
from democracy.storage import ballot_turnout
from democracy.storage.tables.ballot import BallotTurnoutRow
from democracy.storage.unit_of_work import Unit

SET_SIZE = 20
"""Units with fewer in the electorate are shown together."""
FEW = 5
"""Fewer than so many voted, or left, are never written down."""


@dataclass(frozen=True)
class Group:
    """One unit, or several small ones; `voted` is None where it would tell too much."""

    units: tuple[UUID, ...]
    electors: int
    voted: int | None


def grouped(electors: Mapping[UUID, int], voted: Mapping[UUID, int]) -> list[Group]:
    """Units by themselves where they are large enough; the small ones in one pool, filled up from the smallest.

    The largest first; the pool last. A pool that nobody can fill is shown by nobody.
    """
    by_size = sorted(electors, key=lambda unit: (electors[unit], unit))
    pool = [unit for unit in by_size if electors[unit] < SET_SIZE]
    alone = [unit for unit in by_size if electors[unit] >= SET_SIZE]
    while pool and sum(electors[unit] for unit in pool) < SET_SIZE and alone:
        pool.append(alone.pop(0))
    if sum(electors[unit] for unit in pool) < SET_SIZE:
        pool = []
    sets = [(unit,) for unit in reversed(alone)] + ([tuple(pool)] if pool else [])
    return _covered([_group(each, electors, voted) for each in sets])


def _covered(groups: list[Group]) -> list[Group]:
    """One figure alone that is not told is what the total lacks: then the smallest of the others is not told either."""
    told = [each for each in groups if each.voted is not None]
    if not told or len(told) != len(groups) - 1:
        return groups
    smallest = min(told, key=lambda each: each.electors)
    return [replace(each, voted=None) if each is smallest else each for each in groups]


def _group(units: Sequence[UUID], electors: Mapping[UUID, int], voted: Mapping[UUID, int]) -> Group:
    number, came = sum(electors[each] for each in units), sum(voted.get(each, 0) for each in units)
    told = came if min(came, number - came) >= FEW else None
    return Group(tuple(units), number, told)


async def keep_turnout(unit: Unit, seeds: Seeds, ballot_id: UUID, *, anew: bool = False) -> int:
    """Write down how it stands today, unless somebody has; `anew`, when it has closed, in place of that.

    Returns how many sets were written.
    """
    if anew:
        await ballot_turnout.forget(unit.session, ballot_id, unit.today)
    elif await ballot_turnout.kept_on(unit.session, ballot_id, unit.today):
        return 0
    found = [each for each in (await standings(unit, seeds, ballot_id)).values() if not each.removed]
    electors = Counter(each.unit_id for each in found)
    voted = Counter(each.unit_id for each in found if each.voted)
    rows = list(_rows(unit, ballot_id, grouped(electors, voted)))
    unit.session.add_all(rows)
    return len(rows)


def _rows(unit: Unit, ballot_id: UUID, groups: Sequence[Group]) -> Iterator[BallotTurnoutRow]:
    for position, each in enumerate(groups, 1):
        yield BallotTurnoutRow(
            id=new_id(),
            ballot_id=ballot_id,
            day=unit.today,
            position=position,
            unit_id=each.units[0] if len(each.units) == 1 else None,
            units=len(each.units),
            electors=each.electors,
            voted=each.voted,
        )
