"""An application to form a branch as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor
from democracy.storage import boards, statutes
from democracy.storage.branch_visibility import branch_application_roles, branch_application_visible_to
from democracy.storage.in_force import membership_in_force
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.branch_application import BranchApplicationRow, ConsultationRow, FounderRow
from democracy.storage.tables.member import MembershipRow
from democracy.storage.types import any_of
from workflows.branch_application_facts import BranchApplicationFacts, BranchApplicationState
from workflows.engine import Role
from workflows.statutes import Resolved

_FOUNDER, _ASKED, _BELONGS = aliased(FounderRow), aliased(ConsultationRow), aliased(MembershipRow)
_ROW = BranchApplicationRow


@dataclass(frozen=True)
class BranchApplicationCase:
    """An application with its facts and the roles of one actor."""

    id: UUID
    state: BranchApplicationState
    version: int
    facts: BranchApplicationFacts
    roles: frozenset[Role]
    statutes: str
    unit_id: UUID
    body_id: UUID

    @property
    def sees_founders(self) -> bool:
        """Founders' names are theirs, the invited's, and the deciding board's and its office's."""
        return bool(self.roles & {Role.APPLICANT, Role.INVITED, Role.BOARD, Role.SECRETARY, Role.STAFF})

    @property
    def sees_answers(self) -> bool:
        """What other units answered: the applicants', the board's and the office's."""
        return bool(self.roles & {Role.APPLICANT, Role.BOARD, Role.SECRETARY, Role.STAFF, Role.NEXT_CALLER})

    @property
    def sees_draft(self) -> bool:
        """Working drafts are the board's own."""
        return bool(self.roles & {Role.BOARD, Role.SECRETARY})


async def branch_application_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: Any, zone: ZoneInfo
) -> dict[UUID, BranchApplicationCase]:
    """Every application of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    return {
        row.id: BranchApplicationCase(
            row.id, row.state, row.version, _facts(row, rules[row.statutes_digest]), found(row, roles, actor),
            row.statutes_digest, row.unit_id, row.body_id,
        )
        for row in rows
    }  # fmt: skip


def _facts(row: Any, rules: Resolved) -> BranchApplicationFacts:
    order = rules.parameters.founding
    return BranchApplicationFacts(
        units_form=order is not None,
        has_name=row.has_name,
        has_area=row.has_area,
        interim_board=row.interim_board,
        founders=row.founders,
        counted=row.counted,
        minimum=order.minimum if order else 1,
        received_at=row.received_at,
        affected=row.affected if order and order.hearing_days else 0,
        consulted=row.consulted,
        unanswered=row.unanswered,
        unmet=row.unmet,
        answers_due=row.answers_due_at,
        replies_due=row.replies_due_at,
        answered=False,
        decide_by=row.decide_by,
        board_size=row.board_size,
        board_quorum=boards.quorum(rules.parameters.boards, row.board_size, row.board_barred),
        form_by=row.form_by,
        meeting_at=row.meeting_at,
    )


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = branch_application_roles(actor, DAY)
    statement = select(
        _ROW.id, _ROW.state, _ROW.version, _ROW.statutes_digest, _ROW.unit_id, _ROW.body_id, _ROW.received_at,
        _ROW.decide_by, _ROW.answers_due_at, _ROW.replies_due_at, _ROW.form_by, _ROW.meeting_at,
        (func.trim(_ROW.name) != "").label("has_name"),
        (func.trim(_ROW.area) != "").label("has_area"),
        *_counts(),
        *boards.size_columns(_ROW.body_id, _ROW.id, DAY),
        *labelled(roles),
    ).where(any_of(_ROW.id, IDS), branch_application_visible_to(actor, AT, zone))  # fmt: skip
    return cast("Select[Any]", statement), roles


def _counts() -> list[Any]:
    stands = and_(_FOUNDER.application_id == _ROW.id, _FOUNDER.confirmed_at.is_not(None), _FOUNDER.left_at.is_(None))
    counts = exists(select(1).where(_BELONGS.member_id == _FOUNDER.member_id, membership_in_force(_BELONGS, DAY)))
    asked = _ASKED.application_id == _ROW.id
    columns = {
        "founders": select(func.count(_FOUNDER.id)).where(stands),
        "counted": select(func.count(_FOUNDER.id)).where(stands, counts),
        "interim_board": select(func.count(_FOUNDER.id)).where(stands, _FOUNDER.interim_role.is_not(None)),
        "affected": select(func.count(_BELONGS.unit_id.distinct()))
        .join(_FOUNDER, _FOUNDER.member_id == _BELONGS.member_id)
        .where(stands, _BELONGS.voting, _BELONGS.ended_on.is_(None)),
        "consulted": select(func.count(_ASKED.id)).where(asked),
        "unanswered": select(func.count(_ASKED.id)).where(asked, _ASKED.answered_at.is_(None)),
        "unmet": select(func.count(_ASKED.id)).where(
            asked, _ASKED.answered_at.is_not(None), _ASKED.replied_at.is_(None)
        ),
    }
    return [column.scalar_subquery().label(name) for name, column in columns.items()]
