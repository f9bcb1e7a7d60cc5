"""A document as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select

from democracy.domain.actors import Actor
from democracy.domain.kinds import MeetingKind
from democracy.storage import statutes
from democracy.storage.document_visibility import document_roles, document_visible_to
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled
from democracy.storage.sent_back import sent_back_columns
from democracy.storage.statutes import Connected
from democracy.storage.tables.document import AmendmentRow, DocumentRow, LockRow, ParagraphRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.types import any_of
from workflows.amendment_facts import AmendmentState
from workflows.document_facts import DocumentFacts, DocumentState, Editor
from workflows.engine import Role
from workflows.meeting import MeetingState
from workflows.statutes import Resolved
from workflows.statutes.parameters.order import DocumentKind

WAITING = (MeetingState.PLANNED, MeetingState.CALLED)
_EDITORS = {
    Editor.PRESIDIUM: frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY}),
    Editor.BOARD: frozenset({Role.SECRETARY}),
}


@dataclass(frozen=True)
class DocumentCase:
    """A document with its facts and the roles of one actor."""

    id: UUID
    state: DocumentState
    version: int
    facts: DocumentFacts
    roles: frozenset[Role]
    statutes: str
    meeting_id: UUID | None
    unit_id: UUID
    board_id: UUID
    kind: DocumentKind
    base_id: UUID | None
    current_id: UUID | None


async def document_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, DocumentCase]:
    """Every document of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    return {row.id: _case(row, found(row, roles, actor), rules[row.statutes_digest]) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = document_roles(actor, DAY)
    statement = (
        select(
            DocumentRow.id, DocumentRow.state, DocumentRow.version, DocumentRow.statutes_digest, DocumentRow.meeting_id,
            DocumentRow.unit_id, DocumentRow.board_id, DocumentRow.kind, DocumentRow.base_id, DocumentRow.current_id,
            DocumentRow.editor, MeetingRow.kind.label("meeting_kind"), MeetingRow.state.label("meeting_state"),
            MeetingRow.opened_at, *_counts(), *_sent_back(),
            *labelled(roles),
        )
        .outerjoin(MeetingRow, MeetingRow.id == DocumentRow.meeting_id)
        .where(any_of(DocumentRow.id, IDS), document_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles


def _counts() -> list[Any]:
    here = ParagraphRow.version_id == DocumentRow.current_id
    paragraphs = select(func.count()).select_from(ParagraphRow).where(here)
    locks = select(func.count()).select_from(LockRow).join(ParagraphRow, ParagraphRow.id == LockRow.paragraph_id)
    sourceless = (LockRow.locked.is_(True), func.coalesce(func.trim(LockRow.provenance), "") == "")
    undecided = select(func.count()).where(
        AmendmentRow.document_id == DocumentRow.id, AmendmentRow.state == AmendmentState.SUBMITTED
    )
    columns = {
        "paragraphs": paragraphs,
        "locks_unanswered": locks.where(here, LockRow.locked.is_(None)),
        "locks_without_source": locks.where(here, *sourceless),
        "undecided": undecided,
    }
    return [column.correlate(DocumentRow).scalar_subquery().label(name) for name, column in columns.items()]


def _sent_back() -> list[Any]:
    return [column.label(name) for name, column in sent_back_columns().items()]


def _case(row: Row[Any], roles: frozenset[Role], rules: Resolved) -> DocumentCase:
    return DocumentCase(
        id=row.id,
        state=row.state,
        version=row.version,
        facts=_facts(row, roles, rules),
        roles=roles,
        statutes=row.statutes_digest,
        meeting_id=row.meeting_id,
        unit_id=row.unit_id,
        board_id=row.board_id,
        kind=row.kind,
        base_id=row.base_id,
        current_id=row.current_id,
    )


def _facts(row: Row[Any], roles: frozenset[Role], rules: Resolved) -> DocumentFacts:
    adoption = rules.parameters.adoption
    meeting: MeetingKind | None = row.meeting_kind
    return DocumentFacts(
        paragraphs=row.paragraphs,
        locks_unanswered=row.locks_unanswered,
        locks_without_source=row.locks_without_source,
        meeting_given=row.meeting_id is not None,
        meeting_waits=row.meeting_state in WAITING,
        meeting_open=row.meeting_state is MeetingState.OPENED,
        meeting_opened=row.opened_at is not None,
        meeting_route=meeting is not None and adoption.meeting_may_adopt(row.kind, meeting),
        board_route=meeting is not None and adoption.board_may_adopt(row.kind, meeting),
        undecided=row.undecided,
        sent_back=row.sent_back,
        undecided_there=row.undecided_there,
        rest_approved=row.rest_approved,
        authorised=bool(roles & _EDITORS.get(row.editor, frozenset())),
    )
