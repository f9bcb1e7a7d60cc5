"""The vote: by acclamation, on devices, or on papers that two people type in, each by themselves.

A secret vote is taken on papers, or sealed: nothing here stores one. What voters answer on devices in an open vote is
removed when it closes, and only the distinct ballots with their number remain.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from democracy.counting.protocol import canonical
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.elections.case import member_of, represented, take
from democracy.services.elections.counting import Papers, fits
from democracy.services.elections.declaring import conclude, on_the_ballot, recount, witnesses_of
from democracy.services.elections.sealed import Sealed, count_urn, open_urn
from democracy.services.proceedings.persons import Person
from democracy.services.proceedings.roll import fix_roll
from democracy.services.urns.meeting import MeetingUrns
from democracy.services.use_case import Service, use_case
from democracy.storage import elections, rolls
from democracy.storage.election_case import ElectionCase
from democracy.storage.ledger import Text
from democracy.storage.tables.election import (
    ElectionCountRow,
    ElectionDemandRow,
    ElectionRoundRow,
    ElectionVoteRow,
)
from democracy.storage.unit_of_work import Unit
from workflows.candidacy import CandidacyState
from workflows.election import ELECTION, ElectionFacts, VoteMethod
from workflows.engine import StepDenied


@dataclass(frozen=True)
class Acclaimed:
    """Whom the meeting elects without a vote; a lot may have put the substitutes in their order."""

    members: Sequence[UUID]
    substitutes: Sequence[UUID] = ()
    witnesses: Sequence[Person] = ()
    by_lot: bool = False


@dataclass(frozen=True)
class ElectionHolding(Service):
    """Use cases of the meeting that elects."""

    urns: MeetingUrns | None = field(default=None, kw_only=True)
    """What secret votes are sealed into; without it they are taken on paper."""

    @use_case
    async def cancel(self, unit: Unit, election_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Record that the election is not held, or that a vote went wrong: then a new one is prepared."""
        case = await elections.opened(unit, election_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        text = Text("election", election_id, {"reason": reason.strip()})
        await take(unit, case, "cancel", actor=actor, facts=facts, texts=[text])
        (await elections.row(unit, election_id)).reason = reason.strip()
        await elections.forget_votes(unit, election_id)
        for each in await elections.rounds(unit, election_id):
            if each.urn_id is not None and each.closed_at is None and self.urns is not None:
                await self.urns.give_up(unit, each.urn_id, reason.strip(), actor=actor)
        return election_id

    @use_case
    async def ask_secret(self, unit: Unit, election_id: UUID, *, actor: Actor) -> UUID:
        """Ask for a secret election; the chair or the secretary records it for somebody in the room."""
        case = await elections.opened(unit, election_id, actor=actor)
        await take(unit, case, "ask_secret", actor=actor)
        unit.session.add(ElectionDemandRow(election_id=election_id, member_id=member_of(actor), at=unit.now))
        return election_id

    @use_case
    async def acclaim(self, unit: Unit, election_id: UUID, given: Acclaimed, *, actor: Actor) -> UUID:
        """Elect everybody who stands: no more than there are seats. The substitutes stand in the order given."""
        case = await elections.opened(unit, election_id, actor=actor)
        standing = {row.id for row in await elections.candidacies(unit, election_id, CandidacyState.ACCEPTED)}
        members, substitutes = list(given.members), list(given.substitutes)
        named = [*members, *substitutes]
        fit = len(named) == len(set(named)) and set(named) == standing
        limits = len(members) <= case.facts.seats and len(substitutes) <= case.facts.substitutes
        witnesses = await witnesses_of(unit, given.witnesses, actor, case) if given.by_lot else ()
        facts = replace(
            case.facts,
            lists_fit=fit and limits,
            lot_witnessed=witnesses is not None,
            representation_met=await represented(unit, case, members),
        )
        protocol = {
            "method": "acclamation",
            "elected": [each.hex for each in members],
            "substitutes": [each.hex for each in substitutes],
            "substitutes_by": "lot" if given.by_lot else "decision",
            "witnesses": [each.hex for each in witnesses or ()],
        }
        await take(unit, case, "acclaim", actor=actor, facts=facts, outcome=protocol)
        (await elections.row(unit, election_id)).protocol = canonical(protocol)
        await conclude(unit, case, members, substitutes, actor)
        return election_id

    @use_case
    async def open(self, unit: Unit, election_id: UUID, method: VoteMethod, *, secret: bool, actor: Actor) -> UUID:
        """Open the vote among those who stand, or the second ballot among those whom the count has named.

        The roll is fixed with it. A secret vote is taken on papers, or cast into a sealed urn.
        """
        case = await elections.opened(unit, election_id, actor=actor)
        row = await elections.row(unit, election_id)
        candidates, seats = await on_the_ballot(unit, case)
        facts = replace(
            case.facts,
            candidates=len(candidates),
            ballot_asked=case.facts.ballot_asked or secret,
            secret=method is VoteMethod.URN or (secret and method is VoteMethod.PAPERS),
        )
        outcome = {"method": method.name, "secret": secret, "round": row.round + 1, "candidates": candidates}
        await take(unit, case, "open", actor=actor, facts=facts, outcome=outcome)
        roll_id = await fix_roll(unit, case.meeting_id, actor=actor)
        entries = await rolls.entries(unit.session, roll_id)
        row.round += 1
        urn_id = None
        if method is VoteMethod.URN:
            urn_id = await open_urn(unit, self.urns, case, Sealed(row.title, candidates, entries), actor)
        unit.session.add(
            ElectionRoundRow(
                election_id=election_id,
                number=row.round,
                method=method,
                secret=secret or urn_id is not None,
                urn_id=urn_id,
                roll_id=roll_id,
                entitled=sum(each.votes for each in entries),
                seats=seats,
                candidates=json.dumps(candidates),
                opened_at=unit.now,
            )
        )
        return election_id

    @use_case
    async def enter_papers(self, unit: Unit, election_id: UUID, papers: Papers, *, actor: Actor) -> UUID:
        """Type in the papers as one has counted them. Whoever has typed before replaces what they typed."""
        case = await elections.opened(unit, election_id, actor=actor)
        held = (await elections.rounds(unit, election_id))[-1:] if case.round else []
        facts = replace(case.facts, papers=papers.number)
        await take(unit, case, "enter_papers", actor=actor, facts=facts, outcome={"papers": papers.number})
        known = set(json.loads(held[0].candidates))
        if any(not known.issuperset(names) for names in papers.ballots):
            raise InvalidInputError(FieldError("ballots", "no_candidate"))
        row = ElectionCountRow(
            election_id=election_id, round=case.round, teller_id=member_of(actor), content=papers.content(), at=unit.now
        )
        await unit.session.merge(row)
        return election_id

    @use_case
    async def close(self, unit: Unit, election_id: UUID, *, actor: Actor) -> UUID:
        """Close the vote and count it. What was answered on devices is removed."""
        case = await elections.opened(unit, election_id, actor=actor)
        held = (await elections.rounds(unit, election_id))[-1:]
        await take(unit, case, "close", actor=actor, outcome={"round": case.round})
        if held[0].urn_id is not None:
            papers = await count_urn(unit, self.urns, held[0].urn_id, actor)
        elif held[0].method is VoteMethod.PAPERS:
            papers = Papers.read((await elections.counts(unit, election_id, case.round))[0].content)
        else:
            answered = await elections.votes(unit, election_id)
            papers = Papers.of((json.loads(names), number) for names, number in answered)
        held[0].content, held[0].closed_at = papers.content(), unit.now
        await elections.forget_votes(unit, election_id)
        await recount(unit, case)
        return election_id


class ElectionVotes(Service):
    """Answers from devices. No step is kept of one, and no idempotency key: the same answer again changes nothing."""

    @use_case
    async def cast(self, unit: Unit, election_id: UUID, names: Sequence[UUID], *, actor: Actor) -> UUID:
        """Vote, or change one's mind while the vote is open. No names: a blank ballot."""
        case = await elections.shared(unit, election_id, actor=actor)
        chosen = sorted(each.hex for each in names)
        held = (await elections.rounds(unit, election_id))[-1:] if case.round else []
        valid = bool(held) and fits(chosen, json.loads(held[0].candidates), held[0].seats, case.order)
        _may_cast(unit, case, replace(case.facts, names_fit=valid))
        entries = await rolls.entries(unit.session, held[0].roll_id)
        member = member_of(actor)
        votes = next(each.votes for each in entries if each.member_id == member)
        await unit.session.merge(
            ElectionVoteRow(election_id=election_id, member_id=member, names=json.dumps(chosen), votes=votes)
        )
        return election_id


def _may_cast(unit: Unit, case: ElectionCase, facts: ElectionFacts) -> None:
    """Judge an answer as any step, and keep no record of it."""
    try:
        ELECTION.step("cast", case.state, facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
