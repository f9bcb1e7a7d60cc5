"""N seats with an absolute majority and a second ballot, as §22 of the statutes has it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from democracy.counting.ballots import Ballots
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.protocol import Protocol, Sheet
from democracy.counting.quota import Quota, Walk, check
from democracy.counting.substitutes import check_number, next_in_order
from democracy.counting.tally import Names, Tally, top


@dataclass(frozen=True, slots=True)
class MajorityRule:
    """Seats, names on a ballot, whether a blank ballot is an approved one, a quota if there is one, and substitutes.

    The second ballot stands between at most `second_factor` times as many as the seats that are left.
    Substitutes are the next in the order of the first ballot, among those whom neither ballot elected.
    """

    seats: int
    names: Names = Names.AT_MOST
    blank_counts: bool = False
    quota: Quota | None = None
    substitutes: int = 0
    paragraph: str = "22"
    second_factor: int = 2

    def __post_init__(self) -> None:
        if self.seats < 1 or self.second_factor < 1:
            raise CountError("seats", seats=min(self.seats, self.second_factor))
        if self.quota is not None:
            check(self.quota, self.seats)
        check_number(self.substitutes, self.seats)

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        quota = None if self.quota is None else self.quota.data()
        rest = {"blank_counts": self.blank_counts, "quota": quota, "paragraph": self.paragraph}
        numbers = {"seats": self.seats, "substitutes": self.substitutes, "second_factor": self.second_factor}
        return {**numbers, "names": str(self.names), **rest}


def count_majority(
    first: Ballots | Tally, rule: MajorityRule, lots: Lots | None = None, *, second: Ballots | Tally | None = None
) -> Protocol:
    """Count the first ballot and, when it has been held, the second.

    `pending` is a second ballot, with its candidates and seats, until its ballots are given. Raises CountError
    `second_ballot_not_needed` if one is given without cause.
    """
    sheet = Sheet(lots or Lots())
    tally = first if isinstance(first, Tally) else Tally.of(first, rule.seats, rule.names)
    more: dict[str, Any] = {"second": None, "substitutes": []}
    with sheet.counting():
        left = _first(sheet, tally, rule)
        if left and second is None:
            seats = rule.seats - len(sheet.elected)
            sheet.pending = {"kind": "second_ballot", "candidates": left, "seats": seats}
        elif left and second is not None:
            held = _held(second, left, rule.seats - len(sheet.elected), rule.names)
            more["second"] = held.source()
            _second(sheet, rule, held)
        elif second is not None:
            raise CountError("second_ballot_not_needed")
        _check_quota(sheet, rule)
        if rule.substitutes and sheet.pending is None:
            more["substitutes"] = next_in_order(sheet, tally, rule.substitutes)
    return sheet.protocol("majority", rule.data(), tuple(tally.votes), seats=rule.seats, more=more, **tally.source())


def _first(sheet: Sheet, tally: Tally, rule: MajorityRule) -> list[str]:
    approved = tally.ballots + (tally.blank if rule.blank_counts else 0)
    threshold = approved // 2 + 1
    counted = {"approved": approved, "threshold": threshold, "votes": dict(tally.votes)}
    stage = sheet.stage(ballot="first", **counted, elected=[], tie=None, skipped=[], second=[], second_tie=None)
    elected = _over_the_line(sheet, tally, rule, threshold, stage)
    stage["elected"] = elected
    sheet.elected += elected
    seats = rule.seats - len(elected)
    rest = [[name for name in block if name not in elected] for block in tally.in_order()]
    if seats:
        stage["second"] = _to_the_second(sheet, [block for block in rest if block], rule, stage)
        sheet.notes += [] if stage["second"] else ["seats_left_vacant"]
    return list(stage["second"])


def _to_the_second(sheet: Sheet, rest: list[list[str]], rule: MajorityRule, stage: dict[str, Any]) -> Sequence[str]:
    number = rule.second_factor * (rule.seats - len(sheet.elected))
    if rule.quota is None:
        cut = top(rest, number, sheet.lots, "second ballot")
        stage["second_tie"] = cut.tie
        return list(cut.names)
    walk = Walk(rule.quota, number + len(sheet.elected), [n for block in rest for n in block], list(sheet.elected))
    walk.run(rest, sheet.lots, "second ballot")
    stage["skipped"] = [*stage["skipped"], *walk.log]
    return walk.taken[len(sheet.elected) :]


def _over_the_line(sheet: Sheet, tally: Tally, rule: MajorityRule, threshold: int, stage: dict[str, Any]) -> list[str]:
    over = tally.in_order(threshold)
    if rule.quota is None:
        found = top(over, rule.seats, sheet.lots, "first ballot")
        stage["tie"] = found.tie
        return list(found.names)
    blocks = tally.in_order() if rule.quota.overrides_majority else over
    walk = Walk(rule.quota, rule.seats, [name for block in blocks for name in block])
    walk.run(over, sheet.lots, "first ballot")
    stage["skipped"] = walk.log
    return walk.taken


def _held(second: Ballots | Tally, candidates: list[str], seats: int, names: Names) -> Tally:
    number = min(seats, len(candidates))
    tally = second if isinstance(second, Tally) else Tally.among(second, candidates, number, names)
    if not set(tally.votes) <= set(candidates):
        raise CountError("second_ballot_names", names=", ".join(sorted(set(tally.votes) - set(candidates))))
    return replace(tally, votes={name: tally.votes.get(name, 0) for name in candidates})


def _second(sheet: Sheet, rule: MajorityRule, tally: Tally) -> None:
    counted = {"approved": tally.ballots, "votes": dict(tally.votes)}
    stage = sheet.stage(ballot="second", **counted, elected=[], tie=None, skipped=[])
    stage["elected"] = _top_of_second(sheet, tally, rule, rule.seats - len(sheet.elected), stage)
    sheet.elected += stage["elected"]
    if len(sheet.elected) < rule.seats:
        sheet.notes.append("seats_left_vacant")


def _check_quota(sheet: Sheet, rule: MajorityRule) -> None:
    if rule.quota is not None and sheet.pending is None:
        unmet = Walk(rule.quota, rule.seats, [], sheet.elected).unmet()
        sheet.notes += ["quota_unmet"] if unmet else []


def _top_of_second(sheet: Sheet, tally: Tally, rule: MajorityRule, seats: int, stage: dict[str, Any]) -> Sequence[str]:
    if rule.quota is None:
        found = top(tally.in_order(), seats, sheet.lots, "second ballot result")
        stage["tie"] = found.tie
        return list(found.names)
    blocks = tally.in_order()
    walk = Walk(rule.quota, rule.seats, sheet.elected + [n for block in blocks for n in block], list(sheet.elected))
    walk.run(blocks, sheet.lots, "second ballot result")
    stage["skipped"] = walk.log
    return walk.taken[len(sheet.elected) :]
