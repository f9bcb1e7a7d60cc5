"""What people have put into the minutes beside a decision: reservations, notes, special statements."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage import statement_case as cases
from democracy.storage import statutes
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.statement_case import StatementCase, Subject
from democracy.storage.tables.division import StatementRow
from democracy.storage.tables.matter import ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, StepDenied
from workflows.proceedings import StatementKind
from workflows.statement import STATEMENT, StatementFacts, StatementState

RULES = {
    StatementKind.RESERVATION: "reserve",
    StatementKind.MINUTE_NOTE: "note",
    StatementKind.SPECIAL_STATEMENT: "explain",
}
LONGEST = 10_000


@dataclass(frozen=True)
class Statement:
    """What somebody has noted."""

    kind: StatementKind
    item_id: UUID | None = None
    """What it is about; it may be left out where the matter is named."""
    matter_id: UUID | None = None
    text: str | None = None
    proposal_id: UUID | None = None
    """The proposal in whose favour somebody reserves themselves."""
    member_number: str | None = None
    """Somebody else, for whom the meeting's secretary records it."""
    channel: Channel = Channel.DIGITAL
    received_at: datetime | None = None


class Statements(Service):
    """Use cases of those who have something noted."""

    @use_case
    async def record(self, unit: Unit, given: Statement, *, actor: Actor) -> UUID:
        """Note it in the minutes: one's own, or by the meeting's secretary for somebody else."""
        about = await cases.subject(unit.session, given.item_id, given.matter_id)
        unseen = NotFoundError("matter", given.matter_id) if given.matter_id else NotFoundError("item", given.item_id)
        meeting = await _held(unit, about, actor, unseen)
        rule = RULES[given.kind]
        member, meeting = await _for(unit, meeting, given.member_number, rule, actor)
        text = required("text", given.text, longest=LONGEST) if (given.text or "").strip() else None
        facts = replace(
            await _facts(unit, about, meeting, member, given.kind),
            for_the_decision=given.proposal_id is not None and given.proposal_id == about.carried_id,
            text_given=text is not None,
            received_at=given.received_at,
        )
        await _check_proposal(unit, given)
        row = StatementRow(
            id=new_id(),
            meeting_id=about.meeting_id,
            item_id=about.item_id,
            matter_id=about.matter_id,
            member_id=member,
            kind=given.kind,
            proposal_id=given.proposal_id,
            text=text,
            channel=given.channel,
            received_at=given.received_at or unit.now,
            recorded_at=unit.now,
            recorded_by=actor.id if given.member_number is not None and isinstance(actor, Member) else None,
        )
        kept = [Text("statement", row.id, {"text": text, "member": member.hex}, about=member)]
        case = StatementCase(row.id, StatementState.RECORDED, facts, meeting.roles, meeting.statutes, meeting.id)
        _step(unit, case, row, rule, actor, kept)
        unit.session.add(row)
        return row.id

    @use_case
    async def withdraw(self, unit: Unit, statement_id: UUID, *, actor: Actor) -> UUID:
        """Take it back. It is left out of the minutes; that it was made stays in the history."""
        row = await unit.session.get(StatementRow, statement_id)
        if row is None:
            raise NotFoundError("statement", statement_id)
        about = await cases.subject(unit.session, row.item_id, row.matter_id)
        await _held(unit, about, actor, NotFoundError("statement", statement_id))
        await unit.session.refresh(row)
        found = await cases.statement_cases(unit.session, [statement_id], actor=actor, at=unit.now, zone=unit.zone)
        _step(unit, found[statement_id], row, "withdraw", actor, [])
        row.withdrawn_at = unit.now
        return statement_id


async def _held(unit: Unit, about: Subject, actor: Actor, unseen: NotFoundError) -> MeetingCase:
    """The meeting, locked with others; what is noted is not found by whoever does not see it."""
    try:
        return await unit.meetings.hold(about.meeting_id, actor=actor)
    except NotFoundError:
        raise unseen from None


async def _for(
    unit: Unit, meeting: MeetingCase, number: str | None, rule: str, actor: Actor
) -> tuple[UUID, MeetingCase]:
    if number is None:
        own = replace(meeting, roles=meeting.roles - {Role.MEETING_SECRETARY})
        return (actor.id if isinstance(actor, Member) else UUID(int=0)), own
    if Role.MEETING_SECRETARY not in meeting.roles:
        raise STATEMENT.wrong_role(rule).under(meeting.statutes)
    found = await unit.motions.member_by_number(number.strip())
    if found is None:
        raise InvalidInputError(FieldError("memberNumber", "unknown_member"))
    return found, replace(meeting, roles=frozenset({Role.MEETING_SECRETARY}))


async def _facts(unit: Unit, about: Subject, meeting: MeetingCase, member: UUID, kind: StatementKind) -> StatementFacts:
    session = unit.session
    parameters = (await statutes.by_digest(session, meeting.statutes))[meeting.statutes].parameters.meetings
    minutes = await cases.minutes_state(session, meeting.id)
    return StatementFacts(
        open_until_done=cases.is_open(meeting.state, about.item_state, minutes, parameters.reservation_until),
        attends=await cases.was_there(session, about, member, voting=False),
        decided=about.decided_at is not None,
        took_part=await cases.was_there(session, about, member, voting=True),
        voters_only=parameters.reservation_by_voters_only,
        made_before=await cases.made_before(session, about, member, kind),
    )


async def _check_proposal(unit: Unit, given: Statement) -> None:
    if given.proposal_id is None:
        return
    proposal = await unit.session.get(ProposalRow, given.proposal_id)
    if proposal is None or proposal.matter_id != given.matter_id:
        raise InvalidInputError(FieldError("proposalId", "unknown_proposal"))


def _step(unit: Unit, case: StatementCase, row: StatementRow, rule: str, actor: Actor, texts: list[Text]) -> None:
    try:
        step = STATEMENT.step(rule, case.state, case.facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    outcome = {"kind": row.kind.name, "matter": row.matter_id.hex if row.matter_id else None}
    unit.record(step, row.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.meeting_id)
