"""Sounding (förankring): units are asked for their opinion, answer, and the answers are summed up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError
from democracy.services.council.case import hold_role, open_case, take, written
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage import council
from democracy.storage.branches import leads, lies_below
from democracy.storage.tables.council import CouncilOpinionRow
from democracy.storage.unit_of_work import Unit
from workflows.council_decision import COUNCIL_DECISION
from workflows.engine import Role


class Sounding(Service):
    """Advises, and binds nobody."""

    @use_case
    async def sound(
        self, unit: Unit, key: UUID, question: str, units: Sequence[UUID], until: datetime | None, *, actor: Actor
    ) -> UUID:
        """Ask units for their opinion (remiss). Their boards' chairs and secretaries see the matter from now on."""
        case = await open_case(unit, key, actor)
        hold_role("sound", case)
        for each in units:
            if each != case.unit_id and not await lies_below(unit.session, each, case.unit_id):
                raise InvalidInputError(FieldError("unitIds", "not_below"))
        facts = replace(case.facts, recipients=len(set(units)), opinion_until=until)
        text = written(case, {"question": question.strip()})
        outcome = {"units": sorted(each.hex for each in set(units))}
        await take(unit, case, "sound", actor=actor, facts=facts, outcome=outcome, texts=[text])
        row = await council.row(unit, key)
        row.sounding_question, row.sounding_until = required("question", question), until
        for each in dict.fromkeys(units):
            if await council.opinion(unit, key, each) is None:
                unit.session.add(CouncilOpinionRow(id=new_id(), decision_id=key, unit_id=each))
        return key

    @use_case
    async def answer(
        self,
        unit: Unit,
        key: UUID,
        unit_id: UUID,
        text: str,
        *,
        channel: Channel = Channel.DIGITAL,
        actor: Actor,
    ) -> UUID:
        """Answer for a unit; the secretary writes in what came by other ways. A late answer is read too."""
        case = await open_case(unit, key, actor)
        hold_role("give_opinion", case)
        if Role.SECRETARY not in case.roles and not await leads(unit.session, actor, unit_id, unit.today):
            raise COUNCIL_DECISION.wrong_role("give_opinion").under(case.statutes)
        found = await council.opinion(unit, key, unit_id)
        facts = replace(case.facts, asked=found is not None, reason_given=bool(text.strip()))
        kept = written(case, {"opinion": text.strip()})
        await take(unit, case, "give_opinion", actor=actor, facts=facts, outcome={"unit": unit_id.hex}, texts=[kept])
        if found is not None:
            found.text, found.channel, found.received_at = required("text", text), channel, unit.now
        return key

    @use_case
    async def summarise(self, unit: Unit, key: UUID, summary: str, *, actor: Actor) -> UUID:
        """Sum up what was answered."""
        case = await open_case(unit, key, actor)
        facts = replace(case.facts, reason_given=bool(summary.strip()))
        await take(
            unit, case, "summarise", actor=actor, facts=facts, texts=[written(case, {"summary": summary.strip()})]
        )
        (await council.row(unit, key)).sounding_summary = required("summary", summary)
        return key
