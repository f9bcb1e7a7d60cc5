"""Whether a motion may be treated: only formal faults stop one, and the board decides."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Fault
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import MotionService, clause_of, required
from democracy.services.motions.notices import tell_movers
from democracy.services.motions.numbering import LETTERS
from democracy.services.proceedings.motion_items import put_on_agenda
from democracy.services.use_case import use_case
from democracy.storage.ledger import Text
from democracy.storage.tables.motion import FaultNoteRow
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Ground:
    """Why a motion or an att-sats is stopped, and the board's decision that stops it."""

    fault: Fault
    note: str
    decision: str
    """The board's meeting and paragraph, such as "DS 12 februari, § 8"."""


class Admission(MotionService):
    """From handed in to admitted, returned or stopped."""

    @use_case
    async def note_fault(self, unit: Unit, motion_id: UUID, fault: Fault, note: str, *, actor: Actor) -> UUID:
        """Note a formal fault for the board. It stops nothing by itself."""
        case = await unit.motions.open(motion_id, actor=actor)
        row = FaultNoteRow(id=new_id(), motion_id=motion_id, fault=fault, note=required("note", note), at=unit.now)
        texts = [Text("fault_note", row.id, {"note": row.note})]
        await self.take(unit, case, "note_fault", actor=actor, outcome={"fault": fault.name}, texts=texts)
        unit.session.add(row)
        return motion_id

    @use_case
    async def admit(self, unit: Unit, motion_id: UUID, *, actor: Actor) -> UUID:
        """Take the motion up for treatment."""
        case = await unit.motions.open(motion_id, actor=actor)
        await self.take(unit, case, "admit", actor=actor)
        row = await unit.motions.row(motion_id)
        row.fault = row.fault_note = row.stopped_by = None
        await tell_movers(unit, motion_id, "motion_admitted")
        return motion_id

    @use_case
    async def return_(self, unit: Unit, motion_id: UUID, note: str, due_at: datetime, *, actor: Actor) -> UUID:
        """Send the motion back to be completed before `due_at`. It keeps its number and the time it came in."""
        case = await unit.motions.open(motion_id, actor=actor)
        if due_at <= unit.now:
            raise InvalidInputError(FieldError("dueAt", "in_past"))
        facts = replace(case.facts, ground_given=bool(note.strip()))
        texts = [Text("return", motion_id, {"note": note.strip()})]
        await self.take(unit, case, "return", actor=actor, facts=facts, texts=texts)
        row = await unit.motions.row(motion_id)
        row.completion_note, row.completion_due_at = note.strip(), due_at
        await tell_movers(unit, motion_id, "motion_returned", note=row.completion_note, due=due_at)
        return motion_id

    @use_case
    async def refuse(self, unit: Unit, motion_id: UUID, ground: Ground, *, actor: Actor) -> UUID:
        """Stop a motion for a formal fault. It stands in the papers with its reason."""
        case = await unit.motions.open(motion_id, actor=actor)
        facts = replace(case.facts, ground_given=bool(ground.note.strip()), board_decided=bool(ground.decision.strip()))
        texts = [Text("refusal", motion_id, {"note": ground.note, "decision": ground.decision})]
        outcome = {"fault": ground.fault.name}
        await self.take(unit, case, "refuse", actor=actor, facts=facts, outcome=outcome, texts=texts)
        row = await unit.motions.row(motion_id)
        row.fault, row.fault_note, row.stopped_by = ground.fault, ground.note.strip(), ground.decision.strip()
        # What was asked of the movers alone does not go into the papers with the reason.
        row.completion_note = row.completion_due_at = None
        await tell_movers(unit, motion_id, "motion_refused", note=row.fault_note, decision=row.stopped_by)
        return motion_id

    @use_case
    async def refuse_clause(self, unit: Unit, clause_id: UUID, ground: Ground, *, actor: Actor) -> UUID:
        """Stop one att-sats; the rest of the motion goes on. Returns the motion's id."""
        clause, case = await clause_of(unit, clause_id, actor)
        facts = replace(
            case.facts,
            ground_given=bool(ground.note.strip()),
            board_decided=bool(ground.decision.strip()),
            clause_open=clause.fault is None,
        )
        texts = [Text("clause", clause_id, {"note": ground.note, "decision": ground.decision})]
        outcome = {"clause": clause.number, "fault": ground.fault.name}
        await self.take(unit, case, "refuse_clause", actor=actor, facts=facts, outcome=outcome, texts=texts)
        clause.fault, clause.fault_note, clause.stopped_by = ground.fault, ground.note.strip(), ground.decision.strip()
        return case.id

    @use_case
    async def take_up(self, unit: Unit, motion_id: UUID, *, actor: Actor) -> UUID:
        """Record that the open meeting takes up a motion that was stopped."""
        case = await unit.motions.open(motion_id, actor=actor)
        number = await unit.motions.document_number(motion_id, case.meeting_id, LETTERS[case.category])
        await self.take(unit, case, "take_up", actor=actor, outcome={"document": number})
        await put_on_agenda(unit, motion_id, actor)
        return motion_id

    @use_case
    async def lay_aside(self, unit: Unit, motion_id: UUID, *, actor: Actor) -> UUID:
        """Record that the meeting has been told of a stopped motion and leaves it there."""
        case = await unit.motions.open(motion_id, actor=actor)
        await self.take(unit, case, "lay_aside", actor=actor)
        await unit.motions.set_laid_aside(motion_id)
        return motion_id
