"""Accounts and the people they belong to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, insert, literal, null, or_, select, union_all, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.domain.ids import new_id
from democracy.storage.tables.account import AccountRow
from democracy.storage.tables.member import MemberRow, StaffRow

Reader: TypeAlias = AsyncConnection | AsyncSession

NOBODY = UUID(int=0)
"""Stands for an id where there is no person: no row has it."""


@dataclass(frozen=True)
class Person:
    """A member or an employee, as far as signing in needs to know them."""

    member_id: UUID | None
    staff_id: UUID | None
    number: str | None
    given_name: str
    family_name: str
    email: str | None
    language: str
    account_id: UUID | None
    password_hash: str | None

    @property
    def own_words(self) -> tuple[str | None, ...]:
        """What a password should not consist of."""
        return self.number, self.given_name, self.family_name, self.email


async def find_person(reader: Reader, login: str, today: date) -> Person | None:
    """Who signs in by this member number or e-mail address, as `login_key` made it.

    An employee comes before a member with the same address. Erased people are nobody, and so are employees outside
    their time of employment.
    """
    statement = union_all(
        _staff(today).where(StaffRow.email_key == login),
        _members().where(or_(MemberRow.number == login, MemberRow.email_key == login)),
    ).limit(1)
    return _person((await reader.execute(statement)).first())


async def person_of(reader: Reader, account_id: UUID, today: date) -> Person | None:
    """Whose account it is, under the same conditions."""
    statement = union_all(
        _staff(today).where(AccountRow.id == account_id), _members().where(AccountRow.id == account_id)
    )
    return _person((await reader.execute(statement)).first())


async def ensure_account(session: AsyncSession, person: Person | None) -> None:
    """Give a person an account unless there is one. For nobody, the same statement writes nothing."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    values = select(
        literal(new_id(), Uuid()),
        literal(person.member_id if person else None, Uuid()),
        literal(person.staff_id if person else None, Uuid()),
    ).where(literal(person is not None))
    statement = make(AccountRow).from_select(["id", "member_id", "staff_id"], values, include_defaults=False)
    await session.execute(statement.on_conflict_do_nothing())


async def open_accounts(session: AsyncSession, password_hash: str, chosen_at: datetime) -> int:
    """Give everybody who has no account one, all with the same password; returns how many. For the demo only."""
    has = select(AccountRow.id)
    members = select(MemberRow.id).where(~has.where(AccountRow.member_id == MemberRow.id).exists())
    staff = select(StaffRow.id).where(~has.where(AccountRow.staff_id == StaffRow.id).exists())
    people = [
        *({"member_id": each, "staff_id": None} for each in (await session.execute(members)).scalars()),
        *({"member_id": None, "staff_id": each} for each in (await session.execute(staff)).scalars()),
    ]
    known = {"password_hash": password_hash, "password_set_at": chosen_at}
    await session.execute(insert(AccountRow), [{"id": new_id(), **each, **known} for each in people])
    return len(people)


def account_of(person: Person | None) -> ColumnElement[bool]:
    """The account row of a person; of nobody, none."""
    return or_(
        AccountRow.member_id == ((person and person.member_id) or NOBODY),
        AccountRow.staff_id == ((person and person.staff_id) or NOBODY),
    )


async def lock_hash(session: AsyncSession, account_id: UUID) -> str | None:
    """The password hash as it is now, held against change until the unit ends."""
    statement = select(AccountRow.password_hash).where(AccountRow.id == account_id).with_for_update()
    return (await session.execute(statement)).scalar_one_or_none()


async def set_hash(session: AsyncSession, account_id: UUID, password_hash: str, chosen_at: datetime | None) -> None:
    """Store a password hash; `chosen_at` is None when the password itself is the same."""
    values: dict[str, Any] = {"password_hash": password_hash}
    if chosen_at is not None:
        values["password_set_at"] = chosen_at
    await session.execute(update(AccountRow).where(AccountRow.id == account_id).values(values))


def employed(today: date) -> ColumnElement[bool]:
    """Employees who may sign in that day."""
    return and_(
        StaffRow.erased_at.is_(None),
        StaffRow.starts_on <= today,
        or_(StaffRow.ends_on.is_(None), StaffRow.ends_on >= today),
    )


def _members() -> Select[*tuple[Any, ...]]:
    return (
        select(
            MemberRow.id.label("member_id"),
            null().cast(Uuid()).label("staff_id"),
            MemberRow.number,
            MemberRow.given_name,
            MemberRow.family_name,
            MemberRow.email,
            MemberRow.language,
            AccountRow.id.label("account_id"),
            AccountRow.password_hash,
        )
        .outerjoin(AccountRow, AccountRow.member_id == MemberRow.id)
        .where(MemberRow.erased_at.is_(None))
    )


def _staff(today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            null().cast(Uuid()).label("member_id"),
            StaffRow.id.label("staff_id"),
            literal(None, MemberRow.number.type).label("number"),
            StaffRow.name.label("given_name"),
            literal("").label("family_name"),
            StaffRow.email,
            literal("sv").label("language"),
            AccountRow.id.label("account_id"),
            AccountRow.password_hash,
        )
        .outerjoin(AccountRow, AccountRow.staff_id == StaffRow.id)
        .where(employed(today))
    )


def _person(row: Any) -> Person | None:
    return None if row is None else Person(**row._mapping)
