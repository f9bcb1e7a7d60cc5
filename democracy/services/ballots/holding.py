"""While a ballot is open: opening and closing by the clock, the postal channel, extension, reminders."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.ballots.notices import tell_electors
from democracy.services.use_case import Service, use_case
from democracy.storage import ballots, electorate, statutes
from democracy.storage.ballot_case import BallotCase
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit
from workflows.member_ballot import MemberBallotFacts


class BallotHolding(Service):
    """Time decides when it opens and closes; nobody can close it early."""

    @use_case
    async def open(self, unit: Unit, ballot_id: UUID, *, actor: Actor) -> UUID:
        """Open the ballot, when its time has come."""
        case = await open_ballot(unit, ballot_id, actor)
        await take(unit, case, "open", actor=actor, facts=await _checked(unit, case))
        row = await ballots.row(unit, ballot_id)
        row.opened_at = unit.now
        await tell_electors(unit, row, "ballot_open")
        return ballot_id

    @use_case
    async def check(self, unit: Unit, ballot_id: UUID, *, actor: Actor) -> UUID:
        """Shortly before it opens: count the electorate's digest anew and look whether the urn takes ballots."""
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("check", case)
        row = await ballots.row(unit, ballot_id)
        outcome = {"digest": row.electorate_digest, "size": row.electorate_size}
        await take(unit, case, "check", actor=actor, facts=await _checked(unit, case), outcome=outcome)
        row.checked_at = unit.now
        return ballot_id

    @use_case
    async def extend(
        self, unit: Unit, ballot_id: UUID, closes_at: datetime, decision: str, reason: str, *, actor: Actor
    ) -> UUID:
        """Let it be open longer: a decision with a reason, made before it closes. The time for objections follows."""
        case = await open_ballot(unit, ballot_id, actor)
        facts = replace(
            case.facts,
            new_close=closes_at,
            reason_given=bool(reason.strip()),
            decision_given=bool(decision.strip()),
        )
        text = Text("member_ballot", ballot_id, {"decision": decision.strip(), "reason": reason.strip()})
        outcome = {"closes": closes_at.isoformat()}
        await take(unit, case, "extend", actor=actor, facts=facts, outcome=outcome, texts=[text])
        row = await ballots.row(unit, ballot_id)
        row.closes_at = closes_at
        rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes].parameters.member_ballots
        if rules is not None:
            row.objections_until = rules.objections.derive(closes_at, unit.zone).at
        return ballot_id


async def _checked(unit: Unit, case: BallotCase) -> MemberBallotFacts:
    """The facts with whether the electorate that is stored is the one whose digest stands published."""
    row = await ballots.row(unit, case.id)
    found = await electorate.digest(unit.session, case.id)
    published = (row.electorate_size, row.electorate_digest)
    return replace(case.facts, digest_agrees=row.electorate_digest is None or found == published)
