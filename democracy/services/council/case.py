"""What the use cases of a matter before a council share."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import Outcome
from democracy.errors import ConflictError
from democracy.services.proceedings.judging import telling
from democracy.services.proceedings.persons import Person, person_of
from democracy.storage import council, statutes
from democracy.storage.council_case import CouncilCase
from democracy.storage.decision_register import Entry, enter
from democracy.storage.ledger import Text
from democracy.storage.tables.council import CouncilDecisionRow
from democracy.storage.unit_of_work import Unit
from workflows.council_decision import COUNCIL_DECISION, CouncilDecisionFacts
from workflows.council_kinds import CouncilOutcome
from workflows.denial import Said
from workflows.engine import Role, StepDenied
from workflows.statutes.parameters.ballots import WrittenProcedure


async def open_case(unit: Unit, key: UUID, actor: Actor, version: int | None = None) -> CouncilCase:
    """Lock a matter and judge it. Raises ConflictError if somebody has changed it since version `version`."""
    case = await council.opened(unit, key, actor=actor)
    if version is not None and version != case.version:
        raise ConflictError("version_changed", current=case.version)
    return case


async def take(
    unit: Unit,
    case: CouncilCase,
    rule: str,
    *,
    actor: Actor,
    facts: CouncilDecisionFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    told: Mapping[str, Mapping[str, Said]] | None = None,
) -> None:
    """Follow a rule, write the state that it leads to, and record it. Raises StepDenied with every reason.

    `told` completes what a refusal says, by its code: facts hold no text.
    """
    try:
        step = COUNCIL_DECISION.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise telling(denied, told or {}).under(case.statutes) from None
    await council.apply(unit, step, case.id)
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts)


def hold_role(rule: str, case: CouncilCase) -> None:
    """Raise StepDenied unless one of the roles may follow the rule, before anything is looked up for them."""
    if not COUNCIL_DECISION.rules[rule].open_to(case.roles):
        raise COUNCIL_DECISION.wrong_role(rule).under(case.statutes)


def written(case: CouncilCase, content: Mapping[str, str | None], about: UUID | None = None) -> Text:
    """What somebody wrote in a matter."""
    return Text("council_decision", case.id, content, about=about)


async def procedure_of(unit: Unit, case: CouncilCase) -> WrittenProcedure | None:
    """What the matter's statutes say of decisions in writing."""
    return (await statutes.by_digest(unit.session, case.statutes))[case.statutes].parameters.written_procedure


async def person_meant(unit: Unit, case: CouncilCase, rule: str, person: Person | None, actor: Actor) -> UUID:
    """Whose act it is: one's own, or somebody's for whom the secretary writes in what they said or sent."""
    hold_role(rule, case)
    if person is None and isinstance(actor, Member):
        return actor.id
    who = await named(unit, case, rule, person)
    if actor != Member(who) and Role.SECRETARY not in case.roles:
        raise COUNCIL_DECISION.wrong_role(rule).under(case.statutes)
    return who


async def named(unit: Unit, case: CouncilCase, rule: str, person: Person | None) -> UUID:
    """The member whom an input names, told to nobody who may not follow the rule."""
    return await person_of(unit, person, hold=(COUNCIL_DECISION, rule), roles=case.roles, statutes=case.statutes)


async def entered(unit: Unit, row: CouncilDecisionRow) -> None:
    """Enter what was decided in the register of decisions."""
    approved = row.outcome is CouncilOutcome.APPROVED
    await enter(
        unit.session,
        Entry(
            "council_decision", row.id, row.unit_id, row.body_id, row.title, row.decision_text or "",
            row.decided_at or unit.now, outcome=Outcome.APPROVE if approved else Outcome.REJECT,
            ground=await council.ground_of(unit, row), waits=row.in_force_from is None,
        ),
    )  # fmt: skip
