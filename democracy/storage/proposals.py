"""Proposals as they are written: their movers, labels and sources."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import new_id
from democracy.storage.tables.matter import ProposalMoverRow, ProposalNomineeRow, ProposalRow
from workflows.proposal import ProposalState


async def movers(session: AsyncSession, proposal_id: UUID) -> Sequence[ProposalMoverRow]:
    """Everybody who has stood behind it or been asked, in their order."""
    await session.flush()
    statement = select(ProposalMoverRow).where(ProposalMoverRow.proposal_id == proposal_id)
    return (await session.scalars(statement.order_by(ProposalMoverRow.position))).all()


async def standing_movers(session: AsyncSession, proposal_id: UUID) -> list[ProposalMoverRow]:
    """Those who stand behind it now."""
    return [each for each in await movers(session, proposal_id) if each.accepted_at and not each.left_at]


async def add_mover(
    session: AsyncSession,
    proposal_id: UUID,
    *,
    member_id: UUID | None = None,
    body_id: UUID | None = None,
    at: datetime,
    accepted: bool = True,
    recorded_by: UUID | None = None,
) -> None:
    """Put somebody last among the movers; one who had left it stands behind it again."""
    known = await movers(session, proposal_id)
    row = next((each for each in known if (each.member_id, each.body_id) == (member_id, body_id)), None)
    if row is None:
        row = ProposalMoverRow(
            id=new_id(), proposal_id=proposal_id, member_id=member_id, body_id=body_id, position=len(known) + 1,
            asked_at=at,
        )  # fmt: skip
        session.add(row)
    row.accepted_at = at if accepted else None
    row.left_at, row.declined_at, row.recorded_by = None, None, recorded_by
    await session.flush()


async def leave_all(session: AsyncSession, proposal_id: UUID, at: datetime) -> None:
    """Whoever stood behind a withdrawn proposal does so no longer."""
    for each in await standing_movers(session, proposal_id):
        each.left_at = at
    await session.flush()


async def nominate(session: AsyncSession, proposal_id: UUID, members: Sequence[UUID]) -> None:
    """Name those whom a proposal would elect."""
    session.add_all(
        ProposalNomineeRow(proposal_id=proposal_id, member_id=member, position=position)
        for position, member in enumerate(members, start=1)
    )
    await session.flush()


async def nominees(session: AsyncSession, proposal_id: UUID) -> list[UUID]:
    """Those whom it would elect, in their order."""
    statement = select(ProposalNomineeRow.member_id).where(ProposalNomineeRow.proposal_id == proposal_id)
    return list((await session.scalars(statement.order_by(ProposalNomineeRow.position))).all())


async def sources(session: AsyncSession, proposal_id: UUID) -> Sequence[ProposalRow]:
    """The proposals that a reconciliation replaces, or would replace."""
    await session.flush()
    statement = select(ProposalRow).where(ProposalRow.reconciled_into_id == proposal_id)
    return (await session.scalars(statement.order_by(ProposalRow.label))).all()


async def release(session: AsyncSession, proposal_id: UUID) -> None:
    """Let go of the sources of a reconciliation that came to nothing."""
    held = ProposalRow.reconciled_into_id == proposal_id, ProposalRow.state == ProposalState.MADE
    await session.execute(update(ProposalRow).where(*held).values(reconciled_into_id=None))


async def labels(session: AsyncSession, matter_id: UUID) -> dict[str, ProposalRow]:
    """The proposals of a matter by their label."""
    await session.flush()
    rows = await session.scalars(select(ProposalRow).where(ProposalRow.matter_id == matter_id))
    return {row.label: row for row in rows}
