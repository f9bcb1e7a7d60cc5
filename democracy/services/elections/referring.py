"""An election that a meeting does not hold goes on to a coming meeting, by decision: nothing of it is lost."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.services.elections.case import take
from democracy.services.use_case import Service, use_case
from democracy.storage import elections
from democracy.storage.election_case import ElectionCase
from democracy.storage.ledger import Text
from democracy.storage.tables.election import ElectionReferralRow
from democracy.storage.unit_of_work import Unit
from workflows.election import ELECTION


class Referring(Service):
    """Use cases of a meeting that leaves an election to another."""

    @use_case
    async def refer(self, unit: Unit, election_id: UUID, meeting_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Refer the election to a coming meeting of the same unit, with its names and the committee's work.

        The coming meeting decides the numbers anew; who had asked for a secret ballot, and shares of a lot, belong to
        the meeting that is left, which is what is returned: whoever sits there may not see the coming one yet.
        """
        case = await elections.opened(unit, election_id, actor=actor)
        fits = await unit.meetings.takes_over(meeting_id, case.meeting_id)
        facts = replace(case.facts, reason_given=bool(reason.strip()), successor_fits=fits)
        await _take(unit, replace(case, facts=facts), meeting_id, reason.strip(), actor)
        return case.meeting_id


async def refer_all(unit: Unit, meeting_id: UUID, successor: UUID, reason: str, actor: Actor) -> None:
    """A meeting is cancelled: a coming one takes over its elections. The caller has judged both meetings."""
    for row in await elections.unheld(unit, meeting_id):
        case = await elections.case(unit, row.id, actor=actor)
        facts = replace(case.facts, meeting_open=True, reason_given=True)
        roles = case.roles | ELECTION.rules["refer"].by
        await _take(unit, replace(case, facts=facts, roles=roles), successor, reason, actor)


async def _take(unit: Unit, case: ElectionCase, meeting_id: UUID, reason: str, actor: Actor) -> None:
    text = Text("election", case.id, {"referred": reason})
    await take(unit, case, "refer", actor=actor, outcome={"meeting": meeting_id.hex}, texts=[text])
    await elections.begin_anew(unit, case.id)
    row = await elections.row(unit, case.id)
    unit.session.add(
        ElectionReferralRow(
            id=new_id(), election_id=case.id, from_meeting_id=row.meeting_id, to_meeting_id=meeting_id, reason=reason,
            at=unit.now,
        )
    )  # fmt: skip
    row.meeting_id, row.numbers_decided_at = meeting_id, None
    await unit.session.flush()
