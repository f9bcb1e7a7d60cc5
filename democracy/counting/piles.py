"""The piles of ballot papers on the table: who holds which papers, and at what value."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

Paper: TypeAlias = tuple[Iterator[int], int]
"""The preferences that have not been read yet, and the number of identical papers."""
NOBODY = -1
CUT = 10**5


class Piles:
    """Each candidate's papers by value. Papers of one value move together, so fractions are added once a parcel."""

    def __init__(self, candidates: int, rankings: Mapping[tuple[int, ...], int]) -> None:
        self.votes = [Fraction(0)] * candidates
        self.non_transferable = Fraction(0)
        self.loss = Fraction(0)
        self._held: list[dict[Fraction, list[Paper]]] = [{} for _ in range(candidates)]
        self._lay_out(rankings)

    def _lay_out(self, rankings: Mapping[tuple[int, ...], int]) -> None:
        one = Fraction(1)
        for ranking, weight in rankings.items():
            unread = iter(ranking)
            self._held[next(unread)].setdefault(one, []).append((unread, weight))
        for candidate, parcels in enumerate(self._held):
            self.votes[candidate] = Fraction(sum(weight for parcel in parcels.values() for _, weight in parcel))

    def transfer(
        self, source: int, to: Container[int], ratio: Fraction | None = None, *, cut: bool = False
    ) -> dict[int, Fraction]:
        """Move every paper to its next preference among `to`, at its value, or at its value times `ratio`.

        `cut` ends each value at five decimals. Returns what each candidate received; NOBODY holds what had no
        further preference. The caller sets what the source keeps.
        """
        moved: dict[int, Fraction] = defaultdict(Fraction)
        parcels, self._held[source] = self._held[source], {}
        for value, papers in parcels.items():
            new = value if ratio is None else _cut(value * ratio) if cut else value * ratio
            for candidate, (parcel, weight) in _sorted(papers, to).items():
                moved[candidate] += new * weight
                if candidate != NOBODY:
                    self._held[candidate].setdefault(new, []).extend(parcel)
        for candidate, amount in moved.items():
            if candidate == NOBODY:
                self.non_transferable += amount
            else:
                self.votes[candidate] += amount
        return dict(moved)


def _sorted(papers: list[Paper], to: Container[int]) -> dict[int, tuple[list[Paper], int]]:
    """The papers by next preference, each pile with its number of papers."""
    parcels: dict[int, list[Paper]] = defaultdict(list)
    for paper in papers:
        for candidate in paper[0]:
            if candidate in to:
                parcels[candidate].append(paper)
                break
        else:
            parcels[NOBODY].append(paper)
    return {candidate: (parcel, sum(weight for _, weight in parcel)) for candidate, parcel in parcels.items()}


def _cut(value: Fraction) -> Fraction:
    return Fraction(value.numerator * CUT // value.denominator, CUT)
