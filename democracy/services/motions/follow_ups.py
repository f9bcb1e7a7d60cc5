"""Who carries a decision out, by when, and what came of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import MotionService, clause_of, member_id
from democracy.services.use_case import use_case
from democracy.storage import decisions
from democracy.storage.ledger import Text
from democracy.storage.tables.motion import FollowUpRow
from democracy.storage.unit_of_work import Unit


class FollowUps(MotionService):
    """Tasks that decisions gave."""

    @use_case
    async def assign(self, unit: Unit, clause_id: UUID, body_id: UUID, due_on: date, *, actor: Actor) -> UUID:
        """Name the body that carries out what an att-sats decided, and by when. Returns the motion's id."""
        clause, case = await clause_of(unit, clause_id, actor)
        body = await unit.meetings.body(body_id)
        decision = await decisions.in_force(unit.session, clause_id)
        if decision is None or not decision.outcome.gives_a_task:
            raise InvalidInputError(FieldError("clauseId", "gave_no_task"))
        if due_on < unit.today:
            raise InvalidInputError(FieldError("dueOn", "in_past"))
        outcome = {"clause": clause.number, "body": body_id.hex, "due": due_on.isoformat()}
        await self.take(unit, case, "assign_follow_up", actor=actor, outcome=outcome)
        row = await decisions.follow_up(unit.session, clause_id)
        if row is None:
            row = FollowUpRow(id=new_id(), clause_id=clause_id, motion_id=case.id)
            unit.session.add(row)
        row.body_id, row.due_on, row.assigned_at = body.id, due_on, unit.now
        return case.id

    @use_case
    async def report(self, unit: Unit, clause_id: UUID, report: str, *, actor: Actor) -> UUID:
        """Report how a task was carried out. Returns the motion's id."""
        clause, case = await clause_of(unit, clause_id, actor)
        row = await decisions.follow_up(unit.session, clause_id)
        if row is None:
            raise InvalidInputError(FieldError("clauseId", "nothing_assigned"))
        facts = replace(case.facts, report_given=bool(report.strip()))
        text = Text("report", row.id, {"report": report.strip()}, about=member_id(actor))
        outcome = {"clause": clause.number}
        await self.take(unit, case, "report_follow_up", actor=actor, facts=facts, outcome=outcome, texts=[text])
        row.report, row.reported_at = report.strip(), unit.now
        return case.id

    @use_case
    async def close(self, unit: Unit, motion_id: UUID, *, actor: Actor) -> UUID:
        """End the case: everything that was decided has been carried out and reported."""
        case = await unit.motions.open(motion_id, actor=actor)
        await self.take(unit, case, "close", actor=actor)
        return motion_id
