"""A mail server as the way out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ssl import SSLCertVerificationError
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from democracy.storage.outbox import MAIL, Outgoing
from democracy.workers.carriers import NotSentError, NoWayOutError, Send, as_mail

_SECONDS = 30
"""How long a mail server may take for one answer."""


@dataclass(frozen=True)
class MailServer:
    """Where and how to reach a server. Nothing is sent unencrypted unless the address says `starttls=no`."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    tls: bool = False
    starttls: bool = True
    channel: str = MAIL

    @classmethod
    def at(cls, url: str, sender: str) -> Self:
        """Read `smtp://user:password@host:587`, `smtp://host:25?starttls=no` or `smtps://host:465`.

        Raises ValueError, without the password, for any other address.
        """
        parts = urlsplit(url)
        options = parse_qs(parts.query)
        known = options.keys() <= {"starttls"} and options.get("starttls", ["yes"]) in (["yes"], ["no"])
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or not known:
            raise ValueError("DEMOCRACY_SMTP_URL: use smtp://user:password@host:587 or smtps://user:password@host:465")
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if tls else 587),
            sender=sender,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
            starttls=not tls and options.get("starttls") != ["no"],
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Send]:
        """Connect, secure the connection, sign in."""
        client = SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.tls,
            start_tls=self.starttls,
            timeout=_SECONDS,
        )
        try:
            await client.connect()
        except (SMTPException, OSError) as error:
            client.close()
            raise NoWayOutError(_code(error)) from error
        async with client:
            yield lambda message: self._send(client, message)

    async def _send(self, client: SMTP, message: Outgoing) -> None:
        content = as_mail(message, self.sender)
        try:
            await client.sendmail(self.sender, [message.email or ""], content)
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
            raise NotSentError("connection_lost") from error
        except SMTPRecipientsRefused as error:
            refused = max(each.code for each in error.recipients)
            raise NotSentError(f"smtp_{refused}", for_good=refused >= 500) from error
        except SMTPResponseException as error:
            raise NotSentError(f"smtp_{error.code}") from error
        except (SMTPException, UnicodeError) as error:
            raise NotSentError("not_supported") from error


def _code(error: Exception) -> str:
    """What went wrong, without the server's own words: they may quote an address."""
    if isinstance(error, SMTPResponseException):
        return f"smtp_{error.code}"
    if isinstance(error, SMTPException) and "STARTTLS" in str(error):
        return "no_starttls"
    return "bad_certificate" if isinstance(error, SSLCertVerificationError) else "unreachable"
