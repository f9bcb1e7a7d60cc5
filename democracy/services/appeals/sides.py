"""Both sides are heard: a statement, a reply, a hearing; and whether the decision waits meanwhile."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.appeals.case import appellants, officers, take, title
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold, known
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import case_bodies, case_parts, rulings, statutes
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit
from workflows.appeal import APPEAL
from workflows.appeal_facts import ConflictGround, StayState
from workflows.statutes import Period, TimeUnit

REMIND = timedelta(days=7)


class AppealSides(Service):
    """Use cases between lodging and deciding."""

    @use_case
    async def request_statement(self, unit: Unit, appeal_id: UUID, *, actor: Actor) -> UUID:
        """Ask the body that decided to think again or to state its view."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        row = await take(unit, case, "request_statement", actor=actor)
        days = Period(case.order.statement_days, TimeUnit.DAYS)
        row.statement_due_at = row.due_at = days.derive(unit.now, unit.zone).at
        name, asked = await title(unit, case), await officers(unit, row.respondent_id)
        await tell(unit, asked, "appeal_statement_asked", title=name, deadline=row.statement_due_at)
        return appeal_id

    @use_case
    async def state(self, unit: Unit, appeal_id: UUID, text: str, decision: str, *, actor: Actor) -> UUID:
        """The view of the body that decided. A late one is taken in: whoever tries the appeal says what it is worth."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        facts = replace(case.facts, text_given=bool(text.strip()), decision_given=bool(decision.strip()))
        texts = [Text("appeal", appeal_id, {"statement": text.strip(), "decision": decision.strip()})]
        row = await take(unit, case, "submit_statement", actor=actor, facts=facts, texts=texts)
        row.statement, row.statement_decision, row.stated_at = text.strip(), decision.strip(), unit.now
        days = Period(case.order.reply_days, TimeUnit.DAYS)
        row.reply_due_at = row.due_at = days.derive(unit.now, unit.zone).at
        people, name = await appellants(unit, appeal_id), await title(unit, case)
        await tell(unit, people, "appeal_statement", title=name, deadline=row.reply_due_at)
        return appeal_id

    @use_case
    async def reply(self, unit: Unit, appeal_id: UUID, text: str, *, actor: Actor) -> UUID:
        """What the appellants say of the statement."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        texts = [Text("appeal", appeal_id, {"reply": text.strip()})]
        facts = replace(case.facts, text_given=bool(text.strip()))
        row = await take(unit, case, "reply", actor=actor, facts=facts, texts=texts)
        row.reply = "\n\n".join(filter(None, (row.reply, text.strip())))
        row.replied_at, row.due_at = unit.now, unit.now + REMIND
        return appeal_id

    @use_case
    async def go_on(self, unit: Unit, appeal_id: UUID, *, actor: Actor) -> UUID:
        """A side has let its time pass in silence: the case goes on without it."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        rule = "close_reply" if case.facts.stated else "silence"
        row = await take(unit, case, rule, actor=actor)
        row.due_at = unit.now + REMIND
        return appeal_id

    @use_case
    async def hear(
        self, unit: Unit, appeal_id: UUID, text: str, held_at: datetime | None = None, *, actor: Actor
    ) -> UUID:
        """Record a hearing, or that those who were offered one did not want it."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        facts = replace(case.facts, text_given=bool(text.strip()))
        texts = [Text("appeal", appeal_id, {"hearing": text.strip()})]
        row = await take(unit, case, "hear", actor=actor, facts=facts, texts=texts)
        row.hearing, row.heard_at = text.strip(), held_at or unit.now
        return appeal_id

    @use_case
    async def bar(self, unit: Unit, appeal_id: UUID, person: Person, ground: ConflictGround, *, actor: Actor) -> UUID:
        """Record that somebody takes no part (jäv)."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        hold(APPEAL, "bar", case.roles, case.statutes)
        member = await known(unit, person)
        await take(unit, case, "bar", actor=actor, outcome={"member": member.hex, "ground": ground.name})
        await case_parts.bar(unit.session, appeal_id, [member], ground, unit.now)
        return appeal_id

    @use_case
    async def hand_over(self, unit: Unit, appeal_id: UUID, *, actor: Actor) -> UUID:
        """So many are barred that the body cannot decide: the next body that the statutes name does."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        row = await take(unit, case, "hand_over", actor=actor)
        assert row.next_body_id is not None  # noqa: S101 - the rule has refused otherwise
        seat = await case_bodies.office_of(unit.session, row.next_body_id)
        row.body_id, row.office_id, row.next_body_id = seat.body_id, seat.office_id, None
        row.body_statutes = await statutes.keep(
            unit.session, await statutes.in_force(unit.session, seat.unit_id, unit.today)
        )
        took_part = await case_parts.participants(unit.session, [row.ruling_id])
        sits = await case_parts.voters_of(unit.session, seat.body_id, unit.today)
        await case_parts.bar(unit.session, appeal_id, sits & took_part, ConflictGround.TOOK_PART, unit.now)
        await tell(unit, await officers(unit, seat.office_id), "appeal_received", title=await title(unit, case))
        return appeal_id

    @use_case
    async def request_stay(self, unit: Unit, appeal_id: UUID, text: str, *, actor: Actor) -> UUID:
        """Ask that the decision waits (inhibition)."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        facts = replace(case.facts, text_given=bool(text.strip()))
        texts = [Text("appeal", appeal_id, {"stay": text.strip()})]
        row = await take(unit, case, "request_stay", actor=actor, facts=facts, texts=texts)
        row.stay, row.stay_request, row.stay_asked_at = StayState.ASKED, text.strip(), unit.now
        row.stay_decision = row.stay_reasons = row.stay_decided_at = None
        await tell(unit, await officers(unit, row.stay_body_id), "stay_asked", title=await title(unit, case))
        return appeal_id

    @use_case
    async def decide_stay(
        self, unit: Unit, appeal_id: UUID, decision: str, reasons: str = "", *, granted: bool, actor: Actor
    ) -> UUID:
        """Record what the body that the statutes name decided on the request."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        facts = replace(case.facts, decision_given=bool(decision.strip()))
        texts = [Text("appeal", appeal_id, {"stay_decision": decision.strip(), "reasons": reasons.strip()})]
        outcome = {"granted": granted}
        row = await take(unit, case, "decide_stay", actor=actor, facts=facts, outcome=outcome, texts=texts)
        row.stay = StayState.GRANTED if granted else StayState.REFUSED
        row.stay_decision, row.stay_reasons, row.stay_decided_at = decision.strip(), reasons.strip(), unit.now
        people = [*await appellants(unit, appeal_id), *await officers(unit, row.respondent_id)]
        purpose = "stay_granted" if granted else "stay_refused"
        await tell(unit, people, purpose, title=await title(unit, case), decision=row.stay_decision)
        return appeal_id
