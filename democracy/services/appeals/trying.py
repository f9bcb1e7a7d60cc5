"""An appeal is decided, and what was decided is carried out in the same breath."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.services.appeals import rulings as ruling_steps
from democracy.services.appeals.case import appellants, officers, take
from democracy.services.appeals.lodging import resume
from democracy.services.branches import deciding
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold
from democracy.services.cases.verdict import Verdict, facts_of, outcome_of, sitting
from democracy.services.use_case import Service, use_case
from democracy.storage import case_parts, rulings
from democracy.storage.appeal_case import AppealCase
from democracy.storage.ledger import Text
from democracy.storage.tables.appeal import AppealRow
from democracy.storage.unit_of_work import Unit
from workflows.appeal import APPEAL
from workflows.appeal_facts import AppealOutcome, DismissalGround, StayState
from workflows.statutes.parameters.appeals import Decision

_RULES = {
    AppealOutcome.GRANTED: "grant", AppealOutcome.CHANGED: "change", AppealOutcome.REJECTED: "reject",
    AppealOutcome.SENT_BACK: "send_back",
}  # fmt: skip
_WORDS = {
    AppealOutcome.GRANTED: ("Överklagandet bifalls", "The appeal is granted"),
    AppealOutcome.CHANGED: ("Beslutet ändras", "The decision is changed"),
    AppealOutcome.REJECTED: ("Överklagandet avslås", "The appeal is rejected"),
    AppealOutcome.SENT_BACK: ("Ärendet återförvisas", "The case is sent back"),
}


class AppealTrying(Service):
    """Use cases of the body that tries an appeal, and the second thoughts of the one that decided."""

    @use_case
    async def decide(
        self, unit: Unit, appeal_id: UUID, outcome: AppealOutcome, given: Verdict, replacement: str = "",
        form_by: datetime | None = None, *, statement_considered: bool | None = None, actor: Actor,
    ) -> UUID:  # fmt: skip
        """Record the decision. The system sets the first one aside, or lets it stand, and approves what was granted."""
        rule = _RULES[outcome]
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        hold(APPEAL, rule, case.roles, case.statutes)
        sat = await sitting(unit, case.body_id, appeal_id, given)
        facts = replace(
            case.facts,
            **facts_of(given, sat),
            replacement_given=bool(replacement.strip()),
            lateness_judged=case.facts.lateness_judged or statement_considered is not None,
        )
        texts = [
            Text("appeal", appeal_id,
                 {"decision": given.decision, "reasons": given.reasons, "replacement": replacement}),
        ]  # fmt: skip
        row = await take(unit, case, rule, actor=actor, facts=facts, outcome=outcome_of(given, sat), texts=texts)
        row.outcome, row.decision, row.reasons = outcome, given.decision.strip(), given.reasons.strip()
        row.replacement, row.statement_considered = replacement.strip() or None, statement_considered
        row.present, row.votes_for, row.votes_against = sat.count, given.votes_for, given.votes_against
        row.decided_at = unit.now
        await case_parts.took_part(unit.session, appeal_id, sat.present)
        await _carry_out(unit, row, form_by, actor)
        return appeal_id

    @use_case
    async def dismiss(
        self, unit: Unit, appeal_id: UUID, ground: DismissalGround, given: Verdict, *, actor: Actor
    ) -> UUID:
        """Record that it is not tried: it came late, or from somebody who may not appeal."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        facts = replace(
            case.facts,
            ground_holds=case.facts.admissible == 0 and await _fails(unit, case, ground),
            decision_given=bool(given.decision.strip()),
            reasons_given=bool(given.reasons.strip()),
        )
        texts = [Text("appeal", appeal_id, {"decision": given.decision, "reasons": given.reasons})]
        outcome = {"ground": ground.name}
        row = await take(unit, case, "dismiss", actor=actor, facts=facts, outcome=outcome, texts=texts)
        row.ground, row.decision, row.reasons = ground, given.decision.strip(), given.reasons.strip()
        row.decided_at = unit.now
        await resume(unit, case.ruling_id, actor)
        name = (await rulings.row(unit, case.ruling_id)).title
        people = await appellants(unit, appeal_id)
        await tell(unit, people, "appeal_dismissed", title=name, decision=row.decision, reasons=row.reasons)
        return appeal_id

    @use_case
    async def reconsider(
        self, unit: Unit, appeal_id: UUID, decision: str, reasons: str, form_by: datetime | None = None, *, actor: Actor
    ) -> UUID:
        """The body that decided changes its own decision as the appellants asked: there is nothing left to try."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        facts = replace(case.facts, decision_given=bool(decision.strip()), reasons_given=bool(reasons.strip()))
        texts = [Text("appeal", appeal_id, {"decision": decision, "reasons": reasons})]
        row = await take(unit, case, "reconsider", actor=actor, facts=facts, texts=texts)
        row.decision, row.reasons, row.decided_at = decision.strip(), reasons.strip(), unit.now
        await _set_aside(unit, row, form_by, actor)
        words = ("Beslutet har omprövats", "The decision has been reconsidered")
        await _tell_both(unit, row, words)
        return appeal_id

    @use_case
    async def grant_by_silence(self, unit: Unit, appeal_id: UUID, *, actor: Actor) -> UUID:
        """By the statutes what was decided in silence does not stand."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        row = await take(unit, case, "grant_by_silence", actor=actor)
        row.outcome, row.decided_at, row.decision, row.reasons = AppealOutcome.GRANTED, unit.now, "", ""
        await _carry_out(unit, row, None, actor)
        return appeal_id

    @use_case
    async def report(self, unit: Unit, appeal_id: UUID, decision: str, *, actor: Actor) -> UUID:
        """Record at which meeting the outcome was told, where the statutes want that; the case is closed then."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        facts = replace(case.facts, decision_given=bool(decision.strip()))
        texts = [Text("appeal", appeal_id, {"report": decision.strip()})]
        row = await take(unit, case, "report", actor=actor, facts=facts, texts=texts)
        row.report, row.reported_at = decision.strip(), unit.now
        await _close(unit, appeal_id, actor)
        return appeal_id


async def _fails(unit: Unit, case: AppealCase, ground: DismissalGround) -> bool:
    stand = [each for each in await rulings.appellants(unit, case.id) if each.left_at is None]
    if ground is DismissalGround.LATE:
        return any(not each.in_time for each in stand)
    if ground is DismissalGround.NO_STANDING:
        return any(not each.has_standing for each in stand)
    return any(not each.right_addressee for each in stand)


async def _carry_out(unit: Unit, row: AppealRow, form_by: datetime | None, actor: Actor) -> None:
    """The first decision is set aside or stands; a stay ends with that."""
    assert row.outcome is not None  # noqa: S101 - just decided
    if row.outcome is AppealOutcome.REJECTED:
        ruling = await rulings.case(unit, row.ruling_id, actor=Clock())
        await ruling_steps.take(unit, ruling, "stand", actor=actor, follows=True)
    else:
        await _set_aside(unit, row, form_by, actor)
    if row.stay is StayState.ASKED:
        row.stay = StayState.NONE
    await _tell_both(unit, row, _WORDS[row.outcome])
    if row.report_to_id is None:
        await _close(unit, row.id, actor)
    else:
        row.due_at = None


async def _set_aside(unit: Unit, row: AppealRow, form_by: datetime | None, actor: Actor) -> None:
    ruling = await rulings.case(unit, row.ruling_id, actor=Clock())
    decision = await ruling_steps.take(unit, ruling, "set_aside", actor=actor, follows=True)
    body = await rulings.body_name(unit, row.body_id if row.outcome else row.respondent_id)
    decision.set_aside_by, decision.set_aside_at = f"{body} {row.decision}".strip(), unit.now
    decision.due_at = None
    if decision.kind is not Decision.BRANCH_REFUSED or decision.case_id is None:
        return
    if row.outcome in {AppealOutcome.GRANTED, None}:
        await deciding.approve_on_appeal(unit, decision.case_id, form_by, actor=actor)
    else:
        await deciding.try_again(unit, decision.case_id, actor=actor)


async def _close(unit: Unit, appeal_id: UUID, actor: Actor) -> None:
    case = await rulings.appeal_case(unit, appeal_id, actor=Clock())
    await take(unit, case, "close", actor=actor, follows=True)


async def _tell_both(unit: Unit, row: AppealRow, words: tuple[str, str]) -> None:
    name = (await rulings.row(unit, row.ruling_id)).title
    people = [*await appellants(unit, row.id), *await officers(unit, row.respondent_id)]
    await tell(unit, people, "appeal_decided", title=name, outcome=words, decision=row.decision, reasons=row.reasons)
