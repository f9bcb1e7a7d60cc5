"""Checkpoints: a log's name, size and root, signed by the log (C2SP tlog-checkpoint) and cosigned by witnesses.

A cosignature (C2SP tlog-cosignature, kind 04) is eight bytes of Unix seconds and an Ed25519 signature over
`cosignature/v1`, `time N` and the checkpoint's text. It says: of this log I have seen no tree but beginnings of this.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from democracy.ballotbox.note import KeyKind, Note, NoteError, SignatureLine, SignerKey, VerifierKey, sign, signed_by

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_TIME_BYTES = 8


class CheckpointError(ValueError):
    """What was read is no checkpoint, or not one by the log; the text says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a log has come: `size` leaves under `root`."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the signed text; extension lines are refused. Raises CheckpointError."""
        origin, size, coded, *rest = [*text.split("\n"), "", "", ""]
        try:
            root = base64.b64decode(coded, validate=True)
        except (binascii.Error, ValueError):
            root = b""
        if not origin or not _SIZE.fullmatch(size) or len(root) != 32 or rest != ["", "", "", ""]:
            raise CheckpointError("a checkpoint is three lines: origin, size, root in base64")
        found = cls(origin, int(size), root)
        if found.text != text:
            raise CheckpointError("the root is not written as base64 writes it")
        return found

    def signed(self, key: SignerKey) -> Note:
        """The checkpoint as the log hands it out."""
        return sign(self.text, key)


def opened(note: Note, log: VerifierKey) -> Checkpoint:
    """The checkpoint in a note that the log signed; raises CheckpointError when it is not one."""
    found = Checkpoint.parse(note.text)
    if found.origin != log.name or not signed_by(note, log):
        raise CheckpointError(f"the checkpoint of size {found.size} is not signed by {log.name}")
    return found


def read(raw: str, log: VerifierKey) -> Checkpoint:
    """The same from text."""
    try:
        return opened(Note.parse(raw), log)
    except NoteError as error:
        raise CheckpointError(str(error)) from None


def cosign(note: Note, key: SignerKey, seconds: int) -> SignatureLine:
    """A witness's line under a checkpoint, at a time in Unix seconds."""
    signature = key.private.sign(_cosigned(note.text, seconds))
    return SignatureLine(key.name, key.verifier.id, seconds.to_bytes(_TIME_BYTES, "big") + signature)


def cosigned_at(note: Note, key: VerifierKey) -> int | None:
    """When a witness cosigned, in Unix seconds: its earliest good line, or None where it has none."""
    times = [
        int.from_bytes(each[:_TIME_BYTES], "big")
        for each in note.by(key)
        if key.verifies(each[_TIME_BYTES:], _cosigned(note.text, int.from_bytes(each[:_TIME_BYTES], "big")))
    ]
    return min(times) if times and key.kind is KeyKind.COSIGNATURE else None


def witnessed(note: Note, witnesses: Iterable[VerifierKey]) -> dict[VerifierKey, int]:
    """Which of the witnesses cosigned, and when."""
    found = {key: cosigned_at(note, key) for key in witnesses}
    return {key: at for key, at in found.items() if at is not None}


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
