"""Substitutes who stand in while somebody is on leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.ids import new_id
from democracy.domain.kinds import MandateRole
from democracy.storage.in_force import mandate_in_force
from democracy.storage.tables.election import ElectionRow, ElectionSeatRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.unit_of_work import Unit

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_SUBSTITUTE, _OTHER = aliased(MandateRow), aliased(MandateRow)
OFFICES = (MandateRole.CHAIR, MandateRole.VICE_CHAIR, MandateRole.SECRETARY, MandateRole.TREASURER)
FILLED_BY_SUBSTITUTES = (*OFFICES, MandateRole.MEMBER, MandateRole.DELEGATE, MandateRole.AUDITOR)


@dataclass(frozen=True)
class Leave:
    """A place that is left for a while: whose, and from when to when, both days included."""

    mandate_id: UUID
    body_id: UUID
    role: MandateRole
    first: date
    last: date | None

    @property
    def filled_as(self) -> MandateRole:
        """A substitute for an officer votes in their place; the office itself is not theirs."""
        return MandateRole.MEMBER if self.role in OFFICES else self.role


async def by_order(unit: Unit, mandate_id: UUID) -> bool:
    """Whether the post lets substitutes step in by their order. Unless its election said otherwise, it does."""
    statement = (
        select(ElectionRow.in_order)
        .join(ElectionSeatRow, ElectionSeatRow.election_id == ElectionRow.id)
        .where(ElectionSeatRow.mandate_id == mandate_id)
    )
    found = (await unit.session.execute(statement)).scalars().first()
    return found is not False


def substitute_left(body_id: Any, day: date) -> ColumnElement[bool]:
    """Whether a substitute of the body acts on a day and has no other place there."""
    return exists(select(1).where(*_ready(_SUBSTITUTE, body_id, day)))


async def next_in_line(unit: Unit, body_id: UUID, day: date) -> MandateRow | None:
    """The first substitute of the body who acts on a day and has no other place there."""
    await unit.session.flush()
    statement = (
        select(MandateRow)
        .where(*_ready(MandateRow, body_id, day))
        .order_by(MandateRow.position, MandateRow.id)
        .limit(1)
    )
    return (await unit.session.scalars(statement)).first()


def _ready(mandate: Any, body_id: Any, day: date) -> tuple[ColumnElement[bool], ...]:
    elsewhere = exists(
        select(1).where(
            _OTHER.member_id == mandate.member_id,
            _OTHER.body_id == mandate.body_id,
            _OTHER.role != MandateRole.SUBSTITUTE,
            mandate_in_force(_OTHER, day),
        )
    )
    return (
        mandate.body_id == body_id,
        mandate.role == MandateRole.SUBSTITUTE,
        mandate_in_force(mandate, day),
        ~elsewhere,
    )


async def place(unit: Unit, leave: Leave, substitute: MandateRow) -> MandateRow:
    """Give a substitute the place for as long as the leave lasts, and no longer than their own mandate."""
    ends = [each for each in (leave.last, substitute.ends_on) if each is not None]
    row = await _same(unit, substitute.member_id, leave)
    if row is None:
        row = MandateRow(
            id=new_id(),
            member_id=substitute.member_id,
            body_id=leave.body_id,
            role=leave.filled_as,
            position=substitute.position,
            starts_on=leave.first,
            decision=substitute.decision,
        )
        unit.session.add(row)
    row.ends_on, row.stands_in_for_id = min(ends, default=None), leave.mandate_id
    await unit.session.flush()
    await _seat(unit, substitute.id, leave.mandate_id, row.id)
    return row


async def of(unit: Unit, mandate_id: UUID, day: date) -> Sequence[MandateRow]:
    """Those who stand in for somebody on a day or later, locked."""
    row = MandateRow
    statement = (
        select(row)
        .where(
            row.stands_in_for_id == mandate_id,
            row.released_on.is_(None),
            or_(row.ends_on.is_(None), row.ends_on >= day),
        )
        .with_for_update()
    )
    return list(await unit.session.scalars(statement))


async def _same(unit: Unit, member_id: UUID, leave: Leave) -> MandateRow | None:
    """What they were given when a leave that began on the same day was recorded before."""
    row: Any = MandateRow
    same = (
        row.member_id == member_id,
        row.body_id == leave.body_id,
        row.role == leave.filled_as,
        row.starts_on == leave.first,
    )
    found: MandateRow | None = (await unit.session.scalars(select(row).where(*same))).one_or_none()
    return found


async def _seat(unit: Unit, substitute_id: UUID, away_id: UUID, mandate_id: UUID) -> None:
    """Where both were elected, the election knows that its place is filled."""
    seat = ElectionSeatRow
    candidacy = select(seat.candidacy_id).where(seat.mandate_id == substitute_id)
    election = select(seat.election_id).where(seat.mandate_id == away_id)
    chosen = (await unit.session.execute(candidacy)).scalars().first()
    held = (await unit.session.execute(election)).scalars().first()
    if chosen is not None and held is not None:
        await unit.session.merge(seat(mandate_id=mandate_id, election_id=held, candidacy_id=chosen))
        await unit.session.flush()
