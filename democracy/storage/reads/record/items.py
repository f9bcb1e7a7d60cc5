"""The items of the agenda with what belongs to each."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from democracy.domain.record.item import BarredRecord, ItemRecord, MotionRecord, StatementRecord
from democracy.storage.reads.record.columns import named
from democracy.storage.reads.record.matters import read_matters
from democracy.storage.reads.record.steps import Steps
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow
from democracy.storage.tables.division import StatementRow
from democracy.storage.tables.motion import MotionRow, MoverRow
from democracy.storage.tables.unit import UnitRow


async def read_items(connection: Connected, meeting_id: UUID, steps: Steps) -> tuple[ItemRecord, ...]:
    """Every item, in the order of the agenda."""
    row = AgendaItemRow
    statement = (
        select(
            row.id, row.kind, row.state, row.position, row.title, row.number, row.parent_id, row.formality,
            row.presenter, row.opened_at, row.closed_at, row.motion_id,
        )
        .where(row.meeting_id == meeting_id)
        .order_by(row.position, row.id)
    )  # fmt: skip
    rows: Sequence[Any] = (await connection.execute(statement)).all()
    motions = await _motions(connection, meeting_id)
    matters = await read_matters(connection, meeting_id, steps)
    statements, barred = await _statements(connection, meeting_id), await _barred(connection, meeting_id)
    return tuple(
        ItemRecord(
            **named(each, "motion_id"),
            motion=motions.get(each.motion_id),
            matters=tuple(matters.get(each.id, ())),
            statements=tuple(statements.get(each.id, ())),
            barred=tuple(barred.get(each.id, ())),
        )
        for each in rows
    )


async def _motions(connection: Connected, meeting_id: UUID) -> dict[UUID | None, MotionRecord]:
    movers = await _movers(connection, meeting_id)
    statement = (
        select(MotionRow.id, MotionRow.document_number, MotionRow.receipt_number, MotionRow.title)
        .join(AgendaItemRow, AgendaItemRow.motion_id == MotionRow.id)
        .where(AgendaItemRow.meeting_id == meeting_id)
    )
    found: dict[UUID | None, MotionRecord] = {}
    for row in await connection.execute(statement):
        number = row.document_number or (str(row.receipt_number) if row.receipt_number else None)
        people, units = movers.get(row.id, ([], []))
        found[row.id] = MotionRecord(number, row.title, tuple(people), tuple(units))
    return found


async def _movers(connection: Connected, meeting_id: UUID) -> dict[UUID, tuple[list[UUID], list[str]]]:
    statement = (
        select(MoverRow.motion_id, MoverRow.member_id, UnitRow.name)
        .join(AgendaItemRow, AgendaItemRow.motion_id == MoverRow.motion_id)
        .outerjoin(UnitRow, UnitRow.id == MoverRow.unit_id)
        .where(AgendaItemRow.meeting_id == meeting_id)
        .where(MoverRow.confirmed_at.is_not(None), MoverRow.left_at.is_(None))
        .order_by(MoverRow.position, MoverRow.id)
    )
    found: dict[UUID, tuple[list[UUID], list[str]]] = defaultdict(lambda: ([], []))
    for row in await connection.execute(statement):
        people, units = found[row.motion_id]
        if row.member_id is not None:
            people.append(row.member_id)
        else:
            units.append(row.name)
    return found


async def _statements(connection: Connected, meeting_id: UUID) -> dict[UUID, list[StatementRecord]]:
    row = StatementRow
    statement = (
        select(row.item_id, row.id, row.kind, row.member_id, row.recorded_at, row.matter_id, row.proposal_id, row.text)
        .where(row.meeting_id == meeting_id, row.withdrawn_at.is_(None))
        .order_by(row.recorded_at, row.id)
    )
    found: dict[UUID, list[StatementRecord]] = defaultdict(list)
    for each in await connection.execute(statement):
        found[each.item_id].append(StatementRecord(**named(each, "item_id")))
    return found


async def _barred(connection: Connected, meeting_id: UUID) -> dict[UUID, list[BarredRecord]]:
    row = BarredRow
    statement = (
        select(row.item_id, row.member_id, row.declared_at, row.lifted_at)
        .join(AgendaItemRow, AgendaItemRow.id == row.item_id)
        .where(AgendaItemRow.meeting_id == meeting_id)
        .order_by(row.declared_at, row.id)
    )
    found: dict[UUID, list[BarredRecord]] = defaultdict(list)
    for each in await connection.execute(statement):
        found[each.item_id].append(BarredRecord(**named(each, "item_id")))
    return found
