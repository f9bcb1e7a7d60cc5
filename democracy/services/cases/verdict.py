"""What a board decided in a case, as its secretary records it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democracy.services.cases.persons import deciders
from democracy.storage import case_parts
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Verdict:
    """A decision of a board."""

    decision: str
    """Meeting and paragraph, such as "DS 25 februari, § 23"."""
    reasons: str = ""
    present: tuple[UUID, ...] | None = None
    """Those who took part; None: everybody with a vote who is not barred."""
    votes_for: int = 0
    """For what was decided. Both figures 0 where nobody asked for a count."""
    votes_against: int = 0
    reservations: str = ""
    present_count: int | None = None
    """How many took part, for a body that is itself a meeting."""


@dataclass(frozen=True)
class Sitting:
    """Who took part, worked out."""

    present: frozenset[UUID]
    count: int
    barred: int


async def sitting(unit: Unit, body_id: UUID, case_id: UUID, given: Verdict) -> Sitting:
    """Who took part in a decision, and how many of them were barred."""
    present: Sequence[UUID] | frozenset[UUID] = await deciders(unit, body_id, case_id, given.present)
    barred = await case_parts.barred(unit.session, case_id)
    count = len(present) if present else (given.present_count or 0)
    return Sitting(frozenset(present), count, len(barred & frozenset(present)))


def facts_of(given: Verdict, sat: Sitting) -> dict[str, Any]:
    """What the rules are told of it."""
    return {
        "decision_given": bool(given.decision.strip()),
        "reasons_given": bool(given.reasons.strip()),
        "present": sat.count,
        "votes_for": given.votes_for,
        "votes_against": given.votes_against,
        "barred_present": sat.barred,
    }


def outcome_of(given: Verdict, sat: Sitting) -> dict[str, Any]:
    """What the ledger keeps of it."""
    return {"present": sat.count, "for": given.votes_for, "against": given.votes_against}
