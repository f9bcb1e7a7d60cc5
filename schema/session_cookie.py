"""The session token in a browser: a cookie that no script can read and no other site can send along with a change."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from democracy.errors import FieldError, InvalidInputError
from democracy.services.new_session import SESSION_LONGEST
from schema.credentials import SESSION_COOKIE, uses_cookie


def hold_cookie_possible(connection: HTTPConnection) -> None:
    """A WebSocket has been answered long ago, and takes no cookie. Raises InvalidInputError."""
    if _response(connection) is None:
        raise InvalidInputError(FieldError("cookie", "cookie_needs_http"))


def set_cookie(connection: HTTPConnection, token: str, *, secure: bool) -> None:
    """Keep the token in the browser. How long it is worth anything is for the server to say."""
    response = _response(connection)
    if response is not None:
        response.set_cookie(
            SESSION_COOKIE,
            token,
            max_age=int(SESSION_LONGEST.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=secure,
        )


def remove_cookie(connection: HTTPConnection, *, secure: bool) -> None:
    """Take the token out of the browser, if that is where it came from."""
    response = _response(connection)
    if response is not None and uses_cookie(connection):
        response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=secure)


def _response(connection: HTTPConnection) -> Response | None:
    found = getattr(connection.state, "response", None)
    return found if isinstance(found, Response) else None
