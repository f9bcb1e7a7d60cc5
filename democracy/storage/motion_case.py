"""From the database to the facts that the rules judge: one statement, the same when writing and when reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor
from democracy.domain.kinds import Category, Fault, MeetingKind, Outcome, UnitKind
from democracy.storage import statutes
from democracy.storage.in_force import VOTING_ROLES, mandate_in_force
from democracy.storage.prepared import AT, DAY, IDS, filled_in, local_day, stand_in
from democracy.storage.roles import Columns, found, labelled, motion_roles
from democracy.storage.statutes import Connected
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MembershipRow
from democracy.storage.tables.motion import (
    ClauseRow,
    DecisionRow,
    FollowUpRow,
    MotionRow,
    MoverRow,
    RecommendationRow,
    ReplyRow,
)
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.types import any_of
from democracy.storage.visibility import motion_visible_to
from workflows.engine import Role
from workflows.meeting import MeetingState
from workflows.motion import MotionFacts, MotionState
from workflows.statutes import Resolved, Sender, Until

TASKS = tuple(outcome for outcome in Outcome if outcome.gives_a_task)
PREPARERS = frozenset({Role.SECRETARY, Role.BOARD, Role.STAFF})
GOES_ON = tuple(outcome for outcome in Outcome if outcome.goes_on)
_HIGHER = (UnitKind.PARTY, UnitKind.ASSOCIATION, UnitKind.DISTRICT)


@dataclass(frozen=True)
class MotionCase:
    """A motion as the rules see it, with the roles of one actor."""

    id: UUID
    state: MotionState
    version: int
    facts: MotionFacts
    roles: frozenset[Role]
    statutes: str
    """Digest of the set that it is tried by."""
    meeting_id: UUID
    meeting_kind: MeetingKind
    category: Category
    unit_id: UUID
    board_id: UUID
    receipt_number: int | None

    @property
    def sees_reply(self) -> bool:
        """The board's reply is its own and the auditors' until the papers are out, or the meeting has opened."""
        return self.facts.papers_sent or self.facts.meeting_opened or bool(self.roles & (PREPARERS | {Role.AUDITOR}))

    @property
    def sees_faults(self) -> bool:
        """Faults are noted for those who prepare the motion."""
        return bool(self.roles & PREPARERS)


async def motion_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, MotionCase]:
    """Every motion of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    day = local_day(at, zone)
    return {row.id: _case(row, found(row, roles, actor), rules[row.statutes_digest], day) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = motion_roles(actor, DAY)
    statement = (
        select(*_own_columns(), *_counts(DAY, AT), *labelled(roles))
        .join(MeetingRow, MeetingRow.id == MotionRow.meeting_id)
        .where(any_of(MotionRow.id, IDS), motion_visible_to(actor, AT, zone))
    )
    return statement, roles


def _own_columns() -> list[Any]:
    return [
        MotionRow.id,
        MotionRow.state,
        MotionRow.version,
        MotionRow.category,
        MotionRow.meeting_id,
        MotionRow.receipt_number,
        MotionRow.received_at,
        MotionRow.completion_due_at,
        MotionRow.fault,
        (func.trim(MotionRow.title) != "").label("has_title"),
        (func.trim(MotionRow.reasoning) != "").label("has_reasoning"),
        MeetingRow.statutes_digest,
        MeetingRow.kind.label("meeting_kind"),
        MeetingRow.state.label("meeting_state"),
        MeetingRow.unit_id,
        MeetingRow.board_id,
        MeetingRow.motions_close_at,
        MeetingRow.replies_due_at,
        MeetingRow.papers_sent_at,
        MeetingRow.opened_at,
        MeetingRow.part_of_id,
    ]


def _counts(day: date, at: datetime) -> list[ColumnElement[Any]]:
    clause = and_(ClauseRow.motion_id == MotionRow.id, ClauseRow.fault.is_(None))
    reply = ReplyRow.motion_id == MotionRow.id
    in_force = DecisionRow.replaced_at.is_(None)
    decided = select(func.count()).select_from(DecisionRow).join(ClauseRow, ClauseRow.id == DecisionRow.clause_id)
    # A task that a later decision took back is nobody's any more.
    tasks = decided.join(FollowUpRow, FollowUpRow.clause_id == ClauseRow.id).where(
        clause, in_force, DecisionRow.outcome.in_(TASKS)
    )
    replied = select(func.count()).select_from(RecommendationRow).join(ClauseRow).join(ReplyRow).where(clause, reply)
    size = select(func.count()).select_from(MandateRow)
    own_board = and_(MandateRow.body_id == MeetingRow.board_id, MandateRow.role.in_(VOTING_ROLES))
    columns = {
        "clauses": select(func.count()).select_from(ClauseRow).where(clause),
        "replied_clauses": replied,
        "reservation_until": select(ReplyRow.reservation_until).where(reply),
        "board_size": size.where(own_board, mandate_in_force(MandateRow, day)),
        "clauses_decided": decided.where(clause, in_force),
        "approved_clauses": decided.where(clause, in_force, DecisionRow.outcome.in_(TASKS)),
        "to_carry": decided.where(clause, in_force, DecisionRow.outcome.in_(GOES_ON), ~carried_over()),
        "follow_ups": tasks,
        "follow_ups_reported": tasks.where(FollowUpRow.reported_at.is_not(None)),
        **_mover_counts(day),
        "next_deadline": _next_deadline(at),
    }
    return [column.scalar_subquery().label(name) for name, column in columns.items()]


def carried_over() -> ColumnElement[bool]:
    """The att-sats lives on in a motion to another meeting of its own unit. One that was sent on is another matter."""
    later, motion = aliased(ClauseRow), aliased(MotionRow)
    return exists(
        select(1)
        .select_from(later)
        .join(motion, motion.id == later.motion_id)
        .where(later.origin_id == ClauseRow.id, motion.sent_as.is_(None))
        .correlate(ClauseRow)
    )


def _mover_counts(day: date) -> dict[str, Any]:
    """Movers who stand: members by the day since when, units by level; and those who have not answered."""
    here = MoverRow.motion_id == MotionRow.id
    stands = and_(here, MoverRow.confirmed_at.is_not(None), MoverRow.left_at.is_(None))
    waits = and_(here, MoverRow.confirmed_at.is_(None), MoverRow.declined_at.is_(None))
    membership, above = aliased(MembershipRow), aliased(UnitAncestorRow)
    # The first day as a member somewhere under the unit that meets; NULL for one who is none.
    since = (
        select(func.min(membership.effective_on))
        .join(above, above.unit_id == membership.unit_id)
        .where(
            membership.member_id == MoverRow.member_id,
            above.ancestor_id == MeetingRow.unit_id,
            or_(membership.ended_on.is_(None), membership.ended_on > day),
        )
        .correlate(MoverRow, MeetingRow)
        .scalar_subquery()
    )
    below = (
        select(func.count())
        .where(above.unit_id == MoverRow.unit_id, above.ancestor_id == MeetingRow.unit_id)
        .correlate(MoverRow, MeetingRow)
        .scalar_subquery()
    )
    count = select(func.count()).select_from(MoverRow)
    units = count.join(UnitRow, UnitRow.id == MoverRow.unit_id).where(stands, below > 0)
    return {
        "movers": count.where(stands),
        "invited": count.where(waits),
        "members_since": select(func.aggregate_strings(cast(since, String), ","))
        .select_from(MoverRow)
        .where(stands, MoverRow.member_id.is_not(None)),
        "branch_movers": units.where(UnitRow.kind.not_in(_HIGHER)),
        "district_movers": units.where(UnitRow.kind == UnitKind.DISTRICT),
    }


def _next_deadline(at: datetime) -> Any:
    later = aliased(MeetingRow)
    return select(func.min(later.motions_close_at)).where(
        later.body_id == MeetingRow.body_id,
        later.id != MeetingRow.id,
        later.motions_close_at > at,
        later.state.in_((MeetingState.PLANNED, MeetingState.CALLED)),
    )


def _case(row: Row[Any], roles: frozenset[Role], rules: Resolved, today: date) -> MotionCase:
    return MotionCase(
        id=row.id,
        state=row.state,
        version=row.version,
        facts=_facts(row, rules, today),
        roles=roles,
        statutes=row.statutes_digest,
        meeting_id=row.meeting_id,
        meeting_kind=row.meeting_kind,
        category=row.category,
        unit_id=row.unit_id,
        board_id=row.board_id,
        receipt_number=row.receipt_number,
    )


def _facts(row: Row[Any], rules: Resolved, today: date) -> MotionFacts:
    motions = rules.parameters.motions
    waiting = row.meeting_state in (MeetingState.PLANNED, MeetingState.CALLED)
    return MotionFacts(
        has_title=bool(row.has_title),
        has_reasoning=bool(row.has_reasoning),
        clauses=row.clauses,
        movers=row.movers,
        movers_with_right=_movers_with_right(row, rules, today),
        invited=row.invited,
        received_at=row.received_at,
        deadline=row.motions_close_at,
        next_deadline=row.next_deadline,
        completion_due=row.completion_due_at,
        # Motions come to the whole meeting, which may leave their item to a part of it.
        meeting_takes_motions=waiting and row.part_of_id is None,
        meeting_open=row.meeting_state is MeetingState.OPENED,
        meeting_opened=row.opened_at is not None,
        withdrawable=_withdrawable(row, motions.withdrawal_until),
        meeting_called=row.meeting_state is not MeetingState.PLANNED,
        category_admissible=row.category in motions.categories.get(row.meeting_kind, ()),
        papers_sent=row.papers_sent_at is not None,
        meeting_cancelled=row.meeting_state is MeetingState.CANCELLED,
        replied_clauses=row.replied_clauses,
        board_size=row.board_size,
        board_present=row.board_size,
        board_quorum=rules.parameters.boards.quorum.needed(row.board_size),
        reservation_until=row.reservation_until,
        replies_due=row.replies_due_at,
        stopped_may_be_taken_up=(
            motions.late_may_be_taken_up if row.fault is Fault.LATE else motions.stopped_may_be_taken_up
        ),
        clauses_decided=row.clauses_decided,
        clause_open=row.clauses_decided < row.clauses,
        to_carry=row.to_carry,
        approved_clauses=row.approved_clauses,
        follow_ups=row.follow_ups,
        follow_ups_reported=row.follow_ups_reported,
    )


def _withdrawable(row: Row[Any], until: Until) -> bool:
    if until is Until.SUBMITTED:
        return bool(row.state is MotionState.DRAFT)
    if until is Until.AGENDA:
        return row.state is not MotionState.SCHEDULED and row.opened_at is None
    return row.opened_at is None


def _movers_with_right(row: Row[Any], rules: Resolved, today: date) -> int:
    """Movers who may write to this kind of meeting: members long enough, units of a level that the statutes let."""
    motions, kind = rules.parameters.motions, row.meeting_kind
    latest = today - timedelta(days=motions.min_days_of_membership)
    since = [date.fromisoformat(day) for day in (row.members_since or "").split(",") if day]
    counts = {
        Sender.MEMBER: sum(day <= latest for day in since),
        Sender.LOCAL: row.branch_movers,
        Sender.DISTRICT: row.district_movers,
    }
    return sum(count for sender, count in counts.items() if motions.may_send_to(sender, kind))
