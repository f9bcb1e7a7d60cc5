"""Those affected are heard, and the applicants meet what they answer. Whoever answered is barred afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import MandateRole
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.branches.case import take
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold, known, own_id
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import branch_applications, case_parts, statutes
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.ledger import Text
from democracy.storage.tables.branch_application import BranchApplicationRow, ConsultationRow
from democracy.storage.unit_of_work import Unit
from workflows.appeal_facts import ConflictGround
from workflows.branch_application import BRANCH_APPLICATION, BranchApplicationState
from workflows.branch_application_facts import Position
from workflows.engine import Role, StepDenied
from workflows.statutes import Period, TimeUnit
from workflows.statutes.parameters.order import Founding


@dataclass(frozen=True)
class Answer:
    """What a branch answers."""

    unit_id: UUID
    position: Position
    text: str
    decision: str
    """The branch's own decision: meeting and paragraph."""
    present: tuple[UUID, ...] | None = None
    """Those who took part in it; None: everybody with a vote in its board."""


class Hearing(Service):
    """Use cases between handing in and deciding."""

    @use_case
    async def consult(
        self, unit: Unit, application_id: UUID, units: Sequence[UUID] = (), due_at: datetime | None = None, *,
        actor: Actor,
    ) -> UUID:  # fmt: skip
        """Ask the branches that the founders come from, and others that are named."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, "consult", case.roles, case.statutes)
        wanted = {*await branch_applications.affected(unit, application_id), *units}
        facts = replace(case.facts, consulted=len(wanted))
        row = await take(unit, case, "consult", actor=actor, facts=facts, outcome={"units": len(wanted)})
        order = await _order(unit, case)
        due = due_at or Period(max(order.hearing_days, 1), TimeUnit.DAYS).derive(unit.now, unit.zone).at
        if due <= unit.now:
            raise InvalidInputError(FieldError("dueAt", "in_past"))
        row.answers_due_at = row.due_at = due
        asked = {each.unit_id for each in await branch_applications.consultations(unit, application_id)}
        for unit_id in sorted(wanted - asked):
            await _ask(unit, row, unit_id, due)
        return application_id

    @use_case
    async def skip(self, unit: Unit, application_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Go on without hearing anybody, where no branch is affected."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        texts = [Text("branch_application", application_id, {"reason": reason.strip()})]
        await take(unit, case, "skip_hearing", actor=actor, facts=facts, texts=texts)
        return application_id

    @use_case
    async def answer(self, unit: Unit, application_id: UUID, answer: Answer, *, actor: Actor) -> UUID:
        """Answer for a branch that was asked. The applicants read it at once."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        consultation = await self._own(unit, case, answer.unit_id, actor)
        facts = replace(
            case.facts,
            text_given=bool(answer.text.strip()),
            decision_given=bool(answer.decision.strip()),
            answered=consultation.answered_at is not None,
            answers_due=consultation.due_at,
        )
        texts = [Text("consultation", consultation.id, {"answer": answer.text, "decision": answer.decision})]
        outcome = {"unit": answer.unit_id.hex, "position": answer.position.name}
        row = await take(unit, case, "answer", actor=actor, facts=facts, outcome=outcome, texts=texts)
        consultation.position, consultation.answer = answer.position, answer.text.strip()
        consultation.decision, consultation.answered_at = answer.decision.strip(), unit.now
        await self._bar_answerers(unit, case, consultation, answer.present)
        order = await _order(unit, case)
        due = Period(order.reply_days, TimeUnit.DAYS).derive(unit.now, unit.zone).at
        row.replies_due_at = due
        if row.state is BranchApplicationState.HEARING:
            row.due_at = max(filter(None, (row.answers_due_at, due)))
        standing = await branch_applications.standing(unit, application_id)
        await tell(unit, standing, "consultation_answered", name=row.name, deadline=due)
        return application_id

    async def _own(self, unit: Unit, case: BranchApplicationCase, unit_id: UUID, actor: Actor) -> ConsultationRow:
        """The consultation of a unit for which the actor may answer."""
        asked = await branch_applications.consultations(unit, case.id)
        found = next((each for each in asked if each.unit_id == unit_id), None)
        board = await branch_applications.board_of(unit, unit_id)
        leads = board is not None and own_id(actor) in await case_parts.holders_of(
            unit.session, board, unit.today, MandateRole.CHAIR, MandateRole.SECRETARY
        )
        if not leads and Role.SECRETARY not in case.roles:
            raise BRANCH_APPLICATION.wrong_role("answer").under(case.statutes)
        if found is None:
            raise NotFoundError("unit", unit_id)
        return found

    async def _bar_answerers(
        self, unit: Unit, case: BranchApplicationCase, consultation: ConsultationRow, present: tuple[UUID, ...] | None
    ) -> None:
        board = await branch_applications.board_of(unit, consultation.unit_id)
        voters = await case_parts.voters_of(unit.session, board, unit.today) if board else frozenset()
        took_part = frozenset(present) if present is not None else voters
        await case_parts.took_part(unit.session, consultation.id, took_part)
        sits = await case_parts.voters_of(unit.session, case.body_id, unit.today)
        await case_parts.bar(unit.session, case.id, sits & took_part, ConflictGround.ANSWERED, unit.now)

    @use_case
    async def meet(self, unit: Unit, application_id: UUID, unit_id: UUID, text: str, *, actor: Actor) -> UUID:
        """The applicants' view of what a branch answered."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, "meet", case.roles, case.statutes)
        asked = await branch_applications.consultations(unit, application_id)
        found = next((each for each in asked if each.unit_id == unit_id), None)
        answered = found is not None and found.answered_at is not None
        facts = replace(case.facts, text_given=bool(text.strip()), answered=answered)
        texts = [Text("consultation", unit_id, {"reply": text.strip()})]
        await take(unit, case, "meet", actor=actor, facts=facts, texts=texts)
        assert found is not None  # noqa: S101 - the rule has refused otherwise
        found.reply, found.replied_at = text.strip(), unit.now
        return application_id

    @use_case
    async def close(self, unit: Unit, application_id: UUID, *, actor: Actor) -> UUID:
        """Everybody has been heard, or has had their time."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        row = await take(unit, case, "close_hearing", actor=actor)
        row.due_at = row.decide_by
        return application_id

    @use_case
    async def draft(self, unit: Unit, application_id: UUID, text: str, *, actor: Actor) -> UUID:
        """The board's working draft, which nobody else reads."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        facts = replace(case.facts, text_given=bool(text.strip()))
        # Judged like a step, and recorded as none: others read the history, and are not told of a draft.
        try:
            BRANCH_APPLICATION.step("draft", case.state, facts, roles=case.roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(case.statutes) from None
        (await branch_applications.row(unit, application_id)).draft = text.strip()
        return application_id

    @use_case
    async def bar(
        self, unit: Unit, application_id: UUID, person: Person, ground: ConflictGround, *, actor: Actor
    ) -> UUID:
        """Record that somebody takes no part (jäv)."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, "bar", case.roles, case.statutes)
        member = await known(unit, person)
        await take(unit, case, "bar", actor=actor, outcome={"member": member.hex, "ground": ground.name})
        await case_parts.bar(unit.session, application_id, [member], ground, unit.now)
        return application_id


async def _order(unit: Unit, case: BranchApplicationCase) -> Founding:
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
    assert rules.parameters.founding is not None  # noqa: S101 - no application begins without
    return rules.parameters.founding


async def _ask(unit: Unit, row: BranchApplicationRow, unit_id: UUID, due: datetime) -> None:
    board = await branch_applications.board_of(unit, unit_id)
    unit.session.add(
        ConsultationRow(
            id=new_id(), application_id=row.id, unit_id=unit_id, asked_at=unit.now, due_at=due.astimezone(UTC)
        )
    )
    await unit.session.flush()
    if board is not None:
        officers = await case_parts.holders_of(
            unit.session, board, unit.today, MandateRole.CHAIR, MandateRole.SECRETARY
        )
        await tell(unit, officers, "branch_consulted", name=row.name, deadline=due)
