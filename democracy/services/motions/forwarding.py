"""From branch to district to congress: a motion is sent on, and the chain is kept."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, SentAs
from democracy.services.motions.case import MotionService, member_id, required
from democracy.services.motions.copying import copy_text, standing_movers
from democracy.services.use_case import use_case
from democracy.storage.ledger import Text
from democracy.storage.motion_case import MotionCase
from democracy.storage.tables.motion import MoverRow
from democracy.storage.unit_of_work import Unit
from workflows.motion import MOTION


@dataclass(frozen=True)
class Sending:
    """The decision to send a motion on: where, how, and who decided it."""

    meeting_id: UUID
    sent_as: SentAs
    decision: str
    decided_on: date


class Forwarding(MotionService):
    """Three ways on: the unit adopts it as its own, supports it, or sends it without opinion."""

    @use_case
    async def send_on(self, unit: Unit, motion_id: UUID, sending: Sending, *, actor: Actor) -> UUID:
        """Send a decided motion to a meeting higher up. Returns the id of the motion that it becomes there.

        Adopted, the unit alone moves it. Supported, it joins the movers. Without opinion, they stand as before.
        """
        case = await unit.motions.open(motion_id, actor=actor)
        target = await unit.meetings.hold(sending.meeting_id, actor=actor)
        close_at = (await unit.meetings.row(sending.meeting_id)).motions_close_at
        sent = await unit.motions.sent_to(motion_id, sending.meeting_id)
        new = await self._copy(unit, case, sending, actor)
        arrived = await unit.motions.case(new, actor=Clock())
        right = arrived.facts.movers_with_right == arrived.facts.movers > 0
        facts = replace(case.facts, target_deadline=close_at, target_right=right, already_sent=sent)
        outcome = {"to": target.id.hex, "as": sending.sent_as.name, "motion": new.hex}
        text = Text("sending", new, {"decision": required("decision", sending.decision, longest=200)})
        await self.take(unit, case, "send_on", actor=actor, facts=facts, outcome=outcome, texts=[text])
        await self._arrive(unit, new, target.id, case, actor)
        return new

    async def _copy(self, unit: Unit, case: MotionCase, sending: Sending, actor: Actor) -> UUID:
        new, clauses = new_id(), [each for each in await unit.motions.clauses(case.id) if each.fault is None]
        await copy_text(
            unit, case, new, sending.meeting_id, clauses,
            received_at=unit.now, sent_as=sending.sent_as, created_by=member_id(actor),
        )  # fmt: skip
        for mover in await self._movers(unit, case, sending, new):
            await unit.motions.add_mover(mover)
        return new

    async def _movers(self, unit: Unit, case: MotionCase, sending: Sending, new: UUID) -> list[MoverRow]:
        kept = [each for each in await standing_movers(unit, case.id, new) if each.unit_id != case.unit_id]
        own = MoverRow(
            id=new_id(),
            motion_id=new,
            unit_id=case.unit_id,
            decision=sending.decision,
            decided_on=sending.decided_on,
            channel=Channel.DIGITAL,
            invited_at=unit.now,
            confirmed_at=unit.now,
        )
        return {SentAs.ADOPTED: [own], SentAs.SUPPORTED: [*kept, own], SentAs.WITHOUT_OPINION: kept}[sending.sent_as]

    async def _arrive(self, unit: Unit, new: UUID, meeting_id: UUID, sender: MotionCase, actor: Actor) -> None:
        """Hand the new motion in on the sender's authority: its secretary acts as the mover's."""
        await unit.session.flush()
        arrived = await unit.motions.case(new, actor=Clock())
        number = await unit.motions.number(new, meeting_id)
        step = MOTION.step("submit", arrived.state, arrived.facts, roles=sender.roles, now=unit.now)
        await unit.motions.apply(step, new)
        row = await unit.motions.row(new)
        text = Text("motion", new, {"title": row.title, "reasoning": row.reasoning})
        outcome = {"receipt": number, "origin": sender.id.hex}
        unit.record(step, new, by=actor, statutes=arrived.statutes, outcome=outcome, texts=[text])
