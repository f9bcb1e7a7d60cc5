"""Points of a text that a meeting referred back or deferred."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.kinds import Outcome
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow, ProposalRow
from workflows.amendment_facts import AmendmentState
from workflows.proceedings import MatterKind

_GOES_ON = tuple(outcome for outcome in Outcome if outcome.goes_on)


def _decided(document_id: Any, kind: MatterKind, *outcomes: Outcome) -> Select[UUID]:
    """Points under the document's item on which a decision with one of these outcomes is in force."""
    return (
        select(MatterRow.id)
        .join(AgendaItemRow, AgendaItemRow.id == MatterRow.item_id)
        .join(MatterDecisionRow, MatterDecisionRow.matter_id == MatterRow.id)
        .where(
            AgendaItemRow.document_id == document_id,
            MatterRow.kind == kind,
            MatterDecisionRow.replaced_at.is_(None),
            MatterDecisionRow.outcome.in_(outcomes),
        )
    )


def sent_back_columns() -> dict[str, ColumnElement[Any]]:
    """What the rules of a document want to know of such points, beside its row."""
    points = _decided(DocumentRow.id, MatterKind.PASSAGE, *_GOES_ON)
    undecided = select(func.count()).where(
        AmendmentRow.document_id == DocumentRow.id,
        AmendmentRow.state == AmendmentState.SUBMITTED,
        AmendmentRow.proposal_id.in_(select(ProposalRow.id).where(ProposalRow.matter_id.in_(points))),
    )
    return {
        "sent_back": points.with_only_columns(func.count()).correlate(DocumentRow).scalar_subquery(),
        "undecided_there": undecided.correlate(DocumentRow).scalar_subquery(),
        "rest_approved": exists(_decided(DocumentRow.id, MatterKind.DOCUMENT, Outcome.APPROVE).correlate(DocumentRow)),
    }


async def sent_back(session: AsyncSession, document_id: UUID) -> list[UUID]:
    """Those points of a document, in their order."""
    await session.flush()
    statement = _decided(document_id, MatterKind.PASSAGE, *_GOES_ON).order_by(MatterRow.position)
    return [row.id for row in (await session.execute(statement)).all()]
