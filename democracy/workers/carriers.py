"""Ways out for a message: a mail server, or a folder on this machine."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from democracy.domain.email import is_email
from democracy.formats.mail import mail
from democracy.storage.outbox import LETTER, MAIL, Outgoing
from democracy.texts.pages import letter

Send: TypeAlias = Callable[[Outgoing], Awaitable[None]]


class NotSentError(Exception):
    """A message did not leave: a code for the log, and whether trying again is of no use."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        super().__init__(code)
        self.code, self.for_good = code, for_good


class NoWayOutError(Exception):
    """Nothing can leave at the moment, whatever the message."""


class Carrier(Protocol):
    """Carries messages of one channel."""

    @property
    def channel(self) -> str:
        """Whose messages it carries."""

    def open(self) -> AbstractAsyncContextManager[Send]:
        """Get ready for several messages. Raises NoWayOutError; sending raises NotSentError."""


@dataclass(frozen=True)
class MailFolder:
    """Writes each mail as an `.eml` file: for trying out. A repeat writes the same file again."""

    folder: Path
    sender: str
    channel: str = MAIL

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Send]:
        """Make the folder."""
        await _make(self.folder)
        yield self._send

    async def _send(self, message: Outgoing) -> None:
        await _write(self.folder / f"{_name(message)}.eml", as_mail(message, self.sender))


@dataclass(frozen=True)
class LetterFolder:
    """Writes each letter as an HTML page to print on A4. A repeat writes the same file again."""

    folder: Path
    zone: ZoneInfo
    channel: str = LETTER

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Send]:
        """Make the folder."""
        await _make(self.folder)
        yield self._send

    async def _send(self, message: Outgoing) -> None:
        if message.name is None:
            raise NotSentError("no_recipient", for_good=True)
        written = letter(
            language=message.language,
            name=message.name,
            address=message.address or "",
            date=message.created_at.astimezone(self.zone).date().isoformat(),
            subject=message.subject,
            body=message.body,
        )
        await _write(self.folder / f"{_name(message)}.html", written.encode())


def as_mail(message: Outgoing, sender: str) -> bytes:
    """The message as it goes over the wire. Raises NotSentError where its person has no address."""
    if message.email is None or not is_email(message.email):
        raise NotSentError("no_address", for_good=True)
    written = mail(
        message_id=message.id,
        sender=sender,
        recipient=message.email,
        subject=message.subject,
        body=message.body,
        written_at=message.created_at,
        language=message.language,
    )
    return written.as_bytes()


def _name(message: Outgoing) -> str:
    # In order of writing, and without anybody's name.
    return f"{message.created_at:%Y%m%dT%H%M%S}-{message.purpose}-{message.id.hex[-8:]}"


async def _make(folder: Path) -> None:
    try:
        await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NoWayOutError("folder_unusable") from error


async def _write(path: Path, content: bytes) -> None:
    try:
        await asyncio.to_thread(_write_whole, path, content)
    except OSError as error:
        raise NotSentError("folder_unusable") from error


def _write_whole(path: Path, content: bytes) -> None:
    """Write so that a reader sees the whole file or none, and nobody else on the machine sees either."""
    unfinished = path.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
