"""Whom an act in a meeting is about: by id, or by membership number."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democracy.errors import FieldError, InvalidInputError
from democracy.storage import chairs
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, Workflow


@dataclass(frozen=True)
class Person:
    """One of the two is given."""

    member_id: UUID | None = None
    number: str | None = None


async def person_of(
    unit: Unit, person: Person | None, *, hold: tuple[Workflow[Any, Any], str], roles: frozenset[Role], statutes: str
) -> UUID:
    """The person's id; InvalidInputError where there is nobody such.

    First raises StepDenied unless one of the roles may follow the rule: a stranger learns of no number.
    """
    workflow, rule = hold
    if not workflow.rules[rule].open_to(roles):
        raise workflow.wrong_role(rule).under(statutes)
    found = None if person is None else await chairs.known_member(unit.session, person.member_id, person.number)
    if found is None:
        raise InvalidInputError(FieldError("memberNumber", "unknown_member"))
    return found
