"""The life of a meeting: planned, called, opened, adjourned and resumed, closed; moved or cancelled."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MeetingKind
from democracy.errors import ConflictError, FieldError, InvalidInputError
from democracy.services.elections.referring import refer_all
from democracy.services.elections.seating import seat_elected
from democracy.services.motions.carrying import carry_on, readdress
from democracy.services.motions.case import optional, required
from democracy.services.proceedings.floor import clear_floor
from democracy.services.proceedings.items import close_unopened, told_of
from democracy.services.proceedings.judging import reason_text, take_meeting
from democracy.services.proceedings.parts import seat_part
from democracy.services.use_case import Service, use_case
from democracy.storage import statutes
from democracy.storage.called_units import call_for, outside
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import STANDING, MeetingCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.unit_of_work import Unit
from workflows.meeting import MeetingState
from workflows.motion import MOTION, MotionState
from workflows.statutes import Resolved


@dataclass(frozen=True)
class Plan:
    """What is known of a meeting when it is planned."""

    body_id: UUID
    board_id: UUID
    """The body that prepares it and answers its motions."""
    kind: MeetingKind
    name: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str | None = None
    purpose: str | None = None
    remote_access: str | None = None
    """How to take part at a distance; for those who may attend."""
    unit_ids: tuple[UUID, ...] = ()
    """The units below that it is called for; none means all."""


class Meetings(Service):
    """Use cases of meetings."""

    @use_case
    async def plan(self, unit: Unit, plan: Plan, *, actor: Actor) -> UUID:
        """Plan a meeting of a body. Its deadlines follow from the statutes in force on the day."""
        body, board = await unit.meetings.body(plan.body_id), await unit.meetings.body(plan.board_id)
        if body.unit_id != board.unit_id:
            raise InvalidInputError(FieldError("boardId", "other_unit"))
        if board.kind not in (BodyKind.BOARD, BodyKind.EXECUTIVE_COMMITTEE):
            raise InvalidInputError(FieldError("boardId", "no_board"))
        _check_times(plan.starts_at, plan.ends_at)
        if await outside(unit.session, body.unit_id, plan.unit_ids):
            raise InvalidInputError(FieldError("unitIds", "units_not_below"))
        rules = await statutes.in_force(unit.session, body.unit_id, unit.today)
        row = MeetingRow(
            id=new_id(),
            unit_id=body.unit_id,
            body_id=body.id,
            board_id=board.id,
            kind=plan.kind,
            state=MeetingState.PLANNED,
            name=required("name", plan.name, longest=200),
            place=plan.place,
            purpose=optional("purpose", plan.purpose, longest=2_000),
            remote_access=optional("remoteAccess", plan.remote_access, longest=1_000),
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            statutes_digest=await statutes.keep(unit.session, rules),
            version=0,
        )
        _derive(row, rules, unit)
        unit.session.add(row)
        await unit.session.flush()
        call_for(unit.session, row.id, sorted(set(plan.unit_ids)))
        case = await unit.meetings.case(row.id, actor=actor)
        called = {"units": [str(each) for each in sorted(set(plan.unit_ids))]} if plan.unit_ids else {}
        await take_meeting(unit, case, "plan", actor, outcome={**_times(row), **called})
        return row.id

    @use_case
    async def call(self, unit: Unit, meeting_id: UUID, expected_version: int | None = None, *, actor: Actor) -> UUID:
        """Send the notice. A late one is recorded with a warning: whether it was proper, the meeting decides."""
        case = await _opened(unit, meeting_id, expected_version, actor)
        await take_meeting(unit, case, "call", actor)
        (await unit.meetings.row(meeting_id)).called_at = unit.now
        return meeting_id

    @use_case
    async def send_papers(self, unit: Unit, meeting_id: UUID, *, actor: Actor) -> UUID:
        """Send the papers out: from now on every member below the unit reads them."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        await take_meeting(unit, case, "send_papers", actor)
        (await unit.meetings.row(meeting_id)).papers_sent_at = unit.now
        return meeting_id

    @use_case
    async def move(
        self, unit: Unit, meeting_id: UUID, starts_at: datetime, ends_at: datetime | None, reason: str, *, actor: Actor
    ) -> UUID:
        """Move the meeting to another time. Its deadlines are derived anew, by the same statutes."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        _check_times(starts_at, ends_at)
        facts = replace(case.facts, reason_given=bool(reason.strip()), starts_at=starts_at)
        row = await unit.meetings.row(meeting_id)
        row.starts_at, row.ends_at = starts_at, ends_at
        _derive(row, (await statutes.by_digest(unit.session, case.statutes))[case.statutes], unit)
        text = Text("meeting", meeting_id, {"reason": reason.strip()})
        await take_meeting(unit, case, "move", actor, facts=facts, outcome=_times(row), texts=[text])
        return meeting_id

    @use_case
    async def open(self, unit: Unit, meeting_id: UUID, *, actor: Actor) -> UUID:
        """Open the meeting: from now on its motions belong to it."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        await take_meeting(unit, case, "open", actor)
        (await unit.meetings.row(meeting_id)).opened_at = unit.now
        unit.minutes.begin(meeting_id)
        await seat_part(unit, case, actor=actor)
        return meeting_id

    @use_case
    async def judge_notice(
        self, unit: Unit, meeting_id: UUID, reason: str | None = None, *, proper: bool, actor: Actor
    ) -> UUID:
        """Record whether the meeting finds that it was properly called: its own first decision."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        texts = reason_text("notice", meeting_id, reason)
        await take_meeting(unit, case, "judge_notice", actor, outcome={"proper": proper}, texts=texts)
        (await unit.meetings.row(meeting_id)).notice_proper = proper
        return meeting_id

    @use_case
    async def adjourn(
        self, unit: Unit, meeting_id: UUID, until: datetime | None = None, reason: str | None = None, *, actor: Actor
    ) -> UUID:
        """Adjourn the meeting (ajournera): for lunch, over night, to another day. The open item stays open."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        facts = replace(case.facts, resumes_at=until)
        outcome = {"until": until.isoformat() if until else None}
        texts = reason_text("meeting", meeting_id, reason)
        told = await told_of(unit, meeting_id)
        await take_meeting(unit, case, "adjourn", actor, facts=facts, outcome=outcome, texts=texts, told=told)
        (await unit.meetings.row(meeting_id)).adjourned_until = until
        await clear_floor(unit, meeting_id, keep_list=True, actor=actor)
        return meeting_id

    @use_case
    async def resume(self, unit: Unit, meeting_id: UUID, *, actor: Actor) -> UUID:
        """Resume it. On a new day the roll is to be checked anew: a warning says so until it has been."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        await take_meeting(unit, case, "resume", actor)
        (await unit.meetings.row(meeting_id)).adjourned_until = None
        return meeting_id

    @use_case
    async def close(self, unit: Unit, meeting_id: UUID, *, actor: Actor) -> UUID:
        """Close the meeting. What it deferred or referred back goes on; motions that gave nobody a task are closed."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        await take_meeting(unit, case, "close", actor, told=await told_of(unit, meeting_id))
        (await unit.meetings.row(meeting_id)).closed_at = unit.now
        await clear_floor(unit, meeting_id, actor=actor)
        await seat_elected(unit, meeting_id, actor)
        await self._close_motions(unit, meeting_id, actor)
        for item in await unit.items.rows(meeting_id, AgendaItemRow.motion_id.is_not(None)):
            await close_unopened(unit, item, actor)
        return meeting_id

    @use_case
    async def cancel(
        self, unit: Unit, meeting_id: UUID, reason: str, successor: UUID | None = None, *, actor: Actor
    ) -> UUID:
        """Cancel the meeting, with a reason. The coming meeting `successor` takes over its motions, drafts too.

        Its elections go there as well.
        """
        case = await unit.meetings.open(meeting_id, actor=actor)
        fits = successor is not None and await unit.meetings.takes_over(successor, meeting_id)
        facts = replace(case.facts, reason_given=bool(reason.strip()), successor_fits=fits)
        text = Text("meeting", meeting_id, {"reason": reason.strip()})
        outcome = {"successor": successor.hex} if successor else None
        await take_meeting(unit, case, "cancel", actor, facts=facts, outcome=outcome, texts=[text])
        if successor is not None and fits:
            for motion_id in await unit.motions.in_meeting(meeting_id, MotionState.DRAFT, *STANDING):
                await readdress(unit, motion_id, successor, actor)
            await refer_all(unit, meeting_id, successor, reason.strip(), actor)
        return meeting_id

    async def _close_motions(self, unit: Unit, meeting_id: UUID, actor: Actor) -> None:
        decided = await unit.motions.in_meeting(meeting_id, MotionState.DECIDED)
        for motion_id in decided:
            await carry_on(unit, motion_id, actor)
        for motion in (await unit.motions.cases(decided, actor=actor)).values():
            if motion.facts.approved_clauses or motion.facts.to_carry:
                continue
            step = MOTION.step("close", motion.state, motion.facts, roles=motion.roles | CLOSES, now=unit.now)
            await unit.motions.apply(step, motion.id)
            unit.record(step, motion.id, by=actor, statutes=motion.statutes)


CLOSES = MOTION.rules["close"].by
"""Closing a meeting closes what it left nothing to do about: that is the meeting's act, not a further person's."""


async def _opened(unit: Unit, meeting_id: UUID, expected_version: int | None, actor: Actor) -> MeetingCase:
    case = await unit.meetings.open(meeting_id, actor=actor)
    if expected_version is not None and expected_version != case.version:
        raise ConflictError("version_changed", current=case.version)
    return case


def _check_times(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise InvalidInputError(FieldError("endsAt", "before_start"))


def _derive(row: MeetingRow, rules: Resolved, unit: Unit) -> None:
    """The deadlines that the statutes give a meeting of this kind on this day."""
    parameters, kind = rules.parameters, row.kind
    motions, replies = parameters.motions.deadline.get(kind), parameters.motions.replies.get(kind)
    notice = parameters.meetings.notice.get(kind)
    row.notice_due_at = notice.derive(row.starts_at, unit.zone).at if notice else None
    row.motions_close_at = motions.derive(row.starts_at, unit.zone).at if motions else None
    row.replies_due_at = replies.derive(row.starts_at, unit.zone).at if replies else None
    amendments = parameters.motions.amendments.get(kind)
    row.amendments_close_at = amendments.derive(row.starts_at, unit.zone).at if amendments else None
    nominations = parameters.elections.nominations.get(kind)
    row.nominations_close_at = nominations.derive(row.starts_at, unit.zone).at if nominations else None


def _times(row: MeetingRow) -> dict[str, str | None]:
    return {
        "starts": row.starts_at.isoformat(),
        "motions_close": row.motions_close_at.isoformat() if row.motions_close_at else None,
    }
