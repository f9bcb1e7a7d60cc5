"""What the use cases of an election share: take a step, keep the record."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.representation import Composition, least_of_each
from democracy.storage import elections
from democracy.storage.candidacy_case import CandidacyCase
from democracy.storage.election_case import ElectionCase
from democracy.storage.ledger import Text
from democracy.storage.tables.election import CandidacyRow
from democracy.storage.unit_of_work import Unit
from workflows.candidacy import CANDIDACY, CandidacyFacts
from workflows.election import ELECTION, ElectionFacts
from workflows.engine import StepDenied


async def take(
    unit: Unit,
    case: ElectionCase,
    rule: str,
    *,
    actor: Actor,
    facts: ElectionFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
) -> None:
    """Follow a rule of the election and record it in the meeting. Raises StepDenied with every reason."""
    try:
        step = ELECTION.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    row = await elections.row(unit, case.id)
    row.state = step.dest
    row.version += 1
    await unit.session.flush()
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.meeting_id)


async def take_candidacy(
    unit: Unit,
    case: CandidacyCase,
    rule: str,
    *,
    actor: Actor,
    facts: CandidacyFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    follows: bool = False,
) -> CandidacyRow:
    """The same for a candidacy. It is no step of the meeting: until the names are out few may hear of it.

    `follows`: it follows from what the actor was allowed to do with the election.
    """
    roles = case.roles | CANDIDACY.rules[rule].by if follows else case.roles
    try:
        step = CANDIDACY.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    row = await elections.candidacy_row(unit, case.id)
    row.state = step.dest
    await unit.session.flush()
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts)
    return row


async def represented(unit: Unit, case: ElectionCase, candidacy_ids: Sequence[UUID]) -> bool:
    """Whether these would meet the rule of equal representation, or an exception is recorded."""
    rule = case.order.gender
    if rule is None or (await elections.row(unit, case.id)).exception is not None:
        return True
    found = await elections.genders(unit, candidacy_ids)
    least = least_of_each(len(candidacy_ids), rule.minimum.numerator, rule.minimum.denominator)
    return Composition.of(found.values()).meets(least)


def member_of(actor: Actor) -> UUID:
    """The member who acts; a step by anybody else is refused for want of a role."""
    return actor.id if isinstance(actor, Member) else UUID(int=0)
