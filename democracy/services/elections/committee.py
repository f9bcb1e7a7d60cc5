"""The nomination committee's work: notes and a draft that nobody else sees, until it publishes its proposal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.services.elections.case import member_of, represented, take
from democracy.services.use_case import Service, use_case
from democracy.storage import elections
from democracy.storage.ledger import Text
from democracy.storage.tables.election import CandidacyRow, NominationDraftRow, NominationNoteRow, NominationWorkRow
from democracy.storage.unit_of_work import Unit
from workflows.candidacy import CandidacyState
from workflows.engine import Role, StepDenied
from workflows.nomination_work import NOMINATION_WORK, NominationWorkFacts

MAY_BE_PROPOSED = (CandidacyState.ASKED, CandidacyState.ACCEPTED)
_IN_IT = frozenset({Role.NOMINATION_COMMITTEE})


@dataclass(frozen=True)
class Line:
    """One place of the proposal, with the reasons for it."""

    candidacy_id: UUID
    reasons: str = ""


class Committee(Service):
    """Use cases of the committee: nobody else has any part in them."""

    @use_case
    async def note(self, unit: Unit, election_id: UUID, text: str, *, actor: Actor) -> UUID:
        """Note something for the committee's own eyes, today and afterwards."""
        work, statutes = await self._opened(unit, election_id, actor)
        note_id = new_id()
        await self._take(
            unit, work, "note", actor, NominationWorkFacts(text_given=bool(text.strip())), statutes=statutes
        )
        note = NominationNoteRow(
            id=note_id, work_id=work.id, member_id=member_of(actor), text=text.strip(), at=unit.now
        )
        unit.session.add(note)
        return election_id

    @use_case
    async def propose(self, unit: Unit, election_id: UUID, lines: Sequence[Line], *, actor: Actor) -> UUID:
        """Write the draft: those for the seats in their order, then those for substitutes."""
        work, statutes = await self._opened(unit, election_id, actor)
        known = {row.id for row in await elections.candidacies(unit, election_id, *MAY_BE_PROPOSED)}
        given = [line.candidacy_id for line in lines]
        facts = NominationWorkFacts(lists_fit=len(set(given)) == len(given) and set(given) <= known)
        await self._take(unit, work, "propose", actor, facts, statutes=statutes)
        drafted = [
            NominationDraftRow(
                work_id=work.id, candidacy_id=line.candidacy_id, position=at, reasons=line.reasons.strip()
            )
            for at, line in enumerate(lines, 1)
        ]
        await elections.redraft(unit, work.id, drafted)
        return election_id

    @use_case
    async def publish(self, unit: Unit, election_id: UUID, *, actor: Actor) -> UUID:
        """Let the names out: with the committee's proposal, or where there is no committee the names alone."""
        case = await elections.opened(unit, election_id, actor=actor)
        drafted: list[NominationDraftRow] = []
        work: NominationWorkRow | None = None
        if case.facts.in_committee:
            work = await elections.work(unit, election_id, actor=actor)
            drafted = await elections.drafted(unit, work.id)
        standing = {row.id: row for row in await elections.candidacies(unit, election_id, *MAY_BE_PROPOSED)}
        drafted = [line for line in drafted if line.candidacy_id in standing]
        met = await represented(unit, case, [line.candidacy_id for line in drafted[: case.facts.seats]])
        facts = replace(case.facts, representation_met=met)
        texts = [
            Text("candidacy", line.candidacy_id, {"reasons": line.reasons}, about=standing[line.candidacy_id].member_id)
            for line in drafted
        ]
        outcome = {"proposed": [line.candidacy_id.hex for line in drafted]}
        await take(unit, case, "publish", actor=actor, facts=facts, outcome=outcome, texts=texts)
        (await elections.row(unit, election_id)).names_out_at = unit.now
        for line in drafted:
            _propose(standing[line.candidacy_id], line)
        if work is not None:
            await self._take(unit, work, "publish", actor, NominationWorkFacts(), statutes=case.statutes)
        return election_id

    async def _opened(self, unit: Unit, election_id: UUID, actor: Actor) -> tuple[NominationWorkRow, str]:
        case = await elections.opened(unit, election_id, actor=actor)
        if not case.facts.in_committee:
            raise NOMINATION_WORK.wrong_role("note").under(case.statutes)
        return await elections.work(unit, election_id, actor=actor), case.statutes

    async def _take(
        self, unit: Unit, work: NominationWorkRow, rule: str, actor: Actor, facts: NominationWorkFacts, *, statutes: str
    ) -> None:
        """No event tells of it and no history shows it: what is written stays in the committee's own tables."""
        roles = _IN_IT if member_of(actor).int else frozenset[Role]()
        try:
            step = NOMINATION_WORK.step(rule, work.state, facts, roles=roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(statutes) from None
        work.state = step.dest
        work.version += 1
        await unit.session.flush()
        unit.record(step, work.id, by=actor, statutes=statutes)


def _propose(row: CandidacyRow, line: NominationDraftRow) -> None:
    row.proposed, row.proposed_reasons = line.position, line.reasons or None
