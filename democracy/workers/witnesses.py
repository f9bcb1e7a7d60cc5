"""Hands the ledger's newest checkpoint to its witnesses (C2SP tlog-witness), and keeps what they sign."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

import structlog

from democracy.ballotbox.checkpoint import Checkpoint, cosigned_at
from democracy.ballotbox.merkle import consistency
from democracy.ballotbox.note import Note, NoteError, SignatureLine, VerifierKey
from democracy.ballotbox.witness import CONFLICT, Request
from democracy.services.ledger.signing import add_cosignature
from democracy.storage import ledger_tree
from democracy.storage.unit_of_work import Database
from democracy.workers.faults import described

_SECONDS = 10
_MOST_BYTES = 4096
_TRIES = 2

log = structlog.get_logger()


class NotCosignedError(Exception):
    """A witness does not sign; its status. The newest size that it knows, where it says so."""

    def __init__(self, status: int, size: int | None = None) -> None:
        super().__init__(f"status {status}")
        self.status, self.size = status, size


Post = Callable[[str, bytes], tuple[int, str]]


def post(url: str, body: bytes) -> tuple[int, str]:
    """Status and answer; raises OSError where nobody answers."""
    request = HttpRequest(url, data=body, headers={"content-type": "text/plain; charset=utf-8"})  # noqa: S310 - see Witness
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - see Witness
            return answer.status, answer.read(_MOST_BYTES).decode()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(_MOST_BYTES).decode("utf-8", "replace")


@dataclass
class Witness:
    """One witness: where it answers, its key, and how far it has signed as far as we know."""

    url: str
    key: VerifierKey
    seen: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `https://vittne.example name+id+key`; raises ValueError."""
        url, _, key = text.strip().partition(" ")
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError(f"{url!r} is no web address")
        return cls(url.rstrip("/"), VerifierKey.parse(key.strip()))

    async def cosign(self, note: Note, proof: Callable[[int], Awaitable[list[bytes]]], ask: Post) -> SignatureLine:
        """Its line under a checkpoint; raises NotCosignedError, OSError, NoteError."""
        size = Checkpoint.parse(note.text).size
        for _ in range(_TRIES):
            request = Request(self.seen, tuple(await proof(self.seen)), note)
            status, said = await asyncio.to_thread(ask, f"{self.url}/add-checkpoint", str(request).encode())
            if status == CONFLICT and said.strip().isdecimal() and int(said) <= size:
                self.seen = int(said)
            elif status != 200:
                raise NotCosignedError(status)
            else:
                return self._checked(note, said, size)
        raise NotCosignedError(CONFLICT, self.seen)

    def _checked(self, note: Note, said: str, size: int) -> SignatureLine:
        for each in said.splitlines():
            line = SignatureLine.parse(each)
            if cosigned_at(note.with_lines(line), self.key) is not None:
                self.seen = size
                return line
        raise NoteError(f"{self.key.name} answered with a line that is not by its key")


@dataclass
class Witnesses:
    """All of them. One that does not answer, or refuses, keeps no other waiting for long and stops nothing."""

    database: Database
    witnesses: Sequence[Witness]
    now: Callable[[], datetime]
    ask: Post = field(default=post)

    async def ask_all(self) -> int:
        """Have the newest checkpoint cosigned by those who have not yet; returns how many did."""
        async with self.database.read() as connection:
            found = await ledger_tree.latest_checkpoint(connection)
        if found is None:
            return 0
        size, note = found[0], Note.parse(found[1])
        missing = [each for each in self.witnesses if cosigned_at(note, each.key) is None]
        lines = await asyncio.gather(*(self._one(each, note) for each in missing))
        for line in lines:
            if line is not None:
                await add_cosignature(self.database, size, line, self.now())
        return sum(line is not None for line in lines)

    async def _one(self, witness: Witness, note: Note) -> SignatureLine | None:
        try:
            return await witness.cosign(note, lambda old: self._proof(old, note), self.ask)
        except (NotCosignedError, OSError, ValueError) as fault:
            log.error("not_cosigned", worker="checkpoints", witness=witness.key.name, **described(fault))
            return None

    async def _proof(self, old: int, note: Note) -> list[bytes]:
        async with self.database.read() as connection:
            return await ledger_tree.proof(connection, consistency(old, Checkpoint.parse(note.text).size))
