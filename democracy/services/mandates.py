"""Mandates: leave, resignation, release."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.use_case import Service, use_case
from democracy.storage.mandate_case import MandateCase, open_mandate
from democracy.storage.unit_of_work import Unit
from workflows.mandate import MANDATE, MandateFacts


class Mandates(Service):
    """Use cases on one mandate. The secretary may record each of them for its holder."""

    @use_case
    async def take_leave(
        self, unit: Unit, mandate_id: UUID, first: date, last: date | None = None, *, actor: Actor
    ) -> UUID:
        """Leave the place to the substitutes from one day to another, both included; without a last day, for now."""
        case = await open_mandate(unit, mandate_id, actor=actor)
        facts = replace(case.facts, dates_in_order=_within(case, first, last))
        _follow(unit, case, "take_leave", facts, actor, first=first, last=last)
        case.row.leave_from, case.row.leave_until = first, last
        return mandate_id

    @use_case
    async def end_leave(self, unit: Unit, mandate_id: UUID, last: date, *, actor: Actor) -> UUID:
        """Be back after the leave's last day."""
        case = await open_mandate(unit, mandate_id, actor=actor)
        began = case.row.leave_from
        facts = replace(case.facts, dates_in_order=began is None or last >= began)
        _follow(unit, case, "end_leave", facts, actor, last=last)
        case.row.leave_until = last
        return mandate_id

    @use_case
    async def resign(self, unit: Unit, mandate_id: UUID, *, actor: Actor) -> UUID:
        """Ask to be released. The duty remains until whoever elected has granted it."""
        case = await open_mandate(unit, mandate_id, actor=actor)
        _follow(unit, case, "resign", case.facts, actor)
        case.row.resigned_on = unit.today
        return mandate_id

    @use_case
    async def stay(self, unit: Unit, mandate_id: UUID, *, actor: Actor) -> UUID:
        """Take the resignation back."""
        case = await open_mandate(unit, mandate_id, actor=actor)
        _follow(unit, case, "stay", case.facts, actor)
        case.row.resigned_on = None
        return mandate_id

    @use_case
    async def release(self, unit: Unit, mandate_id: UUID, first_free: date, decision: str, *, actor: Actor) -> UUID:
        """Record that the body that elected has granted the resignation, from a day and by a decision."""
        case = await open_mandate(unit, mandate_id, actor=actor)
        facts = replace(
            case.facts, decision_given=bool(decision.strip()), dates_in_order=first_free >= case.row.starts_on
        )
        _follow(unit, case, "release", facts, actor, first_free=first_free)
        case.row.released_on = first_free
        case.row.decision = "; ".join(filter(None, (case.row.decision, decision.strip())))
        return mandate_id


def _within(case: MandateCase, first: date, last: date | None) -> bool:
    ends = case.row.ends_on
    return first >= case.row.starts_on and (last is None or first <= last) and (ends is None or first <= ends)


def _follow(unit: Unit, case: MandateCase, rule: str, facts: MandateFacts, actor: Actor, **days: date | None) -> None:
    step = MANDATE.step(rule, case.state, facts, roles=case.roles, now=unit.now)
    outcome = {name: day.isoformat() if day else None for name, day in days.items()}
    unit.record(step, case.row.id, by=actor, outcome=outcome)
