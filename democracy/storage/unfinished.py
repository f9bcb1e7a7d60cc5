"""What is not finished in a meeting or under an item: matters, gavels, divisions, as columns of a statement."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.election import ElectionRow
from democracy.storage.tables.matter import MatterRow, QuestionOrderRow, QuestionRow
from democracy.storage.tables.motion import ClauseRow, DecisionRow
from workflows.division import DivisionState
from workflows.election_facts import ElectionState
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.question import QuestionState

UNDECIDED = tuple(state for state in MatterState if state not in {MatterState.DECIDED, MatterState.LAPSED})
GOING_ON = (DivisionState.OPEN, DivisionState.CLOSED)
"""States of a division that has been opened and not announced."""

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_MATTER, _ITEM, _DIVISION = aliased(MatterRow), aliased(AgendaItemRow), aliased(DivisionRow)
_QUESTION, _ORDER, _OPEN = aliased(QuestionRow), aliased(QuestionOrderRow), aliased(AgendaItemRow)


def undecided_under(item_id: Any) -> ColumnElement[int]:
    """Matters of an item, or of an item in the block that it is, that are neither decided nor lapsed."""
    return (
        select(func.count())
        .select_from(_MATTER)
        .join(_ITEM, _ITEM.id == _MATTER.item_id)
        .where(or_(_ITEM.id == item_id, _ITEM.parent_id == item_id), _MATTER.state.in_(UNDECIDED))
        .scalar_subquery()
    )


def undecided_in(meeting_id: Any) -> ColumnElement[int]:
    """The same for the whole meeting: under items that have been opened and not struck."""
    return (
        select(func.count())
        .select_from(_MATTER)
        .join(_ITEM, _ITEM.id == _MATTER.item_id)
        .where(
            _MATTER.meeting_id == meeting_id,
            _MATTER.state.in_(UNDECIDED),
            _ITEM.state.in_((ItemState.OPEN, ItemState.ADJOURNED, ItemState.CLOSED)),
        )
        .scalar_subquery()
    )


def elections_left(meeting_id: Any) -> ColumnElement[int]:
    """Elections of persons that the meeting has neither decided nor cancelled."""
    over = (ElectionState.ELECTED, ElectionState.CANCELLED)
    return (
        select(func.count())
        .select_from(ElectionRow)
        .where(ElectionRow.meeting_id == meeting_id, ElectionRow.state.not_in(over))
        .scalar_subquery()
    )


def gavels_missing(meeting_id: Any) -> ColumnElement[int]:
    """Questions on which the chair has named an outcome and no gavel has fallen."""
    return (
        select(func.count())
        .select_from(_QUESTION)
        .join(_MATTER, _MATTER.id == _QUESTION.matter_id)
        .join(_ORDER, _ORDER.id == _QUESTION.order_id)
        .where(_MATTER.meeting_id == meeting_id, _QUESTION.state == QuestionState.NAMED, _ORDER.dropped_at.is_(None))
        .scalar_subquery()
    )


def divisions_open(meeting_id: Any) -> ColumnElement[int]:
    """Divisions that are open or wait to be announced."""
    return (
        select(func.count())
        .select_from(_DIVISION)
        .where(_DIVISION.meeting_id == meeting_id, _DIVISION.state.in_(GOING_ON))
        .scalar_subquery()
    )


def open_number(meeting_id: Any, *, but: Any = None) -> ColumnElement[int]:
    """The § of the item that is open, another one than `but`; 0 where none is."""
    wanted = [] if but is None else [_OPEN.id != but]
    return (
        select(func.coalesce(func.max(_OPEN.number), 0))
        .where(_OPEN.meeting_id == meeting_id, _OPEN.state == ItemState.OPEN, *wanted)
        .scalar_subquery()
    )


def open_undecided(meeting_id: Any) -> ColumnElement[int]:
    """Matters of the item that is open that are neither decided nor lapsed."""
    return (
        select(func.count())
        .select_from(_MATTER)
        .join(_ITEM, _ITEM.id == _MATTER.item_id)
        .join(_OPEN, or_(_OPEN.id == _ITEM.id, _OPEN.id == _ITEM.parent_id))
        .where(_OPEN.meeting_id == meeting_id, _OPEN.state == ItemState.OPEN, _MATTER.state.in_(UNDECIDED))
        .scalar_subquery()
    )


def clauses_undecided(motion_id: Any) -> ColumnElement[int]:
    """Att-satser of a motion, those that were stopped left out, without a decision in force."""
    decided = select(1).where(DecisionRow.clause_id == ClauseRow.id, DecisionRow.replaced_at.is_(None)).exists()
    return (
        select(func.count())
        .select_from(ClauseRow)
        .where(ClauseRow.motion_id == motion_id, ClauseRow.fault.is_(None), ~decided)
        .scalar_subquery()
    )
