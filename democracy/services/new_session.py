"""Opening a session: what signing in and choosing a password end with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.actors import Member, Staff
from democracy.domain.secrets import new_session_token, token_digest
from democracy.storage import sessions
from democracy.storage.accounts import Person
from democracy.storage.unit_of_work import Unit

SESSION_LASTS = timedelta(days=30)
"""Without a request for this long, a session ends."""
SESSION_LONGEST = timedelta(days=180)
"""Then one signs in again, however often it was used."""


@dataclass(frozen=True)
class NewSession:
    """A device that has just been signed in. The token exists here and with its holder only."""

    token: str
    session_id: UUID
    account_id: UUID
    actor: Member | Staff
    expires_at: datetime


async def open_for(unit: Unit, person: Person, account_id: UUID) -> NewSession:
    """Sign a person's device in."""
    token, expires_at = new_session_token(), unit.now + SESSION_LASTS
    session_id = await sessions.open_session(unit.session, account_id, token_digest(token), unit.now, expires_at)
    return NewSession(token, session_id, account_id, actor_of(person), expires_at)


def actor_of(person: Person) -> Member | Staff:
    """The person as the one who acts."""
    if person.member_id is not None:
        return Member(person.member_id)
    assert person.staff_id is not None  # noqa: S101 - every account belongs to one of the two
    return Staff(person.staff_id)
