"""What signing in and out answers."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from schema.types.refusals import InvalidInput


@strawberry.type(description="This device is signed in (inloggad).")
class Session:
    """A session that has just been opened."""

    token: str | None = strawberry.field(
        description="Send it as `Authorization: Bearer …`. It is shown this once; null when it was set as a cookie."
    )
    expires_at: datetime = strawberry.field(
        description="When the session ends if it is not used. Use prolongs it, up to 180 days from now."
    )


@strawberry.type(description="No session was opened. Whether there is such a member is never told.")
class SignInRefused:
    """SignInRefusedError."""

    code: str = strawberry.field(description="`wrong_credentials`, `too_many_attempts` or `link_invalid`.")
    message: str = strawberry.field(description="In words, with the remedy.")
    retry_at: datetime | None = strawberry.field(description="With `too_many_attempts`: when to try again.")


@strawberry.type(description="Signed out (utloggad).")
class SignedOut:
    """What has been ended."""

    sessions: int = strawberry.field(description="How many sessions were ended; 0 where nobody was signed in.")


@strawberry.type(description="If the details are right, a link is on its way, by e-mail or by letter.")
class PasswordLinkRequested:
    """The one answer to asking for a link."""

    message: str = strawberry.field(description="In words, to be shown as they are.")


SignInResult: TypeAlias = Annotated[
    Session | SignInRefused | InvalidInput,
    strawberry.union("SignInResult", description="A session, or why there is none."),
]
SetPasswordResult: TypeAlias = Annotated[
    Session | SignInRefused | InvalidInput,
    strawberry.union("SetPasswordResult", description="A session, or why the password was not changed."),
]
RequestPasswordLinkResult: TypeAlias = Annotated[
    PasswordLinkRequested | InvalidInput,
    strawberry.union("RequestPasswordLinkResult", description="One answer for everybody, or input that is no login."),
]
