"""Signing in and out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from democracy.domain.actors import Member, Staff
from democracy.domain.login import login_key
from democracy.domain.secrets import SESSION_PREFIX, token_digest
from democracy.domain.throttling import SIGN_IN, SIGN_IN_ADDRESS, Throttle
from democracy.errors import SignInRefusedError
from democracy.services.new_session import SESSION_LASTS, SESSION_LONGEST, NewSession, open_for
from democracy.services.passwords import Passwords
from democracy.services.sessions import Sessions
from democracy.services.use_case import Service
from democracy.storage import accounts, sessions, throttles
from democracy.storage.accounts import Person
from democracy.storage.unit_of_work import Unit, retrying

RENEWED_AFTER = timedelta(days=1)
"""A session in use is prolonged at most this often, so that reading seldom writes."""


@dataclass(frozen=True)
class SignedIn:
    """Who a request comes from."""

    actor: Member | Staff
    session_id: UUID
    account_id: UUID
    language: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class AccountService(Service):
    """What both ways in need."""

    passwords: Passwords
    zone: ZoneInfo
    address: str | None = None
    """The network address to count attempts by, where the installation does so."""

    @property
    def today(self) -> date:
        """The organisation's day."""
        return self.at.astimezone(self.zone).date()

    def throttled(self, own: Throttle, key: str, by_address: Throttle) -> list[tuple[Throttle, str]]:
        """What one attempt counts under."""
        return [(own, key), *([(by_address, self.address)] if self.address else [])]


@dataclass(frozen=True, kw_only=True)
class Accounts(AccountService):
    """Sign in, stay signed in, sign out. None of these takes an idempotency key."""

    sessions: Sessions

    async def sign_in(self, login: str, password: str) -> NewSession:
        """Sign in by member number or e-mail address.

        Raises SignInRefusedError: `too_many_attempts`, or `wrong_credentials` after the same work for a wrong
        password, an unknown login and an account without a password. Every call counts as one attempt, before its
        outcome is known; nothing is hashed inside a unit of work.
        """
        key = login_key(login)
        await self._count(key)
        async with self.database.read() as connection:
            person = await accounts.find_person(connection, key, self.today)
        stored = person.password_hash if person else None
        if not await self.passwords.verify(stored, password) or person is None or stored is None:
            raise SignInRefusedError("wrong_credentials")
        newer = await self.passwords.hash(password) if self.passwords.is_outdated(stored) else None
        return await retrying(lambda: self._open(key, person, stored, newer))

    async def resolve(self, token: str) -> SignedIn | None:
        """Who a session token signs in, None if nobody. A share of one statement, and once a day one that prolongs."""
        if not token.startswith(SESSION_PREFIX):
            return None
        found = await self.sessions.find(token_digest(token), self.at, self.today)
        if found is None:
            return None
        expires_at = min(self.at + SESSION_LASTS, found.created_at + SESSION_LONGEST)
        if expires_at - found.expires_at >= RENEWED_AFTER:
            async with self.database.unit(self.at) as unit:
                await sessions.prolong(unit.session, found.id, expires_at)
        else:
            expires_at = found.expires_at
        return SignedIn(found.actor, found.id, found.account_id, found.language, expires_at)

    async def sign_out(self, who: SignedIn) -> None:
        """End this session."""
        async with self.database.unit(self.at) as unit:
            await sessions.end_session(unit.session, who.session_id, self.at)

    async def sign_out_everywhere(self, who: SignedIn) -> int:
        """End every session of the account, this one included; returns how many there were."""
        async with self.database.unit(self.at) as unit:
            return await sessions.end_all_sessions(unit.session, who.account_id, self.at)

    async def _count(self, key: str) -> None:
        async def once() -> datetime | None:
            async with self.database.unit(self.at) as unit:
                return await throttles.take(unit.session, self.throttled(SIGN_IN, key, SIGN_IN_ADDRESS), self.at)

        retry_at = await retrying(once)
        if retry_at is not None:
            raise SignInRefusedError("too_many_attempts", retry_at=retry_at)

    async def _open(self, key: str, person: Person, verified: str, newer: str | None) -> NewSession:
        assert person.account_id is not None  # noqa: S101 - a password was verified, so there is an account
        async with self.database.unit(self.at) as unit:
            # Another password may have been chosen, and every session ended, while this one was being verified.
            if await accounts.lock_hash(unit.session, person.account_id) != verified:
                raise SignInRefusedError("wrong_credentials")
            if newer is not None:
                await accounts.set_hash(unit.session, person.account_id, newer, None)
            await self._forgive(unit, key)
            return await open_for(unit, person, person.account_id)

    async def _forgive(self, unit: Unit, key: str) -> None:
        await throttles.clear(unit.session, SIGN_IN, [key])
        if self.address:
            await throttles.give_back(unit.session, SIGN_IN_ADDRESS, self.address)
