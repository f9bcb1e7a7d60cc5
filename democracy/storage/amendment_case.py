"""An amendment as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from democracy.domain.actors import Actor
from democracy.storage.document_case import WAITING
from democracy.storage.document_visibility import amendment_roles, amendment_visible_to
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.types import any_of
from workflows.amendment_facts import AmendmentFacts, AmendmentState
from workflows.document_facts import DocumentState
from workflows.engine import Role
from workflows.meeting import MeetingState


@dataclass(frozen=True)
class AmendmentCase:
    """An amendment with its facts and the roles of one actor."""

    id: UUID
    document_id: UUID
    meeting_id: UUID | None
    state: AmendmentState
    version: int
    facts: AmendmentFacts
    roles: frozenset[Role]
    statutes: str


async def amendment_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, AmendmentCase]:
    """Every amendment of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {
        row.id: AmendmentCase(
            id=row.id,
            document_id=row.document_id,
            meeting_id=row.meeting_id,
            state=row.state,
            version=row.version,
            facts=AmendmentFacts(
                proposed=row.document_state is DocumentState.PROPOSED,
                meeting_waits=row.meeting_state in WAITING,
                meeting_open=row.meeting_state is MeetingState.OPENED,
                meeting_opened=row.opened_at is not None,
                deadline=row.amendments_close_at,
                received_at=row.received_at,
                on_agenda=row.proposal_id is not None,
            ),
            roles=found(row, roles, actor),
            statutes=row.statutes_digest,
        )
        for row in rows
    }


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = amendment_roles(actor, DAY)
    statement = (
        select(
            AmendmentRow.id, AmendmentRow.document_id, AmendmentRow.state, AmendmentRow.version,
            AmendmentRow.received_at, AmendmentRow.proposal_id, DocumentRow.meeting_id, DocumentRow.statutes_digest,
            DocumentRow.state.label("document_state"), MeetingRow.state.label("meeting_state"), MeetingRow.opened_at,
            MeetingRow.amendments_close_at, *labelled(roles),
        )
        .join(DocumentRow, DocumentRow.id == AmendmentRow.document_id)
        .outerjoin(MeetingRow, MeetingRow.id == DocumentRow.meeting_id)
        .where(any_of(AmendmentRow.id, IDS), amendment_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles
