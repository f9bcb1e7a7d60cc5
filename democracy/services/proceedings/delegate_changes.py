"""What becomes of a report: taken or refused by the meeting, given up, corrected."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.proceedings.delegate_case import (
    Branch,
    Elected,
    branch_of,
    judged,
    new_row,
    own_role,
    record,
    resettle,
)
from democracy.services.proceedings.delegate_notices import tell_delegate
from democracy.services.use_case import Service, use_case
from democracy.storage import delegates, presences
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.unit_of_work import Unit
from workflows.delegate import DelegateState


class DelegateChanges(Service):
    """Use cases of one reported place. Each returns its id."""

    @use_case
    async def accept(self, unit: Unit, delegate_id: UUID, *, actor: Actor) -> UUID:
        """Record that the meeting takes a late report."""
        row, branch = await _opened(unit, delegate_id, actor)
        facts = branch.room(row.participant, before=-1)
        step = judged(unit, branch, "accept", row.state, facts, branch.roles)
        record(unit, branch.case, row, step, actor)
        await resettle(unit, branch.hall, [row.unit_id], [row.member_id], actor)
        await tell_delegate(unit, row)
        return delegate_id

    @use_case
    async def refuse(self, unit: Unit, delegate_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Record that the meeting does not take a late report."""
        row, branch = await _opened(unit, delegate_id, actor)
        facts = replace(branch.facts, reason_given=bool(reason.strip()))
        step = judged(unit, branch, "refuse", row.state, facts, branch.roles)
        record(
            unit,
            branch.case,
            row,
            step,
            actor,
            Text("delegate", row.id, {"reason": reason.strip()}, about=row.member_id),
        )
        return delegate_id

    @use_case
    async def resign(self, unit: Unit, delegate_id: UUID, *, actor: Actor) -> UUID:
        """Give a place up. The unit may elect somebody else to it; a substitute who is there steps in."""
        row, branch = await _opened(unit, delegate_id, actor)
        step = judged(unit, branch, "resign", row.state, branch.facts, branch.roles | own_role(row, actor))
        record(unit, branch.case, row, step, actor)
        await resettle(unit, branch.hall, [row.unit_id], [row.member_id], actor)
        return delegate_id

    @use_case
    async def correct(
        self,
        unit: Unit,
        delegate_id: UUID,
        reason: str,
        *,
        number: str | None = None,
        unit_id: UUID | None = None,
        actor: Actor,
    ) -> UUID:
        """Enter the right person, or the right unit. Returns the id of the place that takes the wrong one's."""
        row, branch = await _opened(unit, delegate_id, actor)
        facts = replace(branch.facts, reason_given=bool(reason.strip()))
        step = judged(unit, branch, "correct", row.state, facts, branch.roles)
        member_id = row.member_id if number is None else await _by_number(unit, number)
        text = Text("delegate", row.id, {"reason": reason.strip()}, about=row.member_id)
        record(unit, branch.case, row, step, actor, text)
        await unit.session.flush()
        right = await _enter(unit, branch.case, row, member_id, unit_id or row.unit_id, actor)
        await resettle(unit, branch.hall, [row.unit_id, right.unit_id], [row.member_id, member_id], actor)
        await tell_delegate(unit, right)
        return right.id


async def _enter(
    unit: Unit, case: MeetingCase, wrong: DelegateRow, member_id: UUID, unit_id: UUID, actor: Actor
) -> DelegateRow:
    """The place with the right person and unit, by the decision that the wrong one was reported by."""
    known = await delegates.candidates(unit.session, case.id, unit_id, [member_id], unit.today)
    if member_id not in known:
        raise NotFoundError("member", member_id)
    who, branch = known[member_id], await branch_of(unit, case, unit_id, actor)
    facts = branch.facts_of(who, wrong.participant)
    step = judged(unit, branch, "enter", DelegateState.REPORTED, facts, branch.roles, who)
    elected = Elected(wrong.decision, wrong.decided_on, wrong.channel, wrong.received_at, wrong.late)
    last = branch.filled.get(wrong.participant, (0, 0))[1]
    position = wrong.position if unit_id == wrong.unit_id else last + 1
    votes = {"weight": wrong.weight, "proxies": wrong.proxies, "replaces_id": wrong.id}
    row = new_row(unit, branch, member_id, wrong.participant, position, elected, **votes)
    unit.session.add(row)
    record(unit, case, row, step, actor)
    return row


async def _opened(unit: Unit, delegate_id: UUID, actor: Actor) -> tuple[DelegateRow, Branch]:
    """A reported place, locked after its meeting, the person and the unit's seats."""
    known = await delegates.seen_delegate(unit, delegate_id, actor)
    case = await unit.meetings.hold(known.meeting_id, actor=actor)
    await presences.lock_member(unit.session, known.member_id)
    branch = await branch_of(unit, case, known.unit_id, actor)
    return await delegates.open_delegate(unit.session, delegate_id), branch


async def _by_number(unit: Unit, number: str) -> UUID:
    found = await delegates.by_number(unit.session, [number.strip()])
    if number.strip() not in found:
        raise InvalidInputError(FieldError("number", "unknown_member"))
    return found[number.strip()]
