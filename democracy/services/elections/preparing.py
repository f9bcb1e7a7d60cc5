"""What is to be elected: the post, how many, for how long; and the pledge that candidates sign."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.bodies import statutes_body
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.elections.case import take
from democracy.services.elections.post import Post, filled_from, template_of
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage import elections, statutes
from democracy.storage.branches import leads, unit_kind
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.tables.election import ElectionRow, NominationWorkRow, PledgeRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from workflows.election import ELECTION, ElectionState
from workflows.engine import Role, StepDenied
from workflows.nomination_work import NominationWorkState
from workflows.pledge import PLEDGE, PledgeFacts, PledgeState
from workflows.statutes import Resolved
from workflows.statutes.deadlines import Period, TimeUnit

MOST_SEATS = 200
__all__ = ["MOST_SEATS", "ElectionPreparing", "Numbers", "Post"]


@dataclass(frozen=True)
class Numbers:
    """What the meeting decides first."""

    seats: int
    substitutes: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


class ElectionPreparing(Service):
    """Use cases of those who prepare an election, and of the meeting that decides its numbers."""

    @use_case
    async def prepare(self, unit: Unit, meeting_id: UUID, post: Post, *, actor: Actor) -> UUID:
        """Write down what a meeting is to elect. From now on people are nominated for it."""
        meeting = await unit.meetings.hold(meeting_id, actor=actor)
        _hold("prepare", meeting)
        rules = (await statutes.by_digest(unit.session, meeting.statutes))[meeting.statutes]
        fits, row = await self._row(unit, meeting, rules, post, actor)
        unit.session.add(row)
        await unit.session.flush()
        if row.committee_id is not None:
            unit.session.add(
                NominationWorkRow(id=new_id(), election_id=row.id, state=NominationWorkState.WORKING, version=0)
            )
        case = await elections.case(unit, row.id, actor=actor)
        facts = replace(case.facts, fills_in_place=fits)
        outcome = {"body": row.body_id.hex, "role": row.role.name, "seats": row.seats, "substitutes": row.substitutes}
        text = Text("election", row.id, {"title": row.title, "expectations": row.expectations})
        await take(unit, case, "prepare", actor=actor, facts=facts, outcome=outcome, texts=[text])
        if post.fills_id is not None:
            await self._fills(unit, post.fills_id, row.id, actor)
        return row.id

    @use_case
    async def decide_numbers(self, unit: Unit, election_id: UUID, numbers: Numbers, *, actor: Actor) -> UUID:
        """Record what the meeting decides first: how many members and substitutes, and their term."""
        case = await elections.opened(unit, election_id, actor=actor)
        _check_numbers(numbers.seats, numbers.substitutes)
        facts = replace(case.facts, seats=numbers.seats, substitutes=numbers.substitutes)
        outcome = {
            "seats": numbers.seats,
            "substitutes": numbers.substitutes,
            "starts": numbers.starts_on.isoformat() if numbers.starts_on else None,
            "ends": numbers.ends_on.isoformat() if numbers.ends_on else None,
        }
        await take(unit, case, "decide_numbers", actor=actor, facts=facts, outcome=outcome)
        row = await elections.row(unit, election_id)
        row.seats, row.substitutes, row.numbers_decided_at = numbers.seats, numbers.substitutes, unit.now
        row.starts_on = numbers.starts_on or row.starts_on
        row.ends_on = numbers.ends_on or row.ends_on
        return election_id

    @use_case
    async def except_representation(self, unit: Unit, election_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Record why the rule of equal representation is set aside in this election."""
        case = await elections.opened(unit, election_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        text = Text("election", election_id, {"exception": reason.strip()})
        await take(unit, case, "except_representation", actor=actor, facts=facts, texts=[text])
        (await elections.row(unit, election_id)).exception = reason.strip()
        return election_id

    @use_case
    async def adopt_pledge(self, unit: Unit, unit_id: UUID, text: str, decision: str, *, actor: Actor) -> UUID:
        """Record the candidate pledge that a unit's board has adopted. It replaces the one before."""
        if not await elections.knows_unit(unit, unit_id, actor):
            raise NotFoundError("unit", unit_id)
        keeps = await leads(unit.session, actor, unit_id, unit.today)
        roles = frozenset({Role.SECRETARY}) if keeps else frozenset()
        facts = PledgeFacts(text_given=bool(text.strip()), decision_given=bool(decision.strip()))
        rules = await statutes.in_force(unit.session, unit_id, unit.today)
        digest = await statutes.keep(unit.session, rules)
        try:
            step = PLEDGE.step("adopt", PledgeState.IN_FORCE, facts, roles=roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(digest) from None
        current, number = await elections.own_pledge(unit, unit_id)
        if current is not None:
            ended = PLEDGE.step("replace", current.state, facts, roles=roles, now=unit.now)
            current.state = ended.dest
            unit.record(ended, current.id, by=actor, statutes=digest)
        row = PledgeRow(
            id=new_id(), unit_id=unit_id, number=number, state=step.dest, text=text.strip(), decision=decision.strip(),
            adopted_at=unit.now,
        )  # fmt: skip
        unit.session.add(row)
        kept = Text("pledge", row.id, {"text": row.text, "decision": row.decision})
        unit.record(step, row.id, by=actor, statutes=digest, outcome={"number": number}, texts=[kept])
        return row.id

    async def _fills(self, unit: Unit, earlier_id: UUID, by_election: UUID, actor: Actor) -> None:
        """The earlier election's need is met. One that is prepared ahead of the vacancy meets none yet."""
        earlier = await elections.case(unit, earlier_id, actor=actor)
        facts = replace(earlier.facts, by_election_prepared=False)
        follows = replace(earlier, roles=earlier.roles | ELECTION.rules["fill"].by)
        if earlier.state is ElectionState.ELECTED and facts.vacant > 0:
            await take(unit, follows, "fill", actor=actor, facts=facts, outcome={"by": by_election.hex})

    async def _row(
        self, unit: Unit, meeting: MeetingCase, rules: Resolved, post: Post, actor: Actor
    ) -> tuple[bool, ElectionRow]:
        body = await _body_below(unit, meeting, post.body_id)
        template = await template_of(unit, post, body)
        post = filled_from(template, post)
        if post.committee_id is not None:
            committee = await unit.meetings.body(post.committee_id)
            if committee.kind is not BodyKind.NOMINATION_COMMITTEE or committee.unit_id != meeting.unit_id:
                raise InvalidInputError(FieldError("committeeId", "no_committee"))
        seats, ends_on, fits = post.seats, post.ends_on, True
        if post.fills_id is not None:
            earlier = await elections.case(unit, post.fills_id, actor=actor)
            before = await elections.row(unit, post.fills_id)
            seats = earlier.facts.vacant if seats is None else seats
            ends_on, fits = ends_on or before.ends_on, await _fills(unit, meeting, rules, body, before)
        _check_numbers(seats or 0, post.substitutes)
        row = await unit.meetings.row(meeting.id)
        deadline = rules.parameters.elections.nominations.get(meeting.kind)
        by_kind = statutes_body(body.kind, await unit_kind(unit.session, body.unit_id))
        months = (template.term_months if template else None) or (
            rules.parameters.elections.term_months.get(by_kind) if by_kind else None
        )
        return fits, ElectionRow(
            id=new_id(),
            meeting_id=meeting.id,
            body_id=body.id,
            committee_id=post.committee_id,
            fills_id=post.fills_id,
            template_id=template.id if template else None,
            state=ElectionState.NOMINATING,
            role=post.role or MandateRole.MEMBER,
            title=required("title", post.title, longest=200),
            seats=seats,
            substitutes=post.substitutes,
            starts_on=post.starts_on,
            ends_on=ends_on or (_last_day(post.starts_on or row.starts_at.date(), months, unit) if months else None),
            expectations=post.expectations.strip(),
            eligibility=post.eligibility.strip(),
            in_order=post.in_order is not False,
            must_be_filled=bool(post.must_be_filled),
            nominations_close_at=deadline.derive(row.starts_at, unit.zone).at if deadline else None,
            round=0,
            unmet=False,
            version=0,
        )


async def _body_below(unit: Unit, meeting: MeetingCase, body_id: UUID) -> BodyRow:
    body = await unit.meetings.body(body_id)
    if body.unit_id != meeting.unit_id:
        raise InvalidInputError(FieldError("bodyId", "other_unit"))
    return body


async def _fills(unit: Unit, meeting: MeetingCase, rules: Resolved, body: BodyRow, before: ElectionRow) -> bool:
    """A by-election is held by the body that the statutes name; where they name none, by the body that elected."""
    kind = await unit_kind(unit.session, meeting.unit_id)
    of = statutes_body(body.kind, kind)
    named = rules.parameters.elections.by_election_by.get(of) if of else None
    electing = await unit.meetings.row(before.meeting_id)
    if meeting.body_id == electing.body_id:
        return True
    meets = await unit.meetings.body(meeting.body_id)
    return named is not None and statutes_body(meets.kind, kind) is named


def _check_numbers(seats: int, substitutes: int) -> None:
    if not 1 <= seats <= MOST_SEATS:
        raise InvalidInputError(FieldError("seats", "out_of_range", {"least": 1, "most": MOST_SEATS}))
    if not 0 <= substitutes <= MOST_SEATS:
        raise InvalidInputError(FieldError("substitutes", "out_of_range", {"least": 0, "most": MOST_SEATS}))


def _last_day(first: date, months: int, unit: Unit) -> date:
    after = Period(months, TimeUnit.MONTHS).derive(first, unit.zone).at
    return (after - timedelta(seconds=1)).astimezone(unit.zone).date()


def _hold(rule: str, meeting: MeetingCase) -> None:
    """Raise StepDenied unless one of the roles may follow the rule, before anything is looked up for them."""
    if not ELECTION.rules[rule].open_to(meeting.roles):
        raise ELECTION.wrong_role(rule).under(meeting.statutes)
