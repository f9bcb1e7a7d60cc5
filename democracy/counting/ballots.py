"""Ballots, grouped: each distinct ballot once, with the number of people who cast it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

from democracy.counting.faults import CountError

Place: TypeAlias = tuple[int, ...]
"""The candidates (by index) that share one place on a ballot; one candidate unless ranks are tied."""
Ranking: TypeAlias = tuple[Place, ...]
"""A ballot's places, best first."""


class _Labels(dict[Place, str]):
    def __missing__(self, place: Place) -> str:
        label = self[place] = "=".join(map(str, sorted(place)))
        return label


@dataclass(frozen=True, slots=True)
class Ballots:
    """What was cast: candidates by name, distinct ballots with their number, blanks, and what was set aside and why.

    `implicit` says that candidates who are not ranked stand below those who are (the usual reading).
    """

    candidates: tuple[str, ...]
    rankings: Mapping[Ranking, int]
    blank: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    implicit: bool = True
    seats: int | None = None
    title: str = ""

    def __post_init__(self) -> None:
        if len(set(self.candidates)) != len(self.candidates):
            raise CountError("candidate_twice", name=_first_double(self.candidates))

    @property
    def number(self) -> int:
        """Ballots with at least one name."""
        return sum(self.rankings.values())

    def strict(self) -> dict[tuple[int, ...], int]:
        """Each ballot as candidates in order. Raises CountError `tied_rank` if a place holds more than one."""
        flat: dict[tuple[int, ...], int] = {}
        for ranking, number in self.rankings.items():
            order = tuple(chain.from_iterable(ranking))
            if len(order) != len(ranking):
                raise CountError("tied_rank", names=self._tied(ranking))
            flat[order] = flat.get(order, 0) + number
        return flat

    def named(self) -> dict[frozenset[int], int]:
        """Each ballot as the set of those it names, whatever their order."""
        sets: dict[frozenset[int], int] = {}
        for ranking, number in self.rankings.items():
            names = frozenset(chain.from_iterable(ranking))
            sets[names] = sets.get(names, 0) + number
        return sets

    def digest(self) -> str:
        """SHA-256 over a canonical text of the accepted ballots: the same whatever the order of the lines."""
        labels = _Labels()
        lines = sorted(f"{'>'.join(map(labels.__getitem__, each))}*{n}" for each, n in self.rankings.items())
        head = json.dumps([self.candidates, self.implicit, self.blank], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256("\n".join(["BALLOTS1", head, *lines]).encode()).hexdigest()

    def summary(self, valid: int | None = None, **aside: int) -> dict[str, Any]:
        """What a protocol says of the ballots; `aside` is what the method itself had to set aside."""
        left_out = {**self.set_aside, **{reason: n for reason, n in aside.items() if n}}
        cast = self.number + self.blank + sum(self.set_aside.values())
        counted = self.number if valid is None else valid
        facts = {"cast": cast, "valid": counted, "blank": self.blank, "set_aside": dict(sorted(left_out.items()))}
        return {"digest": self.digest(), **facts, "notes": dict(sorted(self.notes.items()))}

    def _tied(self, ranking: Ranking) -> str:
        place = next(place for place in ranking if len(place) > 1)
        return ", ".join(self.candidates[each] for each in place)


def _first_double(names: tuple[str, ...]) -> str:
    return next(name for at, name in enumerate(names) if name in names[:at])
