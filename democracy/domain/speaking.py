"""Who has spoken, as totals by gender (talarstatistik): published so that no total, and no step from one to the next,
tells what somebody has declared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from democracy.domain.kinds import Gender

SHOWN = (Gender.WOMAN, Gender.MAN)
"""The rest, and those who have declared nothing, are too few in any hall to be shown, and are in the sum."""

BLOCK = 4
"""A batch is looked at after so many times the smallest group of speakers, and after as many again until it will do."""


@dataclass(frozen=True)
class Spoken:
    """One speech that has ended."""

    member_id: UUID
    gender: Gender | None
    seconds: float


@dataclass(frozen=True)
class Total:
    """Of one gender, or of everybody."""

    speakers: int
    speeches: int
    seconds: int


@dataclass(frozen=True)
class Statistics:
    """Everybody's total, which anyone could count; and by gender, of the speeches up to the last batch."""

    total: Total
    by_gender: dict[Gender, Total] = field(default_factory=dict)
    """Empty until there is a batch."""
    covers: int = 0
    """How many of the speeches the totals by gender are about."""


def statistics(spoken: Sequence[Spoken], smallest: int) -> Statistics:
    """Totals of speeches in the order in which they ended.

    By gender they are brought up to date in batches, each with at least `smallest` women and as many men among its
    speakers: whoever compares two publications sees at least so many of each and cannot tell who was who. A batch ends
    after a number of speakers, whoever they are: where it ends says nothing about the last of them.
    """
    covers = _whole_batches(spoken, smallest)
    published = spoken[:covers]
    by_gender = {gender: _total(each for each in published if each.gender is gender) for gender in SHOWN}
    return Statistics(_total(spoken), by_gender if covers else {}, covers)


def _whole_batches(spoken: Sequence[Spoken], smallest: int) -> int:
    """How many speeches lie in batches that are large enough."""
    covers, block, batch = 0, set[UUID](), {gender: set[UUID]() for gender in SHOWN}
    for number, each in enumerate(spoken, start=1):
        block.add(each.member_id)
        if each.gender in batch:
            batch[each.gender].add(each.member_id)
        if len(block) < BLOCK * smallest:
            continue
        block = set()
        if all(len(people) >= smallest for people in batch.values()):
            covers, batch = number, {gender: set() for gender in SHOWN}
    return covers


def _total(spoken: Iterable[Spoken]) -> Total:
    speeches = list(spoken)
    people = {each.member_id for each in speeches}
    return Total(len(people), len(speeches), round(sum(each.seconds for each in speeches)))
