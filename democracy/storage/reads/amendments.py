"""Amendments to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.kinds import Channel
from democracy.storage.document_visibility import amendment_visible_to
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from workflows.amendment_facts import AmendmentState
from workflows.proceedings import PlaceOperation


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment with the name of its mover."""

    id: UUID
    document_id: UUID
    number: int
    state: AmendmentState
    operation: PlaceOperation
    paragraph_id: UUID | None
    letter: str
    text: str
    to_paragraph_id: UUID | None
    to_letter: str
    to_beginning: bool
    before: bool
    mover_unit_id: UUID | None
    mover_decision: str | None
    reasons: str
    channel: Channel
    received_at: datetime
    recorded_at: datetime
    proposal_id: UUID | None
    decision_id: UUID | None
    decision: str | None
    adopted_text: str | None
    decided_at: datetime | None
    version: int
    statutes_digest: str
    base_id: UUID | None
    given_name: str | None
    family_name: str | None
    erased_at: datetime | None
    protected: bool | None
    unit_name: str | None


_OTHERS = 7
_OWN = [getattr(AmendmentRow, name) for name in AmendmentView.__slots__[:-_OTHERS]]


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, AmendmentView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(AmendmentRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(AmendmentView, rows)}


async def of_documents(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> list[AmendmentView]:
    """The amendments to some documents that may be seen, in the order in which they came in."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(AmendmentRow.document_id, IDS))
    return views(AmendmentView, await connection.execute(statement, reader.values(ids)))


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(
            *_OWN, DocumentRow.statutes_digest, DocumentRow.base_id, MemberRow.given_name, MemberRow.family_name,
            MemberRow.erased_at, MemberRow.protected, UnitRow.name,
        )
        .join(DocumentRow, DocumentRow.id == AmendmentRow.document_id)
        .outerjoin(MeetingRow, MeetingRow.id == DocumentRow.meeting_id)
        .outerjoin(MemberRow, MemberRow.id == AmendmentRow.mover_member_id)
        .outerjoin(UnitRow, UnitRow.id == AmendmentRow.mover_unit_id)
        .where(amendment_visible_to(actor, AT, zone))
        .order_by(AmendmentRow.number)
    )  # fmt: skip
