"""A refused sign-in becomes a member of its mutation's union."""

from datetime import timedelta

import strawberry
from strawberry.types.field import StrawberryField

from democracy.errors import SignInRefusedError
from democracy.texts.words import phrase
from schema.context import Info
from schema.types.sign_in import SignInRefused
from workflows.words import moment

_ALMOST_A_MINUTE = timedelta(seconds=59, microseconds=999_999)


class SignInDenied(strawberry.ExceptionHandler[SignInRefusedError, SignInRefused]):
    """No session was opened."""

    def handle(self, exception: SignInRefusedError, *, field: StrawberryField, info: Info) -> SignInRefused:
        """In the reader's words, the time in the organisation's zone."""
        language, at = info.context.language, exception.retry_at
        # Clocks on the wall show minutes: the first whole one at which it is not too early.
        told = moment(at + _ALMOST_A_MINUTE, language=language, zone=info.context.app.zone) if at else ""
        message = phrase(exception.code, language, retry_at=told)
        return SignInRefused(code=exception.code, message=message, retry_at=at)
