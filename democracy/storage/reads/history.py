"""What has happened to cases, from the ledger's tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.tables.step import ChainRow, StepRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that was taken."""

    id: UUID
    case_id: UUID
    workflow: str
    rule: str
    source: str
    dest: str
    paragraph: str
    statutes_digest: str | None
    actor_kind: str
    at: datetime
    roles: tuple[str, ...]
    position: int | None
    """Its place in the ledger; None until the sequencer has given it one."""
    record: str
    """Canonical JSON of the whole step: for its proof, not for showing."""


async def of_cases(connection: AsyncConnection, ids: Sequence[UUID]) -> list[StepView]:
    """Every step of these cases, the oldest first."""
    statement = (
        select(
            StepRow.id,
            StepRow.case_id,
            StepRow.workflow,
            StepRow.rule,
            StepRow.source,
            StepRow.dest,
            StepRow.paragraph,
            StepRow.statutes_digest,
            StepRow.actor_kind,
            StepRow.at,
            StepRow.record,
            ChainRow.position,
        )
        .outerjoin(ChainRow, ChainRow.step_id == StepRow.id)
        .where(any_of(StepRow.case_id, ids))
        .order_by(StepRow.at, StepRow.id)
    )
    return [_view(row) for row in await connection.execute(statement)]


def _view(row: Any) -> StepView:
    roles = tuple(orjson.loads(row.record)["roles"])
    own = {name: getattr(row, name) for name in StepView.__slots__ if name != "roles"}
    return StepView(**own, roles=roles)
