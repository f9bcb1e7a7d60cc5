"""What the use cases of delegates share: the facts of a person and a unit's places, a step, a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.domain.secrets import new_check_in_code
from democracy.services.proceedings.hall import Hall, hall_of
from democracy.services.proceedings.seating import pool_around, settle
from democracy.storage import delegates, presences
from democracy.storage.delegate_case import COMING
from democracy.storage.delegates import Candidate
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.unit_of_work import Unit
from democracy.storage.waivers import waived_codes
from workflows.delegate import DELEGATE, DelegateFacts, DelegateState
from workflows.denial import Denial
from workflows.engine import Role, Step, StepDenied
from workflows.meeting import MeetingState
from workflows.statutes import Participant


@dataclass(frozen=True)
class Branch:
    """A unit that sends delegates to a meeting, as whoever acts meets it; its seats are locked."""

    hall: Hall
    unit_id: UUID
    roles: frozenset[Role]
    facts: DelegateFacts
    """What is true of anybody that the unit reports."""
    seats: int | None
    filled: Mapping[Participant, tuple[int, int]]
    waived: frozenset[str]

    @property
    def case(self) -> MeetingCase:
        """The meeting."""
        return self.hall.case

    def facts_of(self, who: Candidate, participant: Participant, before: int = 0) -> DelegateFacts:
        """The same for one person, when `before` others of the kind stand before them in the report."""
        return replace(
            self.room(participant, before),
            member_with_rights=who.is_member,
            votes_in_unit=who.votes_in_unit,
            old_enough=self.hall.old_enough(who.born),
            reported_elsewhere=who.reported_by is not None,
        )

    def room(self, participant: Participant, before: int = 0) -> DelegateFacts:
        """What is true of the unit's places of one kind, with so many more (or fewer) of them filled."""
        at_most, taken = self._at_most(participant), self.filled.get(participant, (0, 0))[0]
        return replace(self.facts, limited=at_most is not None, at_most=at_most or 0, taken=taken + before)

    def _at_most(self, participant: Participant) -> int | None:
        seats, share = self.seats or 0, self.hall.delegates.substitutes_at_most
        if participant is Participant.DELEGATE:
            return seats
        return seats * share.numerator // share.denominator if share else None


async def branch_of(unit: Unit, case: MeetingCase, unit_id: UUID, actor: Actor) -> Branch:
    """A unit's places at a meeting. Take it after the people have been locked."""
    hall, seats = await hall_of(unit, case), await delegates.lock_seats(unit.session, case.id, unit_id)
    rule, starts_at = hall.delegates.reported.get(case.kind), case.facts.starts_at
    roles = case.roles | await delegates.unit_roles(unit.session, actor, unit_id, unit.today)
    facts = DelegateFacts(
        meeting_coming=case.state in COMING,
        meeting_open=case.state is MeetingState.OPENED,
        allotted=seats is not None,
        due_at=rule.derive(starts_at, unit.zone).at if rule and starts_at else None,
        roll_fixed=await delegates.roll_fixed(unit.session, case.id),
        late_until_roll=hall.rules.parameters.meetings.late_delegates_until_roll,
        minutes_verified=await presences.minutes_verified(unit.session, case.id),
        for_the_unit_only=not DELEGATE.rules["correct"].open_to(case.roles),
    )
    filled = await delegates.filled(unit.session, case.id, unit_id)
    waived = await waived_codes(unit, case.id, workflow=DELEGATE.name)
    return Branch(hall, unit_id, roles, facts, seats, filled, waived)


def own_role(row: DelegateRow, actor: Actor) -> frozenset[Role]:
    """What somebody is in their own case."""
    return frozenset({Role.CONCERNED}) if isinstance(actor, Member) and actor.id == row.member_id else frozenset()


def hold_role(rule: str, roles: frozenset[Role], case: MeetingCase) -> None:
    """Raise StepDenied unless one of the roles may follow the rule, before anybody is looked up."""
    if not DELEGATE.rules[rule].open_to(roles):
        raise DELEGATE.wrong_role(rule).under(case.statutes)


def judged(unit: Unit, branch: Branch, rule: str, state: DelegateState, facts: DelegateFacts, roles: frozenset[Role],
           who: Candidate | None = None) -> Step[Any]:  # fmt: skip
    """The step by a rule; a refusal says whom it is about, and where they are already."""
    try:
        return DELEGATE.step(rule, state, facts, roles=roles, now=unit.now, waived=branch.waived)
    except StepDenied as denied:
        raise StepDenied(tuple(_about(each, who) for each in denied.denials)).under(branch.case.statutes) from None


def _about(denial: Denial, who: Candidate | None) -> Denial:
    known = {"number": who.number, "unit": who.reported_by} if who else {}
    filled = {name: known.get(name) or value for name, value in denial.params.items()}
    return replace(denial, params=filled)


@dataclass(frozen=True)
class Elected:
    """How somebody came to their place."""

    decision: str
    decided_on: date | None
    channel: Channel
    received_at: datetime
    late: bool


def new_row(
    unit: Unit, branch: Branch, who: UUID, participant: Participant, position: int, elected: Elected, **more: Any
) -> DelegateRow:
    """A place to be reported to; its state follows from the step."""
    return DelegateRow(
        id=new_id(),
        meeting_id=branch.case.id,
        unit_id=branch.unit_id,
        member_id=who,
        participant=participant,
        position=position,
        state=DelegateState.REPORTED,
        late=elected.late,
        decision=elected.decision,
        decided_on=elected.decided_on,
        channel=elected.channel,
        received_at=elected.received_at,
        recorded_at=unit.now,
        check_in_code=new_check_in_code(),
        **more,
    )


def record(
    unit: Unit, case: MeetingCase, row: DelegateRow, step: Step[Any], actor: Actor, *texts: Text, **more: Any
) -> None:
    """Write the state that a step led to, and keep the step in the meeting's record."""
    row.state = step.dest
    if step.dest in DELEGATE.final:
        row.ended_at = unit.now
    outcome = {
        "member": row.member_id.hex,
        "unit": row.unit_id.hex,
        "participant": row.participant.name,
        "position": row.position,
        **more,
    }
    unit.record(step, row.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.id)


async def resettle(unit: Unit, hall: Hall, unit_ids: Sequence[UUID], members: Sequence[UUID], actor: Actor) -> None:
    """Let those of the units who are there have the votes that are theirs now, and those named the rights."""
    await unit.session.flush()
    for unit_id in sorted(set(unit_ids)):
        await settle(unit, hall, await pool_around(unit, hall, unit_id), frozenset(members), actor=actor)
