"""What members are on one day: where they belong, where they vote, and which places they hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, literal, null, or_, select, type_coerce, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import BodyKind, MandateRole, UnitKind
from democracy.storage.in_force import mandate_in_force, membership_in_force
from democracy.storage.tables.member import MandateRow, MembershipRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.types import any_of


@dataclass(slots=True)
class Affiliation:
    """One unit that a member belongs to, the day's rights there, and every unit above it."""

    unit_id: UUID
    kind: UnitKind
    voting: bool
    effective_on: date | None
    has_rights: bool
    """The membership is in force: paid in time, in effect, not ended."""
    above: list[UUID] = field(default_factory=list)
    """The unit itself, then each unit above it, nearest first."""


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate in force, in a body of a unit."""

    id: UUID
    body_id: UUID
    body_kind: BodyKind
    unit_id: UUID
    role: MandateRole


@dataclass(slots=True)
class Standing:
    """What one member is on one day. Empty for somebody who belongs nowhere."""

    affiliations: list[Affiliation] = field(default_factory=list)
    mandates: list[Held] = field(default_factory=list)

    @property
    def voting_unit(self) -> UUID | None:
        """The unit in which the member votes that day; None without a vote."""
        return next((each.unit_id for each in self.affiliations if each.voting and each.has_rights), None)

    @property
    def units(self) -> frozenset[UUID]:
        """Every unit in which, or below which, the member has a member's rights."""
        return frozenset(unit for each in self.affiliations if each.has_rights for unit in each.above)

    def roles_in(self, body_id: UUID) -> frozenset[MandateRole]:
        """What the member is in one body."""
        return frozenset(each.role for each in self.mandates if each.body_id == body_id)


async def standings(connection: AsyncConnection, member_ids: Sequence[UUID], day: date) -> dict[UUID, Standing]:
    """The standing of each of these members on a local day, in one statement."""
    found = {member_id: Standing() for member_id in member_ids}
    rows = await connection.execute(union_all(_affiliations(member_ids, day), _mandates(member_ids, day)))
    for row in sorted(rows, key=lambda each: (each.distance, each.first_id)):
        if row.role is not None:
            held = Held(row.first_id, row.body_id, row.body_kind, row.unit_id, row.role)
            found[row.member_id].mandates.append(held)
        else:
            _add(found[row.member_id], row)
    return found


def _add(standing: Standing, row: Any) -> None:
    """Rows come nearest first: the unit itself at distance 0, then those above it."""
    if row.distance == 0:
        standing.affiliations.append(
            Affiliation(row.unit_id, row.unit_kind, row.voting, row.effective_on, row.has_rights)
        )
    next(each for each in standing.affiliations if each.unit_id == row.unit_id).above.append(row.body_id)


def _affiliations(member_ids: Sequence[UUID], day: date) -> Select[Any]:
    """One row for each membership and each unit above it; `body_id` holds that unit."""
    return (
        select(
            MembershipRow.member_id.label("member_id"),
            MembershipRow.id.label("first_id"),
            MembershipRow.unit_id.label("unit_id"),
            UnitAncestorRow.ancestor_id.label("body_id"),
            UnitAncestorRow.distance.label("distance"),
            MembershipRow.voting.label("voting"),
            membership_in_force(MembershipRow, day).is_(True).label("has_rights"),
            MembershipRow.effective_on.label("effective_on"),
            UnitRow.kind.label("unit_kind"),
            type_coerce(null(), BodyRow.kind.type).label("body_kind"),
            type_coerce(null(), MandateRow.role.type).label("role"),
        )
        .join(UnitRow, UnitRow.id == MembershipRow.unit_id)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == MembershipRow.unit_id)
        .where(
            any_of(MembershipRow.member_id, member_ids),
            or_(MembershipRow.ended_on.is_(None), MembershipRow.ended_on > day),
        )
    )


def _mandates(member_ids: Sequence[UUID], day: date) -> Select[Any]:
    return (
        select(
            MandateRow.member_id,
            MandateRow.id,
            BodyRow.unit_id,
            MandateRow.body_id,
            literal(0),
            false(),
            false(),
            type_coerce(null(), MembershipRow.effective_on.type),
            type_coerce(null(), UnitRow.kind.type),
            BodyRow.kind,
            MandateRow.role,
        )
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(any_of(MandateRow.member_id, member_ids), mandate_in_force(MandateRow, day))
    )
