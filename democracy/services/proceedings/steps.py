"""What the use cases of a matter, its questions and its proposals share: take a step and keep the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from democracy.domain.actors import Actor
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit
from workflows.engine import StepDenied, Workflow


async def take(
    unit: Unit,
    workflow: Workflow[Any, Any],
    case: Any,
    row: Any,
    rule: str,
    *,
    actor: Actor,
    facts: Any = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    follows: bool = False,
) -> None:
    """Follow a rule, write the state that it leads to, and record it in the meeting. Raises StepDenied.

    `follows`: it follows from what the actor was allowed to do, and is then the meeting's act, not a further person's.
    """
    roles = case.roles | workflow.rules[rule].by if follows else case.roles
    waived: frozenset[str] = getattr(case, "waived", frozenset())
    try:
        step = workflow.step(rule, row.state, facts or case.facts, roles=roles, now=unit.now, waived=waived)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    await unit.matters.apply(step, row)
    unit.record(
        step, row.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.meeting_id
    )  # fmt: skip
