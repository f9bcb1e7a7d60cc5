"""What becomes of a matter: a meeting decides, it is reported, carried out, explained, closed."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.council.case import entered, hold_role, named, open_case, take, written
from democracy.services.motions.case import required
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import council, decision_register
from democracy.storage.council_case import CouncilCase
from democracy.storage.unit_of_work import Unit
from workflows.council_kinds import CouncilOutcome
from workflows.item import ItemState


class Deciding(Service):
    """A decision binds the group politically; a councillor's mandate is free, and a deviation is reported."""

    @use_case
    async def call(self, unit: Unit, key: UUID, *, actor: Actor) -> UUID:
        """Leave the matter to a meeting of the body."""
        case = await open_case(unit, key, actor)
        await take(unit, case, "call_meeting", actor=actor)
        return key

    @use_case
    async def decide(
        self, unit: Unit, key: UUID, item_id: UUID, outcome: CouncilOutcome, text: str, *, actor: Actor
    ) -> UUID:
        """Record what a meeting of the body decided, under which item of its agenda."""
        case = await open_case(unit, key, actor)
        hold_role("decide", case)
        of_body, decided = await self._item(unit, case, item_id)
        facts = replace(case.facts, item_of_body=of_body, item_decided=decided, outcome_given=bool(text.strip()))
        kept = written(case, {"decision": text.strip()})
        done = {"outcome": outcome.name, "item": item_id.hex}
        await take(unit, case, "decide", actor=actor, facts=facts, outcome=done, texts=[kept])
        row = await council.row(unit, key)
        row.outcome, row.decision_text, row.item_id = outcome, required("text", text), item_id
        row.decided_at = row.in_force_from = unit.now
        await entered(unit, row)
        return key

    async def _item(self, unit: Unit, case: CouncilCase, item_id: UUID) -> tuple[bool, bool]:
        found = await council.item_of(unit, item_id)
        if found is None:
            return False, False
        item, meeting = found
        return meeting.body_id == case.body_id, item.state is ItemState.CLOSED

    @use_case
    async def sign(self, unit: Unit, key: UUID, *, actor: Actor) -> UUID:
        """Sign the minutes of a written procedure: the chair and somebody else who was asked."""
        case = await open_case(unit, key, actor)
        hold_role("sign_minutes", case)
        place = await council.asked(unit, key, getattr(actor, "id"))  # noqa: B009 - a member: the rule asks for roles
        facts = replace(case.facts, entitled=place is not None)
        await take(unit, case, "sign_minutes", actor=actor, facts=facts)
        assert place is not None  # noqa: S101 - the rule has just asked for it
        place.signed_at = unit.now
        return key

    @use_case
    async def report(self, unit: Unit, key: UUID, item_id: UUID, *, actor: Actor) -> UUID:
        """Report a decision in writing to the next meeting (anmälan). The report changes nothing in it."""
        case = await open_case(unit, key, actor)
        hold_role("report", case)
        of_body, _ = await self._item(unit, case, item_id)
        facts = replace(case.facts, item_of_body=of_body)
        await take(unit, case, "report", actor=actor, facts=facts, outcome={"item": item_id.hex})
        row = await council.row(unit, key)
        row.reported_item_id = item_id
        # Where the statutes have it ratified, it is in force from then on.
        row.in_force_from = row.in_force_from or unit.now
        await decision_register.now_in_force(unit.session, "council_decision", key, unit.now)
        return key

    @use_case
    async def assign(
        self, unit: Unit, key: UUID, person: Person, due: date, group_id: UUID | None = None, *, actor: Actor
    ) -> UUID:
        """Say who sees to it that the decision is carried out, by when, and which group it binds."""
        case = await open_case(unit, key, actor)
        responsible = await named(unit, case, "assign", person)
        if group_id is not None:
            await unit.meetings.body(group_id)
        if due < unit.today:
            raise InvalidInputError(FieldError("reportBy", "in_past"))
        outcome = {"responsible": responsible.hex, "due": due.isoformat()}
        await take(unit, case, "assign", actor=actor, outcome=outcome)
        row = await council.row(unit, key)
        row.responsible_id, row.report_by, row.bound_body_id = responsible, due, group_id
        return key

    @use_case
    async def report_back(self, unit: Unit, key: UUID, text: str, *, actor: Actor) -> UUID:
        """Report what has been done, or why it was done otherwise."""
        case = await open_case(unit, key, actor)
        facts = replace(case.facts, reason_given=bool(text.strip()))
        await take(unit, case, "report_back", actor=actor, facts=facts, texts=[written(case, {"report": text.strip()})])
        row = await council.row(unit, key)
        row.carried_out, row.carried_out_at = required("text", text), unit.now
        return key

    @use_case
    async def explain(self, unit: Unit, key: UUID, rationale: str, *, actor: Actor) -> UUID:
        """Publish why it was decided so, to everybody who may know of the decision."""
        case = await open_case(unit, key, actor)
        facts = replace(case.facts, reason_given=bool(rationale.strip()))
        kept = written(case, {"rationale": rationale.strip()})
        await take(unit, case, "explain", actor=actor, facts=facts, texts=[kept])
        row = await council.row(unit, key)
        row.rationale, row.rationale_at = required("rationale", rationale), unit.now
        return key

    @use_case
    async def finish(self, unit: Unit, key: UUID, *, actor: Actor) -> UUID:
        """Close the matter."""
        case = await open_case(unit, key, actor)
        await take(unit, case, "finish", actor=actor)
        return key
