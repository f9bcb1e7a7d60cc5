"""The founding meeting is called and held, and members move one by one."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.errors import FieldError, InvalidInputError
from democracy.services.branches.case import take
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold, known, own_id
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import branch_applications
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.ledger import Text
from democracy.storage.tables.member import MandateRow, MembershipRow
from democracy.storage.unit_of_work import Unit
from workflows.branch_application import BRANCH_APPLICATION
from workflows.engine import Role


@dataclass(frozen=True)
class Elected:
    """Somebody elected by the founding meeting."""

    person: Person
    role: MandateRole
    """What they are in the board: chair, secretary, treasurer, member or substitute."""


@dataclass(frozen=True)
class FoundingMinutes:
    """What the founding meeting decided."""

    name: str
    decision: str
    """The paragraph that forms the branch, such as "Bildandemöte 27 juni, § 4"."""
    held_at: datetime
    board: tuple[Elected, ...]
    auditors: tuple[Person, ...]
    committee: tuple[Person, ...]
    statutes_text: str = ""


class FoundingMeetings(Service):
    """Use cases from the right to form to a branch with members."""

    @use_case
    async def call(self, unit: Unit, application_id: UUID, at: datetime, place: str, *, actor: Actor) -> UUID:
        """Call the founding meeting: the board, or when it is silent the body that may do so next."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        first = Role.SECRETARY in case.roles or Role.NEXT_CALLER not in case.roles
        facts = replace(case.facts, meeting_at=at)
        row = await take(unit, case, "call" if first else "call_instead", actor=actor, facts=facts)
        row.meeting_at, row.meeting_place, row.due_at = at, place.strip(), None
        row.called_by_id = row.body_id if first else row.next_caller_id
        standing = await branch_applications.standing(unit, application_id)
        await tell(unit, standing, "founding_called", name=row.name, at=at, place=place.strip())
        return application_id

    @use_case
    async def cancel(self, unit: Unit, application_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Take the call back. The right to form remains."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        texts = [Text("branch_application", application_id, {"reason": reason.strip()})]
        row = await take(unit, case, "cancel_call", actor=actor, facts=facts, texts=texts)
        row.meeting_at, row.called_by_id, row.due_at = None, None, row.form_by
        return application_id

    @use_case
    async def found(self, unit: Unit, application_id: UUID, minutes: FoundingMinutes, *, actor: Actor) -> UUID:
        """Record what the founding meeting decided: from that decision the branch exists, with its bodies."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, "found", case.roles, case.statutes)
        roles = [each.role for each in minutes.board]
        facts = replace(
            case.facts,
            has_name=bool(minutes.name.strip()),
            decision_given=bool(minutes.decision.strip()),
            meeting_at=minutes.held_at,
            chair_given=MandateRole.CHAIR in roles,
            board_elected=len(minutes.board),
            auditors_elected=len(minutes.auditors),
            committee_elected=len(minutes.committee),
        )
        texts = [
            Text("branch_application", application_id,
                 {"decision": minutes.decision, "name": minutes.name, "statutes": minutes.statutes_text}),
        ]  # fmt: skip
        row = await take(unit, case, "found", actor=actor, facts=facts, texts=texts)
        day = minutes.held_at.astimezone(unit.zone).date()
        bodies = await branch_applications.found_unit(unit, case.unit_id, row.kind, minutes.name.strip(), day)
        await self._seat(unit, bodies, minutes, day)
        row.name, row.founded_at, row.founding_decision = (
            minutes.name.strip(),
            minutes.held_at,
            minutes.decision.strip(),
        )
        row.formed_id = await branch_applications.unit_of_body(unit, bodies[BodyKind.BOARD])
        row.due_at = None
        return application_id

    async def _seat(self, unit: Unit, bodies: dict[BodyKind, UUID], minutes: FoundingMinutes, day: date) -> None:
        places = [(bodies[BodyKind.BOARD], each.person, each.role) for each in minutes.board]
        places += [(bodies[BodyKind.AUDITORS], each, MandateRole.AUDITOR) for each in minutes.auditors]
        places += [(bodies[BodyKind.NOMINATION_COMMITTEE], each, MandateRole.MEMBER) for each in minutes.committee]
        seen: set[tuple[UUID, UUID]] = set()
        for body_id, person, role in places:
            member = await known(unit, person)
            if (body_id, member) in seen:
                raise InvalidInputError(FieldError("board", "elected_twice"))
            seen.add((body_id, member))
            unit.session.add(
                MandateRow(
                    id=new_id(),
                    member_id=member,
                    body_id=body_id,
                    role=role,
                    starts_on=day,
                    decision=minutes.decision.strip(),
                )
            )
        await unit.session.flush()

    @use_case
    async def join(self, unit: Unit, application_id: UUID, person: Person | None = None, *, actor: Actor) -> UUID:
        """Move one's membership to the new branch. The secretary records a form on paper for somebody else."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, "join", case.roles, case.statutes)
        recorded = person is not None and (person.member_id or person.number) is not None
        member = await known(unit, person) if recorded and person else own_id(actor)
        own = case if member == own_id(actor) else replace(case, roles=case.roles & {Role.SECRETARY})
        await _move(unit, own, member, actor)
        return application_id


async def _move(unit: Unit, case: BranchApplicationCase, member: UUID | None, actor: Actor) -> None:
    row = await branch_applications.row(unit, case.id)
    held = await branch_applications.memberships_below(unit, member, case.unit_id) if member else []
    already = any(each.unit_id == row.formed_id for each in held)
    facts = replace(case.facts, belongs_already=already, member_below=bool(held))
    outcome = {"member": member.hex} if member else {}
    await take(unit, case, "join", actor=actor, facts=facts, outcome=outcome)
    assert row.formed_id is not None and row.founded_at is not None and member is not None  # noqa: S101, PT018 - formed
    founded = row.founded_at.astimezone(unit.zone).date()
    left = held[0]
    left.ended_on, left.voting = unit.today, False
    await unit.session.flush()
    unit.session.add(
        MembershipRow(
            id=new_id(),
            member_id=member,
            unit_id=row.formed_id,
            voting=True,
            fee_paid_on=left.fee_paid_on,
            effective_on=max(filter(None, (left.effective_on, founded))),
            lapses_on=left.lapses_on,
        )
    )
    await unit.session.flush()
