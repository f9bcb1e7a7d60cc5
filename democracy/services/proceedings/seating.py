"""Rights and votes of those present, settled anew whenever somebody comes, goes, or is given a place."""

from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.seating import Vote, seat
from democracy.services.proceedings.hall import Hall
from democracy.storage import presences
from democracy.storage.capacities import ELECTED, Capacity, capacities
from democracy.storage.in_force import VOTING_ROLES
from democracy.storage.presences import Pool
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.unit_of_work import Unit
from workflows.presence import AT_THE_DOOR, PRESENCE, PresenceFacts, PresenceState
from workflows.statutes import Participant
from workflows.statutes.parameters.delegates import Replacement

NOBODY = Pool(0, (), ())
"""Where nobody votes for a place."""


async def pool_around(unit: Unit, hall: Hall, unit_id: UUID | None) -> Pool:
    """The places that somebody from a unit may fill, or leave to others; locked.

    `unit_id` is the unit that reported them; None for whoever was not reported.
    """
    if hall.votes_as is None:
        return NOBODY
    if not hall.shared_out:
        roles = ELECTED if hall.votes_as is Participant.DELEGATE else VOTING_ROLES
        return await presences.pool_of_body(unit.session, hall.case.body_id, roles, hall.day)
    if unit_id is None and hall.delegates.substitutes_own_branch:
        return NOBODY
    common = not hall.delegates.substitutes_own_branch
    return await presences.pool_of(unit.session, hall.case.id, None if common else unit_id)


async def settle_units(unit: Unit, hall: Hall, *, actor: Actor) -> None:
    """Settle every unit's places: the seats themselves have changed."""
    units: list[UUID | None] = [*await presences.units_with_delegates(unit.session, hall.case.id)]
    for unit_id in units if hall.delegates.substitutes_own_branch else [None]:
        await settle(unit, hall, await pool_around(unit, hall, unit_id), frozenset(), actor=actor)


async def settle(unit: Unit, hall: Hall, pool: Pool, others: frozenset[UUID], *, actor: Actor) -> None:
    """Give everybody in the pool, and the others named, the rights and the vote that are theirs now."""
    await unit.session.flush()
    people = sorted(pool.members | others)
    rows = await presences.present(unit.session, hall.case.id, people)
    known = await capacities(unit.session, hall.case.id, [row.member_id for row in rows], hall.day)
    votes = _seated(hall, pool, rows)
    reserves = {each.member_id for each in pool.reserves}
    reported = pool.reported if hall.shared_out else {}
    for row in rows:
        voted = row.voting
        row.delegate_id = reported.get(row.member_id)
        _give(row, hall, known[row.member_id], votes.get(row.member_id))
        if row.voting != voted and row.member_id in reserves:
            _record(unit, hall, row, actor)
    await unit.session.flush()


def _seated(hall: Hall, pool: Pool, rows: list[PresenceRow]) -> dict[UUID, Vote]:
    here = {row.member_id: row for row in rows}
    standing = {
        each.id: here[each.member_id].stands_in_for_id
        for each in pool.reserves
        if each.member_id in here and here[each.member_id].voting
    }
    for_good = hall.delegates.replacement is Replacement.FOR_GOOD
    return seat(pool.seats, pool.places, pool.reserves, here.keys(), standing, for_good=for_good)


def _give(row: PresenceRow, hall: Hall, person: Capacity, vote: Vote | None) -> None:
    rights = hall.rights(person, vote)
    stands_in = vote is not None and vote.stands_in
    row.participant = Participant.SUBSTITUTE if stands_in else rights.participant
    row.speaks, row.proposes, row.voting = rights.speaks, rights.proposes, rights.votes
    row.speaks_as_mover = rights.speaks_as_mover
    row.votes = vote.votes if vote else 1
    row.stands_in_for_id = vote.stands_in_for if vote and hall.shared_out else None


def _record(unit: Unit, hall: Hall, row: PresenceRow, actor: Actor) -> None:
    """A substitute stepped in or out because somebody else left or came: that is the roll's act, not a person's."""
    rule = "step_in" if row.voting else "step_out"
    step = PRESENCE.step(rule, PresenceState.PRESENT, PresenceFacts(), roles=AT_THE_DOOR, now=unit.now)
    outcome = {
        "member": row.member_id.hex,
        "stands_in_for": row.stands_in_for_id.hex if row.stands_in_for_id else None,
        "votes": row.votes,
    }
    unit.record(step, row.id, by=actor, statutes=hall.case.statutes, outcome=outcome, meeting=hall.case.id)
