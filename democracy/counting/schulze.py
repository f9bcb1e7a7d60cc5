"""Schulze's method: one winner among several proposals, by winning votes or by margins."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from democracy.counting.ballots import Ballots
from democracy.counting.lots import Lots
from democracy.counting.pairwise import pairwise
from democracy.counting.protocol import Protocol, Sheet


class Strength(StrEnum):
    """How strong a victory is: the votes of the winning side, or its lead."""

    WINNING_VOTES = "winning_votes"
    MARGINS = "margins"


@dataclass(frozen=True, slots=True)
class SchulzeRule:
    """Which strength is used."""

    strength: Strength = Strength.WINNING_VOTES
    paragraph: str = ""

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        return {"strength": str(self.strength), "paragraph": self.paragraph}


def count_schulze(ballots: Ballots, rule: SchulzeRule | None = None, lots: Lots | None = None) -> Protocol:
    """One winner; several who are equally strong are reported, and one is drawn by lot."""
    rule = rule or SchulzeRule()
    names, sheet = ballots.candidates, Sheet(lots or Lots())
    counts = pairwise(ballots)
    sheet.stage(kind="pairwise", table=_table(names, counts))
    paths = _strongest(_victories(counts, rule.strength))
    sheet.stage(kind="paths", table=_table(names, paths))
    winners = [name for at, name in enumerate(names) if _unbeaten(at, paths)] if ballots.number else []
    sheet.stage(kind="winners", winners=winners, condorcet=_condorcet(names, counts))
    with sheet.counting():
        if len(winners) > 1:
            sheet.elected = [sheet.lots.one("winner", winners)]
        else:
            sheet.elected = list(winners)
    if not winners:
        sheet.notes.append("no_valid_ballots")
    return sheet.protocol("schulze", rule.data(), names, seats=1, ballots=ballots.summary())


def _victories(counts: list[list[int]], strength: Strength) -> list[list[int]]:
    def power(won: int, lost: int) -> int:
        if won <= lost:
            return 0
        return won if strength is Strength.WINNING_VOTES else won - lost

    size = range(len(counts))
    return [[power(counts[a][b], counts[b][a]) for b in size] for a in size]


def _strongest(victories: list[list[int]]) -> list[list[int]]:
    paths = [row[:] for row in victories]
    size = range(len(paths))
    for via in size:
        through = paths[via]
        for row in paths:
            first = row[via]
            if first:
                row[:] = [max(direct, min(first, onward)) for direct, onward in zip(row, through, strict=True)]
    for at in size:
        paths[at][at] = 0
    return paths


def _unbeaten(at: int, paths: list[list[int]]) -> bool:
    return all(paths[at][other] >= paths[other][at] for other in range(len(paths)))


def _condorcet(names: Sequence[str], counts: list[list[int]]) -> str | None:
    size = range(len(names))
    found = [a for a in size if all(counts[a][b] > counts[b][a] for b in size if b != a)]
    return names[found[0]] if found and counts else None


def _table(names: Sequence[str], values: list[list[int]]) -> dict[str, dict[str, int]]:
    return {name: {other: values[a][b] for b, other in enumerate(names) if b != a} for a, name in enumerate(names)}
