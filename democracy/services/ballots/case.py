"""What the use cases of a member ballot share."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import ConflictError
from democracy.storage import ballots
from democracy.storage.ballot_case import BallotCase
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit
from workflows.engine import StepDenied
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotFacts


async def open_ballot(unit: Unit, ballot_id: UUID, actor: Actor, version: int | None = None) -> BallotCase:
    """Lock a ballot and judge it. Raises ConflictError if somebody has changed it since version `version`."""
    case = await ballots.opened(unit, ballot_id, actor=actor)
    if version is not None and version != case.version:
        raise ConflictError("version_changed", current=case.version)
    return case


async def take(
    unit: Unit,
    case: BallotCase,
    rule: str,
    *,
    actor: Actor,
    facts: MemberBallotFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
) -> None:
    """Follow a rule, write the state that it leads to, and record it. Raises StepDenied with every reason."""
    try:
        step = MEMBER_BALLOT.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    await ballots.apply(unit, step, case.id)
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts)


def hold_role(rule: str, case: BallotCase) -> None:
    """Raise StepDenied unless one of the roles may follow the rule, before anything is looked up for them."""
    if not MEMBER_BALLOT.rules[rule].open_to(case.roles):
        raise MEMBER_BALLOT.wrong_role(rule).under(case.statutes)
