"""Proposals with those who stand, or stood, behind them."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from democracy.domain.record.naming import short_body
from democracy.domain.record.proposal import MoverRecord, ProposalRecord
from democracy.storage.reads.record.columns import named
from democracy.storage.statutes import Connected
from democracy.storage.tables.matter import MatterRow, ProposalMoverRow, ProposalRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.unit import BodyRow, UnitRow

_BACK = aliased(MeetingRow)


async def read_proposals(connection: Connected, meeting_id: UUID) -> dict[UUID, list[ProposalRecord]]:
    """Every proposal, by its point, in the order in which they came."""
    row = ProposalRow
    movers = await _movers(connection, meeting_id)
    statement = (
        select(
            row.matter_id, row.id, row.kind, row.state, row.label, row.text, row.received_at, row.from_board,
            row.of_motion, row.adds_to_id, row.reconciled_into_id, row.recipient, row.instruction, row.reason,
            row.back_by, _BACK.name.label("back_at"),
        )
        .join(MatterRow, MatterRow.id == row.matter_id)
        .outerjoin(_BACK, _BACK.id == row.back_at_id)
        .where(MatterRow.meeting_id == meeting_id)
        .order_by(row.received_at, row.recorded_at, row.id)
    )  # fmt: skip
    found: dict[UUID, list[ProposalRecord]] = defaultdict(list)
    for each in await connection.execute(statement):
        found[each.matter_id].append(ProposalRecord(movers=tuple(movers.get(each.id, ())), **named(each, "matter_id")))
    return found


async def _movers(connection: Connected, meeting_id: UUID) -> dict[UUID, list[MoverRecord]]:
    """Those who have accepted: whoever was only asked stands behind nothing."""
    row = ProposalMoverRow
    statement = (
        select(row.proposal_id, row.member_id, BodyRow.name, BodyRow.kind, UnitRow.kind.label("unit"), row.left_at)
        .join(ProposalRow, ProposalRow.id == row.proposal_id)
        .join(MatterRow, MatterRow.id == ProposalRow.matter_id)
        .outerjoin(BodyRow, BodyRow.id == row.body_id)
        .outerjoin(UnitRow, UnitRow.id == BodyRow.unit_id)
        .where(MatterRow.meeting_id == meeting_id, row.accepted_at.is_not(None))
        .order_by(row.position, row.id)
    )
    found: dict[UUID, list[MoverRecord]] = defaultdict(list)
    for each in await connection.execute(statement):
        body = short_body(each.name, each.unit, each.kind) if each.name else None
        found[each.proposal_id].append(MoverRecord(each.member_id, body, each.left_at))
    return found
