"""Who signed minutes, who could not, and what was put right afterwards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workflows.proceedings import OfficerRole


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """A signature that stands."""

    member_id: UUID
    role: OfficerRole
    signed_at: datetime
    place: str | None = None
    dissent: str | None = None


@dataclass(frozen=True, slots=True)
class SignatoryRecord:
    """Somebody who was asked to sign."""

    member_id: UUID
    role: OfficerRole
    left_out_at: datetime | None = None
    replaced_by: UUID | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class AddendumRecord:
    """A correction of a clerical error, in force."""

    number: int | None
    before: str
    after: str
    reason: str
    in_force_at: datetime
    signed_by: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AtOnceRecord:
    """One § that was verified at once."""

    number: int
    verified_at: datetime


@dataclass(frozen=True, slots=True)
class Signing:
    """What stands under the minutes."""

    digest: str
    signatures: tuple[SignatureRecord, ...] = ()
    signatories: tuple[SignatoryRecord, ...] = ()
    addenda: tuple[AddendumRecord, ...] = ()
    at_once: tuple[AtOnceRecord, ...] = ()
    verified_at: datetime | None = None
