"""What the use cases of an application share: take a step, keep the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from democracy.domain.actors import Actor
from democracy.storage import branch_applications
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.ledger import Text
from democracy.storage.tables.branch_application import BranchApplicationRow
from democracy.storage.unit_of_work import Unit
from workflows.branch_application import BRANCH_APPLICATION, BranchApplicationFacts
from workflows.engine import StepDenied


async def take(
    unit: Unit,
    case: BranchApplicationCase,
    rule: str,
    *,
    actor: Actor,
    facts: BranchApplicationFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    follows: bool = False,
) -> BranchApplicationRow:
    """Follow a rule, write the state that it leads to, and record it. Raises StepDenied with every reason.

    `follows`: it follows from something else that was decided.
    """
    roles = case.roles | BRANCH_APPLICATION.rules[rule].by if follows else case.roles
    try:
        step = BRANCH_APPLICATION.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    row = await branch_applications.row(unit, case.id)
    row.state = step.dest
    row.version += 1
    await unit.session.flush()
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts)
    return row
