"""One message as mail (RFC 5322)."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

_LONG_LINE = 900
"""RFC 5322 allows 998 bytes in a line; longer ones must be encoded."""


def mail(
    *, message_id: UUID, sender: str, recipient: str, subject: str, body: str, written_at: datetime, language: str
) -> EmailMessage:
    """Plain text, readable as it stands. The id makes the Message-ID: one that is sent twice can be told to be one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = f"<{message_id.hex}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    longest = max((len(line.encode()) for line in body.splitlines()), default=0)
    message.set_content(body, cte="8bit" if longest < _LONG_LINE else "quoted-printable")
    message["Content-Language"] = language  # after the content: setting that removes every header about it
    return message
