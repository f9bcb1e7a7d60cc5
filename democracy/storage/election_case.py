"""An election as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Member
from democracy.storage import statutes
from democracy.storage.election_visibility import election_visible_to
from democracy.storage.in_force import mandate_in_force
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled, meeting_roles
from democracy.storage.seats_by_right import in_committee
from democracy.storage.stand_ins import substitute_left
from democracy.storage.statutes import Connected
from democracy.storage.tables.election import (
    CandidacyRow,
    ElectionCountRow,
    ElectionDemandRow,
    ElectionRoundRow,
    ElectionRow,
    ElectionSeatRow,
    ElectionShareRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.roll import PresenceRow, RollEntryRow
from democracy.storage.types import any_of
from workflows.candidacy import CandidacyState
from workflows.election import ElectionFacts, ElectionState, VoteMethod
from workflows.engine import Role
from workflows.meeting import MeetingState
from workflows.statutes import Resolved
from workflows.statutes.parameters.elections import Elections, Method, SubstituteOrder

TYPED_TWICE = 2
ENDED = (ElectionState.ELECTED, ElectionState.CANCELLED)
OVER = (MeetingState.CLOSED, MeetingState.CANCELLED)
_E, _ROUND, _BY = ElectionRow, ElectionRoundRow, aliased(ElectionRow)
_NOW = and_(_ROUND.election_id == _E.id, _ROUND.number == _E.round)


@dataclass(frozen=True)
class ElectionCase:
    """An election with its facts and the roles of one actor."""

    id: UUID
    state: ElectionState
    version: int
    facts: ElectionFacts
    roles: frozenset[Role]
    statutes: str
    meeting_id: UUID
    unit_id: UUID
    body_id: UUID
    committee_id: UUID | None
    round: int
    rules: Resolved

    @property
    def order(self) -> Elections:
        """What the statutes say of elections."""
        return self.rules.parameters.elections


async def election_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, ElectionCase]:
    """Every election of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    return {
        row.id: ElectionCase(
            row.id, row.state, row.version, _facts(row, rules[row.statutes_digest]), found(row, roles, actor),
            row.statutes_digest, row.meeting_id, row.unit_id, row.body_id, row.committee_id, row.round,
            rules[row.statutes_digest],
        )
        for row in rows
    }  # fmt: skip


def _facts(row: Any, rules: Resolved) -> ElectionFacts:
    order, needed = rules.parameters.elections, rules.parameters.minorities.secret_election
    papers = row.method is VoteMethod.PAPERS
    return ElectionFacts(
        meeting_coming=row.meeting_state not in OVER,
        meeting_open=row.meeting_state is MeetingState.OPENED,
        seats=row.seats,
        substitutes=row.substitutes,
        substitutes_limited=order.substitutes_at_most_members or order.substitutes is SubstituteOrder.VOTES,
        numbers_decided=row.numbers_decided_at is not None,
        has_committee=row.committee_id is not None,
        in_committee=row.in_committee,
        nominations_close_at=row.nominations_close_at,
        representation_met=not row.unmet or row.exception is not None,
        exception_allowed=order.gender is not None and order.gender.exception_with_reasons,
        acclamation=order.acclamation,
        candidates=row.candidates,
        ballot_asked=needed is not None and row.demands >= needed,
        asked_before=row.asked,
        secret_right=needed is not None,
        countable=order.method in {Method.ABSOLUTE_THEN_SECOND, Method.RELATIVE},
        secret=True,
        voters=row.voters,
        on_devices=row.method in {None, VoteMethod.DEVICES},
        on_paper=row.method in {None, VoteMethod.PAPERS},
        in_roll=row.in_roll,
        counts_missing=max(0, TYPED_TWICE - row.counts) if papers else 0,
        counts_agree=not papers or row.distinct_counts <= 1,
        entitled=row.entitled or 0,
        committed_before=row.committed,
        lot_needed=row.pending == "lot",
        second_due=row.pending == "second_ballot",
        names_due_at=row.starts_at,
        substitute_left=row.substitute_left,
        by_election_prepared=row.by_election_prepared,
        vacant=max(0, row.seats - row.seated) if row.seated_at is not None else 0,
    )


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = meeting_roles(actor, DAY)
    me = actor.id if isinstance(actor, Member) else None
    committee = false() if me is None else in_committee(me, _E.committee_id, DAY)
    roles[Role.NOMINATION_COMMITTEE] = committee
    statement = (
        select(
            _E.id, _E.state, _E.version, _E.meeting_id, _E.body_id, _E.committee_id, _E.round, _E.seats, _E.substitutes,
            _E.numbers_decided_at, _E.nominations_close_at, _E.exception, _E.unmet, _E.pending, _E.seated_at,
            MeetingRow.unit_id, MeetingRow.statutes_digest, MeetingRow.state.label("meeting_state"),
            _ROUND.method, _ROUND.entitled,
            committee.label("in_committee"),
            _count(CandidacyRow, CandidacyRow.state == CandidacyState.ACCEPTED).label("candidates"),
            _count(ElectionDemandRow).label("demands"),
            _count(ElectionCountRow, ElectionCountRow.round == _E.round).label("counts"),
            _distinct_counts().label("distinct_counts"),
            _voters().label("voters"),
            seated_on(DAY).label("seated"), MeetingRow.starts_at,
            substitute_left(_E.body_id, DAY).label("substitute_left"),
            exists().where(_BY.fills_id == _E.id, _BY.state.not_in(ENDED)).label("by_election_prepared"),
            *_of(me),
            *labelled(roles),
        )
        .join(MeetingRow, MeetingRow.id == _E.meeting_id)
        .outerjoin(_ROUND, _NOW)
        .where(any_of(_E.id, IDS), election_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles


def _of(member_id: Any) -> list[ColumnElement[Any]]:
    """What the actor is to the vote itself."""
    if member_id is None:
        return [false().label(name) for name in ("asked", "committed", "in_roll")]
    asked = exists().where(ElectionDemandRow.election_id == _E.id, ElectionDemandRow.member_id == member_id)
    committed = exists().where(ElectionShareRow.election_id == _E.id, ElectionShareRow.member_id == member_id)
    in_roll = exists().where(RollEntryRow.roll_id == _ROUND.roll_id, RollEntryRow.member_id == member_id)
    return [asked.label("asked"), committed.label("committed"), in_roll.label("in_roll")]


def _count(table: Any, *conditions: Any) -> Any:
    counted = select(func.count()).select_from(table).where(table.election_id == _E.id, *conditions)
    return counted.correlate(_E).scalar_subquery()


def _distinct_counts() -> Any:
    row = ElectionCountRow
    counted = select(func.count(func.distinct(row.content))).where(row.election_id == _E.id, row.round == _E.round)
    return counted.correlate(_E).scalar_subquery()


def _voters() -> Any:
    here = (PresenceRow.meeting_id == _E.meeting_id, PresenceRow.out_at.is_(None), PresenceRow.voting)
    return select(func.count()).select_from(PresenceRow).where(*here).correlate(_E).scalar_subquery()


def seated_on(day: date) -> Any:
    """Places of the post that somebody fills on a day: elected, now or in a by-election, or stepped in."""
    seat, mandate = ElectionSeatRow, MandateRow
    by_election = select(_BY.id).where(_BY.fills_id == _E.id)
    return (
        select(func.count())
        .select_from(seat)
        .join(mandate, mandate.id == seat.mandate_id)
        .where(
            or_(seat.election_id == _E.id, seat.election_id.in_(by_election)),
            mandate.role == _E.role,
            mandate_in_force(mandate, day),
        )
        .correlate(_E)
        .scalar_subquery()
    )
