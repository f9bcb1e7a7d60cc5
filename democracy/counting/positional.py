"""A list in order: place k goes to the one with the most votes on places 1 to k."""

from dataclasses import dataclass
from typing import Any

from democracy.counting.ballots import Ballots
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.protocol import Protocol, Sheet


@dataclass(frozen=True, slots=True)
class PositionalRule:
    """How many places the list has."""

    seats: int
    paragraph: str = ""

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise CountError("seats", seats=self.seats)

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        return {"seats": self.seats, "paragraph": self.paragraph}


def count_positional(ballots: Ballots, rule: PositionalRule, lots: Lots | None = None) -> Protocol:
    """Fill the list place by place. A place that nobody has a vote for is left empty, and so are those after it."""
    sheet, names = Sheet(lots or Lots()), ballots.candidates
    orders = ballots.strict()
    votes = dict.fromkeys(names, 0)
    with sheet.counting():
        for place in range(1, rule.seats + 1):
            for order, number in orders.items():
                if len(order) >= place:
                    votes[names[order[place - 1]]] += number
            if not _fill(sheet, place, {name: n for name, n in votes.items() if name not in sheet.elected}):
                sheet.notes.append("seats_left_vacant")
                break
    return sheet.protocol("positional", rule.data(), names, seats=rule.seats, ballots=ballots.summary())


def _fill(sheet: Sheet, place: int, votes: dict[str, int]) -> bool:
    most = max(votes.values(), default=0)
    if not most:
        return False
    stage: dict[str, Any] = sheet.stage(place=place, votes=votes, elected=[], tie=None)
    first = [name for name, number in votes.items() if number == most]
    if len(first) > 1:
        label = f"place {place}"
        stage["tie"] = {"between": first, "lot": label}
        first = [sheet.lots.one(label, first)]
    stage["elected"] = first
    sheet.elected += first
    return True
