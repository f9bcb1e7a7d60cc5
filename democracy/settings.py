"""Settings, read once from the environment (`DEMOCRACY_…`)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Settings:
    """How one installation runs. Every field is read from `DEMOCRACY_<FIELD>` in capitals."""

    database_url: str = "sqlite:///democracy.db"
    """`sqlite:///file.db` or `postgresql://user@host/name`."""
    timezone: str = "Europe/Stockholm"
    """Where the organisation counts its days."""
    mail_folder: Path | None = None
    """Messages are written here instead of being sent: for trying out."""
    seeds_folder: Path = Path("seeds")
    """Where the seeds of sealed urns lie: outside the database, and never in its backups."""
    ledger_witnesses: tuple[str, ...] = ()
    """Who cosigns the ledger's checkpoints: `https://vittne.example name+id+key`, with commas between."""
    smtp_url: str | None = None
    """`smtp://user:password@host:587` (STARTTLS; `?starttls=no` for a server on the same machine) or `smtps://…:465`;
    without it and without a folder, mail waits in the outbox."""
    mail_from: str = "noreply@localhost"
    base_url: str = "http://127.0.0.1:8000"
    """Where people reach the server: used in links."""
    introspection: bool = False
    graphiql: bool = False
    allowed_origins: tuple[str, ...] = ()
    """Origins, besides the server's own, whose pages may use a session cookie."""
    pool_size: int = 10
    """Connections to PostgreSQL, for writing and for reading each."""
    postgres_folder: Path | None = None
    """Where `pg_dump` and `pg_restore` are, if they are not on the path."""
    throttle_addresses: bool = False
    """Count attempts to sign in per network address too: where the server sees its clients' own addresses."""
    smallest_group: int = 5
    """Totals by gender are shown of at least so many women and so many men, and change by as many."""
    cheap_passwords: bool = False
    """Weakest argon2 parameters. For tests and the demo only."""
    story: bool = False
    """The organisation's time is that of a story, which goes on from where it stopped. For the demo only."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; a value that cannot be read raises ValueError naming its variable."""
        values: dict[str, object] = {}
        for each in fields(cls):
            name = f"DEMOCRACY_{each.name.upper()}"
            if name in environment:
                values[each.name] = _read(name, environment[name], each.default)
        return cls(**values)  # type: ignore[arg-type]  # each value was read by its field's default


def _read(name: str, text: str, default: object) -> object:
    if name.endswith("_FOLDER"):
        return Path(text)
    if isinstance(default, bool):
        if text.lower() not in {"1", "0", "true", "false", "yes", "no"}:
            raise ValueError(f"{name} is {text!r}: use 1 or 0")
        return text.lower() in {"1", "true", "yes"}
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{name} is {text!r}: use a whole number") from None
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text
