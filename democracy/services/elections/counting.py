"""From what was voted to who is elected: the exact count, by the statutes' method, with its lots."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democracy.counting.ballots import Ballots, Ranking
from democracy.counting.lots import LotNeededError, Lots, PhysicalLot, reveal
from democracy.counting.majority import MajorityRule, count_majority
from democracy.counting.protocol import Protocol, canonical
from democracy.counting.quota import Quota
from democracy.counting.relative import RelativeRule, count_relative
from democracy.counting.tally import Names
from democracy.domain.kinds import Gender
from democracy.domain.representation import TWO, least_of_each
from democracy.storage.tables.election import ElectionLotRow, ElectionRoundRow, ElectionRow, ElectionShareRow
from workflows.statutes.majority import Blank
from workflows.statutes.parameters.elections import Elections, Method, SubstituteOrder

_LATER = ("second ballot result", "substitutes")
"""Ties that show only once every ballot has been held."""


@dataclass(frozen=True)
class Papers:
    """What was voted: distinct ballots with their number, blank ones, and those set aside as invalid."""

    ballots: Mapping[tuple[str, ...], int]
    blank: int = 0
    invalid: int = 0

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.ballots.values()) + self.blank + self.invalid

    def content(self) -> str:
        """Canonical JSON: the same papers give the same bytes, in whatever order they were typed."""
        ballots = [{"names": list(names), "number": number} for names, number in sorted(self.ballots.items())]
        return canonical({"ballots": ballots, "blank": self.blank, "invalid": self.invalid})

    @classmethod
    def read(cls, content: str) -> "Papers":
        """From canonical JSON."""
        data = json.loads(content)
        ballots = {tuple(each["names"]): int(each["number"]) for each in data["ballots"]}
        return cls(ballots, int(data["blank"]), int(data["invalid"]))

    @classmethod
    def of(cls, given: Iterable[tuple[Sequence[str], int]], blank: int = 0, invalid: int = 0) -> "Papers":
        """From ballots as they came in; those without a name are blank."""
        counted: Counter[tuple[str, ...]] = Counter()
        for names, number in given:
            counted[tuple(sorted(names))] += number
        return cls({names: n for names, n in counted.items() if names and n}, blank + counted[()], invalid)


def fits(names: Sequence[str], candidates: Sequence[str], seats: int, order: Elections) -> bool:
    """Whether a ballot is valid: blank, or as many names as the statutes want, each once, each a candidate."""
    wanted = len(names) == seats if Names(order.names) is Names.EXACTLY else len(names) <= seats
    return not names or (wanted and len(set(names)) == len(names) and set(names) <= set(candidates))


def count(
    row: ElectionRow,
    rounds: Sequence[ElectionRoundRow],
    order: Elections,
    groups: Mapping[UUID, Gender | None],
    lots: Lots,
) -> Protocol:
    """Count the ballots that have been held."""
    closed = [_ballots(each) for each in rounds if each.content is not None]
    names = Names(order.names)
    quota = None if row.exception is not None else _quota(row.seats, order, groups)
    substitutes = row.substitutes if order.substitutes is SubstituteOrder.VOTES else 0
    if order.method is Method.RELATIVE:
        return count_relative(closed[0], RelativeRule(row.seats, names, substitutes, quota, "elections"), lots)
    rule = MajorityRule(
        row.seats,
        names,
        order.blank is Blank.CAST,
        quota,
        substitutes,
        "elections",
        order.second_ballot_factor,
    )
    return count_majority(closed[0], rule, lots, second=closed[1] if len(closed) > 1 else None)


def lots_of(
    row: ElectionRow,
    rounds: Sequence[ElectionRoundRow],
    shares: Sequence[ElectionShareRow],
    drawn: Sequence[ElectionLotRow],
) -> Lots:
    """Lots drawn by hand, and those that follow from the shares once they have been mixed."""
    physical = {
        each.label: PhysicalLot(
            each.label,
            tuple(json.loads(each.order)),
            each.chair_id.hex,
            (each.first_witness_id.hex, each.second_witness_id.hex),
        )
        for each in drawn
    }
    if row.lot_round is None:
        return Lots(physical=physical)
    locked = "\n".join(each.content or "" for each in rounds if each.number <= row.lot_round)
    revealed = [bytes.fromhex(each.share) for each in shares if each.share is not None]
    mixed = reveal([each.commitment for each in shares], revealed, hashlib.sha256(locked.encode()).digest())
    kind = Lots if row.lot_round >= row.round else _KnownBefore
    return kind(mixed.seed, physical, mixed.evidence)


class _KnownBefore(Lots):
    """The seed was known before the last ballot: it settles no tie of that one."""

    def _by_seed(self, label: str, names: list[str]) -> dict[str, Any]:
        if label.startswith(_LATER):
            raise LotNeededError(label, names)
        return super()._by_seed(label, names)


def _ballots(held: ElectionRoundRow) -> Ballots:
    papers = Papers.read(held.content or "")
    candidates = tuple(json.loads(held.candidates))
    at = {name: index for index, name in enumerate(candidates)}
    rankings: dict[Ranking, int] = {
        tuple((at[name],) for name in names): number for names, number in papers.ballots.items()
    }
    return Ballots(candidates, rankings, papers.blank, {"invalid": papers.invalid} if papers.invalid else {})


def _quota(seats: int, order: Elections, groups: Mapping[UUID, Gender | None]) -> Quota | None:
    if order.gender is None:
        return None
    share = order.gender.minimum
    least = least_of_each(seats, share.numerator, share.denominator)
    known = {key.hex: gender.value for key, gender in groups.items() if gender is not None}
    if not least or not known:
        return None
    minimum = {gender.value: least for gender in TWO}
    return Quota(minimum, known, order.gender.overrides_majority, "equal-representation")
