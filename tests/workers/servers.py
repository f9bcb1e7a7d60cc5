"""A real mail server on this machine, in the test's own event loop."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Received:
    """What the server took in, and what it says instead of yes."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    rcpt: str | None = None
    data: str | None = None
    drop: bool = False

    async def handle_RCPT(  # noqa: N802 - the server calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt is None:
            envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.drop:
            _hang_up(server)
        if self.data is None:
            content = envelope.content
            assert isinstance(content, bytes)
            self.messages.append(message_from_bytes(content, EmailMessage, policy=default))
            self.encrypted.append(session.ssl is not None)
        return self.data or "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login.decode())
        return AuthResult(success=data.password == b"hemligt/ord", handled=False)


@asynccontextmanager
async def mail_server(tls: ssl.SSLContext | None = None, *, port: int = 0) -> AsyncIterator[Received]:
    received = Received()
    loop = asyncio.get_running_loop()
    connections: list[SMTP] = []

    def connect() -> SMTP:
        connections.append(
            SMTP(received, tls_context=tls, require_starttls=tls is not None, hostname="localhost",
                 authenticator=received.authenticate if tls else None, enable_SMTPUTF8=True, loop=loop)
        )  # fmt: skip
        return connections[-1]

    server = await loop.create_server(connect, "127.0.0.1", port)
    received.port = server.sockets[0].getsockname()[1]
    try:
        yield received
    finally:
        server.close()
        for connection in connections:
            _hang_up(connection)
        await server.wait_closed()
        await asyncio.sleep(0)


def _hang_up(connection: SMTP) -> None:
    if isinstance(connection.transport, asyncio.WriteTransport):
        connection.transport.abort()
