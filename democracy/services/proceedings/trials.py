"""A trial vote (försöksvotering): a show of cards that nobody counts, after which the chair names the winner anew."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.division_steps import opened, person, take
from democracy.services.proceedings.divisions import Handed, coming, keep_demand, put
from democracy.services.proceedings.voting import show_trial
from democracy.services.use_case import Service, use_case
from democracy.storage import divisions
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import Choice, DivisionMethod


class Trials(Service):
    """Use cases of a trial vote."""

    @use_case
    async def open(self, unit: Unit, question_id: UUID, *, actor: Actor) -> UUID:
        """Take a show of cards that nobody counts, where the vote would settle the question."""
        row, case, vote = await coming(unit, question_id, actor)
        last = vote is None or vote.role in {"single", "main"}
        facts = replace(case.facts, comes_next=vote is not None, settles=last)
        row.method, row.trial = DivisionMethod.SHOW_OF_CARDS, True
        await take(unit, case, "open_trial", actor=actor, facts=facts, outcome=put(unit, row, vote))
        return row.id

    @use_case
    async def count_instead(self, unit: Unit, division_id: UUID, handed: Handed, *, actor: Actor) -> UUID:
        """Ask for a trial vote that is under way to be counted: it is then taken as a division."""
        row, case = await opened(unit, division_id, actor)
        member, case = await person(unit, case, handed.member_number, "count_instead", actor)
        facts = replace(
            case.facts,
            voter=await divisions.votes_now(unit.session, case.meeting_id, member),
            barred=await divisions.barred(unit.session, case.item_id, member),
        )
        await take(unit, case, "count_instead", actor=actor, facts=facts)
        row.trial, row.method, row.opened_at = False, None, None
        if not await divisions.asks(unit.session, division_id, member):
            keep_demand(unit, row, member, handed, actor)
        return division_id

    @use_case
    async def announce(self, unit: Unit, division_id: UUID, winner: Choice, *, actor: Actor) -> UUID:
        """Say what it shows: the chair names the winner, without figures. A voter may still have a count."""
        row, case = await opened(unit, division_id, actor)
        if winner is Choice.ABSTAIN:
            raise InvalidInputError(FieldError("winner", "yes_or_no"))
        row.winner, row.announced_at, row.closed_at = winner, unit.now, unit.now
        await take(unit, case, "announce_trial", actor=actor, outcome={"winner": winner.name})
        await show_trial(unit, division_id, actor=actor)
        return division_id
