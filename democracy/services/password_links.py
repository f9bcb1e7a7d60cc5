"""One-time links: how people get their first password, and a new one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from democracy.domain.login import login_key
from democracy.domain.password_rules import LONGEST, SHORTEST, faults
from democracy.domain.secrets import code_digest, new_link_code
from democracy.domain.throttling import LINK, LINK_ADDRESS, SIGN_IN
from democracy.errors import FieldError, InvalidInputError, NotFoundError, SignInRefusedError
from democracy.services.accounts import AccountService
from democracy.services.new_session import NewSession, open_for
from democracy.storage import accounts, outbox, password_links, sessions, throttles
from democracy.storage.accounts import Person
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.password_links import NewLink
from democracy.storage.unit_of_work import Unit, retrying
from democracy.texts.pages import page
from workflows.words import Language, moment

VALID = {MAIL: timedelta(hours=24), LETTER: timedelta(days=14)}
"""How long a link can be used, by the way it goes."""
_ONE_LETTER_EACH = timedelta(days=7)


@dataclass(frozen=True)
class MadeLink:
    """A link in the open: for the outbox, or for the operator's eyes."""

    code: str
    address: str
    created_at: datetime
    expires_at: datetime

    @property
    def kept(self) -> NewLink:
        """What the database knows of it."""
        return NewLink(code_digest(self.code), self.created_at, self.expires_at)


@dataclass(frozen=True, kw_only=True)
class PasswordLinks(AccountService):
    """Ask for a link, make one by hand, choose a password with it."""

    base_url: str

    async def request(self, login: str) -> None:
        """Send a link by mail, or by letter where there is no address.

        Nothing tells whether there is such a person: no answer, and the same statements are run for nobody.
        """
        await retrying(lambda: self._request(login_key(login)))

    async def make(self, login: str) -> MadeLink:
        """Make a link for the operator to hand over. Raises NotFoundError where nobody signs in by that."""
        link = self._new(VALID[MAIL])
        async with self.database.unit(self.at) as unit:
            person = await accounts.find_person(unit.session, login_key(login), self.today)
            if person is None:
                raise NotFoundError("account")
            await accounts.ensure_account(unit.session, person)
            await password_links.add_link(unit.session, person, link.kept)
        return link

    async def set_password(self, code: str, password: str) -> NewSession:
        """Choose a password by a one-time code: ends every session, and signs this device in.

        Raises SignInRefusedError `link_invalid`, and InvalidInputError for a password that will not do; the link can
        then be used again.
        """
        digest = code_digest(code)
        person = await self._whose(digest)
        found = faults(password, own=person.own_words)
        if found:
            limits = {"shortest": SHORTEST, "longest": LONGEST}
            raise InvalidInputError(*(FieldError("password", fault, limits) for fault in found))
        password_hash = await self.passwords.hash(password)
        return await retrying(lambda: self._set(digest, person, password_hash))

    async def _request(self, key: str) -> None:
        async with self.database.unit(self.at) as unit:
            if await throttles.take(unit.session, self.throttled(LINK, key, LINK_ADDRESS), self.at):
                return
            person = await accounts.find_person(unit.session, key, self.today)
            channel = LETTER if person and not person.email else MAIL
            link = self._new(VALID[channel])
            await accounts.ensure_account(unit.session, person)
            await password_links.add_link(unit.session, person, link.kept)
            await outbox.add_message(
                unit.session,
                self._message(person, channel, link),
                self.at,
                wanted=person is not None,
                unless_waiting_since=self.at - _ONE_LETTER_EACH if channel == LETTER else None,
            )

    async def _whose(self, digest: bytes) -> Person:
        async with self.database.read() as connection:
            account_id = await password_links.find_link(connection, digest, self.at)
            person = account_id and await accounts.person_of(connection, account_id, self.today)
        if not person:
            raise SignInRefusedError("link_invalid")
        return person

    async def _set(self, digest: bytes, person: Person, password_hash: str) -> NewSession:
        async with self.database.unit(self.at) as unit:
            account_id = await password_links.use_link(unit.session, digest, self.at)
            if account_id is None:
                raise SignInRefusedError("link_invalid")
            await accounts.lock_hash(unit.session, account_id)
            await accounts.set_hash(unit.session, account_id, password_hash, self.at)
            await sessions.end_all_sessions(unit.session, account_id, self.at)
            await self._forgive(unit, person)
            await self._tell(unit, person)
            return await open_for(unit, person, account_id)

    async def _forgive(self, unit: Unit, person: Person) -> None:
        """Whoever proved by a link who they are need not wait because somebody else has been guessing."""
        keys = [login_key(login) for login in (person.number, person.email) if login]
        await throttles.clear(unit.session, SIGN_IN, keys)

    async def _tell(self, unit: Unit, person: Person) -> None:
        if not person.email:
            return
        changed = page(
            "password_changed",
            MAIL,
            person.language,
            given_name=person.given_name,
            changed=self._moment(self.at, person),
            page=self._page,
        )
        message = NewMessage(MAIL, "password_changed", person.member_id, person.staff_id, changed.subject, changed.body)
        await outbox.add_message(unit.session, message, self.at)

    def _message(self, person: Person | None, channel: str, link: MadeLink) -> NewMessage:
        text = page(
            "password_link",
            channel,
            person.language if person else "sv",
            given_name=person.given_name if person else "",
            link=link.address,
            page=self._page,
            code=link.code,
            expires=self._moment(link.expires_at, person),
        )
        member_id, staff_id = (person.member_id, person.staff_id) if person else (None, None)
        return NewMessage(channel, "password_link", member_id, staff_id, text.subject, text.body)

    def _new(self, valid: timedelta) -> MadeLink:
        code = new_link_code()
        # After the number sign: browsers keep that part to themselves, out of every log.
        return MadeLink(code, f"{self._page}#{code}", self.at, self.at + valid)

    def _moment(self, at: datetime, person: Person | None) -> str:
        language: Language = "en" if person and person.language == "en" else "sv"
        return moment(at, language=language, zone=self.zone)

    @property
    def _page(self) -> str:
        return f"{self.base_url.rstrip('/')}/password"
