"""What every answer has around it: a request id, headers that keep browsers careful, and JSON also when we fail."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schema.observer import Observer
from schema.operations import request_id_of
from schema.refusals import RefusedError, refusal_response

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Envelope:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, observer: Observer, secure: bool) -> None:
        """`secure`: people reach the server by https, and browsers may remember that for a year."""
        self._app, self._observer = app, observer
        headers = {**HEADERS, **({"strict-transport-security": "max-age=31536000"} if secure else {})}
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        sealed = _Sealed(send, [*self._headers, (b"x-request-id", request_id_of(connection).encode())])
        try:
            await self._app(scope, receive, sealed)
        except Exception as fault:  # noqa: BLE001 - reported, and answered where nothing has been sent
            await self._apologise(connection, fault, receive, sealed)

    async def _apologise(
        self, connection: HTTPConnection, fault: Exception, receive: Receive, sealed: "_Sealed"
    ) -> None:
        incident = self._observer.incident(fault, request_id_of(connection))
        if connection.scope["type"] == "websocket":
            await sealed({"type": "websocket.close", "code": 1011, "reason": f"incident {incident}"})
        elif not sealed.started:
            refusal = RefusedError("INTERNAL", incident=incident)
            await refusal_response(connection, refusal)(connection.scope, receive, sealed)


class _Sealed:
    """`send` with the headers added that are not there yet; remembers whether an answer has begun."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self._send, self._headers, self.started = send, headers, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            own = list(message.get("headers", ()))
            there = {name.lower() for name, _ in own}
            message["headers"] = own + [each for each in self._headers if each[0] not in there]
        await self._send(message)
