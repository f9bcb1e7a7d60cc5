"""The end of a ballot: the keys that bind a voter to a slot are destroyed, and what they opened stays as it was."""

from dataclasses import replace
from uuid import UUID

from democracy.ballotbox.urn import Server
from democracy.domain.actors import Actor
from democracy.services.ballots.case import open_ballot, take
from democracy.services.urns.case import UrnService
from democracy.services.urns.case import take as take_urn
from democracy.services.urns.log import head
from democracy.services.urns.seeds import API, LOCK, Seeds
from democracy.services.use_case import use_case
from democracy.storage import ballots, postal, urn_log, urns
from democracy.storage.ballot_case import BallotCase
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Database, Unit
from workflows.urn import UrnState

SEEDS = (LOCK, API)
"""What is destroyed. The log's key stays: it signs that the log has not grown since."""


class BallotFinishing(UrnService):
    """Nothing of a ballot can be traced back to its voters once it is final."""

    async def finish(self, ballot_id: UUID, silence: str | None = None, *, actor: Actor) -> UUID:
        """Close the case for good. The log says first that the keys are destroyed; then they are.

        Every key holder has handed in the same statement (`democracy mix destroy`), or `silence` says why not: who has
        not, and what was done about it. Sealed ballots and lists are removed from the database.
        """
        done = await self._finish(ballot_id, (silence or "").strip(), actor=actor)
        await destroy_keys(self.database, self.seeds)
        return done

    @use_case
    async def _finish(self, unit: Unit, ballot_id: UUID, silence: str, *, actor: Actor) -> UUID:
        case = await open_ballot(unit, ballot_id, actor)
        silent = case.facts.holders_silent
        facts = replace(case.facts, silence_explained=bool(silence))
        words = [Text("member_ballot", ballot_id, {"silence": silence})] if silent else []
        await take(unit, case, "finish", actor=actor, facts=facts, outcome={"holders_silent": silent}, texts=words)
        urn = await urns.of_ballot(unit.session, ballot_id)
        if urn is not None and urn.state is UrnState.COUNTED:
            await self._state_destroyed(unit, urn.id, case, actor)
            await urns.empty(unit.session, urn.id)
        await postal.forget_senders(unit, ballot_id)
        return ballot_id

    async def _state_destroyed(self, unit: Unit, urn_id: UUID, case: BallotCase, actor: Actor) -> None:
        urn = await urns.opened(unit, urn_id, actor=actor)
        if self.seeds.has(urn_id, API):
            server = Server(urn.row.m or b"", self.seeds.read(urn_id, API).sign)
            await urn_log.append(unit.session, urn.row, [("destroyed", server.destroyed(who)) for who in SEEDS])
        await take_urn(unit, urn, "destroy", actor=actor, outcome=await head(unit, urn.row))


async def destroy_keys(database: Database, seeds: Seeds) -> int:
    """Destroy the keys of urns that are over, and of the rehearsals beside them; returns how many were."""
    async with database.read() as connection:
        over = await ballots.urns_that_are_over(connection)
    held = [(urn, name) for urn in over for name in SEEDS if seeds.has(urn, name)]
    for urn, name in held:
        seeds.destroy(urn, name)
    return len(held)
