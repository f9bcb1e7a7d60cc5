"""Who was asked to sign minutes, who did, and what was put right afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from democracy.domain.record.signing import AddendumRecord, AtOnceRecord, SignatoryRecord, SignatureRecord, Signing
from democracy.storage.reads.reader import views
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.minutes import (
    MinutesAddendumRow,
    MinutesSectionRow,
    MinutesSignatoryRow,
    MinutesSignatureRow,
)
from workflows.minutes_facts import AddendumState
from workflows.proceedings import OfficerRole


@dataclass(frozen=True, slots=True)
class SignatoryView:
    """Somebody who was asked to sign the whole, one § or a correction."""

    id: UUID
    item_id: UUID | None
    addendum_id: UUID | None
    member_id: UUID
    role: OfficerRole
    asked_at: datetime
    signed_at: datetime | None
    left_out_at: datetime | None
    replaced_by: UUID | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature, also one that fell."""

    id: UUID
    item_id: UUID | None
    addendum_id: UUID | None
    member_id: UUID
    role: OfficerRole
    digest: str
    dissent: str | None
    place: str | None
    signed_at: datetime
    fallen_at: datetime | None


@dataclass(frozen=True, slots=True)
class AddendumView:
    """A correction."""

    id: UUID
    item_id: UUID | None
    number: int | None
    state: AddendumState
    before: str
    after: str
    reason: str
    digest: str | None
    proposed_at: datetime
    in_force_at: datetime | None
    version: int


async def signatories(connection: Connected, minutes_id: UUID) -> list[SignatoryView]:
    """Everybody who was asked to sign anything of these minutes."""
    return await _all(connection, SignatoryView, MinutesSignatoryRow, minutes_id, MinutesSignatoryRow.asked_at)


async def signatures(connection: Connected, minutes_id: UUID) -> list[SignatureView]:
    """Every signature, the oldest first."""
    return await _all(connection, SignatureView, MinutesSignatureRow, minutes_id, MinutesSignatureRow.signed_at)


async def _all(connection: Connected, kind: type[Any], row: Any, minutes_id: UUID, order: Any) -> list[Any]:
    statement = select(*(getattr(row, name) for name in kind.__slots__)).where(row.minutes_id == minutes_id)
    return views(kind, await connection.execute(statement.order_by(order, row.id)))


async def addenda(connection: Connected, minutes_id: UUID) -> list[AddendumView]:
    """Every correction, the oldest first."""
    row = MinutesAddendumRow
    own = [getattr(row, name) for name in AddendumView.__slots__ if name != "number"]
    statement = select(*own, AgendaItemRow.number).outerjoin(AgendaItemRow, AgendaItemRow.id == row.item_id)
    rows = await connection.execute(statement.where(row.minutes_id == minutes_id).order_by(row.proposed_at, row.id))
    return [AddendumView(**each._mapping) for each in rows]


@dataclass(frozen=True, slots=True)
class AtOnceView:
    """One § that is, or was, verified at once."""

    item_id: UUID
    number: int
    text: str
    digest: str
    opened_at: datetime
    verified_at: datetime | None


async def at_once(connection: Connected, minutes_id: UUID) -> list[AtOnceView]:
    """Every § that is, or was, verified at once."""
    row = MinutesSectionRow
    statement = (
        select(row.item_id, AgendaItemRow.number, row.text, row.digest, row.opened_at, row.verified_at)
        .join(AgendaItemRow, AgendaItemRow.id == row.item_id)
        .where(row.minutes_id == minutes_id)
        .order_by(AgendaItemRow.number)
    )
    return views(AtOnceView, await connection.execute(statement))


@dataclass(frozen=True, slots=True)
class Around:
    """Everything beside the text of minutes."""

    asked: list[SignatoryView]
    given: list[SignatureView]
    addenda: list[AddendumView]
    at_once: list[AtOnceView]

    def signing(self, digest: str | None, verified_at: datetime | None) -> Signing:
        """What stands under the minutes."""
        return Signing(
            digest=digest or "",
            signatures=tuple(
                SignatureRecord(each.member_id, each.role, each.signed_at, each.place, each.dissent)
                for each in self.given
                if each.fallen_at is None and each.item_id is None and each.addendum_id is None
            ),
            signatories=tuple(
                SignatoryRecord(each.member_id, each.role, each.left_out_at, each.replaced_by, each.decision)
                for each in self.asked
                if each.item_id is None and each.addendum_id is None
            ),
            addenda=tuple(self._addendum(each) for each in self.addenda if each.in_force_at is not None),
            at_once=tuple(
                AtOnceRecord(each.number, each.verified_at) for each in self.at_once if each.verified_at is not None
            ),
            verified_at=verified_at,
        )

    def _addendum(self, each: AddendumView) -> AddendumRecord:
        assert each.in_force_at is not None  # noqa: S101 - only those in force are told
        signed = tuple(one.member_id for one in self.given if one.addendum_id == each.id and one.fallen_at is None)
        return AddendumRecord(each.number, each.before, each.after, each.reason, each.in_force_at, signed)

    def people(self) -> set[UUID]:
        """Everybody who is named."""
        those = {each.member_id for each in self.asked} | {each.member_id for each in self.given}
        return those | {each.replaced_by for each in self.asked if each.replaced_by is not None}


async def around(connection: Connected, minutes_id: UUID) -> Around:
    """In four statements."""
    return Around(
        await signatories(connection, minutes_id),
        await signatures(connection, minutes_id),
        await addenda(connection, minutes_id),
        await at_once(connection, minutes_id),
    )
