"""Members, memberships, mandates and staff."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Gender, MandateRole
from democracy.storage.tables.base import Code, SortKey, Table


class MemberRow(Table):
    """A person. Everything that names them can be erased; the id remains."""

    __tablename__ = "member"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(Code, unique=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey, index=True)
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None]
    address: Mapped[str | None]
    birth_date: Mapped[date | None]
    gender: Mapped[Gender | None]
    language: Mapped[str] = mapped_column(Code, default="sv")
    protected: Mapped[bool] = mapped_column(default=False)
    """Protected identity: no unit, no address, in no list."""
    joined_on: Mapped[date | None]
    erased_at: Mapped[datetime | None]


class MembershipRow(Table):
    """That a person belongs to a unit. A person may belong to several and votes in one."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_unit_id_ended_on", "unit_id", "ended_on"),
        Index("uq_membership_member_id_unit_id", "member_id", "unit_id", unique=True),
        Index(
            "uq_membership_one_voting_unit",
            "member_id",
            unique=True,
            sqlite_where=text("voting AND ended_on IS NULL"),
            postgresql_where=text("voting AND ended_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    voting: Mapped[bool]
    """This is the unit in which the member votes."""
    fee_paid_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    """First day with a member's rights: so many days after the fee as the statutes say."""
    lapses_on: Mapped[date | None]
    """First day without rights unless the fee is paid again: the grace included."""
    ended_on: Mapped[date | None]
    """First day on which the person no longer belongs to the unit."""


class MandateRow(Table):
    """A dated place in a body."""

    __tablename__ = "mandate"
    __table_args__ = (
        Index("ix_mandate_body_id_starts_on", "body_id", "starts_on"),
        Index("uq_mandate_holder", "member_id", "body_id", "role", "starts_on", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    role: Mapped[MandateRole]
    position: Mapped[int] = mapped_column(default=0)
    """The order in which substitutes step in."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """Last day."""
    leave_from: Mapped[date | None]
    leave_until: Mapped[date | None]
    resigned_on: Mapped[date | None]
    """Asked to be released; in force when the electing body has granted it."""
    released_on: Mapped[date | None]
    decision: Mapped[str | None]
    """The decision that elected: meeting and paragraph."""
    stands_in_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("mandate.id"), index=True)
    """A substitute's, for as long as a leave lasts: the mandate of whoever is on leave."""
    reminded_of: Mapped[date | None]
    """The last day of which its holder has been reminded."""


class StaffRow(Table):
    """An employee of a unit."""

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    erased_at: Mapped[datetime | None]
