"""What the use cases of an appeal share: take a step, keep the record, say who is told."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.kinds import MandateRole
from democracy.storage import branch_applications, case_parts, rulings
from democracy.storage.appeal_case import AppealCase
from democracy.storage.ledger import Text
from democracy.storage.tables.appeal import AppealRow
from democracy.storage.unit_of_work import Unit
from workflows.appeal import APPEAL, AppealFacts
from workflows.engine import StepDenied


async def take(
    unit: Unit,
    case: AppealCase,
    rule: str,
    *,
    actor: Actor,
    facts: AppealFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    follows: bool = False,
) -> AppealRow:
    """Follow a rule, write the state that it leads to, and record it. Raises StepDenied with every reason.

    `follows`: it follows from something else that was decided.
    """
    roles = case.roles | APPEAL.rules[rule].by if follows else case.roles
    try:
        step = APPEAL.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    row = await rulings.appeal_row(unit, case.id)
    row.state = step.dest
    row.version += 1
    if step.dest in APPEAL.final:
        row.due_at = None
    await unit.session.flush()
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts)
    return row


async def appellants(unit: Unit, appeal_id: UUID) -> list[UUID]:
    """Members who stand behind the appeal; for a unit, those who lead it."""
    people = []
    for each in await rulings.appellants(unit, appeal_id):
        if each.left_at is None and each.member_id is not None:
            people.append(each.member_id)
        elif each.left_at is None and each.unit_id is not None:
            people += await officers_of_unit(unit, each.unit_id)
    return people


async def officers_of_unit(unit: Unit, unit_id: UUID) -> list[UUID]:
    """Chair and secretary of a unit's board."""
    board = await branch_applications.board_of(unit, unit_id)
    return await officers(unit, board) if board else []


async def officers(unit: Unit, body_id: UUID | None) -> list[UUID]:
    """Chair and secretary of a board."""
    if body_id is None:
        return []
    return await case_parts.holders_of(unit.session, body_id, unit.today, MandateRole.CHAIR, MandateRole.SECRETARY)


async def title(unit: Unit, case: AppealCase) -> str:
    """What the decision appealed against is called."""
    return (await rulings.row(unit, case.ruling_id)).title
