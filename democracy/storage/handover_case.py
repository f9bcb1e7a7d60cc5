"""A handover as the rules see it: for whoever leaves, whoever takes over, and those who keep the body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import false, func, select

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import MandateRole
from democracy.storage.mandate_visibility import keeps_body, mandate_visible_to, succeeds
from democracy.storage.statutes import Connected
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.post import HandoverLineRow, HandoverRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from workflows.engine import Role
from workflows.handover import HandoverFacts, HandoverState


@dataclass(frozen=True)
class HandoverCase:
    """What a mandate's holder hands over. Without a list of its own yet, `id` is None."""

    id: UUID | None
    mandate_id: UUID
    member_id: UUID
    body_id: UUID
    unit_id: UUID
    role: MandateRole
    state: HandoverState
    facts: HandoverFacts
    roles: frozenset[Role]


async def handover_cases(
    connection: Connected, mandate_ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, HandoverCase]:
    """By mandate: those of mandates that the actor sees, drawn up or not."""
    day = at.astimezone(zone).date()
    keeps = keeps_body(actor.id, day) if isinstance(actor, Member) else false()
    follows = succeeds(actor.id, day) if isinstance(actor, Member) else false()
    statement = (
        select(
            HandoverRow.id, HandoverRow.state, MandateRow.id.label("mandate_id"), MandateRow.member_id,
            MandateRow.body_id, MandateRow.role, BodyRow.unit_id, keeps.label("keeps"), follows.label("succeeds"),
            _left().label("left"),
        )
        .select_from(MandateRow)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .outerjoin(HandoverRow, HandoverRow.mandate_id == MandateRow.id)
        .join(MemberRow, MemberRow.id == MandateRow.member_id)
        .where(any_of(MandateRow.id, mandate_ids), mandate_visible_to(actor, at, zone))
    )  # fmt: skip
    cases = [_case(row, actor) for row in await connection.execute(statement)]
    return {case.mandate_id: case for case in cases}


def _case(row: Any, actor: Actor) -> HandoverCase:
    roles = {Role.SECRETARY} if row.keeps else set()
    roles |= {Role.SUCCESSOR} if row.succeeds else set()
    roles |= {Role.RESPONSIBLE} if isinstance(actor, Member) and actor.id == row.member_id else set()
    return HandoverCase(
        row.id, row.mandate_id, row.member_id, row.body_id, row.unit_id, row.role, row.state or HandoverState.OPEN,
        HandoverFacts(left=row.left), frozenset(roles),
    )  # fmt: skip


def _left() -> Any:
    line = HandoverLineRow
    counted = select(func.count()).where(line.handover_id == HandoverRow.id, line.ticked_at.is_(None))
    return counted.correlate(HandoverRow).scalar_subquery()
