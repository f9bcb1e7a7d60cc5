"""The protocol: everything that somebody else needs to recompute a count and to see why it came out as it did."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from democracy.counting.lots import LotNeededError, Lots

FORMAT = "democracy-count/1"
ENGINE = "counting/1"


@dataclass(frozen=True, slots=True)
class Protocol:
    """One count: the rule, the ballots' digest or the figures, every stage, every lot, and the outcome.

    `pending` names what is still needed (a lot, a second ballot, a vote); the count is settled when it is None.
    """

    method: str
    rule: Mapping[str, Any]
    candidates: tuple[str, ...]
    seats: int | None
    elected: tuple[str, ...]
    stages: tuple[Mapping[str, Any], ...]
    lots: tuple[Mapping[str, Any], ...] = ()
    ballots: Mapping[str, Any] | None = None
    figures: Any = None
    roll: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    pending: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether nothing more is needed."""
        return self.pending is None

    def data(self) -> dict[str, Any]:
        """The protocol as plain JSON values: text, whole numbers, truth values, lists, objects."""
        outcome = self.outcome or ("settled" if self.settled else "pending")
        head = {"format": FORMAT, "engine": ENGINE, "method": self.method, "rule": dict(self.rule)}
        counted = {"candidates": list(self.candidates), "seats": self.seats, "elected": list(self.elected)}
        trail = {"stages": [dict(each) for each in self.stages], "lots": [dict(each) for each in self.lots]}
        source = {"ballots": self.ballots, "figures": self.figures, "roll": dict(self.roll)}
        end = {"outcome": outcome, "pending": self.pending, "complete": self.settled, "notes": list(self.notes)}
        return {**head, **counted, **trail, **source, **end, **self.more}

    def canonical(self) -> str:
        """Canonical JSON: sorted keys, no spaces. The same count gives the same bytes."""
        return canonical(self.data())


def canonical(data: Any) -> str:
    """Sorted keys and no spaces; a protocol holds no floats, so this is stable."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(slots=True)
class Sheet:
    """What a count writes on as it goes, so that a count that stops for a lot still shows how far it came."""

    lots: Lots
    stages: list[dict[str, Any]] = field(default_factory=list)
    elected: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pending: Mapping[str, Any] | None = None

    def stage(self, **data: Any) -> dict[str, Any]:
        """Begin the next stage; the returned entry may be filled in further."""
        entry = {"stage": len(self.stages) + 1, **data}
        self.stages.append(entry)
        return entry

    @contextmanager
    def counting(self) -> Iterator[None]:
        """A lot that is missing ends the count and is named as what is pending."""
        try:
            yield
        except LotNeededError as need:
            self.pending = {"kind": "lot", "label": need.label, "between": list(need.items)}

    def protocol(self, method: str, rule: Mapping[str, Any], candidates: Sequence[str], **rest: Any) -> Protocol:
        """Close the sheet."""
        evidence = {"draw": dict(self.lots.evidence)} if self.lots.evidence and self.lots.drawn else {}
        more = {**evidence, **rest.pop("more", {})}
        trail: dict[str, Any] = {"stages": tuple(self.stages), "lots": tuple(self.lots.drawn), "more": more}
        outcome: dict[str, Any] = {"elected": tuple(self.elected), "pending": self.pending, "notes": tuple(self.notes)}
        return Protocol(method=method, rule=rule, candidates=tuple(candidates), **trail, **outcome, **rest)
