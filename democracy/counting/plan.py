"""The order of questions: what is put first, and which proposals meet in which votes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from democracy.counting.faults import CountError
from democracy.counting.threshold import Figures, Rule, Tie, decide

Side: TypeAlias = str | int
"""A proposal by name, or the number (from 1) of the earlier vote whose winner stands here."""


class Kind(StrEnum):
    """What sort of proposal it is: a rival of the others, an addition, or one about handling the matter."""

    RIVAL = "rival"
    ADDITION = "addition"
    REFER_BACK = "refer_back"
    DEFER = "defer"


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions in order: is the matter settled today, then the rivals, then each addition by itself."""

    today: tuple[str, ...]
    rivals: tuple[str, ...]
    additions: tuple[str, ...]


def arrange(proposals: Iterable[tuple[str, Kind]]) -> Questions:
    """Sort proposals into the order in which they are put."""
    listed = list(proposals)
    groups = {kind: tuple(name for name, its in listed if its is kind) for kind in Kind}
    return Questions(groups[Kind.REFER_BACK] + groups[Kind.DEFER], groups[Kind.RIVAL], groups[Kind.ADDITION])


@dataclass(frozen=True, slots=True)
class Pair:
    """One vote: who votes ja supports `yes`, who votes nej supports `no`."""

    yes: Side
    no: Side


@dataclass(frozen=True, slots=True)
class Plan:
    """An approved order of voting. The last pair is the main vote; its yes side is the main proposal.

    `acclaimed` is the level (0 for the main question) at which the chair named a winner and nobody asked for a
    division; deeper levels are then never put.
    """

    form: str
    order: tuple[str, ...]
    pairs: tuple[Pair, ...]
    acclaimed: int | None = None

    @classmethod
    def nested(cls, order: Sequence[str], acclaimed: int | None = None) -> "Plan":
        """Main proposal, counter-proposal, the counter-proposal's rival …: named outside in, voted inside out."""
        names = _distinct(order)
        if acclaimed is not None and not 0 <= acclaimed < max(1, len(names) - 1):
            raise CountError("acclaimed_level", level=acclaimed)
        put = names if acclaimed is None else names[: acclaimed + 1]
        pairs, inner = [], put[-1:]
        for at, name in enumerate(reversed(put[:-1])):
            pairs.append(Pair(name, at or inner[0]))
        return cls("nested", names, tuple(pairs), acclaimed)

    @classmethod
    def sequence(cls, main: str, counters: Sequence[str]) -> "Plan":
        """The counter-proposals in order: the first against the second, the winner against the next, then the main."""
        names = _distinct((main, *counters))
        pairs: list[Pair] = []
        for name in names[2:]:
            pairs.append(Pair(len(pairs) or names[1], name))
        if len(names) > 1:
            pairs.append(Pair(main, len(pairs) or names[1]))
        return cls("sequence", names, tuple(pairs))

    @classmethod
    def agreed(cls, pairs: Sequence[Pair]) -> "Plan":
        """Any approved sequence of pairs in which every proposal and every winner stands once, the main vote last.

        Raises CountError `pairs` for a sequence that leaves one out or uses one twice.
        """
        sides: list[Side] = [side for pair in pairs for side in (pair.yes, pair.no)]
        names = tuple(side for side in sides if isinstance(side, str))
        winners = sorted(side for side in sides if isinstance(side, int))
        later = any(side > at for at, pair in enumerate(pairs) for side in (pair.yes, pair.no) if isinstance(side, int))
        if not pairs or winners != list(range(1, len(pairs))) or later or not isinstance(pairs[-1].yes, str):
            raise CountError("pairs")
        return cls("sequence", _distinct(names), tuple(pairs))

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        pairs = [[each.yes, each.no] for each in self.pairs]
        return {"form": self.form, "order": list(self.order), "pairs": pairs, "acclaimed": self.acclaimed}


def rival_order(approved: Plan, rival: Plan, figures: Figures, *, votes_taken: int) -> Plan:
    """The order that the meeting chooses when the chair's is contested; a tie leaves the chair's standing.

    Raises CountError `order_too_late` once a question has been put, and `order_other_proposals` if the rival order
    is not about the same proposals.
    """
    if votes_taken:
        raise CountError("order_too_late", votes=votes_taken)
    if sorted(approved.order) != sorted(rival.order):
        raise CountError("order_other_proposals")
    kept = decide(Rule(tie=Tie.STATUS_QUO), [Figures(figures.no, figures.yes)]).outcome != "carried"
    return approved if kept else rival


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    if not names or len(set(names)) != len(names) or not all(names):
        raise CountError("proposals", names=", ".join(names))
    return tuple(names)
