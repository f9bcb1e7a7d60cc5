"""Items of the agenda, as far as what they give the meeting to decide needs them."""

from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterRow, ProposalRow
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import MatterKind


async def children(session: AsyncSession, item_id: UUID) -> list[UUID]:
    """The items of a block, in their order."""
    statement = select(AgendaItemRow.id).where(
        AgendaItemRow.parent_id == item_id, AgendaItemRow.state != ItemState.STRUCK
    )
    return list((await session.scalars(statement.order_by(AgendaItemRow.position))).all())


async def has_matters(session: AsyncSession, item_id: UUID) -> bool:
    """Whether something has been made for the item to decide."""
    return bool((await session.execute(select(exists().where(MatterRow.item_id == item_id)))).scalar_one())


async def matters(session: AsyncSession, item_id: UUID) -> list[UUID]:
    """What an item, or the items of a block, give the meeting to decide, in their order."""
    within = select(AgendaItemRow.id).where((AgendaItemRow.id == item_id) | (AgendaItemRow.parent_id == item_id))
    statement = (
        select(MatterRow.id)
        .join(AgendaItemRow, AgendaItemRow.id == MatterRow.item_id)
        .where(MatterRow.item_id.in_(within))
        .order_by(AgendaItemRow.position, MatterRow.position)
    )
    return list((await session.scalars(statement)).all())


async def all_decided(session: AsyncSession, item_id: UUID) -> bool:
    """Whether nothing is left to decide under an item."""
    await session.flush()
    left = MatterRow.state.not_in((MatterState.DECIDED, MatterState.LAPSED))
    return not (await session.execute(select(exists().where(MatterRow.item_id == item_id, left)))).scalar_one()


async def whole_of(session: AsyncSession, item_id: UUID) -> MatterRow | None:
    """The point under an item that is about its document as a whole."""
    statement = select(MatterRow).where(MatterRow.item_id == item_id, MatterRow.kind == MatterKind.DOCUMENT)
    return (await session.scalars(statement)).first()


async def of_passage(session: AsyncSession, item_id: UUID, passage_id: UUID, letter: str) -> UUID | None:
    """The point about the text of a paragraph, or of one point in it, that can still be proposed on."""
    statement = (
        select(MatterRow.id)
        .join(ProposalRow, ProposalRow.matter_id == MatterRow.id)
        .where(
            MatterRow.item_id == item_id,
            MatterRow.passage_id == passage_id,
            MatterRow.state.not_in((MatterState.DECIDED, MatterState.LAPSED)),
            ProposalRow.from_board,
            ProposalRow.operation.is_(None),
            func.coalesce(ProposalRow.place, "").in_((letter, "")),
        )
        .order_by(ProposalRow.place)
    )
    return (await session.scalars(statement)).first()


async def lock(session: AsyncSession, item_id: UUID) -> None:
    """Lock an item for oneself, so that nothing is lifted out of it or closed meanwhile."""
    await session.execute(select(AgendaItemRow.id).where(AgendaItemRow.id == item_id).with_for_update())
