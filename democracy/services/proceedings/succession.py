"""A substitute who takes a delegate's place over for good."""

from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.seating import Reserve, seat
from democracy.services.proceedings.hall import Hall
from democracy.services.proceedings.seating import pool_around
from democracy.storage import presences
from democracy.storage.presences import Pool
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.unit_of_work import Unit
from workflows.delegate import DELEGATE, DelegateFacts
from workflows.statutes import Participant


async def successor(unit: Unit, hall: Hall, pool: Pool, member_id: UUID) -> Reserve | None:
    """The substitute who would stand in for a delegate who left now; None where nobody is there to."""
    place = next((each for each in pool.places if each.member_id == member_id), None)
    rows = await presences.present(unit.session, hall.case.id, sorted(pool.members))
    here = {row.member_id: row for row in rows if row.member_id != member_id}
    standing = {
        each.id: here[each.member_id].stands_in_for_id
        for each in pool.reserves
        if each.member_id in here and here[each.member_id].voting
    }
    votes = seat(pool.seats, pool.places, pool.reserves, here.keys(), standing)
    heirs = {who for who, vote in votes.items() if place is not None and vote.stands_in_for == place.id}
    return next((each for each in pool.reserves if each.member_id in heirs), None)


async def hand_over(unit: Unit, hall: Hall, place: DelegateRow, heir: Reserve, *, actor: Actor) -> Pool:
    """Give the place to the substitute, who is a delegate from now on; returns the places as they then are."""
    step = DELEGATE.step("replace", place.state, DelegateFacts(), roles=DELEGATE.rules["replace"].by, now=unit.now)
    place.state, place.ended_at = step.dest, unit.now
    row = await presences.delegate(unit.session, heir.id)
    row.participant, row.position, row.replaces_id = Participant.DELEGATE, place.position, place.id
    row.weight = place.weight
    outcome = {"member": place.member_id.hex, "by": heir.member_id.hex}
    unit.record(step, place.id, by=actor, statutes=hall.case.statutes, outcome=outcome, meeting=hall.case.id)
    await unit.session.flush()
    return await pool_around(unit, hall, place.unit_id)
