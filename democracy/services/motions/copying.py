"""One motion becomes another: sent on to a higher meeting, or carried over to a later one. The chain is kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, SentAs
from democracy.storage.motion_case import MotionCase
from democracy.storage.motions import ClauseText
from democracy.storage.tables.motion import ClauseRow, MotionRow, MoverRow
from democracy.storage.unit_of_work import Unit
from workflows.motion import MotionState


async def copy_text(
    unit: Unit,
    source: MotionCase,
    new: UUID,
    meeting_id: UUID,
    clauses: Sequence[ClauseRow],
    *,
    received_at: datetime,
    sent_as: SentAs | None = None,
    created_by: UUID | None = None,
) -> None:
    """Write the draft `new` to another meeting: the same title and reasoning, and these att-satser, numbered from 1."""
    row = await unit.motions.row(source.id)
    unit.session.add(
        MotionRow(
            id=new,
            meeting_id=meeting_id,
            state=MotionState.DRAFT,
            category=row.category,
            title="",
            reasoning="",
            created_at=unit.now,
            created_by=created_by,
            channel=Channel.DIGITAL,
            received_at=received_at,
            recorded_at=unit.now,
            origin_id=source.id,
            sent_as=sent_as,
            version=0,
        )
    )
    await unit.session.flush()
    texts = [ClauseText(each.text, each.anchor_document, each.anchor_place) for each in clauses]
    await unit.motions.write(new, row.title, row.reasoning, texts)
    for copied, original in zip(await unit.motions.clauses(new), clauses, strict=True):
        copied.origin_id = original.id


async def standing_movers(unit: Unit, source: UUID, new: UUID) -> list[MoverRow]:
    """Those who stand behind a motion, as movers of another."""
    return [
        MoverRow(id=new_id(), motion_id=new, member_id=each.member_id, unit_id=each.unit_id, decision=each.decision,
                 decided_on=each.decided_on, channel=each.channel, invited_at=each.invited_at,
                 confirmed_at=each.confirmed_at)
        for each in await unit.motions.movers(source)
        if each.confirmed_at is not None and each.left_at is None
    ]  # fmt: skip
