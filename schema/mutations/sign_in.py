"""Signing in and out. These take no idempotency key: repeated, they do no harm."""

import strawberry

from democracy.domain.actors import Anonymous
from democracy.errors import FieldError, InvalidInputError
from democracy.services.accounts import SignedIn
from democracy.services.new_session import NewSession
from democracy.texts.words import phrase
from schema.context import Context, Info
from schema.session_cookie import hold_cookie_possible, remove_cookie, set_cookie
from schema.types.sign_in import (
    PasswordLinkRequested,
    RequestPasswordLinkResult,
    Session,
    SetPasswordResult,
    SignedOut,
    SignInResult,
)

_COOKIE = "Keep the token in a cookie of this browser instead of showing it. For pages of this server's own origin."


@strawberry.input(description="Who signs in: by member number or by e-mail address, not both.")
class SignInInput:
    """Credentials."""

    member_number: str | None = strawberry.field(default=None, description="Medlemsnummer.")
    email: str | None = strawberry.field(default=None, description="E-mail address as the register has it.")
    password: str = strawberry.field(description="Send it as a variable, so that it is in no document.")
    cookie: bool = strawberry.field(default=False, description=_COOKIE)


@strawberry.input(description="Who needs a link: by member number or by e-mail address, not both.")
class RequestPasswordLinkInput:
    """A login."""

    member_number: str | None = strawberry.field(default=None, description="Medlemsnummer.")
    email: str | None = strawberry.field(default=None, description="E-mail address as the register has it.")


@strawberry.input(description="A new password, chosen by the one-time code of a link or a letter.")
class SetPasswordInput:
    """Code and password."""

    code: str = strawberry.field(description="Case, spaces and hyphens do not matter.")
    password: str = strawberry.field(description="At least 12 characters, of any kind. Send it as a variable.")
    cookie: bool = strawberry.field(default=False, description=_COOKIE)


@strawberry.type
class SignInMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Sign in (logga in). Every field that asks for it counts as one attempt. An unknown member gets "
        "the same answer, after the same time, as one with a wrong password."
    )
    async def sign_in(self, info: Info, input: SignInInput) -> SignInResult:
        """By number or address."""
        login = _login(input.member_number, input.email)
        if input.cookie:
            hold_cookie_possible(info.context.connection)
        session = await info.context.accounts().sign_in(login, input.password)
        return _enter(info.context, session, cookie=input.cookie)

    @strawberry.mutation(description="End this session (logga ut).")
    async def sign_out(self, info: Info) -> SignedOut:
        """This device."""
        who = info.context.signed_in
        if who is not None:
            await info.context.accounts().sign_out(who)
        return _leave(info.context, 0 if who is None else 1)

    @strawberry.mutation(description="End every session of this account, on every device (logga ut överallt).")
    async def sign_out_everywhere(self, info: Info) -> SignedOut:
        """Every device."""
        who = info.context.signed_in
        return _leave(info.context, 0 if who is None else await info.context.accounts().sign_out_everywhere(who))

    @strawberry.mutation(
        description="Ask for a one-time link to choose a password: for the first one, or for one forgotten. The answer "
        "is the same for everybody."
    )
    async def request_password_link(
        self,
        info: Info,
        input: RequestPasswordLinkInput,
    ) -> RequestPasswordLinkResult:
        """By mail, or by letter."""
        await info.context.password_links().request(_login(input.member_number, input.email))
        return PasswordLinkRequested(message=phrase("link_requested", info.context.language))

    @strawberry.mutation(
        description="Choose a password by a one-time code. Ends every other session, tells the member by e-mail, and "
        "signs this device in."
    )
    async def set_password(self, info: Info, input: SetPasswordInput) -> SetPasswordResult:
        """Once for each code."""
        if input.cookie:
            hold_cookie_possible(info.context.connection)
        session = await info.context.password_links().set_password(input.code, input.password)
        return _enter(info.context, session, cookie=input.cookie)


def _login(member_number: str | None, email: str | None) -> str:
    given = [each for each in (member_number, email) if each]
    if len(given) != 1:
        raise InvalidInputError(FieldError("memberNumber", "login_missing"))
    return given[0]


def _enter(context: Context, session: NewSession, *, cookie: bool) -> Session:
    """The rest of the operation is done by whoever has just signed in."""
    context.actor, language = session.actor, context.language
    context.signed_in = SignedIn(session.actor, session.session_id, session.account_id, language, session.expires_at)
    context.fresh()
    if cookie:
        set_cookie(context.connection, session.token, secure=context.secure)
    return Session(token=None if cookie else session.token, expires_at=session.expires_at)


def _leave(context: Context, sessions: int) -> SignedOut:
    """The rest of the operation is done by nobody."""
    context.actor, context.signed_in = Anonymous(), None
    context.fresh()
    remove_cookie(context.connection, secure=context.secure)
    return SignedOut(sessions=sessions)
