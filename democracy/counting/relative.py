"""Relative majority: the most votes win; and substitutes in the order of the votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from democracy.counting.ballots import Ballots
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.protocol import Protocol, Sheet
from democracy.counting.quota import Quota, Walk, check
from democracy.counting.substitutes import check_number, next_in_order
from democracy.counting.tally import Names, Tally, top


@dataclass(frozen=True, slots=True)
class RelativeRule:
    """Seats, names on a ballot, how many substitutes follow in the order of the votes, and a quota if there is one."""

    seats: int
    names: Names = Names.AT_MOST
    substitutes: int = 0
    quota: Quota | None = None
    paragraph: str = ""

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise CountError("seats", seats=self.seats)
        check_number(self.substitutes, self.seats)
        if self.quota is not None:
            check(self.quota, self.seats)

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        quota = None if self.quota is None else self.quota.data()
        rest = {"substitutes": self.substitutes, "quota": quota, "paragraph": self.paragraph}
        return {"seats": self.seats, "names": str(self.names), **rest}


def count_relative(ballots: Ballots | Tally, rule: RelativeRule, lots: Lots | None = None) -> Protocol:
    """The first N in the order of their votes; nobody is elected without a vote. Ties at the last place go by lot."""
    tally = ballots if isinstance(ballots, Tally) else Tally.of(ballots, rule.seats, rule.names)
    sheet = Sheet(lots or Lots())
    more: dict[str, Any] = {"substitutes": []}
    with sheet.counting():
        stage = sheet.stage(votes=dict(tally.votes), elected=[], tie=None, skipped=[])
        stage["elected"] = _elected(sheet, tally, rule, stage)
        sheet.elected += stage["elected"]
        if len(sheet.elected) < rule.seats:
            sheet.notes.append("seats_left_vacant")
        if rule.substitutes:
            more["substitutes"] = next_in_order(sheet, tally, rule.substitutes)
    return sheet.protocol("relative", rule.data(), tuple(tally.votes), seats=rule.seats, more=more, **tally.source())


def _elected(sheet: Sheet, tally: Tally, rule: RelativeRule, stage: dict[str, Any]) -> Sequence[str]:
    blocks = tally.in_order()
    if rule.quota is None:
        found = top(blocks, rule.seats, sheet.lots, "last place")
        stage["tie"] = found.tie
        return list(found.names)
    walk = Walk(rule.quota, rule.seats, [name for block in blocks for name in block])
    walk.run(blocks, sheet.lots, "last place")
    stage["skipped"] = walk.log
    sheet.notes += ["quota_unmet"] if walk.unmet() else []
    return walk.taken
