"""Lists for public elections: who sees them, how the rules see them, and how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, delete, exists, false, or_, select, true

from democracy.domain.actors import Actor, Clock, Member, Operator
from democracy.domain.kinds import Gender, MandateRole, MeetingKind
from democracy.domain.representation import by_turns
from democracy.errors import NotFoundError
from democracy.storage import statutes
from democracy.storage.in_force import holds
from democracy.storage.officers import keeps_minutes
from democracy.storage.prepared import AT, DAY, IDS, filled_in, local_day, stand_in
from democracy.storage.roles import Columns, found, labelled, meeting_roles
from democracy.storage.statutes import Connected
from democracy.storage.tables.candidate_list import CandidateListRow, ListPlaceRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.types import any_of
from democracy.storage.unit_of_work import Unit
from democracy.storage.visibility import meeting_visible_to
from workflows.candidate_list import CandidateListFacts, CandidateListState
from workflows.engine import Role
from workflows.meeting import MeetingState
from workflows.statutes import Resolved

_L, _P = CandidateListRow, ListPlaceRow
_OVER = (MeetingState.CLOSED, MeetingState.CANCELLED)


@dataclass(frozen=True)
class CandidateListCase:
    """A list with its facts and the roles of one actor."""

    id: UUID
    state: CandidateListState
    facts: CandidateListFacts
    roles: frozenset[Role]
    statutes: str
    meeting_id: UUID
    rules: Resolved


def list_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Published, whoever sees the meeting; before that who prepares it, and who is asked. Joins the meeting."""
    if isinstance(actor, Clock | Operator):
        return true()
    out = and_(_L.published_at <= at, meeting_visible_to(actor, at, zone))
    return or_(out, prepares(actor, at, zone), _asked(actor)) if isinstance(actor, Member) else out


def place_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """With consent, on a published list; otherwise to whoever stands there, and to who prepares it."""
    if isinstance(actor, Clock | Operator):
        return true()
    out = and_(_L.published_at <= at, _P.consented_at.is_not(None), meeting_visible_to(actor, at, zone))
    if not isinstance(actor, Member):
        return out
    return or_(out, prepares(actor, at, zone), _P.member_id == actor.id)


def prepares(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The board's secretary, and who keeps the meeting's minutes. The statement must join the meeting."""
    if not isinstance(actor, Member):
        return false()
    day = local_day(at, zone)
    return or_(holds(actor.id, MeetingRow.board_id, day, MandateRole.SECRETARY), keeps_minutes(actor.id, day))


async def cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, CandidateListCase]:
    """Every list of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    standing = await _standing(connection, [row.id for row in rows])
    return {
        row.id: CandidateListCase(
            row.id, row.state, _facts(row, standing.get(row.id, []), rules[row.statutes_digest]),
            found(row, roles, actor), row.statutes_digest, row.meeting_id, rules[row.statutes_digest],
        )
        for row in rows
    }  # fmt: skip


async def opened(unit: Unit, list_id: UUID, *, actor: Actor) -> CandidateListCase:
    """Lock a list and judge it; NotFoundError when the actor sees none such."""
    await unit.session.execute(select(_L.id).where(_L.id == list_id).with_for_update())
    await unit.session.flush()
    seen = await cases(unit.session, [list_id], actor=actor, at=unit.now, zone=unit.zone)
    if list_id not in seen:
        raise NotFoundError("candidate_list", list_id)
    return seen[list_id]


async def row(unit: Unit, list_id: UUID) -> CandidateListRow:
    """The row itself, to be changed."""
    return await unit.session.get_one(_L, list_id, populate_existing=True)


async def places(unit: Unit, list_id: UUID) -> dict[UUID, ListPlaceRow]:
    """Everybody who is or was on it, by member."""
    kept = await unit.session.scalars(select(_P).where(_P.list_id == list_id))
    return {each.member_id: each for each in kept}


async def leave_out(unit: Unit, list_id: UUID, but: Sequence[UUID]) -> None:
    """Take everybody off who is not named, except those who declined: they are not asked again unawares."""
    gone = (_P.list_id == list_id, _P.member_id.not_in(but), _P.declined_at.is_(None))
    await unit.session.execute(delete(_P).where(*gone))


async def _standing(connection: Connected, ids: Sequence[UUID]) -> dict[UUID, list[tuple[Gender | None, bool]]]:
    grouped: dict[UUID, list[tuple[Gender | None, bool]]] = {}
    statement = (
        select(_P.list_id, MemberRow.gender, _P.consented_at.is_not(None))
        .join(MemberRow, MemberRow.id == _P.member_id)
        .where(any_of(_P.list_id, ids), _P.declined_at.is_(None))
        .order_by(_P.list_id, _P.position)
    )
    for list_id, gender, consented in await connection.execute(statement):
        grouped.setdefault(list_id, []).append((gender, bool(consented)))
    return grouped


def _facts(row: Any, standing: list[tuple[Gender | None, bool]], rules: Resolved) -> CandidateListFacts:
    rule = rules.parameters.elections.gender
    return CandidateListFacts(
        meeting_coming=row.meeting_state not in _OVER,
        meeting_open=row.meeting_state is MeetingState.OPENED,
        decides_lists=row.kind is MeetingKind.ELECTION_CONFERENCE,
        proposed=row.state is CandidateListState.PROPOSED,
        names=len(standing),
        most=row.most,
        waits=row.asked,
        consents_missing=sum(not consented for _, consented in standing),
        alternates=rule is None or row.exception is not None or by_turns(gender for gender, _ in standing),
    )


def _asked(actor: Actor) -> ColumnElement[bool]:
    if not isinstance(actor, Member):
        return false()
    return exists(select(1).where(_P.list_id == _L.id, _P.member_id == actor.id, _P.declined_at.is_(None)))


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = meeting_roles(actor, DAY)
    if isinstance(actor, Member):
        roles[Role.CONCERNED] = _asked(actor)
    statement = (
        select(
            _L.id, _L.state, _L.most, _L.exception, _L.meeting_id, MeetingRow.statutes_digest, MeetingRow.kind,
            MeetingRow.state.label("meeting_state"), _asked(actor).label("asked"), *labelled(roles),
        )
        .join(MeetingRow, MeetingRow.id == _L.meeting_id)
        .where(any_of(_L.id, IDS), list_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles
