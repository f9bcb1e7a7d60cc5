"""Presence: checking in and out, at the door or by oneself, and what was entered wrongly."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.proceedings.hall import Hall, hall_of
from democracy.services.proceedings.seating import pool_around, settle, settle_units
from democracy.services.proceedings.succession import hand_over, successor
from democracy.services.use_case import Service, use_case
from democracy.storage import presences
from democracy.storage.capacities import capacities
from democracy.storage.delegate_case import RUNNING
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, Step, StepDenied
from workflows.presence import AT_THE_DOOR, PRESENCE, PresenceFacts, PresenceState
from workflows.statutes import Participant
from workflows.statutes.parameters.delegates import Replacement


@dataclass(frozen=True)
class Door:
    """Who comes or goes, and how that was learnt. Where nobody is named it is whoever asks."""

    member_id: UUID | None = None
    number: str | None = None
    """Membership number, for those who keep the door."""
    at: datetime | None = None
    """When it happened, if it is recorded afterwards."""
    channel: Channel = Channel.DIGITAL


class Presences(Service):
    """Use cases of those who come and go. Each returns the id of the presence."""

    @use_case
    async def check_in(self, unit: Unit, meeting_id: UUID, door: Door, *, remote: bool = False, actor: Actor) -> UUID:
        """Check somebody in, with the rights that they have there. Substitutes step in and out as places are filled."""
        case, member_id = await _at_the_door(unit, meeting_id, door, "check_in", actor)
        hall = await hall_of(unit, case)
        place = await presences.accepted(unit.session, meeting_id, member_id)
        pool = await pool_around(unit, hall, place.unit_id if place else None)
        here = await presences.present(unit.session, meeting_id, [member_id])
        facts = await _arriving(unit, hall, member_id, door)
        state = PresenceState.PRESENT if here else PresenceState.AWAY
        step = _step(unit, case, "check_in", state, facts, member_id, actor)
        row = _arrived(case.id, member_id, door.at or unit.now, remote=remote)
        unit.session.add(row)
        await settle(unit, hall, pool, frozenset({member_id}), actor=actor)
        rights = {"participant": row.participant.name, "voting": row.voting, "votes": row.votes}
        _record(unit, case, step, row, actor, {**rights, "remote": remote, "channel": door.channel.name})
        return row.id

    @use_case
    async def check_out(
        self, unit: Unit, meeting_id: UUID, door: Door, *, for_good: bool = False, actor: Actor
    ) -> UUID:
        """Check somebody out; a substitute steps in until they come back, or takes the place over for good."""
        rule = "leave_for_good" if for_good else "check_out"
        case, member_id = await _at_the_door(unit, meeting_id, door, rule, actor)
        hall = await hall_of(unit, case)
        place = await presences.accepted(unit.session, meeting_id, member_id)
        pool = await pool_around(unit, hall, place.unit_id if place else None)
        here = await presences.present(unit.session, meeting_id, [member_id])
        if not here:
            raise _denied_away(unit, case, rule, member_id, actor)
        row, left_at = here[0], door.at or unit.now
        heir = await successor(unit, hall, pool, member_id) if for_good else None
        facts = PresenceFacts(
            meeting_running=case.state in RUNNING,
            came_at=left_at,
            times_in_order=left_at >= row.in_at,
            is_delegate=place is not None and place.participant is Participant.DELEGATE,
            for_good_allowed=hall.delegates.replacement is not Replacement.FOR_A_WHILE,
            substitute_there=heir is not None,
        )
        step = _step(unit, case, rule, PresenceState.PRESENT, facts, member_id, actor)
        row.out_at = left_at
        if heir is not None and place is not None:
            pool = await hand_over(unit, hall, place, heir, actor=actor)
        await settle(unit, hall, pool, frozenset(), actor=actor)
        _record(unit, case, step, row, actor, {"channel": door.channel.name})
        return row.id

    @use_case
    async def correct(
        self,
        unit: Unit,
        presence_id: UUID,
        came_at: datetime | None,
        left_at: datetime | None,
        reason: str,
        *,
        actor: Actor,
    ) -> UUID:
        """Correct when somebody came or left. Whoever was never there came and left at the same moment."""
        row = await presences.seen_presence(unit, presence_id, actor)
        case = await unit.meetings.hold(row.meeting_id, actor=actor)
        await presences.lock_member(unit.session, row.member_id)
        await unit.session.refresh(row)
        was = row.in_at, row.out_at
        came, left = came_at or row.in_at, left_at or row.out_at
        facts = PresenceFacts(
            came_at=max(each for each in (came, left) if each is not None),
            times_in_order=left is None or left >= came,
            reason_given=bool(reason.strip()),
            minutes_verified=await presences.minutes_verified(unit.session, case.id),
        )
        state = PresenceState.AWAY if row.out_at else PresenceState.PRESENT
        step = _step(unit, case, "correct", state, facts, row.member_id, actor)
        hall, place = await hall_of(unit, case), await presences.accepted(unit.session, case.id, row.member_id)
        pool = await pool_around(unit, hall, place.unit_id if place else None)
        row.in_at, row.out_at = came, left
        await settle(unit, hall, pool, frozenset(), actor=actor)
        text = Text("presence", row.id, {"reason": reason.strip()}, about=row.member_id)
        outcome = {"was": [at.isoformat() if at else None for at in was]}
        _record(unit, case, step, row, actor, outcome, text)
        return row.id


async def come_along(unit: Unit, case: MeetingCase, people: list[tuple[UUID, bool]], *, actor: Actor) -> None:
    """Check in those who are at the whole meeting, when a part of it opens: they are there."""
    hall, rows = await hall_of(unit, case), []
    for member_id, remote in people:
        row = _arrived(case.id, member_id, unit.now, remote=remote)
        unit.session.add(row)
        rows.append(row)
    await settle_units(unit, hall, actor=actor)
    for row in rows:
        step = PRESENCE.step("check_in", PresenceState.AWAY, PresenceFacts(), roles=AT_THE_DOOR, now=unit.now)
        rights = {"participant": row.participant.name, "voting": row.voting, "votes": row.votes}
        _record(unit, case, step, row, actor, {**rights, "remote": row.remote, "channel": Channel.DIGITAL.name})


async def _at_the_door(unit: Unit, meeting_id: UUID, door: Door, rule: str, actor: Actor) -> tuple[MeetingCase, UUID]:
    """The meeting, and the person who comes or goes; locked. Nobody learns of a person before they may act for them."""
    case = await unit.meetings.hold(meeting_id, actor=actor)
    own = door.member_id is None and door.number is None
    if own and isinstance(actor, Member):
        member_id: UUID | None = actor.id
    else:
        _hold_role(case, rule, door.member_id, actor)
        member_id = door.member_id or await unit.motions.member_by_number((door.number or "").strip())
    if member_id is None or not await presences.lock_member(unit.session, member_id):
        raise NotFoundError("member", member_id)
    return case, member_id


def _hold_role(case: MeetingCase, rule: str, member_id: UUID | None, actor: Actor) -> None:
    if not PRESENCE.rules[rule].open_to(_roles(case, member_id, actor)):
        raise PRESENCE.wrong_role(rule).under(case.statutes)


def _roles(case: MeetingCase, member_id: UUID | None, actor: Actor) -> frozenset[Role]:
    own = isinstance(actor, Member) and actor.id == member_id
    return case.roles | ({Role.CONCERNED} if own else frozenset())


async def _arriving(unit: Unit, hall: Hall, member_id: UUID, door: Door) -> PresenceFacts:
    known = await capacities(unit.session, hall.case.id, [member_id], hall.day)
    rights, starts_at = hall.general(known[member_id]), hall.case.facts.starts_at
    first_day = starts_at.astimezone(unit.zone).date() if starts_at else None
    return PresenceFacts(
        meeting_running=hall.case.state in RUNNING,
        doors_open_at=datetime.combine(first_day, time(), tzinfo=unit.zone) if first_day else None,
        may_attend=rights.attends or rights.if_room,
        only_if_room=rights.if_room,
        came_at=door.at,
    )


def _step(
    unit: Unit,
    case: MeetingCase,
    rule: str,
    state: PresenceState,
    facts: PresenceFacts,
    member_id: UUID,
    actor: Actor,
) -> Step[Any]:
    try:
        return PRESENCE.step(rule, state, facts, roles=_roles(case, member_id, actor), now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None


def _denied_away(unit: Unit, case: MeetingCase, rule: str, member_id: UUID, actor: Actor) -> StepDenied:
    """Whoever is not there cannot leave."""
    facts = PresenceFacts(meeting_running=case.state in RUNNING)
    try:
        PRESENCE.step(rule, PresenceState.AWAY, facts, roles=_roles(case, member_id, actor), now=unit.now)
    except StepDenied as denied:
        return denied.under(case.statutes)
    raise AssertionError("unreachable: nobody leaves who is away")


def _arrived(meeting_id: UUID, member_id: UUID, at: datetime, *, remote: bool) -> PresenceRow:
    return PresenceRow(
        id=new_id(),
        meeting_id=meeting_id,
        member_id=member_id,
        participant=Participant.GUEST,
        speaks=False,
        proposes=False,
        speaks_as_mover=False,
        voting=False,
        votes=1,
        remote=remote,
        in_at=at,
    )


def _record(
    unit: Unit,
    case: MeetingCase,
    step: Step[Any],
    row: PresenceRow,
    actor: Actor,
    outcome: dict[str, Any],
    *texts: Text,
) -> None:
    times = {"in": row.in_at.isoformat(), "out": row.out_at.isoformat() if row.out_at else None}
    told = {"member": row.member_id.hex, **times, **outcome}
    unit.record(step, row.id, by=actor, statutes=case.statutes, outcome=told, texts=texts, meeting=case.id)
