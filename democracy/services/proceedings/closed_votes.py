"""A closed vote (sluten omröstning) on demand, where the statutes give as many as ask a right to it."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.division_steps import judged, person, take
from democracy.services.proceedings.divisions import Handed, keep_demand, new_division
from democracy.services.proceedings.voting import ask_division
from democracy.services.use_case import Service, use_case
from democracy.storage import divisions
from democracy.storage.division_case import DivisionCase
from democracy.storage.tables.division import DivisionRow
from democracy.storage.unit_of_work import Unit


class ClosedVotes(Service):
    """Use cases of those who want a vote to be closed."""

    @use_case
    async def request(self, unit: Unit, question_id: UUID, handed: Handed, *, actor: Actor) -> UUID:
        """Ask for a closed vote: it is a division too, and when enough have asked every vote on the matter is closed.

        Returns the id of the division that comes next.
        """
        place = await divisions.hold_question(unit.session, question_id)
        row = await divisions.ordered_in_chain(unit.session, question_id) or await new_division(unit, place)
        case = await judged(unit, row.id, actor)
        member, case = await person(unit, case, handed.member_number, "request_secret", actor)
        facts = replace(
            case.facts,
            voter=await divisions.votes_now(unit.session, place.meeting_id, member),
            barred=await divisions.barred(unit.session, place.item_id, member),
            secret_asked_before=await divisions.asks_closed(unit.session, place.matter_id, member),
            received_at=handed.received_at,
        )
        needed = case.rules.parameters.minorities.secret_vote
        await take(unit, case, "request_secret", actor=actor, facts=facts, outcome={"needed": needed})
        await _keep(unit, row, member, handed, actor)
        await _ordered(unit, row, case, member, actor)
        return row.id


async def _keep(unit: Unit, row: DivisionRow, member: UUID, handed: Handed, actor: Actor) -> None:
    own = await divisions.demand(unit.session, row.id, member)
    if own is None:
        keep_demand(unit, row, member, handed, actor, secret=True)
    else:
        own.secret = True
    await unit.session.flush()


async def _ordered(unit: Unit, row: DivisionRow, case: DivisionCase, member: UUID, actor: Actor) -> None:
    """As with any division: when as many have asked as the statutes want, the question is voted on."""
    asked = await divisions.demands(unit.session, row.id)
    if not case.facts.ordered and asked >= case.rules.parameters.minorities.counted_vote:
        await ask_division(unit, row.question_id, by=member, actor=actor)
