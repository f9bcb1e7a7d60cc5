"""A step of a case that was put straight into the database, so that there is something to hear of."""

from enum import Enum
from typing import Any
from uuid import UUID

from democracy.domain.actors import Clock
from democracy.storage.unit_of_work import Unit
from workflows.engine import Step, Workflow


def heard(unit: Unit, workflow: Workflow[Any, Any], rule: str, key: UUID, state: Enum) -> None:
    """Record that one of its rules was followed, from the state that it is in to the same."""
    step: Step[Any] = Step(
        workflow=workflow.name, rule=rule, source=state, dest=state, paragraph=workflow.rules[rule].paragraph,
        roles=frozenset(), now=unit.now, facts={}, waived=frozenset(), warnings=(),
    )  # fmt: skip
    unit.record(step, key, by=Clock())
