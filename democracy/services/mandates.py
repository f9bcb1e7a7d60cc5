"""Mandates: leave with a substitute in the place, resignation, release."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.use_case import Service, use_case
from democracy.storage import stand_ins
from democracy.storage.mandate_case import MandateCase, digest_of, open_mandate
from democracy.storage.stand_ins import Leave
from democracy.storage.unit_of_work import Unit
from workflows.engine import StepDenied
from workflows.mandate import MANDATE, MandateFacts, MandateState


class Mandates(Service):
    """Use cases on one mandate. The secretary may record each of them for its holder."""

    @use_case
    async def take_leave(
        self, unit: Unit, mandate_id: UUID, first: date, last: date | None = None, *, actor: Actor
    ) -> UUID:
        """Leave the place from one day to another, both included; without a last day, for now.

        The first substitute in order stands in, where the post lets substitutes do so.
        """
        case, row = await open_mandate(unit, mandate_id, actor=actor)
        facts = replace(case.facts, dates_in_order=_within(case, first, last))
        await follow(unit, case, "take_leave", facts, actor, {"first": first, "last": last})
        row.leave_from, row.leave_until = first, last
        ends = [each for each in (last, case.ends_on) if each is not None]
        leave = Leave(mandate_id, case.body_id, case.role, first, min(ends, default=None))
        await self._stand_in(unit, case, leave, actor)
        return mandate_id

    @use_case
    async def end_leave(self, unit: Unit, mandate_id: UUID, last: date, *, actor: Actor) -> UUID:
        """Be back after the leave's last day. Whoever stood in leaves the place the same day."""
        case, row = await open_mandate(unit, mandate_id, actor=actor)
        facts = replace(case.facts, dates_in_order=case.leave_from is None or last >= case.leave_from)
        await follow(unit, case, "end_leave", facts, actor, {"last": last})
        row.leave_until = last
        await stand_down(unit, case, last, actor)
        return mandate_id

    @use_case
    async def resign(self, unit: Unit, mandate_id: UUID, *, actor: Actor) -> UUID:
        """Ask to be released. The duty remains until whoever elected has granted it."""
        case, row = await open_mandate(unit, mandate_id, actor=actor)
        await follow(unit, case, "resign", case.facts, actor)
        row.resigned_on = unit.today
        return mandate_id

    @use_case
    async def stay(self, unit: Unit, mandate_id: UUID, *, actor: Actor) -> UUID:
        """Take the resignation back."""
        case, row = await open_mandate(unit, mandate_id, actor=actor)
        await follow(unit, case, "stay", case.facts, actor)
        row.resigned_on = None
        return mandate_id

    @use_case
    async def release(self, unit: Unit, mandate_id: UUID, first_free: date, decision: str, *, actor: Actor) -> UUID:
        """Record that the body that elected has granted the resignation, from a day and by a decision."""
        case, row = await open_mandate(unit, mandate_id, actor=actor)
        facts = replace(case.facts, decision_given=bool(decision.strip()), dates_in_order=first_free >= case.starts_on)
        await follow(unit, case, "release", facts, actor, {"first_free": first_free})
        row.released_on = first_free
        row.decision = "; ".join(filter(None, (row.decision, decision.strip())))
        await stand_down(unit, case, first_free - timedelta(days=1), actor)
        return mandate_id

    async def _stand_in(self, unit: Unit, case: MandateCase, leave: Leave, actor: Actor) -> None:
        if case.role not in stand_ins.FILLED_BY_SUBSTITUTES or not await stand_ins.by_order(unit, case.id):
            return
        substitute = await stand_ins.next_in_line(unit, case.body_id, leave.first)
        if substitute is None:
            return
        placed = await stand_ins.place(unit, leave, substitute)
        fills = replace(case, id=placed.id, state=MandateState.HELD, facts=MandateFacts())
        await follow(unit, fills, "stand_in", fills.facts, actor, {"for": case.id, "last": placed.ends_on})


async def stand_down(unit: Unit, case: MandateCase, last: date, actor: Actor) -> None:
    """Let whoever stands in for the holder leave the place after a last day."""
    for row in await stand_ins.of(unit, case.id, last):
        if row.starts_on > last:
            row.released_on = row.starts_on
        row.ends_on = max(row.starts_on, last)
        ends = replace(case, id=row.id, state=MandateState.HELD, facts=MandateFacts())
        await follow(unit, ends, "stand_down", ends.facts, actor, {"last": last})


async def follow(
    unit: Unit,
    case: MandateCase,
    rule: str,
    facts: MandateFacts,
    actor: Actor,
    told: Mapping[str, date | UUID | None] | None = None,
) -> None:
    """Take a step and record it. Raises StepDenied with every reason, each with its paragraph of today's statutes."""
    digest = await digest_of(unit, case.unit_id)
    try:
        step = MANDATE.step(rule, case.state, facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(digest) from None
    unit.record(
        step, case.id, by=actor, statutes=digest, outcome={name: _said(each) for name, each in (told or {}).items()}
    )


def _said(value: Any) -> str | None:
    return value.hex if isinstance(value, UUID) else value.isoformat() if value else None


def _within(case: MandateCase, first: date, last: date | None) -> bool:
    ends = case.ends_on
    return first >= case.starts_on and (last is None or first <= last) and (ends is None or first <= ends)
