"""Objections against a ballot, and what the body finds of them."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.ballots.notices import tell_member
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage import ballots, electorate
from democracy.storage.ballot_case import BallotCase
from democracy.storage.ledger import Text
from democracy.storage.tables.ballot import BallotObjectionRow
from democracy.storage.unit_of_work import Unit
from workflows.ballot_kinds import ObjectionFinding
from workflows.engine import Role
from workflows.member_ballot import MEMBER_BALLOT


class Objecting(Service):
    """Whoever may vote may object, and so may the auditors; until the time that the statutes give has run out."""

    @use_case
    async def object(
        self,
        unit: Unit,
        ballot_id: UUID,
        text: str,
        *,
        member_id: UUID | None = None,
        channel: Channel = Channel.DIGITAL,
        received_at: datetime | None = None,
        actor: Actor,
    ) -> UUID:
        """Object. The office records what came in on paper or by telephone: from whom, and when it was received."""
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("object", case)
        by = await _by(unit, case, member_id, actor)
        row = BallotObjectionRow(
            id=new_id(), ballot_id=ballot_id, member_id=by, text=text.strip(), channel=channel,
            received_at=received_at or unit.now, recorded_at=unit.now,
        )  # fmt: skip
        own = isinstance(actor, Member) and by == actor.id
        facts = replace(
            case.facts,
            reason_given=bool(row.text),
            is_elector=(own and Role.SCRUTINEER in case.roles) or await _stands(unit, ballot_id, by),
            received_at=received_at,
        )
        outcome = {"objection": row.id.hex, "channel": channel.name}
        kept = Text("ballot_objection", row.id, {"text": row.text}, about=by)
        await take(unit, case, "object", actor=actor, facts=facts, outcome=outcome, texts=[kept])
        required("text", text, longest=5_000)
        unit.session.add(row)
        await unit.session.flush()
        return ballot_id

    @use_case
    async def answer(
        self, unit: Unit, objection_id: UUID, finding: ObjectionFinding, answer: str, decision: str, *, actor: Actor
    ) -> UUID:
        """Record what the body found of an objection, and why. Returns the ballot's id."""
        found = await ballots.objection(unit, objection_id)
        case = await open_ballot(unit, found.ballot_id, actor)
        hold_role("answer_objection", case)
        facts = replace(
            case.facts,
            reason_given=bool(answer.strip()),
            decision_given=bool(decision.strip()),
            objection_answered=found.answered_at is not None,
        )
        kept = Text("ballot_objection", found.id, {"answer": answer.strip(), "decision": decision.strip()})
        outcome = {"objection": found.id.hex, "finding": finding.name}
        await take(unit, case, "answer_objection", actor=actor, facts=facts, outcome=outcome, texts=[kept])
        found.finding, found.answered_at = finding, unit.now
        found.answer = required("answer", answer, longest=5_000)
        found.answered_by = required("decision", decision, longest=500)
        await tell_member(unit, await ballots.row(unit, found.ballot_id), found.member_id, "ballot_objection")
        return found.ballot_id


async def _by(unit: Unit, case: BallotCase, member_id: UUID | None, actor: Actor) -> UUID:
    """Whose objection it is: one's own, or somebody's for whom the secretary writes it in."""
    if isinstance(actor, Member) and member_id in {None, actor.id}:
        return actor.id
    if Role.SECRETARY not in case.roles:
        raise MEMBER_BALLOT.wrong_role("object").under(case.statutes)
    if member_id is None or not await electorate.is_member(unit.session, member_id):
        raise InvalidInputError(FieldError("memberId", "no_such_member"))
    return member_id


async def _stands(unit: Unit, ballot_id: UUID, member_id: UUID) -> bool:
    """Whoever stands in the electorate, or was taken out of it, may object: also against that."""
    return await electorate.elector(unit.session, ballot_id, member_id) is not None
