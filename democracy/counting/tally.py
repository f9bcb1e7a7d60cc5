"""Votes for names: how many ballots name each candidate, and who the first so many are."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from democracy.counting.ballots import Ballots
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.protocol import canonical


class Names(StrEnum):
    """How many names a valid ballot holds."""

    AT_MOST = "at_most"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by candidate on so many approved ballots; `summary` is what the protocol says of their source."""

    votes: Mapping[str, int]
    ballots: int
    blank: int = 0
    summary: Mapping[str, Any] | None = None
    set_aside: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, ballots: Ballots, seats: int, names: Names = Names.AT_MOST) -> "Tally":
        """Count ballots; one with too many names (or too few, where exactly N are asked for) is set aside."""
        return cls.among(ballots, ballots.candidates, seats, names)

    @classmethod
    def among(cls, ballots: Ballots, allowed: Sequence[str], seats: int, names: Names = Names.AT_MOST) -> "Tally":
        """The same where only some names are allowed, as in a second ballot."""
        votes, aside, valid = dict.fromkeys(allowed, 0), dict[str, int](), 0
        for named, number in ballots.named().items():
            fault = _fault({ballots.candidates[each] for each in named}, votes, seats, names)
            if fault:
                aside[fault] = aside.get(fault, 0) + number
                continue
            valid += number
            for each in named:
                votes[ballots.candidates[each]] += number
        return cls(votes, valid, ballots.blank, ballots.summary(valid, **aside), aside)

    @classmethod
    def figures(cls, votes: Mapping[str, int], ballots: int, seats: int, blank: int = 0) -> "Tally":
        """Counted by hand. Raises CountError if the figures cannot be: more votes than ballots could hold."""
        if min(votes.values(), default=0) < 0 or ballots < 0 or blank < 0:
            raise CountError("negative_figure", figure="votes", number=min([ballots, blank, *votes.values()]))
        highest = max(votes, key=lambda name: votes[name], default="")
        if votes and votes[highest] > ballots:
            raise CountError("more_votes_than_ballots", name=highest, votes=votes[highest], ballots=ballots)
        if sum(votes.values()) > ballots * seats:
            raise CountError("more_votes_than_names", votes=sum(votes.values()), limit=ballots * seats)
        return cls(dict(votes), ballots, blank)

    def data(self) -> dict[str, Any]:
        """As a protocol writes figures that no ballot file stands behind."""
        return {"votes": dict(self.votes), "ballots": self.ballots, "blank": self.blank}

    def source(self) -> dict[str, Any]:
        """The protocol's `ballots` or `figures`."""
        if self.summary is not None:
            return {"ballots": self.summary}
        return {"figures": {**self.data(), "digest": hashlib.sha256(canonical(self.data()).encode()).hexdigest()}}

    def in_order(self, least: int = 1) -> list[list[str]]:
        """Candidates with at least so many votes, in blocks of equal votes, the most first."""
        blocks: dict[int, list[str]] = {}
        for name, votes in self.votes.items():
            if votes >= least:
                blocks.setdefault(votes, []).append(name)
        return [blocks[votes] for votes in sorted(blocks, reverse=True)]


def _fault(named: set[str], allowed: Mapping[str, int], seats: int, names: Names) -> str | None:
    if not named <= set(allowed):
        return "not_on_the_list"
    if len(named) > seats:
        return "too_many_names"
    return "too_few_names" if names is Names.EXACTLY and len(named) < seats else None


@dataclass(frozen=True, slots=True)
class Top:
    """The first so many, and the tie at the last place if there was one."""

    names: tuple[str, ...]
    tie: dict[str, Any] | None


def top(blocks: Sequence[Sequence[str]], number: int, lots: Lots, label: str) -> Top:
    """The first so many out of blocks of equals. Only a tie at the last place needs a lot."""
    chosen: list[str] = []
    for block in blocks:
        left = number - len(chosen)
        if left <= 0:
            break
        if len(block) > left:
            drawn = lots.order(label, block)[:left]
            tie = {"between": list(block), "places": left, "lot": label}
            return Top((*chosen, *drawn), tie)
        chosen += block
    return Top(tuple(chosen), None)
