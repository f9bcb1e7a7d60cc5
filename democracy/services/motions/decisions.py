"""On the agenda, decided per att-sats, reopened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Outcome
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import MotionService, clause_of, required, take_step
from democracy.services.motions.numbering import LETTERS
from democracy.services.motions.replies import is_complete
from democracy.services.proceedings.motion_items import put_on_agenda
from democracy.services.use_case import use_case
from democracy.storage import decision_register, decisions, replies, statutes
from democracy.storage.ledger import Text
from democracy.storage.motion_case import MotionCase
from democracy.storage.tables.motion import ClauseRow, DecisionRow
from democracy.storage.unit_of_work import Unit
from workflows.motion import MotionState
from workflows.statutes.majority import Base
from workflows.statutes.parameters.meetings import Matter


@dataclass(frozen=True)
class Votes:
    """Counted votes on one att-sats."""

    for_: int
    against: int
    abstained: int = 0

    def __post_init__(self) -> None:
        if min(self.for_, self.against, self.abstained) < 0:
            raise InvalidInputError(FieldError("votes", "negative"))


@dataclass(frozen=True)
class Verdict:
    """What the meeting decided."""

    outcome: Outcome
    wording: str | None = None
    recipient: str | None = None
    deferred_to: UUID | None = None
    """The coming meeting that a deferred att-sats goes to, or one that was referred back."""
    reservation: UUID | None = None
    """The reservation whose text was approved."""
    paragraph: str | None = None
    """The § of the minutes."""
    votes: Votes | None = None
    by_tie: bool = False
    """Equal figures deferred it: it waits for the body's next meeting, whichever that is."""


class Decisions(MotionService):
    """What the meeting does with a motion."""

    @use_case
    async def schedule(self, unit: Unit, motion_id: UUID, *, actor: Actor) -> UUID:
        """Put the motion on the agenda and give it its number in the papers."""
        case = await unit.motions.open(motion_id, actor=actor)
        number = await unit.motions.document_number(motion_id, case.meeting_id, LETTERS[case.category])
        await self.take(unit, case, "schedule", actor=actor, outcome={"document": number})
        await put_on_agenda(unit, motion_id, actor)
        return motion_id

    @use_case
    async def decide(self, unit: Unit, clause_id: UUID, verdict: Verdict, *, actor: Actor) -> UUID:
        """Record the meeting's decision on one att-sats. Returns the motion's id."""
        clause, case = await clause_of(unit, clause_id, actor)
        await decide_clause(unit, await _outside(unit, case, clause_id), clause, verdict, actor)
        await conclude(unit, case.id, actor)
        return case.id

    @use_case
    async def decide_as_recommended(
        self,
        unit: Unit,
        meeting_id: UUID,
        motion_ids: Sequence[UUID],
        paragraph: str | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Record one decision for a selection: every att-sats without a decision as the board proposes.

        Each att-sats gets a decision of its own. Refused whole if one has no recommendation or may not be decided.
        """
        await unit.meetings.case(meeting_id, actor=actor)
        for motion_id in sorted(set(motion_ids)):
            case = await unit.motions.open(motion_id, actor=actor)
            if case.meeting_id != meeting_id:
                raise InvalidInputError(FieldError("motionIds", "other_meeting"))
            await self._decide_rest(unit, case, paragraph, actor)
            await conclude(unit, motion_id, actor)
        return meeting_id

    @use_case
    async def reopen(
        self, unit: Unit, clause_id: UUID, reason: str, votes: Votes | None = None, *, actor: Actor
    ) -> UUID:
        """Record that the meeting takes up a decided att-sats again. The old decision remains, replaced.

        Where the vote on it was counted, `votes` have to reach the majority that the statutes ask for.
        """
        clause, case = await clause_of(unit, clause_id, actor)
        carried = votes is None or await majority_met(unit, case.statutes, Matter.REOPEN, votes)
        await reopen_clause(unit, await _outside(unit, case, clause_id), clause, reason, votes, actor, carried=carried)
        return case.id

    async def _decide_rest(self, unit: Unit, case: MotionCase, paragraph: str | None, actor: Actor) -> None:
        recommended = await replies.recommended(unit.session, case.id)
        decided = await decisions.decided_clauses(unit.session, case.id)
        clauses = [each for each in await unit.motions.clauses(case.id) if each.fault is None]
        for clause in clauses:
            if clause.id in decided:
                continue
            advice = recommended.get(clause.id)
            if advice is None:
                raise InvalidInputError(FieldError("motionIds", "no_recommendation", {"number": clause.number}))
            verdict = Verdict(advice.outcome, advice.wording, advice.recipient, paragraph=paragraph)
            await decide_clause(unit, await _outside(unit, case, clause.id), clause, verdict, actor)


async def decide_clause(unit: Unit, case: MotionCase, clause: ClauseRow, verdict: Verdict, actor: Actor) -> None:
    """Write what the meeting decided on one att-sats. The motion has been locked."""
    open_clause = clause.fault is None and await decisions.in_force(unit.session, clause.id) is None
    complete = is_complete(verdict.outcome, verdict.wording, verdict.recipient)
    if verdict.outcome is Outcome.DEFER:
        complete = verdict.deferred_to is not None or verdict.by_tie
    await _check_reservation(unit, case, verdict)
    named = verdict.deferred_to
    fits = named is None or (verdict.outcome.goes_on and await unit.meetings.takes_over(named, case.meeting_id))
    facts = replace(case.facts, clause_open=open_clause, outcome_complete=complete, named_meeting_fits=fits)
    advice = (await replies.recommended(unit.session, case.id)).get(clause.id)
    row = _row(unit, case, clause, verdict)
    row.as_recommended = advice is not None and (advice.outcome, advice.wording) == (row.outcome, row.wording)
    kept = {"wording": row.wording, "recipient": row.recipient, "paragraph": row.paragraph}
    outcome = {"clause": clause.number, "outcome": row.outcome.name, "as_recommended": row.as_recommended}
    outcome["votes"] = [row.votes_for, row.votes_against, row.votes_abstained] if verdict.votes else None
    text = Text("decision", row.id, kept)
    await take_step(
        unit, case, "decide_clause", actor=actor, facts=facts, outcome=outcome, texts=[text], meeting=case.meeting_id
    )
    unit.session.add(row)
    await decision_register.enter_clause(unit.session, clause, row)


async def conclude(unit: Unit, motion_id: UUID, actor: Actor) -> None:
    """When the last att-sats has been decided, so is the motion."""
    case = await unit.motions.case(motion_id, actor=actor)
    if case.state is MotionState.SCHEDULED and case.facts.clauses_decided >= case.facts.clauses:
        await take_step(unit, case, "conclude", actor=actor, meeting=case.meeting_id)


async def reopen_clause(
    unit: Unit,
    case: MotionCase,
    clause: ClauseRow,
    reason: str,
    votes: Votes | None,
    actor: Actor,
    *,
    carried: bool,
) -> None:
    """Write that the meeting takes up a decided att-sats again. The motion has been locked."""
    current = await decisions.in_force(unit.session, clause.id)
    facts = replace(
        case.facts, clause_open=current is None, reason_given=bool(reason.strip()), reopening_carried=carried
    )
    texts = [Text("reopening", clause.id, {"reason": reason.strip()})]
    outcome = {"clause": clause.number, "votes": [votes.for_, votes.against, votes.abstained] if votes else None}
    await take_step(
        unit, case, "reopen_clause", actor=actor, facts=facts, outcome=outcome, texts=texts, meeting=case.meeting_id
    )
    if current is not None:
        current.replaced_at, current.replaced_reason = unit.now, reason.strip()
        await unit.session.flush()


async def _outside(unit: Unit, case: MotionCase, clause_id: UUID) -> MotionCase:
    """The motion as somebody sees it who decides outside the proceedings: what these have taken up is theirs."""
    taken_up = await unit.matters.treats(clause_id, case.meeting_id)
    return replace(case, facts=replace(case.facts, under_proceedings=taken_up))


async def majority_met(unit: Unit, digest: str, matter: Matter, votes: Votes) -> bool:
    """Whether counted votes reach the majority of the matter. Those present are taken to be those who were counted."""
    rules = (await statutes.by_digest(unit.session, digest))[digest]
    majority = rules.parameters.meetings.majority_for(matter)
    total = votes.for_ + votes.against
    if majority.base in {Base.PRESENT, Base.ENTITLED}:
        total += votes.abstained
    return majority.share.met(votes.for_, total)


async def _check_reservation(unit: Unit, case: MotionCase, verdict: Verdict) -> None:
    if verdict.reservation is not None:
        found = await decisions.reservation_of(unit.session, verdict.reservation, case.id)
        if not found:
            raise InvalidInputError(FieldError("reservationId", "unknown_reservation"))


def _row(unit: Unit, case: MotionCase, clause: ClauseRow, verdict: Verdict) -> DecisionRow:
    votes = verdict.votes
    return DecisionRow(
        id=new_id(),
        clause_id=clause.id,
        meeting_id=case.meeting_id,
        outcome=verdict.outcome,
        wording=None if verdict.wording is None else required("wording", verdict.wording, longest=5_000),
        recipient=verdict.recipient,
        deferred_to_id=verdict.deferred_to,
        reservation_id=verdict.reservation,
        as_recommended=False,
        paragraph=verdict.paragraph,
        votes_for=votes.for_ if votes else None,
        votes_against=votes.against if votes else None,
        votes_abstained=votes.abstained if votes else None,
        decided_at=unit.now,
    )
