"""The meeting's own row, as the head of its minutes."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from democracy.domain.record.meeting import Head
from democracy.domain.record.naming import short_body
from democracy.storage.statutes import Connected
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.unit import BodyRow, UnitRow

_WHOLE = aliased(MeetingRow)


async def read_head(connection: Connected, meeting_id: UUID) -> Head | None:
    """The head; None where there is no such meeting."""
    statement = (
        select(
            MeetingRow.name,
            MeetingRow.place,
            MeetingRow.starts_at,
            MeetingRow.opened_at,
            MeetingRow.closed_at,
            UnitRow.name.label("unit"),
            UnitRow.kind.label("unit_kind"),
            BodyRow.name.label("board"),
            BodyRow.kind.label("board_kind"),
            _WHOLE.name.label("part_of"),
        )
        .join(UnitRow, UnitRow.id == MeetingRow.unit_id)
        .join(BodyRow, BodyRow.id == MeetingRow.board_id)
        .outerjoin(_WHOLE, _WHOLE.id == MeetingRow.part_of_id)
        .where(MeetingRow.id == meeting_id)
    )
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        return None
    board = short_body(row.board, row.unit_kind, row.board_kind)
    return Head(
        row.name, row.unit, row.place, board, row.starts_at, row.opened_at, row.closed_at, row.part_of,
        await _parts(connection, meeting_id),
    )  # fmt: skip


async def _parts(connection: Connected, meeting_id: UUID) -> tuple[str, ...]:
    held = (MeetingRow.part_of_id == meeting_id, MeetingRow.opened_at.is_not(None))
    statement = select(MeetingRow.name).where(*held).order_by(MeetingRow.opened_at, MeetingRow.id)
    return tuple(row.name for row in await connection.execute(statement))
