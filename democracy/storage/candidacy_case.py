"""A candidacy as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select

from democracy.domain.actors import Actor, Member
from democracy.storage import statutes
from democracy.storage.election_visibility import candidacy_visible_to
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled, meeting_roles
from democracy.storage.seats_by_right import in_committee
from democracy.storage.statutes import Connected
from democracy.storage.tables.election import CandidacyRow, ElectionRow, PledgeRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.unit import UnitAncestorRow
from democracy.storage.types import any_of
from workflows.candidacy import CandidacyFacts, CandidacyState
from workflows.election import ElectionState
from workflows.engine import Role
from workflows.meeting import MeetingState
from workflows.pledge import PledgeState
from workflows.statutes import Resolved

BEGUN = (ElectionState.OPEN, ElectionState.COUNTING, ElectionState.ELECTED, ElectionState.CANCELLED)


@dataclass(frozen=True)
class CandidacyCase:
    """A candidacy with its facts and the roles of one actor."""

    id: UUID
    state: CandidacyState
    facts: CandidacyFacts
    roles: frozenset[Role]
    statutes: str
    election_id: UUID
    meeting_id: UUID
    member_id: UUID


async def candidacy_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, CandidacyCase]:
    """Every candidacy of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    return {
        row.id: CandidacyCase(
            row.id, row.state, _facts(row, rules[row.statutes_digest]), found(row, roles, actor), row.statutes_digest,
            row.election_id, row.meeting_id, row.member_id,
        )
        for row in rows
    }  # fmt: skip


def _facts(row: Any, rules: Resolved) -> CandidacyFacts:
    order = rules.parameters.elections
    return CandidacyFacts(
        deadline=row.nominations_close_at,
        names_out=row.names_out_at is not None,
        meeting_open=row.meeting_state is MeetingState.OPENED,
        floor_allowed=order.names_from_floor,
        voting_begun=row.election_state in BEGUN,
        between_rounds=row.election_state is ElectionState.SECOND,
        steps_back_between=order.step_back_between_rounds,
        name_may_show=row.shown,
        pledge_current=row.pledge_in_force is None or row.pledge_in_force == row.pledge_id,
        confirmed=row.confirmed_at is not None,
    )


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = meeting_roles(actor, DAY)
    if isinstance(actor, Member):
        roles[Role.CONCERNED] = CandidacyRow.member_id == actor.id
        roles[Role.NOMINATION_COMMITTEE] = in_committee(actor.id, ElectionRow.committee_id, DAY)
    statement = (
        select(
            CandidacyRow.id, CandidacyRow.state, CandidacyRow.election_id, CandidacyRow.member_id,
            ElectionRow.state.label("election_state"), ElectionRow.meeting_id, ElectionRow.nominations_close_at,
            ElectionRow.names_out_at, CandidacyRow.pledge_id, CandidacyRow.confirmed_at,
            _pledge_in_force().label("pledge_in_force"), MeetingRow.statutes_digest,
            MeetingRow.state.label("meeting_state"),
            or_(MemberRow.protected.is_(False), CandidacyRow.named_at.is_not(None)).label("shown"), *labelled(roles),
        )
        .join(ElectionRow, ElectionRow.id == CandidacyRow.election_id)
        .join(MeetingRow, MeetingRow.id == ElectionRow.meeting_id)
        .join(MemberRow, MemberRow.id == CandidacyRow.member_id)
        .where(any_of(CandidacyRow.id, IDS), candidacy_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles


def _pledge_in_force() -> Any:
    """The pledge that a candidate signs now: the unit's own, or the nearest above it."""
    return (
        select(PledgeRow.id)
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == PledgeRow.unit_id)
        .where(UnitAncestorRow.unit_id == MeetingRow.unit_id, PledgeRow.state == PledgeState.IN_FORCE)
        .order_by(UnitAncestorRow.distance)
        .limit(1)
        .correlate(MeetingRow)
        .scalar_subquery()
    )
