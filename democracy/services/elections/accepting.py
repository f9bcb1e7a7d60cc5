"""What a candidate declares besides the candidacy: the pledge in a newer version, and that they accept the election."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.elections.case import take_candidacy
from democracy.services.use_case import Service, use_case
from democracy.storage import elections
from democracy.storage.unit_of_work import Unit


class Accepting(Service):
    """Use cases of the candidate, or of whoever records it for them."""

    @use_case
    async def sign(self, unit: Unit, candidacy_id: UUID, pledge_id: UUID, *, actor: Actor) -> UUID:
        """Sign the candidate pledge that is in force, where it has been replaced since it was signed."""
        case = await elections.candidacy_case(unit, candidacy_id, actor=actor)
        meeting = await unit.meetings.row(case.meeting_id)
        pledge = await elections.pledge_for(unit, meeting.unit_id)
        facts = replace(case.facts, pledge_signed=pledge is not None and pledge.id == pledge_id)
        row = await take_candidacy(unit, case, "sign", actor=actor, facts=facts, outcome={"pledge": pledge_id.hex})
        row.pledge_id = pledge_id
        return candidacy_id

    @use_case
    async def declare(self, unit: Unit, candidacy_id: UUID, *, actor: Actor) -> UUID:
        """Declare that the election is accepted. Whoever does not want it resigns the mandate instead."""
        case = await elections.candidacy_case(unit, candidacy_id, actor=actor)
        row = await take_candidacy(unit, case, "declare_acceptance", actor=actor)
        row.confirmed_at = unit.now
        return candidacy_id
