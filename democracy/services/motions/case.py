"""What the use cases of a motion share: open it, take a step, keep the record."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.errors import ConflictError, FieldError, InvalidInputError, NotFoundError
from democracy.services.use_case import Service
from democracy.storage.ledger import Text
from democracy.storage.motion_case import MotionCase
from democracy.storage.tables.motion import ClauseRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, StepDenied
from workflows.motion import MOTION, MotionFacts


class MotionService(Service):
    """Use cases on one motion."""

    async def take(
        self,
        unit: Unit,
        case: MotionCase,
        rule: str,
        *,
        actor: Actor,
        facts: MotionFacts | None = None,
        outcome: Mapping[str, Any] | None = None,
        texts: Sequence[Text] = (),
    ) -> None:
        """Follow a rule, write the state that it leads to, and record it. Raises StepDenied with every reason."""
        await take_step(unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=texts)


async def take_step(
    unit: Unit,
    case: MotionCase,
    rule: str,
    *,
    actor: Actor,
    facts: MotionFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    meeting: UUID | None = None,
) -> None:
    """The same for what is a part of another use case, such as closing a meeting."""
    try:
        step = MOTION.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    await unit.motions.apply(step, case.id)
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=meeting)


def hold_role(rule: str, roles: frozenset[Role], statutes: str) -> None:
    """Raise StepDenied unless one of the roles may follow the rule.

    For use cases that look somebody up before they ask the rule: a stranger must not learn whether a number is known.
    """
    if not MOTION.rules[rule].open_to(roles):
        raise MOTION.wrong_role(rule).under(statutes)


def expect_version(case: MotionCase, expected: int | None) -> None:
    """Raise ConflictError if somebody else has changed the motion since it was read."""
    if expected is not None and expected != case.version:
        raise ConflictError("version_changed", current=case.version)


def member_id(actor: Actor) -> UUID | None:
    """The member behind an actor, for texts that are theirs."""
    return actor.id if isinstance(actor, Member) else None


async def clause_of(unit: Unit, clause_id: UUID, actor: Actor) -> tuple[ClauseRow, MotionCase]:
    """An att-sats with its motion, opened; NotFoundError for either when the actor may not see it."""
    clause = await unit.motions.clause(clause_id)
    try:
        case = await unit.motions.open(clause.motion_id, actor=actor)
    except NotFoundError:
        raise NotFoundError("clause", clause_id) from None
    # Read before the lock, it may have been stopped or rewritten while this unit waited.
    await unit.session.refresh(clause)
    return clause, case


def optional(path: str, value: str | None, *, longest: int) -> str | None:
    """A text that may be left out, and is not too long."""
    return required(path, value, longest=longest) if value and value.strip() else None


def required(path: str, value: str | None, *, longest: int = 10_000) -> str:
    """A text that must be there and is not too long."""
    cleaned = (value or "").strip()
    if not cleaned:
        raise InvalidInputError(FieldError(path, "required"))
    if len(cleaned) > longest:
        raise InvalidInputError(FieldError(path, "too_long", {"longest": longest}))
    return cleaned
