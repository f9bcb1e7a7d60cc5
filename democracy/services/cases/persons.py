"""Members whom an act is about, by id or by number, looked up after the asker's right to it is known."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.persons import Person
from democracy.storage import case_parts, chairs
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, Workflow


def hold(workflow: Workflow[Any, Any], rule: str, roles: frozenset[Role], statutes: str) -> None:
    """Raise StepDenied unless one of the roles may follow the rule: a stranger learns of no number."""
    if not workflow.rules[rule].open_to(roles):
        raise workflow.wrong_role(rule).under(statutes)


async def known(unit: Unit, person: Person) -> UUID:
    """The person's id; InvalidInputError where there is nobody such."""
    found = await chairs.known_member(unit.session, person.member_id, person.number)
    if found is None:
        raise InvalidInputError(FieldError("memberNumber", "unknown_member"))
    return found


async def deciders(unit: Unit, body_id: UUID, case_id: UUID, given: Sequence[UUID] | None) -> frozenset[UUID]:
    """Those who took part in a board's decision: as given, else everybody with a vote who is not barred.

    InvalidInputError for somebody who has no place in the body.
    """
    if given is None:
        voters = await case_parts.voters_of(unit.session, body_id, unit.today)
        return voters - await case_parts.barred(unit.session, case_id)
    held = set(await case_parts.holders_of(unit.session, body_id, unit.today))
    if held and not set(given) <= held:
        raise InvalidInputError(FieldError("presentIds", "not_in_body"))
    return frozenset(given)


def own_id(actor: Actor) -> UUID | None:
    """The member behind an actor."""
    return actor.id if isinstance(actor, Member) else None
