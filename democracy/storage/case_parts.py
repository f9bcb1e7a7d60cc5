"""Who is barred in a case, who took part in a decision, and the files attached."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import new_id
from democracy.domain.kinds import MandateRole
from democracy.storage.in_force import VOTING_ROLES, mandate_in_force
from democracy.storage.statutes import Connected
from democracy.storage.tables.case_part import AttachmentRow, BlobRow, CaseConflictRow, CaseParticipantRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.types import any_of
from workflows.appeal_facts import ConflictGround


async def bar(
    session: AsyncSession, case_id: UUID, members: Iterable[UUID], ground: ConflictGround, at: datetime
) -> None:
    """Record that these take no part. Whoever is barred already stays so on the first ground."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    rows = [
        {"id": new_id(), "case_id": case_id, "member_id": each, "ground": ground, "recorded_at": at}
        for each in sorted(set(members))
    ]
    if rows:
        await session.execute(make(CaseConflictRow).values(rows).on_conflict_do_nothing())


async def barred(connection: Connected, case_id: UUID) -> frozenset[UUID]:
    """Everybody who is barred in a case."""
    rows = await connection.execute(select(CaseConflictRow.member_id).where(CaseConflictRow.case_id == case_id))
    return frozenset(rows.scalars())


async def took_part(session: AsyncSession, decision_id: UUID, members: Iterable[UUID]) -> None:
    """Keep who took part in a decision: it bars them when that is tried."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    rows = [{"decision_id": decision_id, "member_id": each} for each in sorted(set(members))]
    if rows:
        await session.execute(make(CaseParticipantRow).values(rows).on_conflict_do_nothing())


async def participants(connection: Connected, decisions: Sequence[UUID]) -> frozenset[UUID]:
    """Everybody who took part in any of them."""
    rows = await connection.execute(
        select(CaseParticipantRow.member_id).where(any_of(CaseParticipantRow.decision_id, decisions))
    )
    return frozenset(rows.scalars())


async def voters_of(connection: Connected, body_id: UUID, day: date) -> frozenset[UUID]:
    """The members of a body who vote in it."""
    rows = await connection.execute(
        select(MandateRow.member_id).where(
            MandateRow.body_id == body_id, MandateRow.role.in_(VOTING_ROLES), mandate_in_force(MandateRow, day)
        )
    )
    return frozenset(rows.scalars())


async def holders_of(connection: Connected, body_id: UUID, day: date, *roles: MandateRole) -> list[UUID]:
    """Those with a mandate in a body, in one of the roles (any, when none is named)."""
    wanted = [MandateRow.role.in_(roles)] if roles else []
    rows = await connection.execute(
        select(MandateRow.member_id)
        .where(MandateRow.body_id == body_id, mandate_in_force(MandateRow, day), *wanted)
        .distinct()
        .order_by(MandateRow.member_id)
    )
    return list(rows.scalars())


async def by_number(connection: Connected, number: str) -> UUID | None:
    """A member by their number; None if there is none."""
    rows = await connection.execute(
        select(MemberRow.id).where(MemberRow.number == number.strip(), MemberRow.erased_at.is_(None))
    )
    return rows.scalar_one_or_none()


async def attach(session: AsyncSession, row: AttachmentRow, content: bytes) -> None:
    """Keep a file in a case; the same bytes are kept once."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row.digest = hashlib.sha256(content).hexdigest()
    await session.execute(make(BlobRow).values(digest=row.digest, content=content).on_conflict_do_nothing())
    session.add(row)
    await session.flush()


async def attached(connection: Connected, case_id: UUID) -> int:
    """How many files a case has."""
    rows = await connection.execute(select(func.count(AttachmentRow.id)).where(AttachmentRow.case_id == case_id))
    return int(rows.scalar_one())
