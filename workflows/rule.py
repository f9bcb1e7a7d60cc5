"""What a workflow is made of: rules, and the guards that stand before them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

from workflows.denial import Denial, Said
from workflows.force import Force, Role

F = TypeVar("F")
S = TypeVar("S", bound=Enum)

MEETING_WAIVES = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY})


def _never(_: object) -> bool:
    return False


def _no_time(_: object) -> datetime | None:
    return None


@dataclass(frozen=True)
class Guard(Generic[F]):
    """A condition that must hold: a pure function of facts and now. Its code names what is wrong when it does not."""

    code: str
    holds: Callable[[F, datetime], bool]
    paragraph: str | None = None
    """The paragraph it rests on; the rule's own when None."""
    force: Force = Force.STATUTE
    opens_at: Callable[[F], datetime | None] = _no_time
    """From when the condition can hold."""
    closes_at: Callable[[F], datetime | None] = _no_time
    """The first moment at which it no longer holds."""
    next_chance: Callable[[F], datetime | None] = _no_time
    """When it has closed: when the next occasion of the same kind closes."""
    says: Callable[[F, datetime], Mapping[str, Said]] = lambda _facts, _now: {}
    """What the message needs."""
    waived_if: Callable[[F], bool] = _never
    """For a rule of the statutes: whether the statutes let the meeting set it aside."""

    def waivable_by(self, facts: F) -> frozenset[Role]:
        """Who may record that this is set aside. Law and integrity never are; the statutes only as they say."""
        if self.force is Force.MEETING_ORDER or (self.force is Force.STATUTE and self.waived_if(facts)):
            return MEETING_WAIVES
        return frozenset()

    @property
    def statutes_may_waive(self) -> bool:
        """Whether there are statutes under which this can be set aside."""
        return self.force is Force.STATUTE and self.waived_if is not _never

    def denial(self, workflow: str, rule: "Rule[S, F]", facts: F, now: datetime) -> Denial:
        """The reason in full."""
        opens, closes = self.opens_at(facts), self.closes_at(facts)
        closed = closes is not None and now >= closes
        return Denial(
            workflow=workflow,
            rule=rule.name,
            code=self.code,
            force=self.force,
            paragraph=self.paragraph or rule.paragraph,
            params=self.says(facts, now),
            allowed_from=opens if opens is not None and now < opens else None,
            allowed_until=closes,
            next_chance=self.next_chance(facts) if closed else None,
            who_may=rule.by,
            waivable_by=self.waivable_by(facts),
        )


@dataclass(frozen=True)
class Rule(Generic[S, F]):
    """One thing that may be done: from which states, by whom, on what ground, under which conditions."""

    name: str
    source: tuple[S, ...]
    dest: S | None
    """The state afterwards; None when it stays."""
    paragraph: str
    by: frozenset[Role]
    guards: tuple[Guard[F], ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Every reason that this rule's guards may give."""
        return frozenset(guard.code for guard in self.guards)

    def open_to(self, roles: frozenset[Role]) -> bool:
        """Whether somebody with these roles may follow it at all."""
        return Role.ANYONE in self.by or bool(self.by & roles)
