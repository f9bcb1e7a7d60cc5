"""What a meeting left undecided lives on: att-satser deferred or referred back, and motions to a cancelled meeting."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.domain.ids import new_id
from democracy.domain.kinds import Outcome
from democracy.services.motions.case import MotionService, take_step
from democracy.services.motions.copying import copy_text, standing_movers
from democracy.services.motions.numbering import LETTERS
from democracy.services.proceedings.motion_items import put_on_agenda
from democracy.services.use_case import use_case
from democracy.storage import decisions, replies
from democracy.storage.decisions import Waiting
from democracy.storage.ledger import Text
from democracy.storage.motion_case import MotionCase
from democracy.storage.unit_of_work import Unit
from workflows.motion import MotionState


class Carrying(MotionService):
    """From one meeting to another."""

    @use_case
    async def carry_over(self, unit: Unit, motion_id: UUID, meeting_id: UUID, *, actor: Actor) -> UUID:
        """Carry over what waits for a meeting: it was referred back before any was planned, or the named one was lost.

        Closing a meeting does this by itself where the next one is known. Returns the id of the motion there.
        """
        case = await unit.motions.open(motion_id, actor=actor)
        return await _carry(unit, case, meeting_id, await decisions.waiting(unit.session, motion_id), actor)


async def carry_on(unit: Unit, motion_id: UUID, actor: Actor) -> None:
    """When its meeting has closed: each att-sats goes to the meeting that was named, else to the body's next.

    What has nowhere to go yet stays with the decided motion, which cannot be closed before it has been carried over.
    """
    left = (await unit.motions.row(motion_id)).meeting_id
    groups: dict[UUID, list[Waiting]] = {}
    for each in await decisions.waiting(unit.session, motion_id):
        named = each.decision.deferred_to_id or await unit.meetings.next_after(left)
        if named is not None and await unit.meetings.takes_over(named, left):
            groups.setdefault(named, []).append(each)
    for meeting_id, waiting in groups.items():
        await _carry(unit, await unit.motions.case(motion_id, actor=actor), meeting_id, waiting, actor)


async def readdress(unit: Unit, motion_id: UUID, meeting_id: UUID, actor: Actor) -> None:
    """Move a motion, as it is, from a cancelled meeting to the one that takes over. It gets new numbers there."""
    # The board's one decision moves every motion, also drafts that only their movers see.
    case = await unit.motions.case(motion_id, actor=Clock())
    facts = replace(case.facts, named_meeting_fits=await unit.meetings.takes_over(meeting_id, case.meeting_id))
    row = await unit.motions.row(motion_id)
    numbered, listed = row.receipt_number is not None, row.document_number is not None
    row.meeting_id, row.receipt_number, row.document_number = meeting_id, None, None
    await unit.session.flush()
    receipt = await unit.motions.number(motion_id, meeting_id) if numbered else None
    document = await unit.motions.document_number(motion_id, meeting_id, LETTERS[case.category]) if listed else None
    outcome = {"from": case.meeting_id.hex, "to": meeting_id.hex, "receipt": receipt, "document": document}
    await take_step(unit, case, "readdress", actor=actor, facts=facts, outcome=outcome)
    if case.state is MotionState.SCHEDULED:
        await put_on_agenda(unit, motion_id, actor)


async def _carry(unit: Unit, case: MotionCase, meeting_id: UUID, waiting: Sequence[Waiting], actor: Actor) -> UUID:
    fits = await unit.meetings.takes_over(meeting_id, case.meeting_id)
    new, clauses = new_id(), [each.clause for each in waiting]
    outcome = {"to": meeting_id.hex, "motion": new.hex, "clauses": [each.number for each in clauses]}
    facts = replace(case.facts, named_meeting_fits=fits)
    await take_step(unit, case, "carry_over", actor=actor, facts=facts, outcome=outcome)
    await copy_text(unit, case, new, meeting_id, clauses, received_at=case.facts.received_at or unit.now)
    for mover in await standing_movers(unit, case.id, new):
        await unit.motions.add_mover(mover)
    await _arrive(unit, new, case, actor)
    await _keep_reply(unit, new, case, waiting, actor)
    return new


async def _arrive(unit: Unit, new: UUID, origin: MotionCase, actor: Actor) -> None:
    arrived, row = await _judged(unit, new, origin), await unit.motions.row(new)
    number = await unit.motions.number(new, arrived.meeting_id)
    text = Text("motion", new, {"title": row.title, "reasoning": row.reasoning})
    outcome = {"receipt": number, "origin": origin.id.hex}
    await take_step(unit, arrived, "carry_in", actor=actor, outcome=outcome, texts=[text])


async def _keep_reply(unit: Unit, new: UUID, origin: MotionCase, waiting: Sequence[Waiting], actor: Actor) -> None:
    """What is deferred goes on unchanged, with its reply. What is referred back is to be prepared anew."""
    unchanged = all(each.decision.outcome is Outcome.DEFER for each in waiting)
    if not unchanged or (await _judged(unit, new, origin)).board_id != origin.board_id:
        return
    now_called = {each.origin_id: each.id for each in await unit.motions.clauses(new) if each.origin_id}
    if not await replies.copy(unit.session, origin.id, new, now_called):
        return
    arrived = await _judged(unit, new, origin)
    if arrived.facts.replied_clauses >= arrived.facts.clauses:
        await take_step(unit, arrived, "keep_reply", actor=actor)


async def _judged(unit: Unit, new: UUID, origin: MotionCase) -> MotionCase:
    """The new motion as the rules see it, with the roles that somebody has in the meeting which it comes from."""
    return replace(await unit.motions.case(new, actor=Clock()), roles=origin.roles)
