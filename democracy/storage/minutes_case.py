"""The minutes of a meeting, and a correction of them, as the rules see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Member
from democracy.storage import statutes
from democracy.storage.minutes_visibility import is_signatory, minutes_visible_to
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled, meeting_roles
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import MeetingOfficerRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesRow, MinutesSignatoryRow
from democracy.storage.types import any_of
from workflows.engine import Role
from workflows.meeting import MeetingState
from workflows.minutes_facts import MinutesFacts, MinutesState
from workflows.proceedings import OfficerRole

_ASKED, _MINE, _ITEM = (aliased(MinutesSignatoryRow) for _ in range(3))
_ELECTED = aliased(MeetingOfficerRow)


@dataclass(frozen=True)
class MinutesCase:
    """Minutes with their facts and the roles of one actor."""

    id: UUID
    meeting_id: UUID
    state: MinutesState
    version: int
    facts: MinutesFacts
    roles: frozenset[Role]
    statutes: str
    days: int
    """Within so many days the statutes ask for the signatures."""


async def minutes_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, MinutesCase]:
    """Those of `ids` whose minutes the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    return {row.id: _case(row, found(row, roles, actor), rules[row.statutes_digest]) for row in rows}


def _case(row: Any, roles: frozenset[Role], rules: Any) -> MinutesCase:
    parameters = rules.parameters.minutes
    facts = MinutesFacts(
        meeting_closed=row.meeting_state is MeetingState.CLOSED,
        chairs=row.chairs,
        verifiers=row.verifiers,
        verifiers_needed=parameters.verifiers,
        immediate=parameters.immediate,
        outstanding=row.outstanding,
        signed=bool(row.signed),
        signing_item=bool(row.signs_item),
        due_at=row.due_at,
        replace_absent=parameters.replace_absent,
    )
    return MinutesCase(
        id=row.id, meeting_id=row.meeting_id, state=row.state, version=row.version, facts=facts, roles=roles,
        statutes=row.statutes_digest, days=parameters.days,
    )  # fmt: skip


def minutes_roles(actor: Actor, day: Any) -> Columns:
    """Roles in the meeting, and whether the actor is one of those who sign."""
    columns = meeting_roles(actor, day)
    if isinstance(actor, Member):
        columns[Role.SIGNATORY] = is_signatory(actor.id)
    return columns


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = minutes_roles(actor, DAY)
    mine = actor.id if isinstance(actor, Member) else None
    statement = (
        select(
            MinutesRow.id,
            MinutesRow.meeting_id,
            MinutesRow.state,
            MinutesRow.version,
            MinutesRow.due_at,
            MeetingRow.state.label("meeting_state"),
            MeetingRow.statutes_digest,
            _officers(OfficerRole.CHAIR).label("chairs"),
            _officers(OfficerRole.VERIFIER).label("verifiers"),
            _whole(_ASKED, standing(_ASKED)).label("outstanding"),
            _whole(_MINE, _MINE.member_id == mine, _MINE.signed_at.is_not(None)).label("signed"),
            waits_on_item(mine).label("signs_item"),
            *labelled(roles),
        )
        .join(MeetingRow, MeetingRow.id == MinutesRow.meeting_id)
        .where(any_of(MinutesRow.id, IDS), minutes_visible_to(actor, AT, zone))
    )
    return cast("Select[Any]", statement), roles


def standing(signatory: Any) -> ColumnElement[bool]:
    """Waits to sign: neither signed nor left out nor replaced."""
    return and_(signatory.signed_at.is_(None), signatory.left_out_at.is_(None), signatory.replaced_by.is_(None))


def waits_on_item(member_id: Any) -> Any:
    """A § that is verified at once waits for the member's signature."""
    return exists(
        select(1).where(
            _ITEM.minutes_id == MinutesRow.id, _ITEM.member_id == member_id, _ITEM.item_id.is_not(None), standing(_ITEM)
        )
    )


def _officers(role: OfficerRole) -> Any:
    return (
        select(func.count(_ELECTED.member_id.distinct()))
        .where(
            _ELECTED.meeting_id == MinutesRow.meeting_id, _ELECTED.role == role, _ELECTED.until.is_(None)
        )
        .scalar_subquery()
    )  # fmt: skip


def _whole(signatory: Any, *conditions: Any) -> Any:
    return (
        select(func.count())
        .select_from(signatory)
        .where(
            signatory.minutes_id == MinutesRow.id, signatory.item_id.is_(None), signatory.addendum_id.is_(None),
            *conditions,
        )
        .correlate(MinutesRow)
        .scalar_subquery()
    )  # fmt: skip
