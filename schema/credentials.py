"""Which credentials came with a connection, and whether its page may use them."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from strawberry.http.websocket_origin import is_same_origin, normalize_origin

from schema.refusals import RefusedError

SESSION_COOKIE = "democracy_session"
CLIENT_HEADER = "x-democracy-client"


def session_token(connection: HTTPConnection) -> str | None:
    """The opaque session token: from `Authorization: Bearer`, a WebSocket's `connection_init`, or the cookie."""
    return bearer_token(connection) or connection.cookies.get(SESSION_COOKIE)


def bearer_token(connection: HTTPConnection) -> str | None:
    """The token that a client sent on purpose, which no other page can make a browser send."""
    sent = getattr(connection.state, "connection_params", None) or {}
    for value in (connection.headers.get("authorization"), sent.get("authorization"), sent.get("Authorization")):
        if isinstance(value, str) and value[:7].lower() == "bearer ":
            return value[7:].strip() or None
    return None


def uses_cookie(connection: HTTPConnection) -> bool:
    """Whether the browser signs this connection in by itself."""
    return SESSION_COOKIE in connection.cookies and bearer_token(connection) is None


def hold_client_header(connection: HTTPConnection) -> None:
    """A POST signed in by cookie needs a header that a foreign page cannot send. Raises RefusedError."""
    if uses_cookie(connection) and CLIENT_HEADER not in connection.headers:
        raise RefusedError("CSRF_HEADER_MISSING")


class Origins:
    """The origins whose pages may use a session cookie: the server's own, and those in the settings."""

    def __init__(self, base_url: str, allowed: tuple[str, ...] = ()) -> None:
        parts = urlsplit(base_url)
        named = (f"{parts.scheme}://{parts.netloc}", *allowed)
        self._allowed = {origin for each in named if (origin := normalize_origin(each))}

    def hold_stream(self, connection: HTTPConnection) -> None:
        """A stream signed in by cookie must come from an allowed page. Raises RefusedError."""
        if uses_cookie(connection) and not self._from_own_page(connection):
            raise RefusedError("ORIGIN_NOT_ALLOWED")

    def hold_socket(self, connection: HTTPConnection) -> None:
        """No foreign page may open a WebSocket, and with a cookie the page must be named. Raises RefusedError."""
        if "origin" in connection.headers and not self._from_own_page(connection):
            raise RefusedError("ORIGIN_NOT_ALLOWED")
        self.hold_stream(connection)

    def _from_own_page(self, connection: HTTPConnection) -> bool:
        origin = connection.headers.get("origin")
        if origin is None:  # browsers leave it out of a GET from the same origin, and then say so here
            return connection.headers.get("sec-fetch-site") == "same-origin"
        return normalize_origin(origin) in self._allowed or is_same_origin(origin, connection.headers.get("host"))
