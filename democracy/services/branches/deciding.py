"""The board approves or refuses, and what an appeal makes of that."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.services.appeals.rulings import Made, make_ruling
from democracy.services.branches.case import take
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold
from democracy.services.cases.verdict import Sitting, Verdict, facts_of, outcome_of, sitting
from democracy.services.use_case import Service, use_case
from democracy.storage import branch_applications, statutes
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.ledger import Text
from democracy.storage.tables.branch_application import BranchApplicationRow
from democracy.storage.unit_of_work import Unit
from workflows.branch_application import BRANCH_APPLICATION
from workflows.statutes.parameters.appeals import Decision


class BranchDeciding(Service):
    """Use cases of the board that decides."""

    @use_case
    async def decide(self, unit: Unit, application_id: UUID, given: Verdict, *, approve: bool, actor: Actor) -> UUID:
        """Record what the board decided. A refusal has reasons, and can be appealed by each founder."""
        rule = "approve" if approve else "refuse"
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, rule, case.roles, case.statutes)
        sat = await sitting(unit, case.body_id, application_id, given)
        texts = [
            Text("branch_application", application_id,
                 {"decision": given.decision, "reasons": given.reasons, "reservations": given.reservations}),
        ]  # fmt: skip
        facts = replace(case.facts, **facts_of(given, sat))
        outcome = outcome_of(given, sat)
        row = await take(unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=texts)
        _write(row, given, sat, unit.now)
        standing = await branch_applications.standing(unit, application_id)
        if approve:
            await _right_to_form(unit, row, None)
            await tell(unit, standing, "branch_approved", name=row.name, deadline=row.form_by)
        else:
            row.due_at = None
            await _refused(unit, case, row, given, sat, standing)
        return application_id


def _write(row: BranchApplicationRow, given: Verdict, sat: Sitting, now: datetime) -> None:
    row.decision, row.decision_reasons = given.decision.strip(), given.reasons.strip()
    row.reservations = given.reservations.strip() or None
    row.present, row.votes_for, row.votes_against = sat.count, given.votes_for, given.votes_against
    row.decided_at = now


async def _refused(
    unit: Unit, case: BranchApplicationCase, row: BranchApplicationRow, given: Verdict, sat: Sitting,
    standing: list[UUID],
) -> None:  # fmt: skip
    made = Made(
        Decision.BRANCH_REFUSED, case.unit_id, case.body_id, row.name, given.reasons.strip(), given.reasons.strip(),
        given.decision.strip(), unit.now, case.statutes, case_id=case.id, members=tuple(standing),
        took_part=tuple(sat.present),
    )  # fmt: skip
    row.ruling_id = await make_ruling(unit, made)


async def _right_to_form(unit: Unit, row: BranchApplicationRow, form_by: datetime | None) -> None:
    rules = (await statutes.by_digest(unit.session, row.statutes_digest))[row.statutes_digest]
    order = rules.parameters.founding
    assert order is not None  # noqa: S101 - no application begins without
    row.form_by = form_by or order.meeting_within.derive(unit.now, unit.zone).at
    row.due_at = row.form_by


async def approve_on_appeal(unit: Unit, application_id: UUID, form_by: datetime | None, *, actor: Actor) -> None:
    """What was refused is approved: by the body that tried an appeal, or by the board that thought again."""
    row = await _follow(unit, application_id, "approve_on_appeal", actor)
    await _right_to_form(unit, row, form_by)
    standing = await branch_applications.standing(unit, application_id)
    await tell(unit, standing, "branch_approved", name=row.name, deadline=row.form_by)


async def try_again(unit: Unit, application_id: UUID, *, actor: Actor) -> None:
    """The board decides anew on what was sent back."""
    row = await _follow(unit, application_id, "try_again", actor)
    rules = (await statutes.by_digest(unit.session, row.statutes_digest))[row.statutes_digest]
    order = rules.parameters.founding
    assert order is not None  # noqa: S101 - no application begins without
    row.decide_by = row.due_at = order.within.derive(unit.now, unit.zone).at


async def _follow(unit: Unit, application_id: UUID, rule: str, actor: Actor) -> BranchApplicationRow:
    case = await branch_applications.opened(unit, application_id, actor=Clock())
    facts = replace(case.facts, appeal_decided=True)
    return await take(unit, case, rule, actor=actor, facts=facts, follows=True)
