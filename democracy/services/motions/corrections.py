"""Clerical errors in a motion that has been handed in: put right, with both wordings kept."""

from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.services.motions.case import MotionService, clause_of, expect_version, required
from democracy.services.use_case import use_case
from democracy.storage import decisions
from democracy.storage.ledger import Text
from democracy.storage.motion_case import MotionCase
from democracy.storage.motions import ClauseText
from democracy.storage.tables.motion import CorrectionRow
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Correction:
    """One wording for another."""

    after: str
    reason: str
    approved_by: str
    """Who approved it: the mover; or, when the papers are out, the board or the secretary."""


class Corrections(MotionService):
    """A correction is an event that names what it replaces. Nothing is overwritten unseen.

    Once the papers are out the change is a rättelseblad to the same readers.
    """

    @use_case
    async def correct(
        self,
        unit: Unit,
        motion_id: UUID,
        part: str,
        correction: Correction,
        expected_version: int | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Correct a clerical error in the `title` or the `reasoning`."""
        case = await unit.motions.open(motion_id, actor=actor)
        expect_version(case, expected_version)
        before = getattr(await unit.motions.row(motion_id), part)
        row = _row(unit, case, correction, part=part, before=before)
        await self._take(unit, case, row, None, actor)
        await _rewrite(unit, motion_id, row, None)
        return motion_id

    @use_case
    async def correct_clause(
        self,
        unit: Unit,
        clause_id: UUID,
        correction: Correction,
        expected_version: int | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Correct a clerical error in an att-sats. Returns the motion's id."""
        clause, case = await clause_of(unit, clause_id, actor)
        expect_version(case, expected_version)
        row = _row(unit, case, correction, part="clause", before=clause.text)
        row.clause_id = clause_id
        await self._take(unit, case, row, clause.number, actor)
        await _rewrite(unit, case.id, row, clause.number)
        return case.id

    async def _take(self, unit: Unit, case: MotionCase, row: CorrectionRow, clause: int | None, actor: Actor) -> None:
        undecided = row.clause_id is None or await decisions.in_force(unit.session, row.clause_id) is None
        facts = replace(
            case.facts, reason_given=bool(row.reason), mover_consents=bool(row.approved_by), clause_open=undecided
        )
        kept = {"part": row.part, "before": row.before, "after": row.after, "reason": row.reason}
        outcome = {"part": row.part, "clause": clause, "erratum": row.erratum}
        text = Text("correction", row.id, kept)
        rule = "correct_papers" if row.erratum else "correct"
        await self.take(unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=[text])
        unit.session.add(row)


def _row(unit: Unit, case: MotionCase, correction: Correction, *, part: str, before: str) -> CorrectionRow:
    return CorrectionRow(
        id=new_id(),
        motion_id=case.id,
        part=part,
        before=before,
        after=required("after", correction.after, longest=50_000),
        reason=correction.reason.strip(),
        approved_by=correction.approved_by.strip(),
        erratum=case.facts.papers_sent,
        at=unit.now,
    )


async def _rewrite(unit: Unit, motion_id: UUID, row: CorrectionRow, number: int | None) -> None:
    motion = await unit.motions.row(motion_id)
    clauses = [
        ClauseText(row.after if each.number == number else each.text, each.anchor_document, each.anchor_place)
        for each in await unit.motions.clauses(motion_id)
    ]
    title = row.after if row.part == "title" else motion.title
    reasoning = row.after if row.part == "reasoning" else motion.reasoning
    await unit.motions.write(motion_id, title, reasoning, clauses)
