"""Divisions: asked for, opened by the fixed roll, closed, annulled. Announcing stands in `announcing`."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.services.proceedings.division_steps import judged, opened, person, step_of, take
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.reopening import vote_again
from democracy.services.proceedings.roll import fix_roll, voters
from democracy.services.proceedings.sealed import count_urn, open_urn
from democracy.services.proceedings.tellers import figures, give_in
from democracy.services.proceedings.voting import NextVote, ask_division, next_vote, take_result
from democracy.services.urns.meeting import MeetingUrns
from democracy.services.use_case import Service, use_case
from democracy.storage import divisions
from democracy.storage.division_case import BY_NAME, DivisionCase
from democracy.storage.divisions import Place
from democracy.storage.ledger import Text
from democracy.storage.quorum import votes_needed
from democracy.storage.tables.division import DemandRow, DivisionRow
from democracy.storage.unit_of_work import Unit
from workflows.division import DivisionState
from workflows.division_guards import CHAIR
from workflows.proceedings import Choice, DivisionMethod

BY_DECISION = frozenset({DivisionMethod.ROLL_CALL, DivisionMethod.SECRET})
"""Ways of voting that the meeting decides on."""


@dataclass(frozen=True)
class Handed:
    """How something reached the meeting, where the secretary records it for somebody."""

    member_number: str | None = None
    channel: Channel = Channel.DIGITAL
    received_at: datetime | None = None


@dataclass(frozen=True)
class Way:
    """How a division is taken."""

    method: DivisionMethod
    decided: bool = False
    """The meeting has decided on it: needed for a roll call and for closed ballots."""
    counters: int = 1
    """How many tellers count, each for themselves."""
    sealed: bool = False
    """A secret vote is cast into a sealed urn, which counts it; otherwise on paper, which tellers count."""


@dataclass(frozen=True)
class Divisions(Service):
    """Use cases of a division."""

    urns: MeetingUrns | None = field(default=None, kw_only=True)
    """What secret votes are sealed into; without it they are taken on paper."""

    @use_case
    async def request(self, unit: Unit, question_id: UUID, handed: Handed, *, actor: Actor) -> UUID:
        """Ask for a division. When as many have asked as the statutes want, it is ordered."""
        place = await divisions.hold_question(unit.session, question_id)
        row = await divisions.ordered(unit.session, question_id) or await new_division(unit, place)
        case = await judged(unit, row.id, actor)
        member, case = await person(unit, case, handed.member_number, "request", actor)
        asked = await divisions.demands(unit.session, row.id) + 1
        needed = case.rules.parameters.minorities.counted_vote
        facts = replace(
            case.facts,
            voter=await divisions.votes_now(unit.session, place.meeting_id, member),
            barred=await divisions.barred(unit.session, place.item_id, member),
            asked_before=await divisions.asks(unit.session, row.id, member),
            received_at=handed.received_at,
        )
        await take(unit, case, "request", actor=actor, facts=facts, outcome={"asked": asked, "needed": needed})
        keep_demand(unit, row, member, handed, actor)
        if asked >= needed:
            await unit.session.flush()
            await ask_division(unit, question_id, by=member, actor=actor)
        return row.id

    @use_case
    async def open(self, unit: Unit, question_id: UUID, way: Way, *, actor: Actor) -> UUID:
        """Open the division that comes next on a question. The roll is fixed first, and kept with it."""
        row, case, vote = await coming(unit, question_id, actor)
        closed = way.method is DivisionMethod.SECRET
        roll = await fix_roll(unit, case.meeting_id, actor=actor)
        entries = await voters(unit, roll, case.item_id)
        facts = replace(
            case.facts,
            comes_next=vote is not None,
            voters=len(entries),
            present=sum(each.votes for each in await voters(unit, roll)),
            present_needed=await _present_needed(unit, case),
            method_decided=way.decided or way.method not in BY_DECISION or (closed and case.facts.secret_demanded),
            taken_closed=closed,
        )
        row.roll_id, row.entitled = roll, sum(each.votes for each in entries)
        row.method, row.counters, row.trial = way.method, max(1, way.counters), False
        row.number = await divisions.next_number(unit.session, case.matter_id)
        outcome = {"method": way.method.name, "number": row.number, "voters": len(entries), "entitled": row.entitled}
        await take(unit, case, "open", actor=actor, facts=facts, outcome=outcome | put(unit, row, vote))
        if way.sealed:
            row.urn_id = await open_urn(unit, self.urns, row, case, entries, actor)
        return row.id

    @use_case
    async def close(self, unit: Unit, division_id: UUID, count: Count | None = None, *, actor: Actor) -> UUID:
        """Close it: nobody answers any more. What tellers counted may be given in with it."""
        row, case = await opened(unit, division_id, actor)
        step_of(unit, case, "close")
        if count is not None:
            await give_in(unit, row, case, count, actor)
            case = await judged(unit, division_id, actor)
        if row.roll_id is not None:
            row.entitled = await divisions.entitled(unit.session, row.roll_id, case.item_id)
        row.closed_at = unit.now
        outcome, texts = await self._counted(unit, row, case, actor)
        await take(unit, case, "close", actor=actor, outcome={"entitled": row.entitled, **outcome}, texts=texts)
        return division_id

    @use_case
    async def annul(self, unit: Unit, division_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Annul a vote that went wrong, with the reason. The question is voted on again.

        After the gavel everything on the matter is put once more: what the vote decided is undone with it.
        """
        row, case = await opened(unit, division_id, actor)
        reason = reason.strip()
        facts = replace(case.facts, reason_given=bool(reason))
        text = Text("division", division_id, {"reason": reason})
        await take(unit, case, "annul", actor=actor, facts=facts, outcome={"number": row.number}, texts=[text])
        row.annulled_at, row.annulled_reason = unit.now, reason
        if row.urn_id is not None and self.urns is not None:
            await self.urns.give_up(unit, row.urn_id, reason, actor=actor)
        if row.method is DivisionMethod.DEVICES:
            await divisions.forget_answers(unit.session, division_id)
        if case.state is DivisionState.ANNOUNCED:
            await unit.session.flush()
            if case.facts.gavel_fallen:
                await vote_again(unit, case.matter_id, reason, actor=actor)
            else:
                await take_result(unit, division_id, actor=actor)
        return division_id

    async def _counted(
        self, unit: Unit, row: DivisionRow, case: DivisionCase, actor: Actor
    ) -> tuple[dict[str, Any], list[Text]]:
        if row.urn_id is not None:
            return await count_urn(unit, self.urns, row, actor), []
        return await _answers(unit, row, case) if row.method in BY_NAME else ({}, [])


async def new_division(unit: Unit, place: Place) -> DivisionRow:
    """A division that somebody asks for, or that the chair is about to open."""
    row = DivisionRow(
        id=new_id(),
        meeting_id=place.meeting_id,
        matter_id=place.matter_id,
        question_id=place.question_id,
        trial=False,
        counters=1,
        state=DivisionState.ORDERED,
        version=0,
    )
    unit.session.add(row)
    await unit.session.flush()
    return row


async def _present_needed(unit: Unit, case: DivisionCase) -> int:
    kind = (await unit.meetings.row(case.meeting_id)).kind
    return await votes_needed(unit.session, case.meeting_id, kind, case.rules, unit.today)


async def coming(unit: Unit, question_id: UUID, actor: Actor) -> tuple[DivisionRow, DivisionCase, NextVote | None]:
    """The division to be opened, and the vote that it is: None where another question comes first.

    The chair may have a question voted on that nobody has asked for.
    """
    place = await divisions.hold_question(unit.session, question_id)
    row = await divisions.ordered_in_chain(unit.session, question_id) or await new_division(unit, place)
    case = await judged(unit, row.id, actor)
    if not case.facts.ordered and not case.facts.gavel_fallen and case.roles & CHAIR:
        await ask_division(unit, question_id, by=None, actor=actor)
    vote = await next_vote(unit, place.matter_id)
    if vote is not None and not await divisions.same_chain(unit.session, vote.question_id, question_id):
        vote = None
    return row, case, vote


def put(unit: Unit, row: DivisionRow, vote: NextVote | None) -> dict[str, str | None]:
    """Write what is voted on, and what ja and nej mean. Returns what the ledger keeps of it."""
    if vote is None:
        return {}
    row.role, row.yes_id, row.no_id, row.opened_at = vote.role, vote.yes_id, vote.no_id, unit.now
    row.yes_means, row.no_means = vote.yes_means, vote.no_means
    row.majority, row.sends_back = vote.majority.value, vote.may_send_back
    return {
        "role": vote.role,
        "yes": vote.yes_id.hex if vote.yes_id else None,
        "no": vote.no_id.hex if vote.no_id else None,
    }


def keep_demand(
    unit: Unit, row: DivisionRow, member: UUID, handed: Handed, actor: Actor, *, secret: bool = False
) -> None:
    """Keep who asked."""
    row.asked_by = row.asked_by or member
    recorder = actor.id if handed.member_number is not None and isinstance(actor, Member) else None
    demand = DemandRow(
        division_id=row.id,
        member_id=member,
        channel=handed.channel,
        received_at=handed.received_at or unit.now,
        recorded_at=unit.now,
        recorded_by=recorder,
        secret=secret,
    )
    unit.session.add(demand)


async def _answers(unit: Unit, row: DivisionRow, case: DivisionCase) -> tuple[dict[str, list[int]], list[Text]]:
    """The figures of what was answered. From devices nothing else remains; a roll call keeps its names."""
    found = await divisions.tally(unit.session, row.id, case.item_id)
    count = Count(found.get(Choice.YES, 0), found.get(Choice.NO, 0), found.get(Choice.ABSTAIN, 0))
    row.yes, row.no, row.abstained, row.blank = count.yes, count.no, count.abstained, count.blank
    outcome = {"count": figures(count)}
    if row.method is DivisionMethod.DEVICES:
        await divisions.forget_answers(unit.session, row.id)
        return outcome, []
    answers = await divisions.answers(unit.session, row.id)
    return outcome, [Text("answer", row.id, {"choice": choice.name}, about=member) for member, choice in answers]
