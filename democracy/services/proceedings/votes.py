"""Answering a division by name: on a device of one's own, or aloud, entered by the secretary."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.services.proceedings.division_steps import judged, person, step_of
from democracy.services.use_case import Service, use_case
from democracy.storage import divisions
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import Choice


class Votes(Service):
    """Use cases of voters. Make it without an idempotency key: its digest would tell how somebody voted."""

    @use_case
    async def cast(
        self, unit: Unit, division_id: UUID, choice: Choice, member_number: str | None = None, *, actor: Actor
    ) -> UUID:
        """Enter an answer in place of an earlier one. No step is kept of it: the record is figures, or the roll call.

        The division is locked with the other voters', so that an answer is either in before it closes, or refused.
        """
        await divisions.share_division(unit.session, division_id)
        case = await judged(unit, division_id, actor)
        voter, case = await person(unit, case, member_number, "cast", actor)
        found = await divisions.voter_in(unit.session, division_id, case.roll_id, case.item_id, voter)
        facts = replace(
            case.facts,
            in_roll=found.votes is not None,
            barred=found.barred,
            answered_themselves=member_number is not None and found.answered,
        )
        step_of(unit, case, "cast", facts)
        recorder = actor.id if member_number is not None and isinstance(actor, Member) else None
        await divisions.answer(
            unit.session, division_id, voter, choice=choice, votes=found.votes or 0, at=unit.now, recorded_by=recorder
        )
        return division_id
