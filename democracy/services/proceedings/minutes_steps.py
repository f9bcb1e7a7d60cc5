"""What the use cases of minutes share: take a step, keep the record, find whoever acts among those who sign."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.errors import ConflictError, FieldError, InvalidInputError
from democracy.storage.ledger import Text
from democracy.storage.minutes import Part
from democracy.storage.minutes_case import MinutesCase
from democracy.storage.tables.minutes import MinutesSignatoryRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, StepDenied
from workflows.minutes import MINUTES, MinutesFacts

RECORDERS = frozenset({Role.MEETING_SECRETARY, Role.SECRETARY})
"""Those who may record what somebody else has done on paper."""


async def take_minutes(
    unit: Unit,
    case: MinutesCase,
    rule: str,
    actor: Actor,
    *,
    facts: MinutesFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    follows: bool = False,
) -> None:
    """Follow a rule, write the state that it leads to, and record it in the meeting. Raises StepDenied.

    `follows`: it follows from what the actor was allowed to do, and is not a further person's act.
    """
    state = (await unit.minutes.row(case.id)).state
    roles = case.roles | MINUTES.rules[rule].by if follows else case.roles
    try:
        step = MINUTES.step(rule, state, facts or case.facts, roles=roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    await unit.minutes.apply(step, case.id)
    unit.record(
        step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.meeting_id
    )  # fmt: skip


def expect_version(case: MinutesCase, expected: int | None) -> None:
    """Raise ConflictError if somebody else has changed the minutes since they were read."""
    if expected is not None and expected != case.version:
        raise ConflictError("version_changed", current=case.version)


async def signer(
    unit: Unit, case: MinutesCase, rule: str, number: str | None, actor: Actor
) -> tuple[UUID, MinutesCase]:
    """Who signs: the actor; or, recorded by the secretary, whoever has that membership number."""
    if number is None:
        return (actor.id if isinstance(actor, Member) else UUID(int=0)), case
    if not case.roles & RECORDERS:
        raise MINUTES.wrong_role(rule).under(case.statutes)
    found = await unit.motions.member_by_number(number)
    if found is None:
        raise InvalidInputError(FieldError("memberNumber", "unknown_member"))
    return found, case


async def asked(unit: Unit, part: Part, member_id: UUID) -> MinutesSignatoryRow | None:
    """Whoever was asked to sign a part, unless they have been left out or replaced."""
    return next(
        (
            each
            for each in await unit.minutes.signatories(part)
            if each.member_id == member_id and each.left_out_at is None and each.replaced_by is None
        ),
        None,
    )
