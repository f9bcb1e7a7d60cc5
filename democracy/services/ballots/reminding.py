"""Reminders to those who have not voted, and word to everybody of what came in from their slot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.ballots.notices import tell_electors
from democracy.services.ballots.roll_state import standings
from democracy.services.urns.case import UrnService
from democracy.services.urns.seeds import Seeds
from democracy.services.use_case import use_case
from democracy.storage import ballots
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class BallotReminding(UrnService):
    """Who has voted is read once, to write the letters, and told to nobody."""

    @use_case
    async def remind(self, unit: Unit, ballot_id: UUID, *, actor: Actor) -> UUID:
        """Remind those who have not voted. That reminders went out remains: neither to whom nor how many."""
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("remind", case)
        await take(unit, case, "remind", actor=actor)
        row = await ballots.row(unit, ballot_id)
        row.reminded_at = unit.now
        found = await standings(unit, self.seeds, ballot_id)
        silent = {member for member, each in found.items() if not each.voted and not each.removed}
        await tell_electors(unit, row, "ballot_reminder", only=silent)
        return ballot_id


async def tell_slots(unit: Unit, seeds: Seeds, ballot_id: UUID) -> None:
    """Tell everybody whether a vote came in from their slot: whoever votes for the silent is found out that way."""
    row = await ballots.row(unit, ballot_id)
    found = await standings(unit, seeds, ballot_id)
    if all(each.slot is None for each in found.values()):
        return
    voted = {member: "post" if each.by_post else "digital" if each.digital else "no" for member, each in found.items()}
    await tell_electors(unit, row, "ballot_slot", more=lambda person: {"voted": voted.get(person.id, "no")})


def reminder_due(closes_at: datetime | None, heard_at: datetime | None, days: Sequence[int], now: datetime) -> bool:
    """Whether one of the moments so many days before the close has come, and nobody has heard of the ballot since."""
    if closes_at is None or heard_at is None or now >= closes_at:
        return False
    come = [moment for moment in (closes_at - timedelta(days=each) for each in days) if moment <= now]
    return bool(come) and heard_at < max(come)
