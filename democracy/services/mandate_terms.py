"""Mandates by decision: co-opted, extended, ended early."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import MandateRole
from democracy.errors import FieldError, InvalidInputError
from democracy.services.mandates import follow, stand_down
from democracy.services.proceedings.persons import Person, person_of
from democracy.services.use_case import Service, use_case
from democracy.storage import body_mandates
from democracy.storage.mandate_case import MandateCase, open_body, open_mandate
from democracy.storage.tables.member import MandateRow
from democracy.storage.unit_of_work import Unit
from workflows.mandate import MANDATE, MandateFacts, MandateState


@dataclass(frozen=True)
class Term:
    """From when to when, both days included, and the decision: meeting and paragraph."""

    first: date
    last: date | None
    decision: str


class MandateTerms(Service):
    """Use cases of whoever records what a body has decided."""

    @use_case
    async def co_opt(self, unit: Unit, body_id: UUID, person: Person, term: Term, *, actor: Actor) -> UUID:
        """Co-opt somebody (adjungera): they speak in the body, and have no vote."""
        body = await open_body(unit, body_id, actor=actor)
        member = await person_of(unit, person, hold=(MANDATE, "co_opt"), roles=body.roles, statutes=body.statutes)
        role, row = MandateRole.CO_OPTED, new_id()
        facts = MandateFacts(
            decision_given=bool(term.decision.strip()),
            dates_in_order=term.last is None or term.last >= term.first,
            already_in=await body_mandates.acts_in(unit, body_id, member, term.first),
        )
        case = MandateCase(
            row, member, body_id, body.unit_id, role, term.first, term.last, None, MandateState.HELD, facts, body.roles
        )
        await follow(unit, case, "co_opt", facts, actor, {"body": body_id, "first": term.first, "last": term.last})
        unit.session.add(
            MandateRow(
                id=row, member_id=member, body_id=body_id, role=role, position=0, starts_on=term.first,
                ends_on=term.last, decision=term.decision.strip(),
            )
        )  # fmt: skip
        await unit.session.flush()
        return row

    @use_case
    async def extend(
        self, unit: Unit, body_id: UUID, mandate_ids: Sequence[UUID], last: date, decision: str, *, actor: Actor
    ) -> UUID:
        """Let mandates of a body last longer by a decision (förlängt mandat): those named, or all that have a last day.

        Those whose mandates last longer than that already are left as they are, unless they are named.
        """
        body = await open_body(unit, body_id, actor=actor)
        if not MANDATE.rules["extend"].open_to(body.roles):
            raise MANDATE.wrong_role("extend").under(body.statutes)
        chosen = list(mandate_ids) or await body_mandates.ending_before(unit, body_id, last)
        if not chosen:
            raise InvalidInputError(FieldError("bodyId", "nothing_to_extend"))
        for mandate_id in sorted(set(chosen)):
            await self._extended(unit, body_id, mandate_id, last, decision.strip(), actor)
        return body_id

    @use_case
    async def end(self, unit: Unit, mandate_id: UUID, last: date, decision: str, *, actor: Actor) -> UUID:
        """Record that a mandate ends early, after a last day: by a decision, or because its holder has moved away."""
        case, row = await open_mandate(unit, mandate_id, actor=actor)
        fits = last >= case.starts_on - timedelta(days=1) and (case.ends_on is None or last <= case.ends_on)
        facts = replace(case.facts, decision_given=bool(decision.strip()), dates_in_order=fits)
        await follow(unit, case, "end", facts, actor, {"last": last})
        row.released_on = last + timedelta(days=1)
        row.decision = "; ".join(filter(None, (row.decision, decision.strip())))
        await stand_down(unit, case, last, actor)
        return mandate_id

    async def _extended(
        self, unit: Unit, body_id: UUID, mandate_id: UUID, last: date, decision: str, actor: Actor
    ) -> None:
        case, row = await open_mandate(unit, mandate_id, actor=actor)
        if case.body_id != body_id:
            raise InvalidInputError(FieldError("mandateIds", "other_body"))
        facts = replace(
            case.facts, decision_given=bool(decision), dates_in_order=case.ends_on is None or last > case.ends_on
        )
        await follow(unit, case, "extend", facts, actor, {"from": case.ends_on, "last": last})
        row.ends_on = last
        row.decision = "; ".join(filter(None, (row.decision, decision)))
