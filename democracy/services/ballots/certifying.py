"""From the count on: certified, published, decided upon, or annulled."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.ballotbox.faults import UrnError
from democracy.ballotbox.manifest import read_manifest
from democracy.ballotbox.note import NoteError
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.verifier import verify
from democracy.domain.actors import Actor
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.ballots.counting import source_of
from democracy.services.ballots.notices import tell_electors
from democracy.services.motions.case import required
from democracy.services.urns.case import UrnService
from democracy.services.urns.case import take as take_urn
from democracy.services.urns.log import head
from democracy.services.urns.published import whole_bundle
from democracy.services.urns.seeds import LOG, Seeds
from democracy.services.use_case import use_case
from democracy.storage import ballots, urns
from democracy.storage.ballot_case import ballot_cases
from democracy.storage.decision_register import Entry, enter
from democracy.storage.ledger import Text
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Database, Unit
from workflows.member_ballot import MemberBallotState
from workflows.urn import URN


@dataclass(frozen=True)
class Checked:
    """What verifying the urn's bundle came to, and how far its log had come then."""

    size: int
    fault: str | None


class BallotCertifying(UrnService):
    """What the body decides upon a ballot, and what follows from it."""

    async def certify(self, ballot_id: UUID, decision: str, *, actor: Actor) -> UUID:
        """Record that the body certifies the result. The count is made anew and the urn's bundle verified first."""
        checked = await self._verified(ballot_id, actor)
        return await self._certify(ballot_id, decision, checked, actor=actor)

    @use_case
    async def _certify(
        self, unit: Unit, ballot_id: UUID, decision: str, checked: Checked | None, *, actor: Actor
    ) -> UUID:
        case = await open_ballot(unit, ballot_id, actor)
        row = await ballots.row(unit, ballot_id)
        urn = await urns.of_ballot(unit.session, ballot_id)
        source = await source_of(unit, case) if case.state is MemberBallotState.COUNTED else None
        sound = checked is not None and checked.fault is None and urn is not None and urn.log_size == checked.size
        facts = replace(
            case.facts,
            decision_given=bool(decision.strip()),
            recount_agrees=source is None or source.protocol() == row.protocol,
            bundle_verified=sound or case.state is not MemberBallotState.COUNTED,
        )
        text = Text("member_ballot", ballot_id, {"decision": decision.strip()})
        await take(unit, case, "certify", actor=actor, facts=facts, texts=[text])
        row.certified_at, row.certified_by = unit.now, required("decision", decision, longest=500)
        return ballot_id

    @use_case
    async def publish(self, unit: Unit, ballot_id: UUID, *, actor: Actor) -> UUID:
        """Publish the certified result, and tell everybody who might vote that it is there."""
        case = await open_ballot(unit, ballot_id, actor)
        await take(unit, case, "publish", actor=actor)
        row = await ballots.row(unit, ballot_id)
        row.published_at = unit.now
        await tell_electors(unit, row, "ballot_result")
        return ballot_id

    @use_case
    async def decide(self, unit: Unit, ballot_id: UUID, outcome: str, decision: str, *, actor: Actor) -> UUID:
        """Record what the body decides upon an advisory ballot, with its reasons."""
        case = await open_ballot(unit, ballot_id, actor)
        facts = replace(case.facts, reason_given=bool(outcome.strip()), decision_given=bool(decision.strip()))
        text = Text("member_ballot", ballot_id, {"outcome": outcome.strip(), "decision": decision.strip()})
        await take(unit, case, "decide", actor=actor, facts=facts, texts=[text])
        row = await ballots.row(unit, ballot_id)
        row.outcome = required("outcome", outcome, longest=5_000)
        row.outcome_by = required("decision", decision, longest=500)
        await enter(
            unit.session,
            Entry(
                "member_ballot", ballot_id, row.unit_id, row.body_id, row.title, row.outcome, unit.now,
                ground=row.outcome_by,
            ),
        )  # fmt: skip
        return ballot_id

    @use_case
    async def annul(self, unit: Unit, ballot_id: UUID, decision: str, reason: str, *, actor: Actor) -> UUID:
        """Record the body's decision that the ballot does not stand. An urn that is not open yet never will be."""
        case = await open_ballot(unit, ballot_id, actor)
        facts = replace(case.facts, decision_given=bool(decision.strip()), reason_given=bool(reason.strip()))
        text = Text("member_ballot", ballot_id, {"decision": decision.strip(), "reason": reason.strip()})
        await take(unit, case, "annul", actor=actor, facts=facts, texts=[text])
        row = await ballots.row(unit, ballot_id)
        row.ended_reason = required("reason", reason, longest=2_000)
        await self._give_up(unit, ballot_id, actor)
        await tell_electors(unit, row, "ballot_annulled")
        return ballot_id

    async def _give_up(self, unit: Unit, ballot_id: UUID, actor: Actor) -> None:
        urn = await urns.of_ballot(unit.session, ballot_id)
        if urn is not None and urn.state in URN.rules["spoil"].source:
            case, told = await urns.opened(unit, urn.id, actor=actor), await head(unit, urn)
            await take_urn(unit, case, "spoil", actor=actor, outcome=told)
            await urns.empty(unit.session, urn.id)

    async def _verified(self, ballot_id: UUID, actor: Actor) -> Checked | None:
        """Verify the bundle before the unit begins: it takes seconds. None for whoever may not certify."""
        async with self.database.read() as connection:
            found = await ballot_cases(connection, [ballot_id], actor=actor, at=self.at, zone=self.database.zone)
        case = found.get(ballot_id)
        if case is None or case.state is not MemberBallotState.COUNTED:
            return None
        hold_role("certify", case)
        return await verified(self.database, self.seeds, ballot_id, self.at)


async def verified(database: Database, seeds: Seeds, ballot_id: UUID, at: datetime) -> Checked | None:
    """What the offline verifier says of a ballot's urn, by the keys of its own manifest; None without an urn.

    Whoever trusts other keys runs `democracy verify bundle` with them.
    """
    async with database.unit(at) as unit:
        urn = await urns.of_ballot(unit.session, ballot_id)
        bundle = None if urn is None else await whole_bundle(unit.session, urn.id)
    if urn is None or bundle is None or not seeds.has(urn.id, LOG):
        return None
    try:
        await asyncio.to_thread(verify, bundle, own_trust(seeds, urn))
    except (UrnError, NoteError) as error:
        return Checked(urn.log_size, str(error))
    return Checked(urn.log_size, None)


def own_trust(seeds: Seeds, urn: UrnRow) -> Trust:
    """The keys that an urn itself names."""
    manifest = read_manifest(urn.manifest or b"")
    return Trust(
        seeds.log_key(urn.id, urn.origin).verifier,
        frozenset(manifest.witness_keys),
        frozenset(each.sign for each in manifest.mixers),
        frozenset(manifest.officers),
    )
