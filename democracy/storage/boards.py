"""How large a board is, who of it is barred in a case, and how many have to take part."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from democracy.storage.in_force import VOTING_ROLES, mandate_in_force
from democracy.storage.tables.case_part import CaseConflictRow
from democracy.storage.tables.member import MandateRow
from workflows.statutes.parameters.boards import Boards

_SITS, _BARRED = aliased(MandateRow), aliased(CaseConflictRow)


def size_columns(body_id: Any, case_id: Any, day: date) -> list[ColumnElement[Any]]:
    """Columns `board_size` and `board_barred`: members with a vote, and those of them who are barred in the case."""
    sits = (_SITS.body_id == body_id, _SITS.role.in_(VOTING_ROLES), mandate_in_force(_SITS, day))
    size = select(func.count(_SITS.member_id.distinct())).where(*sits)
    barred = (
        select(func.count(_SITS.member_id.distinct()))
        .join(_BARRED, _BARRED.member_id == _SITS.member_id)
        .where(*sits, _BARRED.case_id == case_id)
    )
    return [size.scalar_subquery().label("board_size"), barred.scalar_subquery().label("board_barred")]


def quorum(rules: Boards, size: int, barred: int) -> int:
    """How many have to take part; 0 for a body without members of its own."""
    counted = size - barred if rules.barred_leave_quorum else size
    return 0 if size == 0 else rules.quorum.needed(max(counted, 1))
