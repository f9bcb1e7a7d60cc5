"""Clerical errors in a motion that has been handed in: put right, with both wordings kept."""

from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import MotionService, expect_version, required
from democracy.services.use_case import use_case
from democracy.storage.ledger import Text
from democracy.storage.motions import ClauseText
from democracy.storage.tables.motion import CorrectionRow
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Correction:
    """One wording for another: in the title, in the reasoning, or in the att-sats with this number."""

    after: str
    reason: str
    approved_by: str
    """Who approved it: the mover; or, when the papers are out, the board or the secretary."""
    part: str = "clause"
    clause: int | None = None


class Corrections(MotionService):
    """A correction is an event that names what it replaces. Nothing is overwritten unseen."""

    @use_case
    async def correct(
        self, unit: Unit, motion_id: UUID, correction: Correction, expected_version: int | None = None, *, actor: Actor
    ) -> UUID:
        """Correct a clerical error. Once the papers are out the change is a rättelseblad to the same readers."""
        case = await unit.motions.open(motion_id, actor=actor)
        expect_version(case, expected_version)
        row, clauses = await unit.motions.row(motion_id), list(await unit.motions.clauses(motion_id))
        title, reasoning = row.title, row.reasoning
        after = required("after", correction.after, longest=50_000)
        clause = next((each for each in clauses if each.number == correction.clause), None)
        if correction.part == "title":
            before, title = title, after
        elif correction.part == "reasoning":
            before, reasoning = reasoning, after
        elif clause is not None:
            before = clause.text
        else:
            raise InvalidInputError(FieldError("clause", "unknown_clause", {"number": correction.clause}))
        facts = replace(
            case.facts,
            reason_given=bool(correction.reason.strip()),
            mover_consents=bool(correction.approved_by.strip()),
        )
        record = CorrectionRow(
            id=new_id(),
            motion_id=motion_id,
            clause_id=clause.id if correction.part == "clause" and clause else None,
            part=correction.part,
            before=before,
            after=after,
            reason=correction.reason.strip(),
            approved_by=correction.approved_by.strip(),
            erratum=case.facts.papers_sent,
            at=unit.now,
        )
        kept = {"part": record.part, "before": before, "after": after, "reason": record.reason}
        outcome = {"part": record.part, "clause": correction.clause, "erratum": record.erratum}
        text = Text("correction", record.id, kept)
        await self.take(unit, case, "correct", actor=actor, facts=facts, outcome=outcome, texts=[text])
        unit.session.add(record)
        texts = [
            ClauseText(after if each is clause and correction.part == "clause" else each.text,
                       each.anchor_document, each.anchor_place)
            for each in clauses
        ]  # fmt: skip
        await unit.motions.write(motion_id, title, reasoning, texts)
        return motion_id
