"""An appeal: who sees it, and how the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage import boards, statutes
from democracy.storage.in_force import OFFICERS, VOTING_ROLES, employed_above, holds, mandate_in_force
from democracy.storage.prepared import AT, DAY, IDS, filled_in, local_day, stand_in
from democracy.storage.roles import Columns, found, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.appeal import AppealRow, AppellantRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.ruling import RulingRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from workflows.appeal_facts import AppealFacts, AppealState, StayState
from workflows.engine import Role
from workflows.statutes import Resolved
from workflows.statutes.parameters.appeals import Appeal, Silence

_STANDS, _LED, _BODY, _LEADS, _OFFICE = (
    aliased(AppellantRow), aliased(AppellantRow), aliased(BodyRow), aliased(MandateRow), aliased(BodyRow),
)  # fmt: skip
_ROW = AppealRow


@dataclass(frozen=True)
class AppealCase:
    """An appeal with its facts and the roles of one actor."""

    id: UUID
    state: AppealState
    version: int
    facts: AppealFacts
    roles: frozenset[Role]
    statutes: str
    order: Appeal
    """The way to appeal that applied to the decision."""
    ruling_id: UUID
    unit_id: UUID
    body_id: UUID
    office_id: UUID
    respondent_id: UUID
    stay_body_id: UUID | None
    is_side: bool
    """The actor is of one of the two sides, or of those who try it; not of those who decide on a stay alone."""

    @property
    def sees_draft(self) -> bool:
        """Working drafts are those of the board that tries it."""
        return bool(self.roles & {Role.BOARD, Role.SECRETARY})

    @property
    def sees_grounds(self) -> bool:
        """Who appeals, and why: both sides and those who try it; not the body that is asked for a stay alone."""
        return self.is_side


def appeal_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Appellants; the board that decided; the body that tries it and its office; the body that decides on a stay.

    The statement must join the decision appealed against.
    """
    if isinstance(actor, Clock | Operator):
        return true()
    day = local_day(at, zone)
    if isinstance(actor, Staff):
        return _employed(actor.id, day)
    if not isinstance(actor, Member):
        return false()
    return or_(
        appeals(actor.id, day),
        holds(actor.id, _ROW.respondent_id, day),
        holds(actor.id, _ROW.office_id, day),
        holds(actor.id, _ROW.stay_body_id, day),
    )


def appeal_roles(actor: Actor, day: date) -> Columns:
    """One boolean column for each role that the actor may have in an appeal."""
    if isinstance(actor, Staff):
        return {Role.STAFF: _employed(actor.id, day)}
    if not isinstance(actor, Member):
        return {}
    office = _ROW.office_id
    return {
        Role.APPELLANT: appeals(actor.id, day),
        Role.RESPONDENT: holds(actor.id, _ROW.respondent_id, day, *OFFICERS),
        Role.BOARD: holds(actor.id, office, day, *VOTING_ROLES, MandateRole.SUBSTITUTE),
        Role.SECRETARY: holds(actor.id, office, day, MandateRole.SECRETARY),
        Role.STAY_SECRETARY: holds(actor.id, _ROW.stay_body_id, day, MandateRole.SECRETARY),
    }


def _employed(staff_id: UUID, day: date) -> ColumnElement[bool]:
    """Employed by the unit whose board tries it, or above."""
    return exists(select(1).where(_OFFICE.id == _ROW.office_id, employed_above(staff_id, _OFFICE.unit_id, day)))


def _is_side(actor: Actor) -> ColumnElement[bool]:
    if isinstance(actor, Staff):
        return _employed(actor.id, DAY)
    if not isinstance(actor, Member):
        return false()
    boards_of_it = (holds(actor.id, _ROW.respondent_id, DAY), holds(actor.id, _ROW.office_id, DAY))
    return or_(appeals(actor.id, DAY), *boards_of_it)


def appeals(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The member stands behind the appeal, or leads a unit that does."""
    own = exists(
        select(1).where(_STANDS.appeal_id == _ROW.id, _STANDS.member_id == member_id, _STANDS.left_at.is_(None))
    )
    led = exists(
        select(1)
        .select_from(_LED)
        .join(_BODY, and_(_BODY.unit_id == _LED.unit_id, _BODY.kind == BodyKind.BOARD))
        .join(_LEADS, _LEADS.body_id == _BODY.id)
        .where(
            _LED.appeal_id == _ROW.id,
            _LED.left_at.is_(None),
            _LEADS.member_id == member_id,
            _LEADS.role.in_(OFFICERS),
            mandate_in_force(_LEADS, day),
        )
    )
    return or_(own, led)


async def appeal_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, AppealCase]:
    """Every appeal of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    digests = {row.statutes_digest for row in rows} | {row.body_statutes for row in rows}
    rules = await statutes.by_digest(connection, *digests)
    return {
        row.id: _case(row, rules, found(row, roles, actor))
        for row in rows
    }  # fmt: skip


def _case(row: Any, rules: dict[str, Resolved], roles: frozenset[Role]) -> AppealCase:
    order = rules[row.statutes_digest].parameters.appeals.against[row.kind]
    return AppealCase(
        row.id, row.state, row.version, _facts(row, order, rules[row.body_statutes]), roles, row.statutes_digest,
        order, row.ruling_id, row.unit_id, row.body_id, row.office_id, row.respondent_id, row.stay_body_id,
        bool(row.is_side),
    )  # fmt: skip


def _facts(row: Any, order: Appeal, body: Resolved) -> AppealFacts:
    late = row.stated_at is not None and row.statement_due_at is not None and row.stated_at >= row.statement_due_at
    return AppealFacts(
        appellants=row.appellants,
        admissible=row.admissible,
        statement_due=row.statement_due_at,
        stated_at=row.stated_at,
        stated=row.stated_at is not None,
        reply_due=row.reply_due_at,
        silence_grants=order.silence is Silence.UPHELD,
        may_stay=row.stay_body_id is not None,
        suspensive=order.suspensive,
        stay_asked=row.stay is StayState.ASKED,
        must_hear=order.heard,
        heard=row.heard_at is not None,
        lateness_judged=not late or row.statement_considered is not None,
        others_until=row.last_moment,
        body_size=row.board_size,
        body_able=row.board_size - row.board_barred,
        body_quorum=boards.quorum(body.parameters.boards, row.board_size, row.board_barred),
        has_next_body=row.next_body_id is not None,
        must_report=row.report_to_id is not None,
        reported=row.reported_at is not None,
    )


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = appeal_roles(actor, DAY)
    each = aliased(AppellantRow)
    standing = select(func.count(each.id)).where(each.appeal_id == _ROW.id, each.left_at.is_(None))
    statement = (
        select(
            _ROW.id, _ROW.state, _ROW.version, _ROW.statutes_digest, _ROW.body_statutes, _ROW.ruling_id, _ROW.body_id,
            _ROW.office_id, _ROW.respondent_id, _ROW.stay_body_id, _ROW.next_body_id, _ROW.report_to_id,
            _ROW.statement_due_at, _ROW.stated_at, _ROW.statement_considered, _ROW.reply_due_at, _ROW.stay,
            _ROW.heard_at, _ROW.reported_at, RulingRow.kind, RulingRow.unit_id, RulingRow.last_moment,
            standing.scalar_subquery().label("appellants"),
            standing.where(each.in_time, each.has_standing, each.right_addressee).scalar_subquery().label("admissible"),
            *boards.size_columns(_ROW.body_id, _ROW.id, DAY),
            *labelled(roles),
            _is_side(actor).label("is_side"),
        )
        .join(RulingRow, RulingRow.id == _ROW.ruling_id)
        .where(any_of(_ROW.id, IDS), appeal_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles
